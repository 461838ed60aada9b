"""The second fence: on PostgreSQL rows of another institution are not there for a request, whatever the code asks.

On SQLite there is only the first fence: the same tests say that nothing changes there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gniazdo.access.actions import system_act
from gniazdo.orgs.middleware import ActorMiddleware
from gniazdo.orgs.models import Owned, Post, Team
from gniazdo.orgs.queries import actor_for, my_posts
from gniazdo.orgs.tests.factories import Cast, make_post
from gniazdo.platform.models import everywhere, outside, raise_fence, unfenced
from gniazdo.platform.models.fence import fenced_tables

FENCED = connection.vendor == "postgresql"
BEHIND = 0 if FENCED else 1


def count(table: str, institution_id: Any) -> int:
    """Past every manager of ours: what the database itself gives."""
    with connection.cursor() as cursor:
        value = institution_id if connection.features.has_native_uuid_field else institution_id.hex
        cursor.execute(f"SELECT count(*) FROM {table} WHERE institution_id = %s", [value])
        return int(cursor.fetchone()[0])


@pytest.fixture
def fenced(cast):
    """The connection as it is during a request of Anna; Olga works elsewhere."""
    assert actor_for(cast.anna.user, on=cast.today, fenced=True)
    yield cast
    outside()


def test_every_table_of_an_institution_has_its_policy(db):
    assert unfenced(Owned) == []
    assert len(fenced_tables(Owned)) > 40


def test_a_table_that_lost_its_policy_is_found_and_mended(db):
    if FENCED:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE orgs_team NO FORCE ROW LEVEL SECURITY")
            cursor.execute("DROP POLICY institution ON orgs_notice")
        assert unfenced(Owned) == ["orgs_notice", "orgs_team"]
    assert raise_fence(Owned) == (["orgs_notice", "orgs_team"] if FENCED else [])
    assert unfenced(Owned) == []


def test_the_tests_themselves_run_as_an_ordinary_role(db):
    from gniazdo.conf.checks import of_database_role

    assert list(of_database_role()) == []


def test_rows_of_another_institution_are_not_there(fenced: Cast):
    assert count("orgs_post", fenced.institution.pk) == 10
    assert count("orgs_post", fenced.other.pk) == BEHIND
    assert Post.objects.system().filter(pk=fenced.olga.pk).count() == BEHIND


def test_outside_of_requests_everything_is_there(cast: Cast):
    assert count("orgs_post", cast.other.pk) == 1


def test_nothing_is_written_into_another_institution(fenced: Cast):
    with system_act("test"), suppress(DatabaseError), transaction.atomic():
        Team(institution=fenced.other, name="Obcy zespół").save()
    with connection.cursor() as cursor, suppress(DatabaseError), transaction.atomic():
        value = fenced.other.pk if FENCED else fenced.other.pk.hex
        cursor.execute("UPDATE orgs_team SET institution_id = %s", [value])
    outside()
    assert count("orgs_team", fenced.other.pk) == 2 * BEHIND


def test_rows_of_another_institution_are_not_changed(fenced: Cast):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_post SET title = 'zmienione' WHERE title = 'asystent rodziny'")
        assert cursor.rowcount == 2 + BEHIND
    outside()
    fenced.olga.refresh_from_db()
    assert fenced.olga.title == ("asystent rodziny" if FENCED else "zmienione")


def test_a_connection_that_says_nothing_sees_nothing(cast: Cast):
    if FENCED:
        connection.connection.execute("SELECT set_config('gniazdo.institution', '', false)")
    assert count("orgs_post", cast.institution.pk) == (0 if FENCED else 10)
    outside()
    assert count("orgs_post", cast.institution.pk) == 10


def through_the_door(cast: Cast, name: str, view: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = getattr(cast, name).user
    request.session = type("Session", (dict,), {"session_key": "k"})()
    return ActorMiddleware(view)(request)


def test_a_request_is_fenced_and_leaves_nothing_behind(cast: Cast):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(count("orgs_post", cast.other.pk)))

    assert through_the_door(cast, "anna", view).content == str(BEHIND).encode()
    assert count("orgs_post", cast.other.pk) == 1
    # The next person on the same connection stands in their own institution.
    assert through_the_door(cast, "olga", view).content == b"1"
    assert count("orgs_post", cast.institution.pk) == 10


def test_a_request_that_fails_leaves_nothing_behind(cast: Cast):
    def view(request: HttpRequest) -> HttpResponse:
        assert count("orgs_post", cast.other.pk) == BEHIND
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        through_the_door(cast, "anna", view)
    assert count("orgs_post", cast.other.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_whose_transaction_broke_leaves_nothing_behind(cast: Cast):
    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        return HttpResponse()

    with pytest.raises(DatabaseError):
        through_the_door(cast, "anna", view)
    assert count("orgs_post", cast.other.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_left_inside_a_transaction_is_closed(cast: Cast):
    def view(request: HttpRequest) -> HttpResponse:
        if FENCED:
            connection.connection.execute("BEGIN")
            with suppress(Exception):
                connection.connection.execute("SELECT * FROM no_such_table")
        return HttpResponse()

    through_the_door(cast, "anna", view)
    assert count("orgs_post", cast.other.pk) == 1


def test_a_person_of_two_institutions_sees_the_way_to_the_other(cast: Cast):
    second = make_post(cast.other, "assistant", "Anna", "Druga", login="druga")
    with system_act("test"):
        second.user, second.title = cast.anna.user, "asystent rodziny w drugim ośrodku"
        second.save()

    def view(request: HttpRequest) -> HttpResponse:
        assert request.actor.has_other_posts
        assert {p.pk for p in my_posts(request.user, on=cast.today)} == {cast.anna.pk, second.pk}
        return HttpResponse(str(count("orgs_post", cast.other.pk)))

    assert through_the_door(cast, "anna", view).content == str(2 * BEHIND).encode()


def test_stepping_out_goes_back_in(fenced: Cast):
    with everywhere():
        assert count("orgs_post", fenced.other.pk) == 1
    assert count("orgs_post", fenced.other.pk) == BEHIND
    with pytest.raises(ZeroDivisionError), everywhere():
        raise ZeroDivisionError
    assert count("orgs_post", fenced.other.pk) == BEHIND


def test_a_whole_page_is_fenced_and_the_sign_in_is_not(client_of, cast: Cast):
    assert client_of("anna").get("/").status_code == 200
    assert count("orgs_post", cast.other.pk) == 1
    assert client_of("olga").get("/").status_code == 200
    assert count("orgs_post", cast.institution.pk) == 10
