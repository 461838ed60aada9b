"""Ecomap: the family in the middle, the parties around it in circles, lines that say how strong and which way."""

from __future__ import annotations

import math
from dataclasses import dataclass

RADIUS = 52
CENTRE_RADIUS = 70


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the family (or one person of it) with somebody outside."""

    id: str
    party: str
    kind: str
    strength: str
    direction: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """A drawn tie: circle of the party and its line to the family, with arrow heads where energy flows."""

    tie: Tie
    x: int
    y: int
    label: tuple[str, ...]
    line: str
    zigzag: str
    arrows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ecomap:
    """A whole ecomap with its size and centre."""

    spokes: tuple[Spoke, ...]
    size: int
    centre: int


def wrapped(text: str, *, width: int = 13, lines: int = 3) -> tuple[str, ...]:
    """Text broken into at most `lines` lines that fit a circle."""
    made = [""]
    for word in text.split():
        if made[-1] and len(made[-1]) + 1 + len(word) > width:
            made.append(word)
        else:
            made[-1] = f"{made[-1]} {word}".strip()
    cut = [line if len(line) <= width else line[: width - 1] + "…" for line in made[:lines]]
    if len(made) > lines:
        cut[-1] = cut[-1][: width - 1] + "…"
    return tuple(cut)


def ecomap(ties: list[Tie]) -> Ecomap:
    """Circles evenly around the family, far enough apart that none overlap."""
    count = max(len(ties), 1)
    ring = max(CENTRE_RADIUS + 2 * RADIUS + 30, math.ceil((RADIUS + 8) / math.sin(math.pi / max(count, 3))))
    centre = ring + RADIUS + 12
    spokes = []
    for n, tie in enumerate(ties):
        angle = -math.pi / 2 + 2 * math.pi * n / count
        dx, dy = math.cos(angle), math.sin(angle)
        near = (centre + dx * (CENTRE_RADIUS + 4), centre + dy * (CENTRE_RADIUS + 4))
        far = (centre + dx * (ring - RADIUS - 4), centre + dy * (ring - RADIUS - 4))
        arrows = []
        if tie.direction in ("BOTH", "TO_FAMILY"):
            arrows.append(_arrow(near, -dx, -dy))
        if tie.direction in ("BOTH", "FROM_FAMILY"):
            arrows.append(_arrow(far, dx, dy))
        line = f"M{near[0]:.0f} {near[1]:.0f}L{far[0]:.0f} {far[1]:.0f}"
        spokes.append(
            Spoke(tie, round(centre + dx * ring), round(centre + dy * ring), wrapped(tie.party), line,
                  _zigzag(near, far) if tie.strength == "STRESSFUL" else _cut(near, far) if tie.strength == "BROKEN" else "",
                  tuple(arrows))
        )  # fmt: skip
    return Ecomap(tuple(spokes), 2 * centre, centre)


def _arrow(tip: tuple[float, float], dx: float, dy: float) -> str:
    x, y = tip
    back = (x - dx * 12, y - dy * 12)
    return (
        f"{x:.0f},{y:.0f} {back[0] - dy * 6:.0f},{back[1] + dx * 6:.0f} {back[0] + dy * 6:.0f},{back[1] - dx * 6:.0f}"
    )


def _zigzag(a: tuple[float, float], b: tuple[float, float]) -> str:
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    steps = max(int(length // 8), 2)
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    points = []
    for n in range(1, steps):
        t, side = n / steps, 5 if n % 2 else -5
        points.append(f"{a[0] + (b[0] - a[0]) * t + nx * side:.0f} {a[1] + (b[1] - a[1]) * t + ny * side:.0f}")
    return f"M{a[0]:.0f} {a[1]:.0f}L" + "L".join(points) + f"L{b[0]:.0f} {b[1]:.0f}"


def _cut(a: tuple[float, float], b: tuple[float, float]) -> str:
    """Two short strokes across the middle of a broken tie."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    parts = []
    for t in (-4, 4):
        x, y = (a[0] + b[0]) / 2 + dx * t, (a[1] + b[1]) / 2 + dy * t
        parts.append(f"M{x - dy * 8:.0f} {y + dx * 8:.0f}L{x + dy * 8:.0f} {y - dx * 8:.0f}")
    return "".join(parts)
