"""A database that another program has locked, and a disk without room: a clear page, nothing acknowledged is lost, what was
typed goes in at the second press, and jobs are done when the database is free again. Real processes, real files."""

from __future__ import annotations

import http.client
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from lxml import html
from test_killed import PREPARE, ROOT, TOKEN, free_port, kill

from gniazdo.conf.processes import answers, job_commands, server_command, start

pytestmark = pytest.mark.own_database
LOCK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
"""
PLAN = """
import django
django.setup()
from gniazdo.deadlines.tasks import tell_everyone
print(tell_everyone.enqueue().id)
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory, django_db_setup, django_db_blocker) -> tuple[Path, dict[str, Any]]:
    """A database file with the cast and a case in it, made once; and what a signed-in worker must know to post."""
    path = tmp_path_factory.mktemp("ready") / "gniazdo.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    with pytest.MonkeyPatch.context() as patched:
        live_in(path.parent, patched)
        return path, json.loads(script(PREPARE))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process holds the database for itself."""
    argv = [sys.executable, "-c", LOCK, str(path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            with suppress(BrokenPipeError):
                other.stdin.write("\n")
                other.stdin.close()
            other.wait(20)


def script(text: str) -> str:
    argv = [sys.executable, "-c", text]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def live_in(folder: Path, monkeypatch: pytest.MonkeyPatch, database: Path | None = None) -> Path:
    """Processes started from here keep their data there; a save waits a second and a half for others."""
    path = folder / "gniazdo.sqlite3"
    if database:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
    for name, value in {
        "GNIAZDO_DATA": str(folder), "GNIAZDO_DATABASE": f"sqlite:///{path}?timeout=1.5", "GNIAZDO_THROTTLE": "1000000",
        "DJANGO_SETTINGS_MODULE": "gniazdo.conf.settings",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return path


class Worker:
    """A worker's browser: posts forms, reads what the page says."""

    def __init__(self, port: int, told: dict[str, Any]) -> None:
        self.port, self.told = port, told

    def post(self, path: str, fields: Any) -> tuple[int, str, str | None]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as link:
            link.request("POST", path, urlencode(fields, doseq=True), {
                "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN,
                "Cookie": f"{self.told['cookie']}={self.told['session']}; csrftoken={TOKEN}",
            })  # fmt: skip
            got = link.getresponse()
            return got.status, got.read().decode(), got.getheader("Retry-After")

    def visit(self, n: int) -> dict[str, Any]:
        return {
            "kind": "PLANNED", "on": self.told["yesterday"], "starts": "10:00", "minutes": "60", "place": "HOME",
            "present": [self.told["present"]], "topic": f"wizyta {n}", "course": "Rozmowa „przy stole”\n<b>druga</b> linia",
        }  # fmt: skip


