"""The dashed line around those who live together: the outline of their cells, joined where the cells face each other."""

from __future__ import annotations

from gniazdo.people.rules.genogram.shapes import LABEL, SLOT, SYMBOL, Symbol

Box = tuple[int, int, int, int]


def outline(symbols: tuple[Symbol, ...], rows: list[list[list[str]]], tops: list[int]) -> str:
    """An SVG path of the border between home and not home; empty when nobody lives in the household."""
    at = {s.human.id: s for s in symbols}
    boxes: list[Box] = []
    above: list[Box] = []
    for n, line in enumerate(rows):
        runs: list[Box] = []
        joined = False
        for who in (who for group in line for who in group):
            symbol = at[who]
            if not symbol.human.home:
                joined = False
                continue
            top, bottom = tops[n] - SYMBOL // 2 - 10, tops[n] + SYMBOL // 2 + LABEL + 2
            if joined:
                left = runs[-1][0]
                runs[-1] = (left, top, symbol.x + SLOT // 2, bottom)
            else:
                runs.append((symbol.x - SLOT // 2, top, symbol.x + SLOT // 2, bottom))
            joined = True
        for run in runs:
            for over in above:
                left, right = max(run[0], over[0]), min(run[2], over[2])
                if right - left >= SLOT // 2:
                    boxes.append((left, over[3], right, run[1]))
        boxes += runs
        above = runs
    return _border(boxes)


def _border(boxes: list[Box]) -> str:
    xs = sorted({x for b in boxes for x in (b[0], b[2])})
    ys = sorted({y for b in boxes for y in (b[1], b[3])})
    inside = {
        (i, j)
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
        if any(b[0] <= xs[i] and xs[i + 1] <= b[2] and b[1] <= ys[j] and ys[j + 1] <= b[3] for b in boxes)
    }
    parts = []
    for i, j in sorted(inside):
        left, right, top, bottom = xs[i], xs[i + 1], ys[j], ys[j + 1]
        if (i - 1, j) not in inside:
            parts.append(f"M{left} {top}V{bottom}")
        if (i + 1, j) not in inside:
            parts.append(f"M{right} {top}V{bottom}")
        if (i, j - 1) not in inside:
            parts.append(f"M{left} {top}H{right}")
        if (i, j + 1) not in inside:
            parts.append(f"M{left} {bottom}H{right}")
    return "".join(parts)
