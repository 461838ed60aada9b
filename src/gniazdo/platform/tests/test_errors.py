"""Error pages: calm, true about what was saved, and nothing typed is lost."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from gniazdo.platform import views


def test_an_unknown_address_keeps_the_frame(client_of):
    page = client_of("anna").get("/nie-ma/")
    assert page.status_code == 404
    assert "Nie ma takiej strony" in page.content.decode()
    assert "Główne menu" in page.content.decode()


def test_a_stranger_gets_the_page_without_the_menu(client, db):
    page = client.get("/nie-ma/")
    assert page.status_code == 404
    assert "Główne menu" not in page.content.decode()


@pytest.mark.parametrize(("error", "status"), [(SuspiciousOperation("x"), 400), (RequestDataTooBig("x"), 413)])
def test_bad_requests(error, status):
    page = views.bad_request(RequestFactory().get("/"), error)
    assert page.status_code == status


def failing(error: Exception, **fields: str):
    request = RequestFactory().post("/asysta/wizyta/?a=1", fields)
    try:
        raise error
    except Exception:
        return views.server_error(request)


def test_a_locked_database_saves_nothing_and_offers_to_send_again():
    page = failing(OperationalError("database is locked"), text="Rozmowa\no szkole <b>", password="tajne")
    body = page.content.decode()
    assert page.status_code == 503
    assert page["Retry-After"]
    assert "Nic nie zostało zapisane" in body
    assert 'action="/asysta/wizyta/?a=1"' in body
    assert "Rozmowa\no szkole &lt;b&gt;" in body
    assert "tajne" not in body


def full_of_sqlite():
    error = OperationalError("database or disk is full")
    error.__cause__ = sqlite3.OperationalError("database or disk is full")
    return error


def full_of_postgres():
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return error


@pytest.mark.parametrize("made", [full_of_sqlite, full_of_postgres, lambda: OSError(errno.ENOSPC, "No space left")])
def test_a_full_disk_is_called_so_and_keeps_what_was_typed(made):
    page = failing(made(), text="Rozmowa o szkole")
    body = page.content.decode()
    assert page.status_code == 503
    assert "zabrakło miejsca na dysku" in body
    assert "Nic nie zostało zapisane" in body
    assert "Rozmowa o szkole" in body


@pytest.mark.parametrize("said", ["database is locked", "disk I/O error", "database or disk is full"])
def test_of_what_was_typed_is_spoken_only_where_something_was(said):
    assert "czeka niżej" in failing(OperationalError(said), text="Rozmowa").content.decode()
    page = failing(OperationalError(said))
    assert page.status_code == 503
    assert "czeka niżej" not in page.content.decode()


def test_our_own_mistake_says_so_without_a_database():
    # No database fixture: a query would fail this test.
    page = failing(ZeroDivisionError(), text="abc")
    assert page.status_code == 500
    assert "po naszej stronie" in page.content.decode()
    assert "abc" in page.content.decode()


def test_an_old_form_key_keeps_what_was_typed(db):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/jezyk/", {"language": "en", "note": "ważny tekst"}, headers={"origin": "http://testserver"})
    body = page.content.decode()
    assert page.status_code == 403
    assert "ważny tekst" in body
    assert "Wyślij jeszcze raz" in body


def test_another_site_is_offered_nothing(db):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/jezyk/", {"note": "cudzy tekst"}, headers={"origin": "http://evil.example"})
    assert page.status_code == 403
    assert "cudzy tekst" not in page.content.decode()
