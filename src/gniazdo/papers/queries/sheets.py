"""Reading sheets: one, its history, the latest answers, those of a family, and what may be started now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gniazdo.access.queries import fetch, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Post
from gniazdo.papers.models import (
    Draft,
    HiddenWord,
    LocalQuestion,
    SheetRecord,
    SheetRevision,
    SignatureRecord,
    StoredFile,
)
from gniazdo.papers.queries.guards import OWN_DRAFT, READERS
from gniazdo.papers.rules import (
    SHEETS,
    Choice,
    Day,
    LongText,
    Many,
    Number,
    Question,
    Sheet,
    Signature,
    Text,
    YesNo,
    newest,
    with_local,
)
from gniazdo.people.models import Family, Person
from gniazdo.platform.models import Prepared, everywhere

STANDING = ("final", "signed")

SHOWN = 30  # unfinished papers on My Day


def local_question(row: LocalQuestion) -> Question:
    """An institution's row as a question of the DSL; it is never required and has its own prefix of codes."""
    words = tuple((str(n), str(label)) for n, label in enumerate(row.options, 1))
    made: dict[str, Any] = {
        "text": lambda: Text(row.code, row.label, help=row.help),
        "long": lambda: LongText(row.code, row.label, help=row.help),
        "yesno": lambda: YesNo(row.code, row.label, help=row.help),
        "choice": lambda: Choice(row.code, row.label, words, help=row.help),
        "many": lambda: Many(row.code, row.label, words, help=row.help),
        "day": lambda: Day(row.code, row.label, help=row.help),
        "number": lambda: Number(row.code, row.label, help=row.help, whole=False),
    }
    question: Question = made[row.kind]()
    return question


def localised(institution_id: UUID, sheet: Sheet, *, on: date | None = None) -> Sheet:
    """The sheet with the institution's own questions; with `on` only those asked that day."""
    rows = LocalQuestion.objects.system().filter(institution_id=institution_id, sheet=sheet.id)
    if on is not None:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    extra: dict[str, tuple[Question, ...]] = {}
    for row in rows.order_by("position", "id"):
        extra[row.section] = (*extra.get(row.section, ()), local_question(row))
    return with_local(sheet, extra)


def sheet_for(record: SheetRecord) -> Sheet:
    """The declaration a record is read with: its own version and the institution's questions of its time."""
    return localised(record.institution_id, record.declaration, on=record.started_on)


def hidden_words(institution_id: UUID) -> frozenset[tuple[str, str]]:
    """(list id, code) pairs the institution does not offer."""
    rows = HiddenWord.objects.system().filter(institution_id=institution_id)
    return frozenset(rows.values_list("list_id", "code"))


@reads("papers.sheet.view", label="Przeglądanie kart i pism rodziny", who=READERS)
def sheet_by_id(actor: Actor, sheet_id: UUID | str) -> SheetRecord:
    """One sheet the actor may read. Raises NotHere."""
    rows = SheetRecord.objects.for_actor(actor).select_related(
        "family", "case", "author__user", "institution", "replaces", "about_person"
    )
    return fetch(actor, "papers.sheet.view", rows, sheet_id)


def final_answers(case_id: UUID, code: str) -> SheetRecord | None:
    """The latest standing (final or signed) sheet of that code in a case the caller already holds, or None."""
    rows = SheetRecord.objects.system().filter(case_id=case_id, code=code, status__in=STANDING)
    return rows.order_by("-finalised_on", "-id").first()


def previous_sheet(record: SheetRecord) -> SheetRecord | None:
    """The standing sheet of the same code before this one, for showing previous answers beside."""
    rows = SheetRecord.objects.system().filter(
        family_id=record.family_id, code=record.code, about_person_id=record.about_person_id, status__in=STANDING
    )
    return rows.exclude(pk=record.pk).filter(pk__lt=record.pk).order_by("-finalised_on", "-id").first()


def open_drafts_of_case(case_id: UUID, code: str) -> QuerySet[SheetRecord]:
    """Unfinished sheets of that code in a case, newest first."""
    return SheetRecord.objects.system().filter(case_id=case_id, code=code, status="draft").order_by("-id")


def papers_of_family(
    actor: Actor, family_id: UUID, *, case_id: UUID | None = None, before: UUID | None = None, size: int = 25
) -> list[SheetRecord]:
    """Sheets of a family (or one case) newest first, a page at a time; `before` is the last id of the page before."""
    rows = visible(actor, "papers.sheet.view", SheetRecord.objects.for_actor(actor).filter(family_id=family_id))
    if case_id:
        rows = rows.filter(case_id=case_id)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("author__user", "case").order_by("-id")[:size])


def may_write(actor: Actor, sheet: Sheet) -> bool:
    """Whether one of the actor's roles writes this sheet."""
    return actor.is_system or actor.has_role(*sheet.writers, *(("secretary",) if sheet.registry else ()))


