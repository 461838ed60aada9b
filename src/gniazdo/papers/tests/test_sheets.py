"""The life of a sheet: started, saved in any state, made final, corrected, signed, replaced, voided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gniazdo.access.actions import action
from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import may
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.cases.models import Event
from gniazdo.papers import actions
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.queries import final_answers, signature_strip
from gniazdo.papers.tests.factories import FINALS, GOOD, case_of, draft_of


def test_starting_prefills_and_stands_on_the_newest_version(cast):
    case = case_of(cast)
    record = actions.start_sheet(cast.actor("anna"), case, code="test.demo", on=cast.today, prefill={"subject": "x"})
    assert record.answers["subject"] == "x"
    assert len(record.answers["areas_table"]) == 2
    assert (record.version, record.status, record.author_id) == (1, "draft", cast.anna.pk)


def test_strangers_and_other_roles_may_not_start(cast):
    case = case_of(cast)
    for name in ("adam", "piotr", "daria", "artur", "sonia"):
        with pytest.raises(NotAllowed):
            actions.start_sheet(cast.actor(name), case, code="test.demo", on=cast.today)
    with pytest.raises(NotHere):
        actions.start_sheet(cast.actor("olga"), case, code="test.demo", on=cast.today)


def test_the_secretary_writes_registry_sheets_only(cast):
    case = case_of(cast)
    made = actions.start_sheet(cast.actor("sonia"), case.family, code="test.intake", on=cast.today)
    assert may(cast.actor("sonia"), "papers.sheet.save", made)
    assert not may(cast.actor("sonia"), "papers.sheet.view", draft_of(cast))


def test_a_draft_keeps_what_is_wrong_and_its_journal_keeps_no_text(cast):
    record = draft_of(cast, met_on="kiedyś tam", visits="dużo\x00")
    again = SheetRecord.objects.system().get(pk=record.pk)
    assert again.answers["met_on"] == "kiedyś tam"
    assert again.answers["visits"] == "dużo"
    entry = JournalEntry.objects.filter(code="papers.sheet.save").last()
    assert entry.changes["answers"] == [None, None]


def test_the_second_of_two_writers_gets_the_other_version_and_nothing_is_overwritten(cast):
    record = draft_of(cast)
    anna = cast.actor("anna")
    actions.save_sheet(anna, record, answers={**GOOD, "subject": "pierwsza"}, rev=record.rev)
    with pytest.raises(Conflict) as caught:
        actions.save_sheet(cast.actor("maria"), record, answers={**GOOD, "subject": "druga"}, rev=record.rev)
    assert caught.value.record.answers["subject"] == "pierwsza"
    assert SheetRecord.objects.system().get(pk=record.pk).answers["subject"] == "pierwsza"


def test_final_needs_what_is_required_and_lists_it(cast):
    record = draft_of(cast, course="", goals=[], urgent=True)
    with pytest.raises(actions.NotComplete) as caught:
        actions.finalise_sheet(cast.actor("anna"), record, on=cast.today)
    assert "Przebieg" in caught.value.sentence
    assert "Cele" in caught.value.sentence
    assert {"course", "why", "goals"} <= set(caught.value.wrong)


def test_final_is_numbered_frozen_on_the_timeline_and_runs_its_hook(cast):
    FINALS.clear()
    case = case_of(cast)
    first = actions.finalise_sheet(cast.actor("anna"), draft_of(cast, case), on=cast.today)
    second = actions.finalise_sheet(cast.actor("anna"), draft_of(cast, case), on=cast.today)
    assert [first.document_number, second.document_number] == ["1/2026", "2/2026"]
    assert first.revisions.get().answers == first.answers
    assert len(first.sha256) == 64
    event = Event.objects.system().get(record_id=first.pk)
    assert (event.title, event.summary, event.url_name) == ("Karta próbna", "Rozmowa", "papers:sheet-view")
    assert (first.pk, 1) in FINALS
    assert final_answers(case.pk, "test.demo") == second


def test_a_failing_hook_leaves_the_draft_and_takes_no_number(cast, monkeypatch):
    record = draft_of(cast)

    def refuse(actor, record, on):
        raise Refusal("Nie teraz.")

    monkeypatch.setattr(record.declaration, "on_final", refuse)
    with pytest.raises(Refusal):
        actions.finalise_sheet(cast.actor("anna"), record, on=cast.today)
    assert SheetRecord.objects.system().get(pk=record.pk).status == "draft"
    monkeypatch.undo()
    assert actions.finalise_sheet(cast.actor("anna"), record, on=cast.today).number == 1


def test_a_correction_keeps_the_old_revision_and_its_number(cast):
    case = case_of(cast)
    anna = cast.actor("anna")
    record = actions.reopen_sheet(anna, actions.finalise_sheet(anna, draft_of(cast, case), on=cast.today))
    record = actions.save_sheet(anna, record, answers={**GOOD, "subject": "inaczej"}, rev=record.rev)
    record = actions.finalise_sheet(anna, record, on=cast.today, reason="literówka")
    assert [r.answers["subject"] for r in record.revisions.order_by("revision")] == ["Rozmowa", "inaczej"]
    assert record.document_number == "1/2026"


def test_a_signed_sheet_is_replaced_not_altered(cast):
    case = case_of(cast)
    anna = cast.actor("anna")
    record = actions.finalise_sheet(anna, draft_of(cast, case), on=cast.today)
    actions.sign_sheet(anna, record, role="assistant", name="Anna Asystentka", signed_on=cast.today, on=cast.today)
    for verb in (actions.reopen_sheet, lambda a, r: actions.save_sheet(a, r, answers={}, rev=None)):
        with pytest.raises(Refusal):
            verb(anna, record)
    new = actions.replace_sheet(anna, record, on=cast.today)
    assert actions.replace_sheet(anna, record, on=cast.today) == new
    actions.finalise_sheet(anna, new, on=cast.today)
    assert SheetRecord.objects.system().get(pk=record.pk).status == "replaced"


def test_signing_says_who_when_and_why_not(cast):
    case = case_of(cast)
    anna = cast.actor("anna")
    record = actions.finalise_sheet(anna, draft_of(cast, case), on=cast.today)
    wrong = (
        {"signed_on": cast.today + timedelta(days=1)}, {"signed_on": date(2026, 1, 1)}, {"name": " "},
        {"refused": True}, {"refused": True, "reason": "nie chce"},
    )  # fmt: skip
    for one in wrong:
        with pytest.raises(Refusal):
            actions.sign_sheet(
                anna, record, **{"role": "family", "name": "Ewa", "signed_on": cast.today, "on": cast.today, **one}
            )
    actions.sign_sheet(
        anna, record, role="family", name="Ewa Testowa", signed_on=cast.today, on=cast.today,
        refused=True, reason="nie zgadza się", witness="Piotr Socjalny",
    )  # fmt: skip
    strip = {line.signature.role: line.records for line in signature_strip(record)}
    assert strip["assistant"] == ()
    assert strip["family"][0].refused
    assert SheetRecord.objects.system().get(pk=record.pk).status == "final"
    with pytest.raises(Refusal, match="już zapisany"):
        actions.sign_sheet(anna, record, role="family", name="Ewa Testowa", signed_on=cast.today, on=cast.today)


def test_voiding_needs_a_reason_and_a_signed_one_the_manager(cast):
    case = case_of(cast)
    anna = cast.actor("anna")
    record = actions.finalise_sheet(anna, draft_of(cast, case), on=cast.today)
    with pytest.raises(Refusal):
        actions.void_sheet(anna, record, reason=" ", on=cast.today)
    actions.sign_sheet(anna, record, role="assistant", name="Anna", signed_on=cast.today, on=cast.today)
    with pytest.raises(NotAllowed):
        actions.void_sheet(anna, record, reason="pomyłka", on=cast.today)
    assert actions.void_sheet(cast.actor("maria"), record, reason="pomyłka", on=cast.today).status == "void"


def test_a_crash_after_saving_loses_nothing(cast, django_db_blocker):
    """What save_sheet acknowledged is in the row, whatever the rest of the request does."""
    record = draft_of(cast)

    @action("test.crash", label="Padnij", who=actions.sheets.WRITERS)
    def crash(actor, record):
        record.answers = {}
        record.save()
        raise RuntimeError("prąd")

    with pytest.raises(RuntimeError):
        crash(cast.actor("anna"), record)
    assert SheetRecord.objects.system().get(pk=record.pk).answers["subject"] == "Rozmowa"
