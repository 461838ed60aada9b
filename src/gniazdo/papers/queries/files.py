"""Reading attached files: the row through a guard, the bytes from outside the web root."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from gniazdo.access.queries import fetch, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.papers.models import LocalTemplate, StoredFile
from gniazdo.papers.queries.guards import READERS


@reads("papers.file.view", label="Otwieranie załączników", who=READERS)
def file_by_id(actor: Actor, file_id: UUID | str) -> StoredFile:
    """One attachment the actor may open. Raises NotHere."""
    rows = StoredFile.objects.for_actor(actor).filter(removed_on=None).select_related("sheet", "letter", "family")
    return fetch(actor, "papers.file.view", rows, file_id)


def files_of_family(actor: Actor, family_id: UUID, *, limit: int = 50) -> list[StoredFile]:
    """Attachments of a family the actor may open, newest first."""
    rows = visible(
        actor, "papers.file.view", StoredFile.objects.for_actor(actor).filter(family_id=family_id, removed_on=None)
    )
    return list(rows.order_by("-id")[:limit])


def path_of(path: str) -> Path:
    """Where the content lies. Raises ValueError for a path that would leave the folder of files."""
    root = Path(settings.MEDIA_ROOT)
    found = (root / path).resolve()
    if not found.is_relative_to(root.resolve()):
        raise ValueError(path)
    return found


def unreferenced_files(institution_id: UUID, *, now: datetime, age: timedelta = timedelta(days=1)) -> list[Path]:
    """Files of an institution's folder that no row names and that have lain there longer than `age`.

    A file is on disk before its row is saved; the age keeps one that is being attached right now.
    """
    folder = path_of(str(institution_id))
    if not folder.is_dir():
        return []
    old = [
        one for one in sorted(folder.iterdir())
        if one.is_file() and datetime.fromtimestamp(one.stat().st_mtime, UTC) < now - age
    ]  # fmt: skip
    left: list[Path] = []
    for start in range(0, len(old), 500):
        paths = [f"{institution_id}/{one.name}" for one in old[start : start + 500]]
        known: set[str] = set()
        for model in (StoredFile, LocalTemplate):
            known |= set(model.objects.system().filter(path__in=paths).order_by("pk").values_list("path", flat=True))
        left += [one for one, path in zip(old[start : start + 500], paths, strict=True) if path not in known]
    return left
