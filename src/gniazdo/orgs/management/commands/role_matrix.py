"""Writes docs/generated/role-matrix.md and .csv: who may do and read what, from the declared permissions themselves."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
import pkgutil
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Model, Q
from django.utils import translation

from gniazdo.access.queries import NOTHING, PERMISSIONS, Permission
from gniazdo.access.rules import Actor
from gniazdo.orgs.vocab import ROLES

OUT = Path(settings.PACKAGE).parents[1] / "docs" / "generated"
ALL, SOME, NONE = "tak", "swoje", "—"
LEGEND = """# Macierz ról

Kto co może zrobić i przeczytać. Plik powstaje z deklaracji uprawnień w kodzie (`gniazdo manage role_matrix`); nie poprawiać ręcznie.

* **tak** – w całej swojej instytucji,
* **swoje** – tylko rodziny z listy dostępu (przydział, zastępstwo, zespół, dostęp awaryjny) albo sprawy własne,
* **—** – nie.

"""


def load_rooms() -> None:
    """Import every module of every room that may declare permissions."""
    for room in settings.ROOMS:
        for drawer in ("queries", "actions", "deadlines", "tasks", "views"):
            name = f"{room}.{drawer}"
            if importlib.util.find_spec(name) is None:
                continue
            module = importlib.import_module(name)
            for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
                importlib.import_module(found.name)


def answer(permission: Permission, role: str) -> str:
    """What a post with this one role may do under the permission."""
    nobody = UUID(int=1)
    actor = Actor(
        user_id=nobody, post_id=nobody, institution_id=nobody, roles=frozenset({role}), post_ids=frozenset({nobody})
    )
    narrowed = permission.who.narrow(actor, Model)
    if narrowed == Q():
        return ALL
    return NONE if narrowed == NOTHING else SOME


def rows() -> list[list[str]]:
    """The matrix with its heading: one row a permission, one column a role."""
    load_rooms()
    head = ["Kod", "Czynność", "Rodzaj", "Kto", *(word.label for word in ROLES)]
    body = [
        [
            p.code,
            str(p.label),
            "odczyt" if p.is_read else "czynność",
            str(p.who.label),
            *(answer(p, w.code) for w in ROLES),
        ]
        for p in sorted(PERMISSIONS.values(), key=lambda p: p.code)
        if not p.code.startswith("test.") and p.where.startswith("gniazdo.") and ".tests." not in p.where
    ]
    return [head, *body]


def as_markdown(table: list[list[str]]) -> str:
    """The matrix for reading."""
    head, *body = table
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| `" + row[0] + "` | " + " | ".join(cell.replace("|", "\\|") for cell in row[1:]) + " |" for row in body]
    return LEGEND + "\n".join(lines) + "\n"


def as_csv(table: list[list[str]]) -> str:
    """The matrix for a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(table)
    return out.getvalue()


class Command(BaseCommand):
    help = "Zapisuje macierz ról w docs/generated."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("pl"):
            table = rows()
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / "role-matrix.md").write_text(as_markdown(table), encoding="utf-8")
        (OUT / "role-matrix.csv").write_text(as_csv(table), encoding="utf-8")
        self.stdout.write(f"{OUT / 'role-matrix.md'}: {len(table) - 1} uprawnień")
