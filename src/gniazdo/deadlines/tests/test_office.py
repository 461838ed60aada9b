"""Terms of the institution itself: what raises and fulfils them, whose they are, where they are seen, who may write."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.models import CourtRequest
from gniazdo.deadlines import tasks
from gniazdo.deadlines.actions import (
    cancel_office,
    complete_office,
    extend_deadline,
    open_calendar,
    rebuild,
    record_office,
    refresh_office,
)
from gniazdo.deadlines.models import DeadlineRow, OfficeEvent
from gniazdo.deadlines.queries import Filters, compute_office, due_for, due_rows, office_lines
from gniazdo.deadlines.rules import why_from_data
from gniazdo.kernel import clock
from gniazdo.orgs.actions.institution import set_parameter
from gniazdo.orgs.models import Post, RoleGrant
from gniazdo.orgs.queries import system_actor
from gniazdo.orgs.tests.factories import actor_of

TODAY = date(2026, 11, 18)


def open_rows(cast, declaration=""):
    rows = DeadlineRow.objects.system().filter(institution=cast.institution, family=None, fulfilled_on=None)
    return {r.declaration: r for r in rows if r.declaration.startswith(declaration)}


def write(cast, kind, on, *, today=None, who="maria", **more):
    today = today or on
    with clock.stopped(today):
        return record_office(actor_of(getattr(cast, who), on=today), None, kind=kind, on=on, today=today, **more)


def test_an_audit_starts_the_next_year_for_the_data_protection_officer(cast):
    write(cast, "AUDIT", date(2026, 3, 2), today=TODAY, who="daria")
    row = open_rows(cast)["deadlines.audit"]
    assert (row.due_on, row.role, row.family) == (date(2027, 3, 2), "dpo", None)
    assert row in due_rows(cast.actor("daria"), on=TODAY, filters=Filters("mine", 365))
    assert row not in due_rows(cast.actor("anna"), on=TODAY, filters=Filters("all", 365))
    assert JournalEntry.objects.filter(code="deadlines.office.record", outcome="done").exists()


def test_while_nobody_is_data_protection_officer_the_manager_answers(cast):
    with system_act("test"):
        RoleGrant.objects.system().filter(role="dpo").delete()
    write(cast, "AUDIT", TODAY)
    assert open_rows(cast)["deadlines.audit"].role == "manager"


def test_the_next_event_fulfils_the_row_and_starts_another(cast):
    write(cast, "STANDARDS", date(2024, 8, 1), today=TODAY)
    assert open_rows(cast)["deadlines.standards"].due_on == date(2026, 8, 1)
    write(cast, "STANDARDS", TODAY)
    assert open_rows(cast)["deadlines.standards"].due_on == date(2028, 11, 18)


def test_a_year_that_ended_asks_for_the_report_until_the_council_has_it(cast):
    rebuild(system_actor(cast.institution), cast.institution, on=date(2027, 1, 4))
    row = open_rows(cast)["assistance.council_report"]
    assert (row.starts_on, row.due_on, row.role) == (date(2026, 12, 31), date(2027, 3, 31), "manager")
    write(cast, "COUNCIL_REPORT", date(2027, 3, 20))
    assert "assistance.council_report" not in open_rows(cast)


def test_a_county_centre_owes_no_commune_report(cast):
    with system_act("test"):
        cast.institution.kind = "PCPR"
        cast.institution.save()
    assert not [f for f in compute_office(cast.institution.pk, on=date(2027, 2, 1)) if "council" in f.declaration]


def test_what_was_asked_runs_until_the_answer(cast):
    event = write(cast, "TEAM_REQUEST", TODAY)
    assert open_rows(cast)["deadlines.team_request"].due_on == date(2026, 12, 18)
    complete_office(cast.actor("maria"), event, on=TODAY, today=TODAY)
    assert "deadlines.team_request" not in open_rows(cast)
    with pytest.raises(Refusal, match="nie czeka"):
        complete_office(cast.actor("maria"), event, on=TODAY, today=TODAY)


def test_a_criminal_court_s_call_for_the_list_is_the_institution_s(cast):
    from gniazdo.assistance.actions.court import Demand, register_list_call

    demand = Demand(kind="LIST", court="Sąd Rejonowy w Dębowie", docket="II K 7/26", received_on=TODAY, due_on=TODAY)
    with clock.stopped(TODAY):
        register_list_call(cast.actor("maria"), None, demand=demand, today=TODAY)
    row = open_rows(cast)["assistance.court_list"]
    assert (row.due_on, row.escalates_on) == (TODAY, TODAY + timedelta(days=1))
    assert row.subject_id == CourtRequest.objects.system().get(kind="LIST").pk
    assert f"najpóźniej {TODAY + timedelta(days=1):%d.%m.%Y}" in why_from_data(row.why)


def test_how_long_immediately_may_mean_is_the_unit_s_setting(cast):
    with clock.stopped(TODAY):
        event = record_office(cast.actor("maria"), None, kind="INCIDENT", on=TODAY, today=TODAY)
        assert open_rows(cast)["deadlines.incident"].escalates_on == date(2026, 11, 19)
        set_parameter(
            cast.actor("maria"),
            None,
            code="deadlines.grace_days",
            text="3",
            since=TODAY,
            decided_by="zarządzenie 7/2026",
        )
    row = open_rows(cast)["deadlines.incident"]
    assert (row.subject_id, row.due_on, row.escalates_on) == (event.pk, TODAY, date(2026, 11, 23))


def test_a_new_worker_is_checked_before_they_start_and_the_old_are_not_asked_about(cast):
    starts = TODAY + timedelta(days=14)
    with system_act("test"):
        made = Post(
            institution=cast.institution, user=cast.olga.user, title="asystent", contract="TASK", since=starts,
        )  # fmt: skip
        made.save()
    refresh_office(cast.institution.pk, on=starts)
    row = open_rows(cast)["deadlines.staff_check"]
    assert (row.subject_id, row.due_on) == (made.pk, starts - timedelta(days=1))
    write(cast, "STAFF_CHECK", TODAY, post=made)
    refresh_office(cast.institution.pk, on=starts)
    assert "deadlines.staff_check" not in open_rows(cast)


def test_first_days_are_asked_for_until_they_are_known(cast):
    refresh_office(cast.institution.pk, on=TODAY)
    assert set(open_rows(cast)) == {"deadlines.office_start", "deadlines.audit_start"}
    write(cast, "STANDARDS", date(2025, 5, 5), today=TODAY)
    assert "deadlines.office_start" in open_rows(cast)
    write(cast, "PROGRAMME", date(2024, 1, 1), today=TODAY)
    assert "deadlines.office_start" not in open_rows(cast)
    assert open_rows(cast)["assistance.programme"].due_on == date(2027, 1, 1)


def test_a_crossed_out_entry_counts_no_more_but_stays(cast):
    event = write(cast, "AUDIT", TODAY, who="daria")
    with pytest.raises(Refusal, match="powód"):
        cancel_office(cast.actor("daria"), event, reason=" ", today=TODAY)
    cancel_office(cast.actor("daria"), event, reason="pomyłka w dacie", today=TODAY)
    assert "deadlines.audit" not in open_rows(cast)
    assert OfficeEvent.objects.system().get().cancelled_why == "pomyłka w dacie"


@pytest.mark.parametrize(
    ("kind", "on", "more", "sentence"),
    [
        ("AUDIT", TODAY + timedelta(days=1), {}, "już wydarzyło"),
        ("STAFF_CHECK", TODAY, {}, "Wskaż pracownika"),
        ("INCIDENT", TODAY, {"done_on": TODAY - timedelta(days=1)}, "przed dniem zdarzenia"),
    ],
)
def test_wrong_entries_are_refused(cast, kind, on, more, sentence):
    with pytest.raises(Refusal, match=sentence):
        write(cast, kind, on, today=TODAY, **more)


def test_only_those_who_keep_the_institution_s_duties_write(cast):
    for who in ("anna", "piotr", "artur"):
        with pytest.raises(NotAllowed):
            write(cast, "AUDIT", TODAY, who=who)
    event = write(cast, "AUDIT", TODAY)
    with pytest.raises(NotHere):
        cancel_office(cast.actor("olga"), event, reason="cudze", today=TODAY)


def test_the_manager_extends_a_row_without_a_family(cast):
    write(cast, "AUDIT", date(2026, 1, 5), today=TODAY)
    row = open_rows(cast)["deadlines.audit"]
    extend_deadline(cast.actor("maria"), row, to=date(2027, 2, 1), reason="wspólny audyt z urzędem", on=TODAY)
    row.refresh_from_db()
    assert (row.due_on, row.original_due_on) == (date(2027, 2, 1), date(2027, 1, 5))


KINDS = ["AUDIT", "STANDARDS", "PROGRAMME", "COUNCIL_REPORT", "INCIDENT", "TEAM_REQUEST"]


def cached(cast):
    rows = DeadlineRow.objects.system().filter(institution=cast.institution, family=None)
    return {(r.declaration, r.subject_id, r.starts_on): (r.due_on, r.fulfilled_on, r.role, r.extension) for r in rows}


def computed(cast, on, **how):
    facts = compute_office(cast.institution.pk, on=on, **how)
    return {(f.declaration, f.subject_id, f.starts_on): (f.due_on, f.fulfilled_on, f.role, f.extension) for f in facts}


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 8)), min_size=1, max_size=10))
def test_the_incremental_state_equals_a_rebuild_on_every_past_day(cast, steps):
    day, seen = TODAY, {}
    with system_act("test"):
        DeadlineRow.objects.system().delete()
        OfficeEvent.objects.system().delete()
    for pause, choice in steps:
        day += timedelta(days=pause)
        refresh_office(cast.institution.pk, on=day)
        with clock.stopped(day):
            waiting = OfficeEvent.objects.system().filter(kind__in=("INCIDENT", "TEAM_REQUEST"), done_on=None)
            event = waiting.filter(cancelled_on=None).order_by("pk").first()
            if choice < len(KINDS):
                write(cast, KINDS[choice], day)
            elif choice == 6 and event:
                complete_office(actor_of(cast.maria, on=day), event, on=day, today=day)
            elif choice == 7 and event:
                cancel_office(actor_of(cast.maria, on=day), event, reason="pomyłka", today=day)
        assert cached(cast) == computed(cast, day)
        seen[day] = cached(cast)
    assert refresh_office(cast.institution.pk, on=day) == 0
    for past, then in seen.items():
        assert computed(cast, past, as_known=True) == then


def test_the_board_calendar_letter_and_command_line_tell_it(client_of, client, cast):
    write(cast, "STANDARDS", date(2024, 8, 1), today=TODAY)
    words = "Przegląd standardów ochrony małoletnich"
    assert words in client_of("maria").get(reverse("deadlines:board")).content.decode()
    assert "Sprawy jednostki" in client_of("maria").get(reverse("deadlines:board")).content.decode()
    assert words in [row["label"] for row in due_for(cast.actor("maria"), on=TODAY)]
    assert words not in [row["label"] for row in due_for(cast.actor("lena"), on=TODAY, filters=Filters("all", 365))]
    key = open_calendar(cast.actor("maria"), None, on=TODAY)
    feed = client.get(reverse("deadlines:calendar-feed", args=[key])).content.decode().replace("\r\n ", "")
    assert words in feed
    assert tasks.send_letter(str(cast.maria.pk), TODAY)
    assert words in mail.outbox[0].body
    row = open_rows(cast)["deadlines.standards"]
    assert client_of("maria").get(reverse("deadlines:row-extend", args=[row.pk])).status_code == 200


def test_the_page_of_duties_records_completes_and_crosses_out(client_of, cast):
    client, address = client_of("maria"), reverse("deadlines:office")
    assert "Jeszcze nic" in client.get(address).content.decode()
    wrong = client.post(address, {"kind": "AUDIT", "on": "2027-01-01", "note": "protokół 4"}).content.decode()
    assert "Zapisz dopiero to" in wrong
    assert "protokół 4" in wrong
    assert client.post(address, {"kind": "INCIDENT", "on": "2026-11-16"}).status_code == 302
    event = OfficeEvent.objects.system().get()
    change = reverse("deadlines:office-change", args=[event.pk])
    assert "Zapisz wykonanie" in client.get(change).content.decode()
    assert "między dniem" in client.post(change, {"done": "1", "on": "2026-11-01"}).content.decode()
    assert client.post(change, {"done": "1", "on": "2026-11-17"}).status_code == 302
    assert client.post(change, {"cancel": "1", "reason": "wpisane dwa razy"}).status_code == 302
    assert "wpisane dwa razy" in client.get(address).content.decode()
    assert office_lines(cast.actor("maria"), on=TODAY) is not None


def test_others_do_not_open_the_page_of_duties(client_of, cast):
    event = write(cast, "AUDIT", TODAY)
    assert client_of("anna").get(reverse("deadlines:office")).status_code == 403
    assert client_of("olga").get(reverse("deadlines:office-change", args=[event.pk])).status_code in (403, 404)
