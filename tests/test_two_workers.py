"""The limit of requests and of wrong passwords holds across two real worker processes, and is told and journalled."""

from __future__ import annotations

import http.client
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from test_killed import free_port

from gniazdo.conf.processes import answers, server_command

pytestmark = pytest.mark.own_database
ROOT = Path(__file__).resolve().parent.parent
LIMIT = 60


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """(their ports, the data folder): two processes of the server over one database and one shared folder."""
    data = tmp_path_factory.mktemp("two")
    env = {
        **os.environ, "GNIAZDO_DATA": str(data), "GNIAZDO_SHARED": str(data / "shared"), "GNIAZDO_THROTTLE": str(LIMIT),
        "DJANGO_SETTINGS_MODULE": "gniazdo.conf.settings", "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    env.pop("GNIAZDO_DATABASE", None)  # a file of its own also where the suite runs on PostgreSQL
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    ports = [free_port(), free_port()]
    running = [subprocess.Popen(server_command("127.0.0.1", port, 1), cwd=ROOT, env=env) for port in ports]
    try:
        assert all(answers(f"http://127.0.0.1:{port}/konto/login/", within=90) for port in ports)
        yield ports, data
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(30)


def ask(port, method="GET", fields=None):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as link:
        token = "k" * 32
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": token,
            "Cookie": f"csrftoken={token}",
        }
        link.request(method, "/konto/login/", urlencode(fields or {}), headers)
        got = link.getresponse()
        return got.status, got.read().decode()


def a_new_minute():
    """Counts begin anew with each minute: wait for one, so that both parts of a test fall into it."""
    time.sleep(60 - time.time() % 60 + 0.2)


def journal(data, code):
    with closing(sqlite3.connect(data / "gniazdo.sqlite3")) as database:
        return database.execute("SELECT COUNT(*) FROM access_journalentry WHERE code = ?", [code]).fetchone()[0]


def test_one_client_gets_no_more_from_two_workers_than_from_one(workers):
    ports, data = workers
    a_new_minute()
    answers_ = [ask(ports[n % 2]) for n in range(LIMIT * 3)]
    passed = sum(status == 200 for status, _page in answers_)
    assert LIMIT <= passed <= LIMIT * 1.2
    assert [status for status, _page in answers_[-LIMIT:]] == [429] * LIMIT
    assert "Odczekaj minutę" in answers_[-1][1]
    assert journal(data, "orgs.throttle") == 1


def test_wrong_passwords_are_counted_by_both_workers_together(workers):
    ports, data = workers
    a_new_minute()
    wrong = {"login": "anna", "password": "to-nie-jest-haslo"}
    pages = [ask(ports[n % 2], "POST", wrong) for n in range(16)]
    assert all(status in (200, 429) for status, _page in pages), [status for status, _page in pages]
    told = [page for status, page in pages if status == 429 or "Zbyt wiele" in page or "za dużo" in page.lower()]
    assert told
    assert journal(data, "orgs.sign_in") > 0
