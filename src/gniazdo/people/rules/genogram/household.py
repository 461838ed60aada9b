"""The dashed line around those who live together: one closed outline, led through the gaps where others stand between them."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable

from gniazdo.people.rules.genogram.shapes import LABEL, SLOT, SYMBOL, Symbol

Box = tuple[int, int, int, int]
Cell = tuple[int, int]

ABOVE, BELOW = SYMBOL // 2 + 10, SYMBOL // 2 + LABEL + 2  # from the centre of a symbol to the edges of its place
LANE = 10  # width of the passage under a row's labels
SLIT = 2  # half the width of the passage between two neighbours
FOUR = ((1, 0), (-1, 0), (0, 1), (0, -1))


def outline(symbols: tuple[Symbol, ...]) -> str:
    """An SVG path of one closed line with all who live in the household inside and nobody else; empty when nobody does."""
    if not any(s.human.home for s in symbols):
        return ""
    others = [
        (s.x - SLOT // 2 + SLIT, s.y - ABOVE, s.x + SLOT // 2 - SLIT, s.y + BELOW) for s in symbols if not s.human.home
    ]
    boxes = _places(symbols)
    grid = Grid(boxes, others, symbols)
    return grid.border(grid.joined())


def _places(symbols: tuple[Symbol, ...]) -> list[Box]:
    """Places of the members: neighbours in a row run together, runs that face each other are joined, never in a ring."""
    rows: dict[int, list[Box]] = {s.y: [] for s in sorted(symbols, key=lambda s: s.y)}
    for s in sorted((s for s in symbols if s.human.home), key=lambda s: s.x):
        left, right, line = s.x - SLOT // 2, s.x + SLOT // 2, rows[s.y]
        if line and line[-1][2] == left:
            left = line.pop()[0]
        line.append((left, s.y - ABOVE, right, s.y + BELOW))
    boxes = [run for line in rows.values() for run in line]
    piece = {run: n for n, run in enumerate(boxes)}
    for upper, lower in itertools.pairwise(rows.values()):
        for over, under in itertools.product(upper, lower):
            left, right = max(over[0], under[0]), min(over[2], under[2])
            if right - left >= SLOT // 2 and piece[over] != piece[under]:
                boxes.append((left, over[3], right, under[1]))
                old, new = piece[under], piece[over]
                piece = {run: new if n == old else n for run, n in piece.items()}
    return boxes


class Grid:
    """The picture cut at every edge that matters, into cells which are free, taken by somebody else, or inside the household."""

    def __init__(self, inside: list[Box], others: list[Box], symbols: tuple[Symbol, ...]) -> None:
        everyone = [(s.x, s.y) for s in symbols]
        xs = {x for b in (*inside, *others) for x in (b[0], b[2])}
        xs |= {x + SLOT // 2 + side for x, _y in everyone for side in (-SLIT, SLIT)}
        xs |= {x - SLOT // 2 + side for x, _y in everyone for side in (-SLIT, SLIT)}
        ys = {y for b in (*inside, *others) for y in (b[1], b[3])}
        ys |= {y + BELOW + LANE for _x, y in everyone}
        self.xs, self.ys = sorted(xs), sorted(ys)
        self.inside = self._covered(inside)
        self.taken = self._covered(others)

    def _covered(self, boxes: Iterable[Box]) -> set[Cell]:
        found = set()
        for left, top, right, bottom in boxes:
            for i in range(self.xs.index(left), self.xs.index(right)):
                found |= {(i, j) for j in range(self.ys.index(top), self.ys.index(bottom))}
        return found

    def around(self, cell: Cell) -> list[Cell]:
        """The cells that share an edge with this one."""
        near = [(cell[0] + dx, cell[1] + dy) for dx, dy in FOUR]
        return [(i, j) for i, j in near if 0 <= i < len(self.xs) - 1 and 0 <= j < len(self.ys) - 1]

    def middle(self, cell: Cell) -> tuple[float, float]:
        """The centre of a cell in the picture."""
        (i, j), xs, ys = cell, self.xs, self.ys
        return (xs[i] + xs[i + 1]) / 2, (ys[j] + ys[j + 1]) / 2

    def pieces(self, cells: set[Cell]) -> list[set[Cell]]:
        """The cells in pieces that hang together."""
        left, found = set(cells), []
        while left:
            piece, ends = set(), [left.pop()]
            while ends:
                cell = ends.pop()
                piece.add(cell)
                near = [n for n in self.around(cell) if n in left]
                left -= set(near)
                ends += near
            found.append(piece)
        return sorted(found, key=min)

    def joined(self) -> set[Cell]:
        """The household's cells with passages between its pieces; a hole in which nobody stands is filled."""
        cells = set(self.inside)
        while len(pieces := self.pieces(cells)) > 1:
            passage = self.passage(pieces[0], cells - pieces[0])
            if not passage:
                break
            cells |= passage
        return self.without_holes(cells)

    def passage(self, start: set[Cell], targets: set[Cell]) -> set[Cell]:
        """The shortest way through free cells from one piece to any other. It touches each of them only at its ends."""
        first = {n for cell in start for n in self.around(cell) if n not in self.taken and n not in start}
        queue = [(0.0, cell) for cell in sorted(first)]
        came: dict[Cell, Cell | None] = dict.fromkeys(first)
        length = dict.fromkeys(first, 0.0)
        while queue:
            so_far, cell = heapq.heappop(queue)
            if so_far > length[cell]:
                continue
            if any(n in targets for n in self.around(cell)):
                return self._back(cell, came)
            x, y = self.middle(cell)
            for near in self.around(cell):
                if near in self.taken or near in start:
                    continue
                nx, ny = self.middle(near)
                far = so_far + abs(nx - x) + abs(ny - y)
                if far < length.get(near, float("inf")):
                    length[near], came[near] = far, cell
                    heapq.heappush(queue, (far, near))
        return set()

    @staticmethod
    def _back(cell: Cell, came: dict[Cell, Cell | None]) -> set[Cell]:
        path: set[Cell] = set()
        at: Cell | None = cell
        while at is not None:
            path.add(at)
            at = came[at]
        return path

    def without_holes(self, cells: set[Cell]) -> set[Cell]:
        """The cells with every enclosed gap filled in which nobody of another household stands."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        rest = {(i, j) for i in range(width) for j in range(height)} - cells
        for hole in self.pieces(rest):
            if not hole & self.taken and all(0 < i < width - 1 and 0 < j < height - 1 for i, j in hole):
                cells |= hole
        return cells

    def border(self, cells: set[Cell]) -> str:
        """The closed lines around the cells, drawn with the cells on the right hand."""
        after: dict[Cell, list[Cell]] = defaultdict(list)
        for i, j in cells:
            if (i, j - 1) not in cells:
                after[(i, j)].append((i + 1, j))
            if (i + 1, j) not in cells:
                after[(i + 1, j)].append((i + 1, j + 1))
            if (i, j + 1) not in cells:
                after[(i + 1, j + 1)].append((i, j + 1))
            if (i - 1, j) not in cells:
                after[(i, j + 1)].append((i, j))
        return "".join(self._loop(after) for _ in iter(lambda: bool(after), False))

    def _loop(self, after: dict[Cell, list[Cell]]) -> str:
        start = min(after)
        points, at, heading = [start], start, (0, 0)
        while True:
            ways = after[at]
            # Where two corners touch, the line turns right, so that it stays one line.
            way = min(ways, key=lambda to: _turn(heading, (to[0] - at[0], to[1] - at[1])))
            ways.remove(way)
            if not ways:
                del after[at]
            heading, at = (way[0] - at[0], way[1] - at[1]), way
            if at == start:
                break
            points.append(at)
        return self._path(points)

    def _path(self, points: list[Cell]) -> str:
        parts: list[str] = []
        for n, (i, j) in enumerate(points):
            (a, b), (c, d) = points[n - 1], points[(n + 1) % len(points)]
            if (a == i == c) or (b == j == d):
                continue  # straight on
            x, y = self.xs[i], self.ys[j]
            parts.append(f"M{x} {y}" if not parts else f"H{x}" if b == j else f"V{y}")
        return "".join(parts) + "Z"


def _turn(heading: Cell, way: Cell) -> int:
    """How far to the left a way turns: 0 right, 1 straight, 2 left."""
    cross = heading[0] * way[1] - heading[1] * way[0]
    return {1: 0, 0: 1, -1: 2}[cross]