def kept_form(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Where the error page would send what was typed, and what it would send."""
    (form,) = html.fromstring(page).forms
    fields = [(one.name, (one.text or "").removeprefix("\n")) for one in form.iter("textarea")]
    return form.action, [(name, value.replace("\r\n", "\n")) for name, value in fields]


def topics(path: Path) -> list[str]:
    with closing(sqlite3.connect(path, timeout=20)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [topic for (topic,) in db.execute("SELECT topic FROM assistance_visit ORDER BY id")]


def refused(answer: tuple[int, str, str | None], title: str, topic: str) -> tuple[str, list[tuple[str, str]]]:
    """The page is clear, says when to come back, and holds what was typed."""
    status, page, later = answer
    assert status == 503, page[:2000]
    assert later == "10"
    text = html.fromstring(page).text_content()
    assert title in text
    assert "Nic nie zostało zapisane" in text
    assert "Wyślij jeszcze raz" in text
    action, fields = kept_form(page)
    assert ("topic", topic) in fields
    assert ("course", "Rozmowa „przy stole”\n<b>druga</b> linia") in fields
    return action, fields


def test_a_locked_database_says_so_and_the_second_press_saves(ready, tmp_path, monkeypatch):
    path, told = live_in(tmp_path, monkeypatch, ready[0]), ready[1]
    port = free_port()
    server = start(server_command("127.0.0.1", port, 1))
    worker = Worker(port, told)
    try:
        assert answers(f"http://127.0.0.1:{port}/", within=20)
        draft_url = told["visit_url"] + "szkic/"
        assert worker.post(draft_url, worker.visit(1))[0] == 200
        with locked(path):
            began = time.monotonic()
            answer = worker.post(told["visit_url"], worker.visit(1))
            assert 1 < time.monotonic() - began < 15
        action, fields = refused(answer, "Baza danych jest chwilowo zajęta", "wizyta 1")
        assert topics(path) == []
        with closing(sqlite3.connect(path)) as db:
            assert "wizyta 1" in db.execute("SELECT data FROM papers_draft").fetchone()[0], "the draft is gone"
        assert worker.post(action, fields)[0] == 302
        assert topics(path) == ["wizyta 1"]
    finally:
        kill(server)


def job(path: Path, id: str) -> tuple[str, int]:
    with closing(sqlite3.connect(path, timeout=20)) as db:
        question = "SELECT status, json_array_length(worker_ids) FROM django_tasks_database_dbtaskresult WHERE id = ?"
        return db.execute(question, [id.replace("-", "")]).fetchone()


def done_within(path: Path, id: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if job(path, id)[0] == "SUCCESSFUL":
            return True
        time.sleep(0.2)
    return False


def test_a_job_waits_for_a_locked_database_and_a_dead_worker_s_job_is_done_again(ready, tmp_path, monkeypatch):
    path = live_in(tmp_path, monkeypatch, ready[0])
    id = script(PLAN)
    with locked(path):
        worker = start(job_commands()[0])
        time.sleep(5)  # starts, meets the lock, waits for it a few times
        assert worker.poll() is None, "the worker died of a locked database"
    try:
        assert done_within(path, id, 30), job(path, id)
    finally:
        kill(worker)
    again = script(PLAN)
    with closing(sqlite3.connect(path)) as db:  # as a worker of this machine left it that was killed in the middle
        name = os.uname().nodename[:40]
        db.execute(
            "UPDATE django_tasks_database_dbtaskresult SET status = 'RUNNING', worker_ids = ?, started_at = '2026-11-18 08:00:00'"
            " WHERE id = ?", [json.dumps([f"{name}:dead"]), again.replace("-", "")],
        )  # fmt: skip
        db.commit()
    worker = start(job_commands()[0])
    try:
        assert done_within(path, again, 30), job(path, again)
        assert job(path, again)[1] == 2
    finally:
        kill(worker)


def small_disk(folder: Path) -> bool:
    """Mount a disk of 12 MB there, where one may."""
    argv = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(argv, capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path) -> Iterator[tuple[Path, bool]]:
    """A folder on a disk that fills soon, and whether it is one: elsewhere the server may write no file above a size."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = small_disk(folder)
    yield folder, mounted
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_says_so_and_keeps_what_was_acknowledged(ready, disk, monkeypatch):
    folder, mounted = disk
    fills_up(ready, folder, monkeypatch, mounted=mounted)


def test_a_file_that_may_not_grow_says_so_and_keeps_what_was_acknowledged(ready, tmp_path, monkeypatch):
    (tmp_path / "limit").mkdir()
    fills_up(ready, tmp_path / "limit", monkeypatch, mounted=False)


def fills_up(ready: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, *, mounted: bool) -> None:
    """Save visits until there is no room; then make room and send again what the page kept."""
    path, told = live_in(folder, monkeypatch, ready[0]), ready[1]
    limit = path.stat().st_size + 200_000
    port = free_port()
    with monkeypatch.context() as patched:
        if not mounted:
            patched.setattr(subprocess, "Popen", limited(limit))
        server = start(server_command("127.0.0.1", port, 1))
    worker, kept, ballast = Worker(port, told), [], folder / "ballast"
    try:
        assert answers(f"http://127.0.0.1:{port}/", within=20)
        if mounted:
            free = os.statvfs(folder)
            ballast.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 800_000))
        answer: tuple[int, str, str | None] = (0, "", None)
        for n in range(1, 1500):
            answer = worker.post(told["visit_url"], worker.visit(n))
            if answer[0] != 302:
                break
            kept.append(f"wizyta {n}")
        title = "Na serwerze zabrakło miejsca na dysku" if mounted else "Serwer nie może zapisać na dysku"
        action, fields = refused(answer, title, f"wizyta {n}")
        assert len(kept) >= 3
        if mounted:
            ballast.unlink()
        else:
            kill(server)
            server = start(server_command("127.0.0.1", port, 1))
            assert answers(f"http://127.0.0.1:{port}/", within=20)
        status, page, _later = worker.post(action, fields)
        assert status == 302, page[:2000]
    finally:
        kill(server)
    assert topics(path) == [*kept, f"wizyta {n}"]


def limited(size: int) -> type[subprocess.Popen[bytes]]:
    """Children that may write no file above that size: what a quota or a full disk does, without needing one."""

    class Limited(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *told: Any, **named: Any) -> None:
            held = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, held[1]))
            try:
                super().__init__(*told, **named)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, held)

    return Limited
