"""Freezes new versions of sheets: adds their hashes to docs/generated/sheet-hashes.json, never changing one already there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gniazdo.papers.rules import SHEETS, sha256_of

FILE = Path(__file__).resolve().parents[5] / "docs" / "generated" / "sheet-hashes.json"


class Command(BaseCommand):
    help = "Dopisuje skróty nowych wersji kart do docs/generated/sheet-hashes.json"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--first", action="store_true", help="before the first release: write all anew")

    def handle(self, *args: Any, **options: Any) -> None:
        before = json.loads(FILE.read_text()) if FILE.exists() and not options["first"] else {}
        now = {f"{id}.v{version}": sha256_of(sheet) for (id, version), sheet in SHEETS.items()}
        changed = sorted(k for k, v in before.items() if now.get(k) != v)
        if changed:
            raise CommandError(
                f"Zmieniono lub usunięto zamrożone wersje: {', '.join(changed)}. Utwórz nową wersję karty."
            )
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(dict(sorted(now.items())), indent=2) + "\n")
        self.stdout.write(f"{len(now)} → {FILE.name}")
