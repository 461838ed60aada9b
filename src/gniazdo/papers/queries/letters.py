"""Reading letters: one, the register, those of a family; the wording in force."""

from __future__ import annotations

from uuid import UUID

from gniazdo.access.queries import fetch, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.papers.models import LetterRecord, LocalTemplate, StoredFile
from gniazdo.papers.queries.guards import LETTER_CLERKS, READERS
from gniazdo.papers.rules import LETTERS, Letter


@reads("papers.letter.view", label="Czytanie treści pism", who=READERS)
def letter_by_id(actor: Actor, letter_id: UUID | str) -> LetterRecord:
    """One letter whose words the actor may read. Raises NotHere."""
    rows = LetterRecord.objects.for_actor(actor).select_related("family", "case", "author__user", "institution")
    return fetch(actor, "papers.letter.view", rows, letter_id)


@reads("papers.letter.entry", label="Przeglądanie rejestru pism (bez treści)", who=LETTER_CLERKS)
def letter_entry(actor: Actor, letter_id: UUID | str) -> LetterRecord:
    """One letter as the register shows it; its words only where `papers.letter.view` allows. Raises NotHere."""
    rows = LetterRecord.objects.for_actor(actor).select_related("family", "case", "author__user", "institution")
    return fetch(actor, "papers.letter.entry", rows, letter_id)


def letter_register(
    actor: Actor, *, direction: str = "", family_id: UUID | None = None, before: UUID | None = None, size: int = 25
) -> list[LetterRecord]:
    """Letters whose entries the actor may see, newest first, a page at a time; without their words."""
    rows = visible(actor, "papers.letter.entry", LetterRecord.objects.for_actor(actor)).defer("body", "fields")
    if direction:
        rows = rows.filter(direction=direction)
    if family_id:
        rows = rows.filter(family_id=family_id)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("family", "case", "author__user").order_by("-id")[:size])


def letters_to_write(actor: Actor) -> list[Letter]:
    """Declared letters this post may write, by title."""
    return sorted((one for one in LETTERS.values() if actor.has_role(*one.writers)), key=lambda one: one.title)


def wording(institution_id: UUID, letter: Letter) -> str:
    """The body in force: the institution's own, else the declared one; paragraphs parted by an empty line."""
    own = LocalTemplate.objects.system().filter(institution_id=institution_id, kind="letter", code=letter.id).first()
    return own.body if own and own.body.strip() else "\n\n".join(letter.body)


def word_template(institution_id: UUID, kind: str, code: str) -> LocalTemplate | None:
    """The institution's own Word template of a sheet or letter, if it has one."""
    rows = LocalTemplate.objects.system().filter(institution_id=institution_id, kind=kind, code=code)
    return rows.exclude(path="").first()


def letter_files(letter: LetterRecord) -> list[StoredFile]:
    """Attachments of a letter that were not removed."""
    return list(StoredFile.objects.system().filter(letter=letter, removed_on=None).order_by("id")[:200])
