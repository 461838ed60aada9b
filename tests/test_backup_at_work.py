"""`gniazdo backup` while others write without pause, `gniazdo restore` into an empty place: one state, whole. On both databases."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
import os, django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0, interactive=False)
from gniazdo.access.actions import system_act
from gniazdo.exchange.models import ImportRun
from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import make_cast
cast = make_cast(clock.today())
with system_act("test"):
    for n in range(24):  # so that copying takes long enough to be written into
        ImportRun(institution=cast.institution, content=os.urandom(1_500_000), file_name=f"{n}.csv", header=["x"],
                  by=cast.anna, list_name=f"lista {n}").save()
"""
WRITE = """
import itertools, sys, django
django.setup()
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for
from gniazdo.papers.actions import attach_file
from gniazdo.people.actions import set_address
from gniazdo.people.tests.factories import let_in, make_family
today = clock.today()
post = Post.objects.system().select_related("user", "institution").get(user__login="anna.asystentka")
for n in itertools.count():
    family = make_family(post.institution, f"Pisana {sys.argv[1]} {n}")
    let_in(family, post)
    actor = actor_for(post.user, on=today, post_id=post.pk)
    set_address(actor, family, since=today, street=f"Lipowa {n}", town="Wola", postal_code="99-001")
    attach_file(actor, family, content=b"%PDF-1.7 " + str(n).encode() * 3000, name="skan.pdf", on=today)
    print(n, flush=True)
"""
CHECK = """
import hashlib, json, django
django.setup()
from django.apps import apps
from django.db import connection
from gniazdo.access.models import JournalEntry
from gniazdo.papers.models import StoredFile
from gniazdo.papers.queries import path_of
from gniazdo.people.models import Address, Family
ids, lone = {}, []
for entry in JournalEntry.objects.order_by("pk"):
    if entry.object_id and entry.outcome == "done" and "." in entry.object_kind and entry.changes.get("verb") == "create":
        model = apps.get_model(entry.object_kind)
        ids.setdefault(model, set(model._base_manager.values_list("pk", flat=True)))
        if entry.object_id not in ids[model]:
            lone.append(f"{entry.pk} {entry.object_kind}")
journalled = set(JournalEntry.objects.filter(outcome="done").values_list("object_id", flat=True))
files = list(StoredFile.objects.system().order_by("pk"))
bad = [f.path for f in files if not path_of(f.path).exists()
       or hashlib.sha256(path_of(f.path).read_bytes()).hexdigest() != f.sha256]
unwritten = [str(row.pk) for model in (Address, StoredFile) for row in model.objects.system() if row.pk not in journalled]
connection.check_constraints()
names = sorted(Family.objects.system().values_list("name", flat=True))
print(json.dumps({"lone": lone, "bad": bad, "unwritten": unwritten, "names": names, "files": len(files)}))
"""


class Place:
    """A data folder and a database of its own; programs of ours run in it as processes."""

    def __init__(self, folder: Path, database: str) -> None:
        folder.mkdir()
        self.env = {
            **os.environ, "GNIAZDO_DATA": str(folder), "GNIAZDO_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "gniazdo.conf.settings",
        }  # fmt: skip

    def python(self, program: str, *arguments: str) -> str:
        argv = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=180, cwd=ROOT, env=self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def writer(self, name: str, said: Path) -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-u", "-c", WRITE, name]
        with said.open("wb") as out:
            return subprocess.Popen(argv, stdout=out, cwd=ROOT, env=self.env)

    def gniazdo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "gniazdo.conf.cli", *arguments]
        return subprocess.run(argv, capture_output=True, text=True, timeout=180, cwd=ROOT, env=self.env)


@pytest.fixture
def places(tmp_path, django_db_setup, django_db_blocker) -> Iterator[tuple[Place, Place]]:
    """Where people work, and an empty place to restore in; on the kind of database the suite runs on."""
    if connection.vendor == "sqlite":
        urls = {name: f"sqlite:///{tmp_path / name / 'gniazdo.sqlite3'}" for name in ("work", "empty")}
        made = [Place(tmp_path / name, url) for name, url in urls.items()]
        with django_db_blocker.unblock(), closing(sqlite3.connect(tmp_path / "work/gniazdo.sqlite3")) as target:
            connection.ensure_connection()
            connection.connection.backup(target)  # spares the migrations
        yield made[0], made[1]
        return
    told, pid = connection.settings_dict, os.getpid()
    names = [f"gniazdo_{what}_{pid}" for what in ("work", "empty")]
    server = f"postgresql://{quote(told['USER'])}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield (
                Place(tmp_path / "work", f"{server}/{names[0]}"),
                Place(tmp_path / "empty", f"{server}/{names[1]}"),
            )
        finally:
            for name in names:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_copy_made_among_writers_is_one_whole_state(places, tmp_path):
    work, empty = places
    work.python(PREPARE)
    said = {name: tmp_path / f"{name}.txt" for name in ("A", "B")}
    writers = [work.writer(name, file) for name, file in said.items()]
    try:
        before = acknowledged(said, 3)
        done = work.gniazdo("backup", str(tmp_path / "kopia.zip"))
        after = acknowledged(said, 3)
        assert [one.poll() for one in writers] == [None, None], "a writer died"
    finally:
        for one in writers:
            one.kill()
            one.wait()
    assert done.returncode == 0, done.stderr
    assert "G-037" not in done.stderr
    restored = empty.gniazdo("restore", str(tmp_path / "kopia.zip"))
    assert restored.returncode == 0, restored.stderr
    found = json.loads(empty.python(CHECK))
    assert (found["lone"], found["bad"], found["unwritten"]) == ([], [], [])
    for name, many in before.items():
        assert {f"Pisana {name} {n}" for n in range(many)} <= set(found["names"]), "an acknowledged write is missing"
        numbers = sorted(int(said.split()[-1]) for said in found["names"] if said.startswith(f"Pisana {name} "))
        assert numbers == list(range(len(numbers))), "a later write without an earlier one: not one state"
    assert sum(after.values()) > sum(before.values()) + 2, "nobody wrote meanwhile: the test proves nothing"
    again = empty.gniazdo("restore", str(tmp_path / "kopia.zip"))
    assert again.returncode == 2
    assert again.stderr.startswith("✗ G-034: W tej instalacji są już dane.")


def acknowledged(said: dict[str, Path], least: int) -> dict[str, int]:
    """How many saves each writer has been told are done; waits until there are so many."""
    until = time.monotonic() + 30
    while True:
        done = {name: file.read_text().count("\n") for name, file in said.items()}
        if min(done.values()) >= least:
            return done
        assert time.monotonic() < until, done
        time.sleep(0.02)