def startable(actor: Actor, case: CaseFile | None) -> list[Sheet]:
    """Newest versions of the sheets this post may start in this case (or for a family without one), by title."""
    ids = sorted({id for id, _version in SHEETS})
    chosen = []
    for id in ids:
        sheet = newest(id)
        if not may_write(actor, sheet) or (case is None and sheet.needs_case):
            continue
        if case is not None and (
            (sheet.case_kinds and case.kind not in sheet.case_kinds)
            or (sheet.states and case.state not in sheet.states)
        ):
            continue
        chosen.append(sheet)
    return sorted(chosen, key=lambda s: s.title)


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A place to sign and what is recorded there."""

    signature: Signature
    records: tuple[SignatureRecord, ...]


def signature_strip(record: SheetRecord) -> list[SignatureLine]:
    """Who must sign the present revision and who has signed or refused."""
    given = list(
        SignatureRecord.objects.system().filter(sheet=record, revision=record.revision).order_by("signed_on", "id")
    )
    declared = record.declaration.signatures
    lines = [SignatureLine(s, tuple(g for g in given if g.role == s.role)) for s in declared]
    known = {s.role for s in declared}
    return lines + [SignatureLine(Signature(g.role, g.role), (g,)) for g in given if g.role not in known]


def revisions_of(record: SheetRecord) -> list[SheetRevision]:
    """Frozen revisions, newest first (a sheet has a handful)."""
    return list(
        SheetRevision.objects.system().filter(sheet=record).select_related("by__user").order_by("-revision")[:50]
    )


def files_of(record: SheetRecord) -> list[StoredFile]:
    """Attachments of a sheet that were not removed, oldest first."""
    return list(StoredFile.objects.system().filter(sheet=record, removed_on=None).order_by("id")[:200])


def family_people(family: Family, *, on: date) -> list[tuple[str, str]]:
    """(id, name) of the family's members on the day, for picks: parents first, then by age."""
    rows = family.memberships.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on).select_related("person")
    members = sorted(rows, key=lambda m: (m.role == "CHILD", m.person.born_on or date.max, str(m.pk)))
    return [(str(m.person_id), m.person.full_name) for m in members]


def staff_names(institution_id: UUID, *, on: date) -> list[tuple[str, str]]:
    """(id, name and title) of posts working that day, by surname."""
    rows = Post.objects.system().filter(
        Q(until__isnull=True) | Q(until__gt=on), institution_id=institution_id, since__lte=on
    )
    return [
        (str(p.pk), str(p))
        for p in rows.select_related("user").order_by("user__last_name", "user__first_name", "id")[:500]
    ]


def _ids_in(answers: Any) -> Iterable[str]:
    if isinstance(answers, str):
        if len(answers) == 36 and answers.count("-") == 4:
            with suppress(ValueError):  # thirty-six letters of a sentence with four dashes are no id
                yield str(UUID(answers))
    elif isinstance(answers, Mapping):
        for one in answers.values():
            yield from _ids_in(one)
    elif isinstance(answers, list):
        for one in answers:
            yield from _ids_in(one)


def stranger_in(actor: Actor, record: SheetRecord, answers: Mapping[str, Any]) -> tuple[str, str] | None:
    """(kind, id) of somebody whom the answers mention for the first time and of whom the actor may not know, or None.

    Members of the sheet's family, whoever's family the actor may see, posts of the institution, files of the family are known.
    """
    new = set(_ids_in(answers)) - set(_ids_in(record.answers))
    if not new:
        return None
    seen = visible(actor, "people.family.view", Family.objects.for_actor(actor)).filter(
        memberships__person=OuterRef("pk")
    )
    known = Q(memberships__family_id=record.family_id) | (Q(institution_id=actor.institution_id) & Exists(seen))
    with everywhere():
        for kind, rows in (
            ("Person", Person.objects.system().exclude(known)),
            ("Post", Post.objects.system().exclude(institution_id=actor.institution_id)),
            ("StoredFile", StoredFile.objects.system().exclude(family_id=record.family_id)),
        ):
            found = rows.filter(pk__in=new).order_by("pk").values_list("pk", flat=True).first()
            if found:
                return kind, str(found)
    return None


def names_in(record: SheetRecord, *contents: Mapping[str, Any]) -> dict[str, str]:
    """Names of the persons, posts and files that answers mention by id: only of the record's own institution."""
    wanted = {found for content in (contents or (record.answers,)) for found in _ids_in(content)}
    if not wanted:
        return {}
    people = Person.objects.system().filter(institution_id=record.institution_id, pk__in=wanted)
    posts = Post.objects.system().filter(institution_id=record.institution_id, pk__in=wanted).select_related("user")
    files = StoredFile.objects.system().filter(institution_id=record.institution_id, pk__in=wanted)
    return (
        {str(p.pk): p.full_name for p in people.order_by("pk")}
        | {str(p.pk): str(p) for p in posts.order_by("pk")}
        | {str(f.pk): f.original_name for f in files.order_by("pk")}
    )


@reads("papers.draft.view", label="Własne szkice", who=OWN_DRAFT)
def drafts_of(actor: Actor) -> list[Draft]:
    """Unfinished forms of the actor's post (and those stood in for), the newest SHOWN: My Day shows them."""
    return _DRAFTS.records(actor=actor)


def sheet_drafts_of(actor: Actor) -> list[SheetRecord]:
    """Unfinished sheets written by the actor's post, the newest SHOWN: My Day shows them beside `drafts_of`."""
    return _SHEET_DRAFTS.records(actor=actor)


def _drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.for_actor(actor).filter(owner_id__in=actor.post_ids).order_by("-updated_at")[:SHOWN]


def _sheet_drafts(actor: Actor) -> QuerySet[SheetRecord]:
    rows = visible(actor, "papers.sheet.view", SheetRecord.objects.for_actor(actor))
    rows = rows.filter(author_id__in=actor.post_ids, status="draft")
    return rows.select_related("family", "case").order_by("-id")[:SHOWN]


_DRAFTS, _SHEET_DRAFTS = Prepared(_drafts), Prepared(_sheet_drafts)


def draft_by_key(actor: Actor, form: str, key: str = "") -> Draft | None:
    """The actor's own draft of that form, or None."""
    return Draft.objects.for_actor(actor).filter(owner_id=actor.post_id, form=form, key=key).first()
