"""The command line: what programs read is JSON alone, what people read is a sentence, what fails ends with 2."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.conf import cli, processes
from gniazdo.kernel.catalogue import KINDS

SOURCE = Path(cli.__file__).resolve().parents[2]


def gniazdo(*arguments: str, within: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; `within`: in that folder, with no data named."""
    bare = {name: value for name, value in os.environ.items() if within is None or not name.startswith("GNIAZDO_D")}
    return subprocess.run(
        [sys.executable, "-m", "gniazdo.conf.cli", *arguments],
        capture_output=True,
        text=True,
        env={**bare, **env},
        cwd=within,
        timeout=90,
    )


def run(*arguments: str) -> int:
    """The command in this process (faster, and coverage of failures); gives the exit code."""
    try:
        cli.app(list(arguments))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_catalogue_as_json(capsys):
    assert run("catalogue", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {"permission", "word list", "clock"} <= {d["kind"] for d in told}
    assert set(told[0]) == {"kind", "id", "room", "file", "line", "label"}


def test_the_catalogue_names_the_line_where_each_thing_is_declared(capsys):
    assert run("catalogue", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {d["kind"] for d in told} == set(KINDS)
    for d in told:
        lines = (SOURCE / d["file"]).read_text(encoding="utf-8").splitlines()
        declared = "\n".join(lines[d["line"] - 1 : d["line"] + 11])
        assert re.sub(r"\.v\d+$", "", d["id"]).split(".")[-1] in declared, (
            d
        )  # a sheet's version is a number beside its id
        assert d["label"] in declared, d
        assert d["room"] == Path(d["file"]).parts[1], d


def test_law_explains_a_limit(capsys):
    assert run("law", "L-01", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["article"]
    assert told["sentence"]


def test_law_computes_a_clock(capsys):
    assert run("law", "C-ASSIST-05", "start=2026-11-02", "--on", "22.11.2026", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2027-05-02"


@pytest.mark.parametrize("arguments", [["X-99"], ["C-ASSIST-05", "start=jutro"], ["L-01", "--on", "31.02.2026"]])
def test_law_says_what_is_wrong(arguments, capsys):
    assert run("law", *arguments) == 2
    assert capsys.readouterr().err.startswith("✗")


def test_law_for_people_is_polish(capsys):
    assert run("law", "C-ASSIST-01", "start=2026-05-18", "urgent=tak") == 0
    told = capsys.readouterr().out
    assert "20.05.2026" in told
    assert "przeczytane w tekście aktu (UW24, WYW21)" in told
    assert "Obowiązuje od: 15.11.2021" in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["due"], "Brakuje „--as”. Pomoc: gniazdo due --help"),
        (["nic"], "Nie ma polecenia „nic”."),
        (["law", "L-01", "--onn", "4"], "Nie ma opcji „--onn”."),
        (["demo", "--port", "abc"], "„abc” nie pasuje do „--port”."),
        (["catalogue", "--kind", "kartka"], "Nie ma rodzaju „kartka”. Jest: termin z prawa"),
    ],
)
def test_what_is_typed_wrong_is_said_in_polish(typed, said, capsys):
    assert run(*typed) != 0
    assert said in " ".join(capsys.readouterr().err.split())


def test_the_help_is_polish(capsys):
    run("due", "--help")
    told = capsys.readouterr().out
    assert "Użycie: gniazdo due" in told
    assert "wymagane" in told
    assert not [word for word in ("Usage", "Options", "required", "default", "Display") if word in told]


@pytest.mark.parametrize("command", [["due", "--as", "anna"], ["backup", "kopia.tar"]])
def test_without_data_there_is_a_sentence_and_no_file(tmp_path, command):
    ended = gniazdo(*command, within=tmp_path)
    assert ended.returncode == 2
    assert "Nie ma tu jeszcze danych" in ended.stderr
    assert not (tmp_path / "kopia.tar").exists()


def test_the_demo_county_is_found_where_nothing_else_stands(tmp_path):
    """`gniazdo demo`, then `gniazdo due`: the same data without naming the folder; not once there are data of one's own."""
    demo = tmp_path / ".data/demo"
    demo.mkdir(parents=True)
    (demo / "SEEDED").touch()
    ended = gniazdo("due", "--as", "anna", within=tmp_path)
    assert "Powiat pokazowy (" in ended.stderr
    assert not (tmp_path / ".data/gniazdo.sqlite3").exists()
    (tmp_path / ".data/gniazdo.sqlite3").touch()
    ended = gniazdo("due", "--as", "anna", within=tmp_path)
    assert "Nie ma tu jeszcze danych" in ended.stderr
    assert "Powiat pokazowy (" not in ended.stderr


def test_due_of_an_unknown_worker(db, capsys):
    assert run("due", "--as", "nikt.taki") == 2
    assert "nikt.taki" in capsys.readouterr().err


def test_due_as_json(cast, capsys):
    assert run("due", "--as", cast.anna.user.login, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_due_for_people_is_a_table_with_the_reason(cast, capsys):
    case = Corridor(cast).to("ACTIVE")
    assert run("due", "--as", cast.anna.user.login, "--on", f"{cast.today:%d.%m.%Y}") == 0
    told = capsys.readouterr().out
    assert "Termin" in told
    assert case.case_mark in told
    assert re.search(r"\b\d\d\.\d\d\.\d{4}\b", told)


@pytest.mark.parametrize(
    ("text", "iso"), [("2026-11-22", "2026-11-22"), ("22.11.2026", "2026-11-22"), ("1.2.2026", "2026-02-01")]
)
def test_days(text, iso):
    assert cli.as_day(text).isoformat() == iso


def test_serve_refuses_without_a_key(tmp_path):
    done = gniazdo("serve", GNIAZDO_SECRET_KEY="", GNIAZDO_HOSTS="", GNIAZDO_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "G-001" in done.stderr
    assert "G-003" in done.stderr
    assert not list(tmp_path.iterdir())


def test_serve_says_when_the_port_is_taken(tmp_path):
    data = tmp_path / "dane"
    data.mkdir(mode=0o750)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = gniazdo(
            "serve", "--port", str(port), GNIAZDO_DATA=str(data), GNIAZDO_DATABASE=f"sqlite:///{data / 'gniazdo.sqlite3'}",
            GNIAZDO_SECRET_KEY="abcdefghij0123456789" * 3, GNIAZDO_HOSTS="gniazdo.example.invalid",
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip() == (
        f"✗ G-011: Port {port} jest zajęty przez inny program. Podaj inny: gniazdo serve --port …"
    )


def test_a_backup_says_which_attachments_it_lacks(capsys):
    cli.say_missing([])
    assert capsys.readouterr().err == ""
    cli.say_missing([f"jednostka/{n}" for n in range(7)])
    said = " ".join(capsys.readouterr().err.split())
    assert "G-037: Kopia nie zawiera 7 załączników" in said
    assert "jednostka/4 …" in said


def test_demo_says_when_the_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = gniazdo("demo", "--port", str(port), "--no-open", GNIAZDO_DATA=str(tmp_path / "d"))
    assert done.returncode == 2
    assert f"Port {port} jest zajęty" in done.stderr


def test_demo_leaves_real_data_alone(tmp_path):
    (tmp_path / "gniazdo.sqlite3").write_text("prawdziwe")
    done = gniazdo("demo", "--port", str(free_port()), "--fresh", "--no-open", GNIAZDO_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "nie są pokazowe" in done.stderr
    assert (tmp_path / "gniazdo.sqlite3").read_text() == "prawdziwe"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def test_a_free_port_is_free():
    port = free_port()
    assert processes.port_is_free("127.0.0.1", port)
    with socket.socket() as s:
        s.bind(("127.0.0.1", port))
        s.listen()
        assert not processes.port_is_free("127.0.0.1", port)


def test_a_process_that_cannot_stay_up_ends_everything():
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    assert processes.run_together([sleeper, [sys.executable, "-c", "raise SystemExit(3)"]]) == 1


def test_stopping_stops_all():
    children = [processes.start([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2)]
    processes.stop_all(children)
    assert all(c.poll() is not None for c in children)
