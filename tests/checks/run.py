"""Runs the steps of ./check in two lanes (static beside tests), shows progress, and ends with one line of totals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from steps import LANES, STEPS, Outcome, Step

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / ".check"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
_speaking = threading.Lock()


@dataclass
class Result:
    """How one step ended."""

    step: Step
    outcome: Outcome
    seconds: float
    log: Path = field(default_factory=Path)


def say(text: str) -> None:
    """One line of progress, whole even when two lanes speak."""
    with _speaking:
        print(text, flush=True)  # noqa: T201


def run(step: Step, started: float) -> Result:
    """Run one step with its output in .check/<step>.log; a failure shows the log's end at once."""
    log = LOGS / f"{step.name}.log"
    say(f"[{time.monotonic() - started:5.0f} s] … {step.name}: {step.what}")
    at = time.monotonic()
    try:
        outcome = step.run(log)
    except Exception as error:
        outcome = Outcome(failed=1, note=f"{type(error).__name__}: {error}")
    took = time.monotonic() - at
    mark = "✗" if outcome.failed else ("–" if outcome.skipped_because else "✓")
    note = outcome.skipped_because or outcome.note
    say(f"[{time.monotonic() - started:5.0f} s] {mark} {step.name} ({took:.1f} s) {note}")
    if outcome.failed and log.exists():
        tail = log.read_text(errors="replace").splitlines()[-80:]
        say("\n".join(f"    {line}" for line in tail))
    return Result(step, outcome, took, log)


def run_lanes(steps: list[Step]) -> list[Result]:
    """Run the lanes side by side, each in its order."""
    started = time.monotonic()
    results: list[Result] = []

    def lane(mine: list[Step]) -> None:
        for step in mine:
            results.append(run(step, started))

    threads = [threading.Thread(target=lane, args=([s for s in steps if s.lane == name],)) for name in LANES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def choose(arguments: list[str]) -> list[Step]:
    """The steps asked for: all, those of `fast`, or the named ones."""
    if not arguments:
        return [s for s in STEPS if s.name != "changed"]
    if arguments == ["fast"]:
        return [s for s in STEPS if s.fast]
    named = {s.name: s for s in STEPS}
    unknown = [a for a in arguments if a not in named]
    if unknown:
        raise SystemExit(f"Nie ma kroku: {', '.join(unknown)}. Są: {', '.join(named)}.")
    return [named[a] for a in arguments]


def main() -> int:
    """Run, print the table of what was skipped and the line of totals; the exit code says whether all held."""
    arguments = sys.argv[1:]
    if "--list" in arguments:
        for step in STEPS:
            say(f"{step.name:14} {step.what}")
        return 0
    LOGS.mkdir(exist_ok=True)
    os.chdir(ROOT)
    at = time.monotonic()
    results = run_lanes(choose(arguments))
    skipped = [r for r in results if r.outcome.skipped_because or r.outcome.skipped]
    for r in skipped:
        say(f"Pominięto w {r.step.name}: {r.outcome.skipped_because or f'{r.outcome.skipped} testów, powody: {r.log}'}")
    passed = sum(r.outcome.passed for r in results)
    failed = sum(r.outcome.failed for r in results)
    left_out = sum(r.outcome.skipped or bool(r.outcome.skipped_because) for r in results)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    if failed:
        say("Nie przeszły: " + ", ".join(r.step.name for r in results if r.outcome.failed))
    if IN_CI and left_out:
        say("Pod CI niczego nie wolno pominąć.")
    minutes, seconds = divmod(round(time.monotonic() - at), 60)
    say(f"{passed} passed, {failed} failed, {left_out} skipped in {minutes} min {seconds} s ({commit})")
    return 1 if failed or (IN_CI and left_out) else 0


if __name__ == "__main__":
    sys.exit(main())
