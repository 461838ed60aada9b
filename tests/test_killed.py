"""The server is killed in the middle of saving: what it acknowledged is there after the restart, and registers have no gaps."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import close_old_connections, connection

from gniazdo.access.rules import Refusal
from gniazdo.conf.processes import answers, server_command, start
from gniazdo.papers.actions import finalise_sheet
from gniazdo.papers.models import PaperCounter, SheetRecord
from gniazdo.papers.tests.factories import case_of, draft_of

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "k" * 32
PREPARE = """
import json, django
django.setup()
from datetime import date, timedelta
from django.core.management import call_command
from django.db import connection
if "papers_sheetrecord" not in connection.introspection.table_names():
    call_command("migrate", verbosity=0, interactive=False)
from django.test import Client
from django.urls import reverse
from gniazdo.access.rules import Refusal
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.tests.factories import make_case
from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import make_cast
from gniazdo.papers.actions import start_sheet
from gniazdo.papers.rules import SHEETS, newest
from gniazdo.people.tests.factories import make_family
cast = make_cast(clock.today())
family = make_family(cast.institution, "Zabici")
case = make_case(family, ASSISTANCE, on=date(2026, 1, 5), assistant=cast.anna, state="ACTIVE")
made = []
for code in sorted({c for c, _v in SHEETS}) * 2:
    place = next(((s.code, q.code) for s in newest(code).sections if not s.repeat for q in s.questions
                  if q.kind in ("long", "text")), None)
    try:
        record = start_sheet(cast.actor("anna"), case, code=code, on=cast.today) if place and len(made) < 2 else None
    except Refusal:
        continue
    if record:
        made.append({"id": str(record.pk), "section": place[0], "question": place[1], "rev": record.rev,
                     "url": reverse("papers:sheet-autosave", args=[record.pk])})
client = Client()
client.force_login(cast.anna.user, backend="gniazdo.orgs.middleware.session.AuthenticationBackend")
print(json.dumps({
    "sheets": made, "cookie": "sessionid", "session": client.cookies["sessionid"].value, "today": cast.today.isoformat(),
    "yesterday": (cast.today - timedelta(days=1)).isoformat(), "present": str(family.memberships.order_by("id").first().person_id),
    "visit_url": reverse("assistance:visit-new", args=[case.pk]), "letter_url": reverse("papers:case-papers", args=[case.pk]),
}))
"""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Writer(threading.Thread):
    """Sends one save after another until told to stop or the server is gone; remembers what was acknowledged."""

    def __init__(self, port: int, told: dict[str, Any], send: Callable[[Writer, int], None]) -> None:
        super().__init__(daemon=True)
        self.port, self.told, self.send_one = port, told, send
        self.kept: list[int] = []
        self.odd: list[str] = []

    def run(self) -> None:
        for n in range(1, 5000):
            try:
                self.send_one(self, n)
            except (OSError, http.client.HTTPException):
                return
            if self.odd:
                return

    def post(self, path: str, fields: Any) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as link:
            link.request("POST", path, urlencode(fields, doseq=True), {
                "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN,
                "Cookie": f"{self.told['cookie']}={self.told['session']}; csrftoken={TOKEN}",
            })  # fmt: skip
            got = link.getresponse()
            return got.status, got.read()

    def keep(self, n: int, status: int, wanted: int, body: bytes) -> None:
        if status == wanted:
            self.kept.append(n)
        else:
            self.odd.append(f"save {n}: {status} {body[:3000]!r}")


def autosave(sheet: dict[str, Any]) -> Callable[[Writer, int], None]:
    def send(writer: Writer, n: int) -> None:
        fields = {"@section": [sheet["section"]], "rev": sheet["rev"], sheet["question"]: f"zapis {n}"}
        status, body = writer.post(sheet["url"], fields)
        writer.keep(n, status, 200, body)
        if status == 200:
            sheet["rev"] = json.loads(body)["rev"]

    return send


def visit(writer: Writer, n: int) -> None:
    fields = {"kind": "PLANNED", "on": writer.told["yesterday"], "starts": "10:00", "minutes": "60", "place": "HOME",
              "present": [writer.told["present"]], "topic": f"wizyta {n}", "course": "Rozmowa"}  # fmt: skip
    status, body = writer.post(writer.told["visit_url"], fields)
    writer.keep(n, status, 302, body)


def letter(writer: Writer, n: int) -> None:
    fields = {
        "do": "incoming",
        "title": f"pismo {n}",
        "sender": "Sąd",
        "received_on": writer.told["today"],
        "channel": "post",
    }
    status, body = writer.post(writer.told["letter_url"], fields)
    writer.keep(n, status, 302, body)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers at once; they live in a group of their own."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def migrated(tmp_path, django_db_setup, django_db_blocker) -> Path:
    """A database file with every migration applied: a copy of the suite's own where that is SQLite, which saves a minute."""
    path = tmp_path / "gniazdo.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    return path


