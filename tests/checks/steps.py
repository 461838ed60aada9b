"""The steps of ./check: what each runs, in which lane, and how its output becomes passed, failed and skipped."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import postgres

BIN = Path(sys.executable).parent
LANES = ("static", "tests")
CLOSING = re.compile(r"^=*\s*(\d+ \w+.* in [\d.]+s.*?)\s*=*$")


@dataclass
class Outcome:
    """What a step found. A static step counts as one passed or failed; a suite counts its tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    skipped_because: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One thing that is checked."""

    name: str
    what: str
    run: Callable[[Path], Outcome]
    lane: str = "static"
    fast: bool = False


def command(*argv: str, env: dict[str, str] | None = None) -> Callable[[Path], Outcome]:
    """A step that holds when a command ends with 0; its last line is shown."""

    def run(log: Path) -> Outcome:
        code = call(argv, log, env)
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        return Outcome(passed=int(code == 0), failed=int(code != 0), note=lines[-1].strip()[:120] if lines else "")

    return run


def call(argv: tuple[str, ...], log: Path, env: dict[str, str] | None = None) -> int:
    """Run a tool of our environment with its output in the log; gives its exit code."""
    tool = str(BIN / argv[0]) if (BIN / argv[0]).exists() else argv[0]
    with log.open("w") as out:
        return subprocess.run(
            [tool, *argv[1:]],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "GNIAZDO_DATA": scratch(), "GNIAZDO_STRICT": "1", **(env or {})},
        ).returncode


def scratch() -> str:
    """A data folder of this run's own, so that a check never touches anybody's data."""
    folder = Path(tempfile.gettempdir()) / f"gniazdo-check-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    return str(folder)


def manage(*argv: str, env: dict[str, str] | None = None) -> Callable[[Path], Outcome]:
    """A step that is a management command."""
    return command("python", "-W", "error::DeprecationWarning:gniazdo", "manage.py", *argv, env=env)


def frontend(log: Path) -> Outcome:
    """The bundle that the build hook made is there and newer than nothing: its entry files exist."""
    dist = Path("src/gniazdo/platform/static/dist")
    found = sorted(p.name for p in dist.glob("**/*") if p.is_file()) if dist.exists() else []
    log.write_text("\n".join(found))
    kinds = {Path(name).suffix for name in found}
    whole = {".js", ".css"} <= kinds
    return Outcome(passed=int(whole), failed=int(not whole), note=f"{len(found)} plików w {dist}")


def suite(
    *, extra: tuple[str, ...] = (), paths: tuple[str, ...] = ("src/gniazdo", "tests"), workers: int = 2
) -> Callable[[Path], Outcome]:
    """The tests on SQLite in memory, two workers."""

    def run(log: Path) -> Outcome:
        return pytest(log, *paths, "--ignore=tests/journeys", "-n", str(workers), "--dist", "worksteal", *extra)

    return run


def suite_on_postgres(log: Path) -> Outcome:
    """The same tests on a PostgreSQL of our own, stopped whatever happens; all but those that bring an SQLite file."""
    reason = postgres.missing()
    if reason:
        return Outcome(skipped_because=reason)
    with postgres.server(log.with_suffix(".server.log")) as url:
        return pytest(
            log,
            "src/gniazdo",
            "tests",
            "--ignore=tests/journeys",
            "-n",
            "2",
            "--dist",
            "worksteal",
            "-m",
            "not own_database",
            env={"GNIAZDO_DATABASE": url},
        )


def changed(log: Path) -> Outcome:
    """The tests of rooms that differ from the last commit on the main line, and the contracts."""
    names = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True).stdout
    names += subprocess.run(["git", "diff", "--name-only", "HEAD~1"], capture_output=True, text=True).stdout
    rooms = {
        f"src/gniazdo/{m}" for m in re.findall(r"src/gniazdo/(\w+)/", names) if Path(f"src/gniazdo/{m}/tests").exists()
    }
    return pytest(log, *sorted(rooms), "tests", "--ignore=tests/journeys", "-n", "2")


def journeys(log: Path) -> Outcome:
    """A role's day in the system's Chromium, with axe on every page."""
    if not any(Path("tests/journeys").glob("test_*.py")):
        return Outcome(skipped_because="nie ma jeszcze tests/journeys")
    chromium = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if chromium is None:
        return Outcome(skipped_because="nie ma przeglądarki Chromium w systemie")
    return pytest(
        log, "tests/journeys", "-n", "2", env={"GNIAZDO_CHROMIUM": chromium, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    )


def pytest(log: Path, *argv: str, env: dict[str, str] | None = None) -> Outcome:
    """Run pytest; counts come from its report, the note is its closing line."""
    report = log.with_suffix(".xml")
    report.unlink(missing_ok=True)
    code = call(
        ("python", "-m", "pytest", *argv, f"--junitxml={report}", "-p", "no:cacheprovider", "-rs", "--durations=10"),
        log,
        env,
    )
    closing = [m[1] for line in log.read_text(errors="replace").splitlines() if (m := CLOSING.match(line))]
    total = failed = skipped = 0
    if report.exists():
        for one in ElementTree.parse(report).getroot().iter("testsuite"):
            total += int(one.get("tests", 0))
            failed += int(one.get("failures", 0)) + int(one.get("errors", 0))
            skipped += int(one.get("skipped", 0))
    if code not in (0, 1) or (code and not failed):
        failed += 1
    return Outcome(
        max(total - failed - skipped, 0), failed, skipped, note=closing[-1] if closing else f"pytest: kod {code}"
    )


PRODUCTION = {
    "GNIAZDO_MODE": "production",
    "GNIAZDO_SECRET_KEY": "only-for-this-check-" + "0123456789abcdef" * 4,
    "GNIAZDO_HOSTS": "gniazdo.example.invalid",
    "GNIAZDO_URL": "https://gniazdo.example.invalid",
    "GNIAZDO_SMTP": "smtp+tls://poczta:haslo@poczta.example.invalid:587",
}

STEPS: tuple[Step, ...] = (
    Step("format", "ruff format", command("ruff", "format", "--check", "."), fast=True),
    Step("lint", "ruff check", command("ruff", "check", "."), fast=True),
    Step("templates", "djlint", command("djlint", "src/gniazdo", "--lint", "--quiet"), fast=True),
    Step("contracts", "import-linter: rooms and drawers", command("lint-imports", "--no-cache"), fast=True),
    Step("migrations", "makemigrations --check", manage("makemigrations", "--check", "--dry-run"), fast=True),
    Step("messages", "missing translations", manage("messages", "--check"), fast=True),
    Step("deploy", "settings of production", manage("check", "--deploy", "--fail-level", "WARNING", env=PRODUCTION)),
    Step("frontend", "the bundle is built", frontend),
    Step("types", "mypy --strict", command("mypy", "src/gniazdo", "tests/checks")),
    Step("changed", "tests of changed rooms, SQLite", changed, lane="tests", fast=True),
    Step("sqlite", "the suite on SQLite", suite(), lane="tests"),
    Step("postgres", "the suite on PostgreSQL", suite_on_postgres, lane="tests"),
    Step("journeys", "browser journeys with axe", journeys, lane="tests"),
)
