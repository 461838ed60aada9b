"""Who stands in which generation and in what order: rows of clusters, a cluster being partners side by side."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gniazdo.people.rules.genogram.shapes import Couple, Descent, Human

FAR = date(9999, 1, 1)


def generations(humans: list[Human], couples: list[Couple], descents: list[Descent]) -> dict[str, int]:
    """Row of each person, from 0 at the top: children below parents, partners and siblings in one row.

    Contradictory ties (someone their own grandparent's partner) end in some row rather than in an endless loop.
    """
    row = {h.id: 0 for h in humans}
    limit = len(humans)
    for _ in range(limit + 1):
        moved = False
        for d in descents:
            if row[d.child] < row[d.parent] + 1 <= limit:
                row[d.child], moved = row[d.parent] + 1, True
        for c in couples:
            low = max(row[c.a], row[c.b])
            if row[c.a] != row[c.b]:
                row[c.a] = row[c.b] = low
                moved = True
        if not moved:
            break
    for _ in range(limit):
        moved = False
        for d in descents:
            # A parent hangs right above the uppermost of the children, unless parents or a partner of their own hold them.
            top = min(row[o.child] for o in descents if o.parent == d.parent) - 1
            partners = {c.b if c.a == d.parent else c.a for c in couples if d.parent in (c.a, c.b)}
            group = {d.parent, *partners}
            held = any(o.child in group for o in descents) or any(
                o.parent in group and row[o.child] <= top for o in descents
            )
            if row[d.parent] < top and not held:
                for one in group:
                    row[one] = top
                moved = True
        if not moved:
            break
    used = {r: n for n, r in enumerate(sorted(set(row.values())))}
    return {who: used[r] for who, r in row.items()}


def clusters(humans: list[Human], couples: list[Couple], row: dict[str, int]) -> list[list[str]]:
    """Partners chained side by side: earlier partners to the left, the present one to the right of who has several."""
    near: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for c in couples:
        if row[c.a] == row[c.b]:
            near[c.a].append((c.since or date(1, 1, 1), c.b))
            near[c.b].append((c.since or date(1, 1, 1), c.a))
    sex = {h.id: h.sex for h in humans}
    seen: set[str] = set()
    made: list[list[str]] = []
    for start in sorted((h.id for h in humans), key=lambda who: (-len(near[who]), who)):
        if start in seen:
            continue
        chain = [start]
        seen.add(start)
        _spread(start, chain, near, seen)
        if len(chain) == 2 and sex[chain[0]] == "F" and sex[chain[1]] == "M":
            chain.reverse()
        made.append(chain)
    return made


def _spread(who: str, chain: list[str], near: dict[str, list[tuple[date, str]]], seen: set[str]) -> None:
    partners = [p for _since, p in sorted(near[who]) if p not in seen]
    seen.update(partners)
    at = chain.index(who)
    if len(partners) > 1 or at == 0 < len(chain) - 1:
        left, right = partners[:-1], partners[-1:]
    else:
        left, right = [], partners
    chain[at:at] = left
    at = chain.index(who)
    chain[at + 1 : at + 1] = right
    for partner in partners:
        _spread(partner, chain, near, seen)


def ordered_rows(
    humans: list[Human], groups: list[list[str]], row: dict[str, int], descents: list[Descent], *, sweeps: int = 8
) -> list[list[list[str]]]:
    """Rows of clusters from left to right: under their parents, siblings by age, few crossings."""
    age = {h.id: (h.born_on or (FAR if h.unborn else date(1, 1, 1)), h.id) for h in humans}
    up: dict[str, list[str]] = defaultdict(list)
    down: dict[str, list[str]] = defaultdict(list)
    for d in descents:
        up[d.child].append(d.parent)
        down[d.parent].append(d.child)
    rows: list[list[list[str]]] = [[] for _ in range(max(row.values(), default=0) + 1)]
    for group in sorted(groups, key=lambda g: min(age[who] for who in g)):
        rows[row[group[0]]].append(group)
    place: dict[str, float] = {}

    def note(line: list[list[str]]) -> None:
        for n, who in enumerate(who for group in line for who in group):
            place[who] = float(n)

    for line in rows:
        note(line)
    for sweep in range(sweeps):
        downward = sweep % 2 == 0
        for line in rows if downward else reversed(rows):
            links = up if downward else down

            def centre(group: list[str], links: dict[str, list[str]] = links) -> float:
                ties = [place[other] for who in group for other in links[who]]
                return sum(ties) / len(ties) if ties else sum(place[who] for who in group) / len(group)

            line.sort(key=lambda g: (centre(g), min((age[w] for w in g if up[w]), default=min(age[w] for w in g))))
            if downward:
                _turn(line, up, place)
            note(line)
    return rows


def _turn(line: list[list[str]], up: dict[str, list[str]], place: dict[str, float]) -> None:
    # A couple whose parents are both drawn stands the way its parents do, so that lines do not cross.
    for group in line:
        if len(group) == 2 and up[group[0]] and up[group[1]]:
            first, second = (sum(place[p] for p in up[who]) / len(up[who]) for who in group)
            if first > second:
                group.reverse()
