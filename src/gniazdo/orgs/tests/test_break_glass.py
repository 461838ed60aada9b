"""Emergency access to a family, and the age of the journal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gniazdo.access.actions import grant_access, system_act
from gniazdo.access.models import AccessGrant, JournalEntry
from gniazdo.access.queries import family_log
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.kernel import clock
from gniazdo.orgs.actions import break_glass, purge_journal
from gniazdo.orgs.models import Notice
from gniazdo.orgs.queries import actor_for, system_actor
from gniazdo.orgs.tasks import purge_old_journal
from gniazdo.people.tests.factories import make_family

DAY = date(2026, 11, 18)
WHY = "Sąsiedzi wzywają pomocy, koleżanka na zwolnieniu."


def test_it_opens_for_24_hours_and_the_two_are_told(cast):
    family = make_family(cast.institution)
    break_glass(cast.actor("adam"), family, reason=WHY, on=DAY)
    grant = AccessGrant.objects.system().get()
    assert (grant.basis, grant.reason) == ("break_glass", WHY)
    start = clock.now()
    for hours, inside in ((0, True), (23, True), (24, False), (30, False)):
        at = start + timedelta(hours=hours)
        actor = actor_for(cast.adam.user, on=at.date(), at=at)
        assert (family.pk in actor.subject_ids) is inside, hours
    assert {n.post_id for n in Notice.objects.system()} == {cast.maria.pk, cast.daria.pk}
    assert JournalEntry.objects.filter(code="orgs.access.break_glass", subject_id=family.pk, outcome="done").exists()
    lines, _next = family_log(cast.actor("daria"), family.pk)
    assert lines[0].why == WHY


def test_neither_the_stand_in_nor_the_leader_gets_it_too(cast):
    family = make_family(cast.institution)
    break_glass(cast.actor("adam"), family, reason=WHY, on=DAY)
    assert family.pk not in cast.actor("lena").subject_ids


def test_a_short_reason_and_access_already_held_are_refused(cast):
    family = make_family(cast.institution)
    with pytest.raises(Refusal, match="co najmniej 20"):
        break_glass(cast.actor("adam"), family, reason="pilne", on=DAY)
    with system_act("test"):
        grant_access(cast.actor("maria"), subject_id=family.pk, post_id=cast.adam.pk, since=DAY, basis="assignment")
    with pytest.raises(Refusal, match="już dostęp"):
        break_glass(cast.actor("adam"), family, reason=WHY, on=DAY)


@pytest.mark.parametrize("who", ["artur", "daria", "sonia", "zofia"])
def test_others_may_not(cast, who):
    with pytest.raises(NotAllowed):
        break_glass(cast.actor(who), make_family(cast.institution), reason=WHY, on=DAY)


def test_another_institution_is_not_here(cast, client_of):
    family = make_family(cast.institution)
    with pytest.raises(NotHere):
        break_glass(cast.actor("olga"), family, reason=WHY, on=DAY)
    assert client_of("olga").get(f"/dostep-awaryjny/{family.pk}/").status_code == 404


def test_the_page_opens_it_and_does_not_say_the_name(cast, client_of):
    family = make_family(cast.institution, "Tajemniczy")
    client = client_of("adam")
    path = f"/dostep-awaryjny/{family.pk}/"
    assert "Tajemniczy" not in client.get(path).text
    assert "co najmniej 20" in client.post(path, {"reason": "pilne"}).text
    assert client.post(path, {"reason": WHY}).status_code == 302
    assert client.get("/konto/").wsgi_request.actor.subject_ids == {family.pk}


def test_old_lines_go_after_two_years_and_it_is_written_down(cast):
    for institution_id in (cast.institution.pk, cast.other.pk, None):
        for day in (date(2024, 11, 17), date(2024, 11, 18)):
            JournalEntry(
                at=datetime(day.year, day.month, day.day, 12, tzinfo=clock.WARSAW),
                code="x",
                outcome="read",
                institution_id=institution_id,
            ).save()
    gone = purge_journal(system_actor(cast.institution), cast.institution, on=DAY)
    assert gone == 1
    left = JournalEntry.objects.filter(institution_id=cast.institution.pk, code="x").get()
    assert left.at.date() == date(2024, 11, 18)
    assert "1 wpis" in JournalEntry.objects.filter(code="orgs.journal.purge").exclude(why="").get().why
    assert purge_old_journal.func() == 2
    with pytest.raises(NotAllowed):
        purge_journal(cast.actor("artur"), cast.institution, on=DAY)
