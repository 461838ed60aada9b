"""Coordinates of a genogram. Symbols cannot overlap by construction: every person has a cell of a row to themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from gniazdo.people.rules.genogram.household import outline
from gniazdo.people.rules.genogram.lines import Net, connect
from gniazdo.people.rules.genogram.ranks import clusters, generations, ordered_rows
from gniazdo.people.rules.genogram.shapes import (
    LABEL,
    MARGIN,
    SLOT,
    SYMBOL,
    TRACK,
    Couple,
    Descent,
    Drawing,
    Human,
    Symbol,
    label_of,
    shape_of,
)

MOST = 40
BAND = 34  # least height between a label and the symbols of the next row


def draw(
    humans: list[Human], couples: list[Couple], descents: list[Descent], twins: list[tuple[str, str, str]] | None = None
) -> Drawing:
    """The genogram of up to MOST persons (the first MOST are drawn): `twins` are (one, other, TWIN_MONO or TWIN_DI)."""
    humans = humans[:MOST]
    known = {h.id for h in humans}
    couples = _once([c for c in couples if c.a in known and c.b in known and c.a != c.b])
    descents = [d for d in descents if d.parent in known and d.child in known and d.parent != d.child]
    if not humans:
        return Drawing((), (), "", 2 * MARGIN, 2 * MARGIN)
    row = generations(humans, couples, descents)
    rows = ordered_rows(humans, clusters(humans, couples, row), row, descents)
    columns = _columns(rows, descents)
    net = Net(row, columns, couples, descents, twins or [])
    tops, height = _heights(len(rows), net.tracks())
    by_id = {h.id: h for h in humans}
    symbols = tuple(
        Symbol(by_id[who], columns[who], tops[n], shape_of(by_id[who]), label_of(by_id[who]))
        for n, line in enumerate(rows)
        for group in line
        for who in group
    )
    width = max(s.x for s in symbols) + SLOT // 2 + MARGIN
    ties = tuple(couples), tuple(descents), tuple(t for t in twins or [] if t[0] in known and t[1] in known)
    return Drawing(symbols, tuple(connect(net, tops)), outline(symbols), width, height, *ties)


def _once(couples: list[Couple]) -> list[Couple]:
    """One line for two people: the latest state of their tie."""
    latest: dict[frozenset[str], Couple] = {}
    for couple in sorted(couples, key=lambda c: (c.since is not None, c.since or 0)):
        pair = frozenset((couple.a, couple.b))
        before = latest.get(pair)
        free = couple.kind == "COHABITATION" or (couple.kind == "SEPARATION" and before is not None and before.free)
        latest[pair] = replace(couple, free=free)
    return list(latest.values())


def _columns(rows: list[list[list[str]]], descents: list[Descent]) -> dict[str, int]:
    """Centre of each person's cell: children under their parents as far as the row's order allows."""
    up: dict[str, list[str]] = defaultdict(list)
    down: dict[str, list[str]] = defaultdict(list)
    for d in descents:
        up[d.child].append(d.parent)
        down[d.parent].append(d.child)
    x: dict[str, float] = {}
    for line in rows:
        for n, who in enumerate(who for group in line for who in group):
            x[who] = n * SLOT
    for sweep in range(24):
        downward = sweep % 2 == 0
        for line in rows if downward else reversed(rows):
            links = up if downward else down
            wanted = []
            for group in line:
                ties = [
                    x[other] - SLOT * (at - (len(group) - 1) / 2 if downward else 0)
                    for at, who in enumerate(group)
                    for other in links[who]
                ]
                now = sum(x[who] for who in group) / len(group)
                wanted.append(sum(ties) / len(ties) if ties else now)
            for group, centre in zip(line, _spaced(wanted, [len(g) for g in line]), strict=True):
                for at, who in enumerate(group):
                    x[who] = centre + SLOT * (at - (len(group) - 1) / 2)
    left = min(x.values())
    return {who: round(value - left) + SLOT // 2 + MARGIN for who, value in _settled(rows, x).items()}


def _settled(rows: list[list[list[str]]], x: dict[str, float]) -> dict[str, float]:
    """The same places on a grid of half cells, still in order and at least a cell apart."""
    grid = SLOT / 2
    placed: dict[str, float] = {}
    start = min(x.values())
    for line in rows:
        free = start
        for who in (who for group in line for who in group):
            placed[who] = max(start + round((x[who] - start) / grid) * grid, free)
            free = placed[who] + SLOT
    return placed


def _spaced(wanted: list[float], sizes: list[int]) -> list[float]:
    """Centres nearest to the wanted ones (least squares) that keep the order and do not overlap: pool adjacent violators."""
    offsets, run = [], 0.0
    for size in sizes:
        offsets.append(run + size * SLOT / 2)
        run += size * SLOT
    blocks: list[list[float]] = []  # sum, count
    for value, offset in zip(wanted, offsets, strict=True):
        blocks.append([value - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    levels = [total / count for total, count in blocks for _ in range(int(count))]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _heights(count: int, tracks: dict[int, int]) -> tuple[list[int], int]:
    """Centre of each row's symbols, a band above each widened by the lines that run in it; and the whole height."""
    tops, y = [], MARGIN
    for n in range(count):
        y += (BAND if n else 0) + TRACK * tracks.get(n, 0) + SYMBOL // 2 + 6
        tops.append(y)
        y += SYMBOL // 2 + LABEL
    return tops, y + MARGIN
