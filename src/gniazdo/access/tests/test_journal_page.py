"""The journal page, the log of a family, and their files."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gniazdo.access.actions import grant_access, system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import JournalFilter, family_log, journal
from gniazdo.access.rules import NotHere
from gniazdo.kernel import clock
from gniazdo.people.tests.factories import make_family


def line(cast, family=None, *, who="anna", code="orgs.staff.view", outcome="read", day=date(2026, 11, 10), **values):
    entry = JournalEntry(
        at=datetime(day.year, day.month, day.day, 12, tzinfo=clock.WARSAW), institution_id=cast.institution.pk,
        user_id=getattr(cast, who).user_id, code=code, outcome=outcome, subject_id=family.pk if family else None,
        object_kind="people.family" if family else "", object_id=family.pk if family else None, **values,
    )  # fmt: skip
    entry.save()
    return entry


def test_only_the_officer_reads_it(cast, client_of):
    assert client_of("daria").get("/dziennik/").status_code == 200
    for who in ("anna", "maria", "artur"):
        assert client_of(who).get("/dziennik/").status_code == 403


def test_it_speaks_in_words(cast, client_of):
    family = make_family(cast.institution, "Kowalscy")
    line(
        cast,
        family,
        outcome="done",
        code="orgs.institution.change",
        changes={"verb": "change", "name": ["Stara", "Nowa"]},
    )
    line(cast, code="orgs.sign_in", outcome="refused", why="Błędne hasło.")
    text = client_of("daria").get("/dziennik/").text
    for said in ("Anna Asystentka", "Zmień dane instytucji", "Logowanie", "odmowa", "Błędne hasło."):
        assert said in text
    assert "Kowalscy" in text
    assert "Stara" not in text
    assert "Nowa" not in text


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (JournalFilter(), 3), (JournalFilter(who="asystentka"), 2), (JournalFilter(who="Adam"), 1), (JournalFilter(who="nikt"), 0),
        (JournalFilter(since=date(2026, 11, 5)), 2), (JournalFilter(last_on=date(2026, 11, 1)), 1),
        (JournalFilter(code="orgs.sign_in"), 1), (JournalFilter(outcome="refused"), 1), (JournalFilter(server=True), 1),
    ],
)  # fmt: skip
def test_filters(cast, wanted, found):
    line(cast)
    line(cast, who="adam", code="orgs.sign_in", outcome="refused")
    line(cast, day=date(2026, 11, 1))
    JournalEntry(at=clock.now(), code="orgs.sign_in", outcome="refused").save()
    JournalEntry(at=clock.now(), code="orgs.sign_in", outcome="refused", institution_id=cast.other.pk).save()
    assert len(journal(cast.actor("daria"), wanted)[0]) == found


def test_pages_follow_one_another_without_gap_or_repeat(cast, django_assert_max_num_queries):
    for _n in range(7):
        line(cast)
    seen, before, daria = [], None, cast.actor("daria")
    while True:
        with django_assert_max_num_queries(3):
            lines, before = journal(daria, JournalFilter(), before=before, limit=3)
        seen += [one.id for one in lines]
        if before is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 7


def test_the_file_runs_nothing(cast, client_of):
    line(cast, why="=HYPERLINK(1)")
    response = client_of("daria").get("/dziennik/?plik=csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "'=HYPERLINK(1)" in response.content.decode("utf-8-sig")


def test_a_nonsense_filter_is_a_page_not_an_error(cast, client_of):
    response = client_of("daria").get("/dziennik/?since=wczoraj&przed=abc&code=nie-ma")
    assert response.status_code == 200


def test_who_looked_into_a_family(cast, client_of):
    family = make_family(cast.institution)
    line(cast, family)
    line(cast)
    for who in ("daria", "maria"):
        assert len(family_log(cast.actor(who), family.pk)[0]) == 1
    with pytest.raises(NotHere):
        family_log(cast.actor("anna"), family.pk)
    with system_act("test"):
        grant_access(
            cast.actor("maria"), subject_id=family.pk, post_id=cast.anna.pk, since=cast.today, basis="assignment"
        )
    assert len(family_log(cast.actor("anna"), family.pk)[0]) == 1
    assert client_of("anna").get(f"/dziennik/rodzina/{family.pk}/").status_code == 200
    assert client_of("olga").get(f"/dziennik/rodzina/{family.pk}/").status_code == 404
