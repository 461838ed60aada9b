"""Absences, substitutions, switching posts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gniazdo.access.actions import grant_access, system_act
from gniazdo.access.rules import NotAllowed, Refusal
from gniazdo.orgs.actions import add_post, end_substitution, grant_role, hand_over, record_absence, start_substitution
from gniazdo.orgs.models import Absence, Notice, Substitution
from gniazdo.orgs.queries import overlapping, substitute_notice
from gniazdo.people.tests.factories import make_family

DAY = date(2026, 11, 18)
WEEK = {"since": DAY, "until": DAY + timedelta(days=7)}


def with_family(cast):
    family = make_family(cast.institution)
    with system_act("test"):
        grant_access(cast.actor("maria"), subject_id=family.pk, post_id=cast.anna.pk, since=DAY, basis="assignment")
    return family


def test_a_stand_in_reaches_the_families_for_the_period_only(cast):
    family = with_family(cast)
    row = start_substitution(cast.actor("maria"), cast.anna, stand_in=cast.adam, **WEEK)
    assert family.pk in cast.actor("adam").subject_ids
    cast.today = DAY + timedelta(days=7)
    assert family.pk not in cast.actor("adam").subject_ids
    cast.today = DAY
    end_substitution(cast.actor("maria"), row, on=DAY)
    assert family.pk not in cast.actor("adam").subject_ids


def test_both_are_told_and_the_frame_says_it(cast):
    start_substitution(cast.actor("maria"), cast.anna, stand_in=cast.adam, **WEEK)
    told = {n.post_id: n.title for n in Notice.objects.system()}
    assert "Anna Asystentka, do 24.11.2026" in told[cast.adam.pk]
    assert "Zastępuje Cię: Adam Asystent" in told[cast.anna.pk]
    (line,) = substitute_notice(cast.actor("adam"), on=DAY)
    assert (line.stands_in, line.name, line.last_on) == (True, "Anna Asystentka", date(2026, 11, 24))
    (line,) = substitute_notice(cast.actor("anna"), on=DAY)
    assert not line.stands_in
    assert substitute_notice(cast.actor("zofia"), on=DAY) == []


@pytest.mark.parametrize(("who", "wrong"), [("anna", "samego siebie"), ("olga", "Nie ma takiego")])
def test_wrong_stand_ins(cast, who, wrong):
    with pytest.raises(Refusal, match=wrong):
        start_substitution(cast.actor("maria"), cast.anna, stand_in=getattr(cast, who), **WEEK)


def test_only_the_manager_sets_substitutions(cast):
    with pytest.raises(NotAllowed):
        start_substitution(cast.actor("anna"), cast.anna, stand_in=cast.adam, **WEEK)


def test_collisions_are_told(cast):
    maria = cast.actor("maria")
    record_absence(maria, cast.adam, kind="LEAVE", **WEEK)
    start_substitution(maria, cast.anna, stand_in=cast.zofia, **WEEK)
    row = start_substitution(maria, cast.anna, stand_in=cast.adam, **WEEK)
    said = " ".join(overlapping(row))
    assert "nieobecność" in said
    assert "inne zastępstwo" in said


def test_the_note_is_for_both_and_the_manager(cast, client_of):
    row = start_substitution(cast.actor("maria"), cast.anna, stand_in=cast.adam, handover="Klucz u sąsiadki", **WEEK)
    path = f"/instytucja/zastepstwa/{row.pk}/"
    for who in ("anna", "adam", "maria"):
        assert "Klucz u sąsiadki" in client_of(who).get(path).text
    for who in ("zofia", "olga", "daria"):
        assert client_of(who).get(path).status_code == 404
    hand_over(cast.actor("adam"), row, handover="Klucz u dozorcy")
    client_of("adam").post(path, {"handover": "Klucz w biurze", "rev": Substitution.objects.system().get().rev})
    assert Substitution.objects.system().get().handover == "Klucz w biurze"
    assert client_of("adam").post(path, {"end": "1"}).status_code == 403


def test_the_screen_makes_a_substitution(cast, client_of):
    data = {"absent": cast.anna.pk, "stand_in": cast.adam.pk, "since": "2026-11-18", "last_on": "2026-11-20"}
    client = client_of("maria")
    assert "przed początkiem" not in client.get("/instytucja/zastepstwa/nowe/").text
    bad = client.post("/instytucja/zastepstwa/nowe/", data | {"last_on": "2026-11-10", "handover": "nie zgub mnie"})
    assert "po jego początku" in bad.text
    assert "nie zgub mnie" in bad.text
    assert client.post("/instytucja/zastepstwa/nowe/", data).status_code == 302
    assert Substitution.objects.system().get().until == date(2026, 11, 21)


def test_a_suspension_says_that_families_need_someone(cast, client_of):
    with_family(cast)
    data = {"post": cast.anna.pk, "kind": "SUSPENDED", "since": "2026-11-18"}
    client = client_of("maria")
    response = client.post("/instytucja/nieobecnosci/nowa/", data)
    assert response.status_code == 302
    said = [str(m) for m in response.wsgi_request._messages]
    assert any("art. 13" in m and "1 rodzina" in m for m in said)


def test_absences_do_not_overlap_and_need_an_end(cast):
    maria = cast.actor("maria")
    record_absence(maria, cast.anna, kind="LEAVE", **WEEK)
    with pytest.raises(Refusal, match="już zapisana"):
        record_absence(maria, cast.anna, kind="SICK", since=DAY + timedelta(days=3), until=DAY + timedelta(days=9))
    with pytest.raises(Refusal, match="ostatni dzień"):
        record_absence(maria, cast.adam, kind="LEAVE", since=DAY)
    assert Absence.objects.system().count() == 1


def test_switching_posts(cast, client_of):
    artur = cast.actor("artur")
    second = add_post(
        artur,
        cast.zofia,
        title="kierownik zespołu",
        contract="EMPLOYMENT",
        since=DAY,
        authorised_on=DAY,
        secrecy_signed_on=DAY,
    )
    grant_role(artur, second, role="team_leader", since=DAY)
    client = client_of("zofia")
    assert "kierownik zespołu" in client.get("/konto/").text
    client.post("/konto/stanowisko/", {"post": second.pk})
    assert client.get("/konto/").wsgi_request.actor.roles == {"team_leader"}
    client.post("/konto/stanowisko/", {"post": cast.maria.pk})
    assert client.get("/konto/").wsgi_request.actor.post_id == second.pk


def test_notices_are_read(cast, client_of):
    start_substitution(cast.actor("maria"), cast.anna, stand_in=cast.adam, **WEEK)
    client = client_of("adam")
    notice = Notice.objects.system().get(post=cast.adam)
    assert "Zastępujesz" in client.get("/powiadomienia/").text
    assert client_of("anna").post("/powiadomienia/", {"newest": notice.pk}).status_code == 404
    client.post("/powiadomienia/", {"newest": notice.pk})
    assert Notice.objects.system().get(pk=notice.pk).read_at is not None