@pytest.mark.own_database
def test_what_was_acknowledged_survives_a_kill(migrated, tmp_path, monkeypatch):
    for name, value in {
        "GNIAZDO_DATA": str(tmp_path), "GNIAZDO_DATABASE": f"sqlite:///{tmp_path / 'gniazdo.sqlite3'}",
        "GNIAZDO_THROTTLE": "1000000", "DJANGO_SETTINGS_MODULE": "gniazdo.conf.settings",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.strip().splitlines()[-1])
    port = free_port()
    server = start(server_command("127.0.0.1", port, 1))
    try:
        assert answers(f"http://127.0.0.1:{port}/", within=15)
        sends = [autosave(told["sheets"][0]), autosave(told["sheets"][1]), visit, letter]
        writers = [Writer(port, told, send) for send in sends]
        for writer in writers:
            writer.start()
        until = time.monotonic() + 8
        while time.monotonic() < until and not (all(len(w.kept) >= 5 for w in writers) or any(w.odd for w in writers)):
            time.sleep(0.02)
    finally:
        kill(server)
    for writer in writers:
        writer.join(15)
    assert not [w.odd for w in writers if w.odd]
    assert all(len(w.kept) >= 5 for w in writers), [len(w.kept) for w in writers]
    again = start(server_command("127.0.0.1", port, 1))
    try:
        assert answers(f"http://127.0.0.1:{port}/", within=15)
        next_one = max(writers[3].kept) + 2
        letter(writers[3], next_one)
        assert writers[3].kept[-1] == next_one, writers[3].odd
    finally:
        kill(again)
    everything_is_there(tmp_path / "gniazdo.sqlite3", told, writers)


def everything_is_there(path: Path, told: dict[str, Any], writers: list[Writer]) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {
            id.replace("-", ""): json.loads(raw) for id, raw in db.execute("SELECT id, answers FROM papers_sheetrecord")
        }
        for sheet, writer in zip(told["sheets"], writers, strict=False):
            number = int(found[sheet["id"].replace("-", "")][sheet["question"]].removeprefix("zapis "))
            assert number in (writer.kept[-1], writer.kept[-1] + 1)
        topics = [row[0] for row in db.execute("SELECT topic FROM assistance_visit")]
        assert {f"wizyta {n}" for n in writers[2].kept} <= set(topics)
        assert len(topics) == len(set(topics))
        rows = db.execute("SELECT title, number FROM papers_letterrecord ORDER BY number").fetchall()
        assert {f"pismo {n}" for n in writers[3].kept} <= {title for title, _n in rows}
        assert [number for _t, number in rows] == list(range(1, len(rows) + 1))
        assert db.execute("SELECT last FROM papers_papercounter WHERE register = 'incoming'").fetchall() == [
            (len(rows),)
        ]


@pytest.mark.django_db(transaction=True)
def test_eight_finalise_at_once_and_no_number_is_missing_or_given_twice(cast):
    # In memory there is one connection only: the same walk, one after another; processes are raced above.
    threads = 1 if connection.vendor == "sqlite" and connection.is_in_memory_db() else 8
    case = case_of(cast)
    records = [draft_of(cast, case) for _ in range(16)]
    actor, wrong, gate = cast.actor("anna"), [], threading.Barrier(threads)

    def work(mine: list[SheetRecord]) -> None:
        try:
            gate.wait(10)
            for place, record in enumerate(mine):
                finalise_sheet(actor, record, on=cast.today)
                if place == 0:
                    try:
                        finalise_sheet(actor, record, on=cast.today)
                    except Refusal:
                        continue
                    wrong.append("finalised twice")
        except Exception as error:
            wrong.append(repr(error))
        finally:
            if threads > 1:
                close_old_connections()
                connection.close()

    if threads == 1:
        work(records)
    else:
        running = [threading.Thread(target=work, args=(records[n::threads],)) for n in range(threads)]
        for one in running:
            one.start()
        for one in running:
            one.join(60)
    assert wrong == []
    numbers = list(SheetRecord.objects.system().order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 17))
    assert PaperCounter.objects.system().get(register="test.demo").last == 16
