"""A specialist joins the work with a family for a purpose: access follows, the day shows it, and it ends."""

from __future__ import annotations

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.course import transfer_case
from gniazdo.assistance.actions.specialists import assign_specialist, release_specialist
from gniazdo.assistance.tests.corridor import DAY, START, Corridor
from gniazdo.cases.models import Assignment, Event

PURPOSE = "Konsultacje dla matki po rozstaniu."


def joined(cast, case, *, post=None, who="maria", purpose=PURPOSE):
    return assign_specialist(cast.actor(who), case, post=post or cast.zofia, purpose=purpose, on=START + DAY)


def test_from_that_day_the_specialist_sees_the_family_and_the_timeline_says_what_for(cast):
    case = Corridor(cast).to("ACTIVE")
    assert case.family_id not in cast.actor("zofia").subject_ids
    made = joined(cast, case)
    assert (made.role, made.post_id, made.since) == ("SPECIALIST", cast.zofia.pk, START + DAY)
    assert case.family_id in cast.actor("zofia").subject_ids
    told = Event.objects.system().get(case=case, kind="worker", summary=PURPOSE)
    assert "Zofia Specjalistka, psycholog" in told.title
    line = JournalEntry.objects.get(code="assistance.specialist.assign", outcome="done", object_kind="cases.assignment")
    assert PURPOSE not in str(line.changes)


@pytest.mark.parametrize("who", ["anna", "piotr", "sonia", "zofia"])
def test_the_head_or_the_leader_decides(cast, who):
    case = Corridor(cast).to("ACTIVE")
    with pytest.raises((NotAllowed, NotHere)):
        joined(cast, case, who=who)
    assert joined(cast, case, who="lena").pk


def test_another_institution_finds_nothing_and_its_specialist_is_not_here(cast):
    case = Corridor(cast).to("ACTIVE")
    with pytest.raises(NotHere):
        joined(cast, case, who="olga")
    with pytest.raises(NotHere):
        joined(cast, case, post=cast.olga)


def test_what_is_refused_says_why(cast):
    case = Corridor(cast).to("ACTIVE")
    with pytest.raises(Refusal, match="nie ma w tym dniu roli specjalisty"):
        joined(cast, case, post=cast.anna)
    with pytest.raises(Refusal, match="po co") as refused:
        joined(cast, case, purpose="  ")
    assert "art. 7" in refused.value.article
    joined(cast, case)
    with pytest.raises(Refusal, match="już pracuje"):
        joined(cast, case)


@pytest.mark.parametrize("state", ["REFERRED", "REJECTED", "CLOSED"])
def test_only_while_the_case_goes_on(cast, state):
    case = Corridor(cast).to("REFERRED" if state == "REFERRED" else "INTERVIEW")
    case.state = state
    with pytest.raises(Refusal, match="nie można: włączyć specjalistę"):
        joined(cast, case)


def test_the_work_ends_and_the_access_with_it(cast):
    case = Corridor(cast).to("ACTIVE")
    joined(cast, case)
    ended = release_specialist(cast.actor("maria"), case, post=cast.zofia, reason="Terapia zakończona.", on=cast.today)
    assert (ended.until, ended.end_reason) == (cast.today, "Terapia zakończona.")
    assert case.family_id not in cast.actor("zofia").subject_ids
    with pytest.raises(Refusal, match="nie pracuje teraz"):
        release_specialist(cast.actor("maria"), case, post=cast.zofia, reason="x", on=cast.today)


def test_on_screen_from_the_case_to_her_day(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    boss, address = client_of("maria"), f"/sprawy/{case.pk}/"
    page = boss.get(address).content.decode()
    assert "Włącz specjalistę do pracy z rodziną" in page
    assert "Zakończ pracę specjalisty" not in page
    link = next(part for part in page.split('"') if part.endswith("/specjalista/"))
    wrong = boss.post(link, {"post": str(cast.zofia.pk), "purpose": "", "on": cast.today.isoformat()})
    assert wrong.status_code == 200
    assert client_of("olga").get(link).status_code == 404
    sent = boss.post(link, {"post": str(cast.zofia.pk), "purpose": PURPOSE, "on": cast.today.isoformat()})
    assert sent.status_code == 302
    assert Assignment.objects.system().filter(case=case, role="SPECIALIST", until=None).exists()
    page = boss.get(address).content.decode()
    assert "Zofia Specjalistka" in page
    assert "Zakończ pracę specjalisty z rodziną" in page
    zofia = client_of("zofia")
    assert "Testowi" in zofia.get("/").content.decode()
    assert zofia.get(f"/rodzina/{case.family_id}/").status_code == 200


def test_a_case_that_ends_keeps_no_specialist_behind(cast):
    case = Corridor(cast).to("ACTIVE")
    joined(cast, case)
    transfer_case(cast.actor("maria"), case, to="OPS w Olszynach", note="Rodzina się przeprowadziła.", on=cast.today)
    assert case.family_id not in cast.actor("zofia").subject_ids
    assert not Assignment.objects.system().filter(case=case, until=None).exists()


def test_her_day_names_her_families_and_what_for_until_the_work_ends(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    joined(cast, case)
    page = client_of("zofia").get("/").content.decode()
    assert 'id="day-families"' in page
    assert PURPOSE in page
    assert 'id="day-families"' not in client_of("anna").get("/").content.decode()
    release_specialist(cast.actor("maria"), case, post=cast.zofia, reason="Terapia zakończona.", on=cast.today)
    page = client_of("zofia").get("/").content.decode()
    assert 'id="day-families"' not in page
    assert PURPOSE not in page
