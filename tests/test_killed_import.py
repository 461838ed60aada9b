"""The worker is killed in the middle of an import, twice: each family is there whole or not at all, and in the end each is there once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gniazdo.conf.processes import job_commands, start

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = 500
PREPARE = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
if "exchange_importrun" not in connection.introspection.table_names():
    call_command("migrate", verbosity=0, interactive=False)
from gniazdo.exchange.actions import begin_import, map_columns, start_import
from gniazdo.exchange.tasks import read_in
from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import make_cast
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for
today = clock.today()
post = Post.objects.system().filter(user__last_name="Kierownik").first()
if post is None:
    post = make_cast(today).maria
maria = actor_for(post.user, on=today)
run = start_import(maria, None, file_name="rodziny.csv", content=open(sys.argv[1], "rb").read())
run = map_columns(maria, run, columns=run.mapping["columns"], last_first=True, on=today)
if "--read" in sys.argv:
    begin_import(maria, run)
    read_in.enqueue(run_id=str(run.pk), post_id=str(maria.post_id))
print(json.dumps({"run": run.pk.hex, "counts": run.counts}))
"""
RESUME = """
import django
django.setup()
from datetime import timedelta
from gniazdo.exchange.tasks import resume_stalled
from gniazdo.kernel import clock
with clock.stopped(clock.now() + timedelta(minutes=11)):  # what the clock of jobs does ten minutes later
    print(resume_stalled.func())
"""
WHOLE = """
SELECT i.key, (SELECT count(*) FROM people_membership m WHERE m.family_id = i.family_id),
    (SELECT count(*) FROM people_address a WHERE a.family_id = i.family_id) FROM exchange_importedfamily i
"""


def surname(n: int) -> str:
    """A surname of its own for each family, in letters."""
    return "Wilk" + "".join("aeiouydlmn"[int(digit)] for digit in str(n))


def size(n: int) -> int:
    return n % 4 + 1


@pytest.fixture
def folder(tmp_path, monkeypatch, transactional_db) -> Path:
    """A data folder with a migrated database file and the list of families; processes started from here live in it."""
    path = tmp_path / "gniazdo.sqlite3"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    lines = ["Nr rodziny;Nazwisko;Imię;Data urodzenia;Ulica;Miejscowość"]
    for n in range(FAMILIES):
        lines += [
            f"{n};{surname(n)};Osoba{'abcd'[m]};{1 + m}.03.{1980 + 9 * m};ul. Leśna {n + 1};Dębowo"
            for m in range(size(n))
        ]
    (tmp_path / "rodziny.csv").write_text("\n".join(lines), encoding="utf-8")
    for name, value in {
        "GNIAZDO_DATA": str(tmp_path), "GNIAZDO_DATABASE": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "gniazdo.conf.settings",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return tmp_path


def script(text: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", text, *arguments], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def ask(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "gniazdo.sqlite3", timeout=20)) as db:
        return db.execute(question).fetchall()


def watch(folder: Path, question: str, seconds: float) -> Iterator[Any]:
    """The answer again and again until the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield ask(folder, question)[0][0]
        time.sleep(0.005)


def kill_when(folder: Path, families: int) -> int:
    """Start the worker, kill it at once when so many families are in; how many there are then."""
    worker = start(job_commands()[0])
    try:
        for count in watch(folder, "SELECT count(*) FROM exchange_importedfamily", 60):
            if count >= families or worker.poll() is not None:
                break
        assert worker.poll() is None
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    return int(ask(folder, "SELECT count(*) FROM exchange_importedfamily")[0][0])


def each_is_whole(folder: Path) -> None:
    rows = ask(folder, WHOLE)
    assert [(key, people, homes) for key, people, homes in rows if (people, homes) != (size(int(key)), 1)] == []
    assert len({key for key, *_rest in rows}) == len(rows)
    people = sum(size(int(key)) for key, *_rest in rows)
    assert ask(folder, "SELECT count(*) FROM people_family") == [(len(rows),)]
    assert ask(folder, "SELECT count(*) FROM people_person") == [(people,)]
    assert ask(folder, "PRAGMA integrity_check") == [("ok",)]
    assert ask(folder, "PRAGMA foreign_key_check") == []


@pytest.mark.django_db(transaction=True)  # or nobody makes the database that is copied
@pytest.mark.own_database
def test_a_killed_import_leaves_whole_families_and_ends_with_each_once(folder) -> None:
    told = script(PREPARE, str(folder / "rodziny.csv"), "--read")
    assert told["counts"]["new"] == FAMILIES
    seen = 0
    for wanted in (60, 220):
        count = kill_when(folder, wanted)
        assert seen < count < FAMILIES
        seen = count
        each_is_whole(folder)
        assert ask(folder, "SELECT state FROM exchange_importrun") == [("RUNNING",)]
        assert script(RESUME) == 1
    worker = start(job_commands()[0])
    try:
        assert any(state == "DONE" for state in watch(folder, "SELECT state FROM exchange_importrun", 60))
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    each_is_whole(folder)
    assert ask(folder, "SELECT count(*) FROM exchange_importedfamily") == [(FAMILIES,)]
    assert ask(folder, "SELECT problems FROM exchange_importrun") == [("[]",)]
    again = script(PREPARE, str(folder / "rodziny.csv"))
    assert (again["counts"]["known"], again["counts"]["new"]) == (FAMILIES, 0)
