"""Lines of a genogram: partner lines with their marks, descent through the gaps between labels, twins joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from gniazdo.people.rules.genogram.shapes import SLOT, SYMBOL, TRACK, Couple, Descent, Line

HALF = SYMBOL // 2
DESCENT_CLASS = {"PARENT_BIO": "descent", "PARENT_ADOPT": "adoption", "PARENT_FOSTER": "foster"}


@dataclass(slots=True)
class Brood:
    """Children of the same parents in the same way, hung under one bar."""

    parents: tuple[str, ...]
    kind: str
    children: list[str]
    band: int = 0
    track: int = 0
    x: int = 0


@dataclass(slots=True)
class Net:
    """All ties with the row and column of everyone; gives each line a track so that lines of two families do not merge."""

    row: dict[str, int]
    column: dict[str, int]
    couples: list[Couple]
    descents: list[Descent]
    twins: list[tuple[str, str, str]]
    broods: list[Brood] = field(init=False)
    bows: dict[frozenset[str], int] = field(init=False)
    _used: dict[int, list[tuple[int, int, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self._used = defaultdict(list)
        self.bows = {}
        for couple in self.couples:
            pair = frozenset((couple.a, couple.b))
            if not self.side_by_side(couple.a, couple.b):
                low = max(self.row[couple.a], self.row[couple.b])
                self.bows[pair] = self._track(low, *sorted((self.column[couple.a], self.column[couple.b])))
        self.broods = self._broods()

    def side_by_side(self, a: str, b: str) -> bool:
        """Whether nobody stands between the two."""
        low, high = sorted((self.column[a], self.column[b]))
        return self.row[a] == self.row[b] and not any(
            low < x < high and self.row[who] == self.row[a] for who, x in self.column.items()
        )

    def _track(self, band: int, low: int, high: int) -> int:
        track = 1
        while any(t == track and low <= b + 6 and a - 6 <= high for t, a, b in self._used[band]):
            track += 1
        self._used[band].append((track, low, high))
        return track

    def tracks(self) -> dict[int, int]:
        """How many parallel lines each band (named by the row below it) has to hold."""
        return {band: max(t for t, _a, _b in used) for band, used in self._used.items() if used}

    def _broods(self) -> list[Brood]:
        parents: dict[tuple[str, str], list[str]] = defaultdict(list)
        for d in self.descents:
            if d.kind in DESCENT_CLASS and self.row[d.parent] < self.row[d.child]:
                parents[(d.child, d.kind)].append(d.parent)
        made: dict[tuple[tuple[str, ...], str, int], Brood] = {}
        for (child, kind), pair in sorted(parents.items()):
            both = tuple(sorted(set(pair), key=lambda who: (-self.row[who], self.column[who]))[:2])
            if len(both) == 2 and self.row[both[0]] != self.row[both[1]]:
                both = both[:1]
            brood = made.setdefault((both, kind, self.row[child]), Brood(both, kind, []))
            brood.children.append(child)
            brood.band = self.row[child]
        stems: dict[tuple[int, int], int] = defaultdict(int)
        for brood in sorted(made.values(), key=lambda b: (b.band, min(self.column[c] for c in b.children))):
            gap = self._gap(brood.parents)
            count = stems[(self.row[brood.parents[0]], gap)]
            stems[(self.row[brood.parents[0]], gap)] += 1
            brood.x = gap + (0, 4, -4, 7, -7)[count % 5]
            xs = [*(self.column[c] for c in brood.children), brood.x]
            brood.track = self._track(brood.band, min(xs), max(xs))
        return list(made.values())

    def _gap(self, parents: tuple[str, ...]) -> int:
        """The x between two cells where a stem may go down without touching a label."""
        if len(parents) == 2:
            low, high = sorted(self.column[p] for p in parents)
            if self.side_by_side(*parents):
                # Half-way, unless the partners stand wide apart: labels of the row leave the middle free then too.
                return (low + high) // 2
            return high - SLOT // 2
        return self.column[parents[0]] + SLOT // 2


def connect(net: Net, tops: list[int]) -> Iterator[Line]:
    """All lines of the drawing: partners first, then descent."""
    for couple in net.couples:
        yield from _partners(net, couple, tops)
    for brood in net.broods:
        yield from _descent(net, brood, tops)


def _band_y(band: int, track: int, tops: list[int]) -> int:
    return tops[band] - HALF - 12 - TRACK * track


def _partners(net: Net, couple: Couple, tops: list[int]) -> Iterator[Line]:
    a, b = sorted((couple.a, couple.b), key=lambda who: net.column[who])
    kind = "cohabitation" if couple.free else "marriage"
    left, right = net.column[a], net.column[b]
    track = net.bows.get(frozenset((a, b)))
    if track is None:
        y = tops[net.row[a]]
        yield Line(f"M{left + HALF} {y}H{right - HALF}", kind)
        # The stem goes down from the middle; the mark stands beside it.
        middle = left + HALF + (right - left - SYMBOL) // 4
    else:
        y = _band_y(max(net.row[a], net.row[b]), track, tops)
        left, right = left + 8, right - 8
        yield Line(f"M{left} {_top(net, a, tops)}V{y}H{right}V{_top(net, b, tops)}", kind)
        middle = left + (right - left) // 4
    slashes = {"SEPARATION": 1, "DIVORCE": 2}.get(couple.kind, 1 if couple.over else 0)
    for n in range(slashes):
        x = middle + n * 6
        yield Line(f"M{x - 4} {y + 8}L{x + 4} {y - 8}", "slash")


def _top(net: Net, who: str, tops: list[int]) -> int:
    return tops[net.row[who]] - HALF


def _descent(net: Net, brood: Brood, tops: list[int]) -> Iterator[Line]:
    kind = DESCENT_CLASS[brood.kind]
    bar = _band_y(brood.band, brood.track, tops)
    parent = brood.parents[0]
    y = tops[net.row[parent]]
    joined = len(brood.parents) == 2 and net.side_by_side(*brood.parents)
    if joined:
        yield Line(f"M{brood.x} {y}V{bar}", kind)
        if not any({c.a, c.b} == set(brood.parents) for c in net.couples):
            low, high = sorted(net.column[p] for p in brood.parents)
            yield Line(f"M{low + HALF} {y}H{high - HALF}", "union")
    else:
        for who in brood.parents:
            at = net.column[who]
            gap = (
                brood.x
                if who == parent and len(brood.parents) == 1
                else at + (SLOT // 2 if at < brood.x else -SLOT // 2)
            )
            edge = at + HALF if gap > at else at - HALF
            yield Line(f"M{edge} {tops[net.row[who]]}H{gap}V{bar}", kind)
            if gap != brood.x:
                yield Line(f"M{gap} {bar}H{brood.x}", kind)
    apex = _apexes(net, brood)
    xs = [apex.get(c, net.column[c]) for c in brood.children]
    low, high = min([*xs, brood.x]), max([*xs, brood.x])
    if low != high:
        yield Line(f"M{low} {bar}H{high}", kind)
    yield from _drops(net, brood, bar, tops, kind)


def _drops(net: Net, brood: Brood, bar: int, tops: list[int], kind: str) -> Iterator[Line]:
    top = tops[brood.band] - HALF
    apex = _apexes(net, brood)
    for a, b, how in net.twins:
        if how == "TWIN_MONO" and a in apex and apex[a] == apex.get(b):
            y = (bar + top) // 2
            left, right = sorted((apex[who] + net.column[who]) // 2 for who in (a, b))
            yield Line(f"M{left} {y}H{right}", "twins")
    for child in brood.children:
        x = net.column[child]
        yield Line(f"M{apex.get(child, x)} {bar}L{x} {top}", kind)


def _apexes(net: Net, brood: Brood) -> dict[str, int]:
    """Where the lines of twins meet, of triplets and more too, when nobody stands between them."""
    found: dict[str, int] = {}
    for group in _born_together(net.twins, brood):
        xs = sorted(net.column[who] for who in group)
        between = [
            w for w, x in net.column.items() if xs[0] < x < xs[-1] and net.row[w] == brood.band and w not in group
        ]
        if not between:
            # Never on a stem of other parents, or the twins would seem to be theirs.
            stems = [b.x for b in net.broods if b is not brood and b.band == brood.band]
            meet = (xs[0] + xs[-1]) // 2
            while any(abs(stem - meet) < TRACK for stem in stems):
                meet += TRACK
            found |= dict.fromkeys(group, meet)
    return found


def _born_together(twins: list[tuple[str, str, str]], brood: Brood) -> list[set[str]]:
    """Children of the brood tied as twins, each group once."""
    groups: list[set[str]] = []
    for a, b, _how in twins:
        if a == b or a not in brood.children or b not in brood.children:
            continue
        touched = [g for g in groups if a in g or b in g]
        groups = [g for g in groups if g not in touched] + [{a, b}.union(*touched)]
    return groups
