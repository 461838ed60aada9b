"""Verbs of attached files: the content is on disk before the row says so; a file is never found by its own name."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.queries import nobody, on_access_list
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.cases.models import CaseFile
from gniazdo.kernel.speech import say
from gniazdo.papers.models import LetterRecord, SheetRecord, StoredFile
from gniazdo.papers.queries import STARTERS, WRITERS, path_of, unreferenced_files
from gniazdo.papers.rules import Sentence
from gniazdo.papers.rules.files import Finding, examine
from gniazdo.people.models import Family
from gniazdo.platform.models import new_id


def store(institution_id: UUID, content: bytes, name: str) -> tuple[str, str, Finding]:
    """Write the bytes safely outside the web root: (path, sha256, what it is). Raises Refusal when the file is not taken
    or the disk is full."""
    finding = examine(content, name)
    if finding.refusal:
        raise Refusal(why_not(finding.refusal), field="file")
    path = f"{institution_id}/{new_id()}"
    target = path_of(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        target.unlink(missing_ok=True)
        raise Refusal(_("Pliku nie udało się zapisać na dysku. Powiadom administratora."), field="file") from error
    return path, hashlib.sha256(content).hexdigest(), finding


def why_not(sentence: Sentence) -> str:
    """Why a file is not taken, in the reader's language."""
    return say(sentence.pattern) % sentence.params if sentence.params else say(sentence.pattern)


def clean_name(name: str) -> str:
    """A file's own name as data: no folders, nothing unprintable, at most 200 characters."""
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()[-200:] or "plik"


@action("papers.file.attach", label="Dołącz plik", who=STARTERS | WRITERS)
def attach_file(
    actor: Actor, parent: SheetRecord | LetterRecord | CaseFile | Family, *, content: bytes, name: str, on: date,
    description: str = "", question: str = "", is_signed_scan: bool = False,
) -> StoredFile:  # fmt: skip
    """Attach a file to a sheet, letter, case or family. Raises Refusal with a sentence when the file is not taken."""
    if isinstance(parent, SheetRecord) and parent.status in ("void", "replaced"):
        raise Refusal(
            _("Ta karta już nie obowiązuje."),
            article=HOUSE,
            advice=_("Otwórz obowiązującą wersję karty w teczce rodziny."),
        )
    path, sha256, finding = store(parent.institution_id, content, name)
    family_id = parent.pk if isinstance(parent, Family) else parent.family_id
    case_id = parent.pk if isinstance(parent, CaseFile) else getattr(parent, "case_id", None)
    made = StoredFile(
        institution_id=parent.institution_id, family_id=family_id, case_id=case_id,
        sheet=parent if isinstance(parent, SheetRecord) else None,
        letter=parent if isinstance(parent, LetterRecord) else None,
        revision=parent.revision if isinstance(parent, SheetRecord) else None, question=question[:60],
        is_signed_scan=is_signed_scan, original_name=clean_name(name), description=description.strip()[:200], path=path,
        media_type=finding.media_type, size=len(content), sha256=sha256, added_on=on,
        by_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    try:
        made.save()
    except BaseException:
        path_of(path).unlink(missing_ok=True)
        raise
    return made


@action("papers.file.sweep", label="Usuń z dysku pliki bez zapisu", who=nobody)
def sweep_files(actor: Actor, nothing: None, *, now: datetime) -> int:
    """Remove from disk what no record names: uploads whose saving failed, withdrawn templates. How many were removed."""
    gone = 0
    for path in unreferenced_files(actor.institution_id, now=now):
        path.unlink(missing_ok=True)
        gone += 1
    return gone


def attach_scan(actor: Actor, record: SheetRecord, *, content: bytes, name: str, on: date) -> StoredFile:
    """Attach the scan of the signed paper to a final sheet. Raises Refusal for a draft."""
    if record.status not in ("final", "signed"):
        raise Refusal(_("Skan podpisanego dokumentu dołącza się do gotowej karty."), field="file")
    return attach_file(actor, record, content=content, name=name, on=on, is_signed_scan=True)


@action("papers.file.remove", label="Usuń załącznik", who=on_access_list | WRITERS)
def remove_file(actor: Actor, stored: StoredFile, *, on: date) -> StoredFile:
    """Take an attachment out of sight; only its author or the manager, and never a scan of a signed paper."""
    fresh = lock(stored)
    if fresh.is_signed_scan:
        raise Refusal(
            _("Skanu podpisanego dokumentu nie można usunąć."),
            article=HOUSE,
            advice=_("Jeśli skan jest pomyłką, unieważnij kartę z podaniem powodu albo dołącz właściwy skan obok."),
        )
    if not (actor.is_system or fresh.by_id in actor.post_ids or actor.has_role("manager")):
        raise Refusal(
            _("Załącznik może usunąć ten, kto go dodał, albo kierownik jednostki."),
            article=HOUSE,
            advice=_("Poproś o to osobę, która go dodała, albo kierownika."),
        )
    fresh.removed_on = on
    fresh.save()
    return fresh
