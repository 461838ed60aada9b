"""Verbs of the import: take a file, map its columns, read it in family by family, all-or-nothing each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.queries import nobody
from gniazdo.access.rules import Actor, Refusal
from gniazdo.exchange.models import ImportedFamily, ImportMapping, ImportRun
from gniazdo.exchange.queries import Outlook, drafts_of, importers, lists_read, outlooks, read_already
from gniazdo.exchange.rules.households import Problem, as_kept
from gniazdo.exchange.rules.mapping import Mapping, guess, targets
from gniazdo.exchange.rules.reading import read_table, safe
from gniazdo.exchange.rules.sentences import as_json, as_told, told
from gniazdo.exchange.rules.sources import LONGEST, list_key
from gniazdo.exchange.rules.sources import list_name as list_name_of
from gniazdo.exchange.rules.unpacking import Unreadable
from gniazdo.exchange.vocab import IMPORT_FATES
from gniazdo.kernel.legal import Sentence
from gniazdo.people.models import Family, Person

MAX_BYTES = 25 * 1024 * 1024
TOGETHER = 20
"""Families committed at once: a commit waits for the disk."""
Progress = Callable[[int, int], None]


@action("exchange.import.start", label="Wczytaj plik do importu", who=importers)
def start_import(actor: Actor, _scope: None, *, file_name: str, content: bytes) -> ImportRun:
    """Take a file in and guess its columns, from a saved mapping with the same headings when there is one.

    Raises Refusal when it is no table we can read.
    """
    if len(content) > MAX_BYTES:
        raise Refusal(_("Plik jest większy niż 25 MB. Podziel go na mniejsze i wczytaj po kolei."), field="file")
    try:
        content = safe(content, file_name)
        table = read_table(content, file_name, is_safe=True)
    except Unreadable as error:
        raise Refusal(str(error), field="file") from error
    mapping = guess(table.header).as_json()
    for saved in ImportMapping.objects.for_actor(actor).order_by("-created_at"):
        if set(saved.mapping.get("columns", {})) <= set(table.header) and saved.mapping.get("columns"):
            mapping = saved.mapping
            break
    run = ImportRun(
        institution_id=actor.institution_id, by_id=actor.post_id, file_name=file_name[:200], list_name=_list_of(actor, file_name), content=content,
        header=list(table.header), mapping=mapping, rows=len(table.rows),
    )  # fmt: skip
    run.save()
    return run


def _list_of(actor: Actor, file_name: str) -> str:
    """The list a file of that name holds, spelled as it was the first time."""
    name = list_name_of(file_name)
    return next((known for known in lists_read(actor) if list_key(known) == list_key(name)), name)


@action("exchange.import.map", label="Przypisz kolumny importu", who=importers)
def map_columns(
    actor: Actor,
    run: ImportRun,
    *,
    columns: dict[str, str],
    last_first: bool,
    on: date,
    save_as: str = "",
    list_name: str = "",
) -> ImportRun:
    """Say which column is what and make the dry run; `save_as` keeps the mapping for the next file.

    `list_name` says which list of the office the file is: its families are recognised within it on a second run.

    Raises Refusal when two columns claim one field or the surname is nowhere.
    """
    known = targets()
    columns = {heading: target for heading, target in columns.items() if target in known}
    twice = {t for t in columns.values() if list(columns.values()).count(t) > 1}
    if twice:
        raise Refusal(
            _("Dwie kolumny nie mogą oznaczać tego samego: %s.") % ", ".join(sorted(known[t] for t in twice)),
            field="columns",
        )
    mapping = Mapping(columns, last_first)
    missing = mapping.missing()
    if missing:
        raise Refusal(" ".join(told(s) for s in missing), field="columns")
    run = lock(run)
    if run.state not in ("MAPPING", "READY"):
        raise Refusal(_("Ten import już się rozpoczął; wczytaj plik ponownie, żeby zmienić kolumny."))
    run.mapping = mapping.as_json()
    run.list_name = " ".join(list_name.split())[:LONGEST] or run.list_name
    if save_as.strip():
        saved = ImportMapping.objects.for_actor(actor).filter(name=save_as.strip()).first()
        saved = saved or ImportMapping(institution_id=actor.institution_id, name=save_as.strip())
        saved.mapping = run.mapping
        saved.save()
    forecast = list(outlooks(run, drafts_of(run, on=on), on=on))
    run.counts = {fate: sum(o.fate == fate for o in forecast) for fate in IMPORT_FATES.codes()}
    run.counts["people"] = sum(len(o.draft.people) for o in forecast if o.fate == "new")
    run.problems = _told(forecast)
    run.total, run.state = len(forecast), "READY"
    run.save()
    return run


def _told(forecast: list[Outlook]) -> list[dict[str, Any]]:
    problems = [p for o in forecast for p in o.reasons()]
    return [as_kept(p) for p in sorted(problems, key=lambda p: p.row)]


@action("exchange.import.family", label="Wczytaj rodzinę z pliku", who=importers)
def import_family(actor: Actor, run: ImportRun, *, outlook: Outlook, on: date) -> Family:
    """One family of the file with all its people, or nothing of it: through the same verbs as the screens.

    Raises Refusal with what the verbs object to.
    """
    from gniazdo.people.actions import register_family_with_people

    draft = outlook.draft
    # Asked anew: an earlier family of the same file may have brought the same person in.
    numbers = [p.pesel for p in draft.people if p.pesel]
    existing = (
        dict(Person.objects.for_actor(actor).filter(pesel__in=numbers).values_list("pesel", "pk")) if numbers else {}
    )
    family = register_family_with_people(
        actor,
        None,
        name=draft.name,
        people=[
            {
                "first_name": p.first_name, "last_name": p.last_name, "pesel": p.pesel, "sex": p.sex, "born_on": p.born_on,
                "role": p.role, "phone": p.phone, "person_id": existing.get(p.pesel) if p.pesel else None,
            }
            for p in draft.people
        ],
        address={"street": draft.street, "postal_code": draft.postal_code, "town": draft.town},
        on=on,
    )  # fmt: skip
    ImportedFamily(
        institution_id=actor.institution_id, source=list_key(run.list_name), key=draft.key, fingerprint=draft.fingerprint(),
        family=family, run=run,
    ).save()  # fmt: skip
    return family


@action("exchange.import.begin", label="Rozpocznij wczytywanie", who=importers)
def begin_import(actor: Actor, run: ImportRun) -> ImportRun:
    """Say that the reading in starts, or goes on after a stop. Raises Refusal before the dry run and after the end."""
    run = lock(run)
    if run.state == "MAPPING":
        raise Refusal(_("Najpierw przypisz kolumny i zobacz próbę."))
    if run.state == "DONE":
        raise Refusal(_("Ten plik został już wczytany."))
    if run.content is None:
        raise Refusal(_("Tego pliku już nie ma. Wczytaj go od nowa."))
    run.state, run.trouble, run.moved_at = "RUNNING", {}, moment()
    run.save()
    return run


@action("exchange.import.progress", label="Zapisz postęp importu", who=importers)
def note_progress(
    actor: Actor,
    run: ImportRun,
    *,
    state: str,
    done: int,
    trouble: Sentence | None = None,
    problems: list[dict[str, Any]] | None = None,
) -> ImportRun:
    """Record how far an import is, so that the screen can show it."""
    run = lock(run)
    run.state, run.done, run.moved_at = state, done, moment()
    run.trouble = as_json(trouble) if trouble else {}
    if problems:
        run.problems = sorted([*run.problems, *problems], key=lambda p: p["row"])
    if state == "DONE":
        run.finished_at = moment()
        run.content = None  # the file holds personal data; nothing needs it any more
    run.save()
    return run


@action("exchange.import.forget", label="Usuń porzucony plik importu", who=nobody)
def forget_file(actor: Actor, run: ImportRun, *, why: Sentence) -> ImportRun:
    """Throw away the content of a file nobody read in to the end: it holds personal data without a purpose (RODO art. 5)."""
    run = lock(run)
    run.content, run.state = None, "FAILED"
    run.trouble = as_json(why)
    run.save()
    return run


def carry_out(actor: Actor, run: ImportRun, *, on: date, progress: Progress | None = None) -> ImportRun:
    """Read in every new family of a mapped run, each whole or not at all; what a verb refuses goes to the error file.

    Not a verb itself: it calls one per family. Families are committed TOGETHER at a time, so a killed server loses at
    most those under way and a second run goes on where this one stopped. Raises Unreadable.
    """
    forecast = list(outlooks(run, drafts_of(run, on=on), on=on))
    refused: list[dict[str, Any]] = []
    run = note_progress(actor, run, state="RUNNING", done=0)
    for start in range(0, len(forecast), TOGETHER):
        part = forecast[start : start + TOGETHER]
        with transaction.atomic():
            meanwhile = read_already(run, [o.draft for o in part if o.fate == "new"])
            wanted = [o for o in part if o.draft.key not in meanwhile]
            refused += [trouble for outlook in wanted if (trouble := _try(actor, run, outlook, on))]
        done = start + len(part)
        if progress is not None:
            progress(done, len(forecast))
        if done % (8 * TOGETHER) == 0:
            run = note_progress(actor, run, state="RUNNING", done=done)
    return note_progress(actor, run, state="DONE", done=len(forecast), problems=refused)


def _try(actor: Actor, run: ImportRun, outlook: Outlook, on: date) -> dict[str, Any] | None:
    """Read one family in when it is new; its line for the error file when the verbs refuse."""
    if outlook.fate != "new":
        return None
    with translation.override("pl"):  # what the verbs object to is kept, so Polish whoever reads it in (ADR 0005)
        try:
            import_family(actor, run, outlook=outlook, on=on)
        except (Refusal, ValidationError) as refusal:
            draft = outlook.draft
            return as_kept(Problem(draft.rows[0], "", draft.name, as_told(_why(refusal))))
    return None


def _why(refusal: Refusal | ValidationError) -> str:
    """What the error file says: the sentence, without the advice that is about screens."""
    return str(refusal.sentence) if isinstance(refusal, Refusal) else " ".join(refusal.messages)
