"""Measures real pages over HTTP against the bare page of the same run, and writes the table of ratios to latest.md.

`python -m benchmarks.run --label SQLite --scale 1.0 --full sqlite:////data/full.sqlite3 --small sqlite:////data/small.sqlite3`
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).parent
ROUNDS = 60
ENOUGH = 5000  # milliseconds of one page
TOKEN = "b" * 32
FAST, FULL_PAGE, SAVE = 4.0, 8.0, 8.0


class Browser:
    """One kept-open connection signed in as somebody."""

    def __init__(self, port: int, session: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")

    def ask(self, path: str, data: dict[str, Any] | None = None) -> tuple[float, int, bytes]:
        """(milliseconds, status, body) of one request."""
        headers = {"Cookie": self.cookie, "X-CSRFToken": TOKEN}
        body = None
        if data is not None:
            body = urlencode(data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request("POST" if data is not None else "GET", path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        return (time.perf_counter() - began) * 1000, response.status, content


@contextmanager
def server(port: int, database: str) -> Iterator[subprocess.Popen[bytes]]:
    """Two workers of the server as the product starts it, on loopback."""
    from gniazdo.conf.processes import answers, server_command

    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "GNIAZDO_DATABASE": database,
        "GNIAZDO_THROTTLE": "100000000",
    }
    process = subprocess.Popen(server_command("127.0.0.1", port, 2), env=environment, cwd=HERE.parent)
    try:
        if not answers(f"http://127.0.0.1:{port}/bare/?od=m", within=60):
            raise SystemExit("the server did not start")
        yield process
    finally:
        process.terminate()
        process.wait(20)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Resident megabytes of the largest worker."""
    rows = subprocess.run(
        ["ps", "-o", "rss=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    return max(map(int, rows), default=0) / 1024


def session_of(login: str) -> str:
    """A session cookie of that user, as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from gniazdo.orgs.models import User

    user, store = User.objects.get(login=login), SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "gniazdo.orgs.middleware.session.AuthenticationBackend"
    store["seen_at"] = time.time() + 3600
    store.save()
    return str(store.session_key)


class Targets:
    """Real addresses of one assistant's work, and of the manager's."""

    def __init__(self) -> None:
        from gniazdo.access.models import AccessGrant
        from gniazdo.cases.models import CaseFile
        from gniazdo.orgs.models import Post
        from gniazdo.people.models import Family, Membership
        from gniazdo.plans.models import Plan

        post = Post.objects.system().get(user__login="assistant3")
        families = list(
            AccessGrant.objects.system().filter(post_id=post.pk).order_by("id").values_list("subject_id", flat=True)
        )
        plan = Plan.objects.system().filter(family_id__in=families).order_by("id").first()
        assert plan is not None
        self.plan, self.family = plan.pk, plan.family_id
        self.case = CaseFile.objects.system().get(family_id=self.family).pk
        members = list(
            Membership.objects.system().filter(family_id=self.family).select_related("person").order_by("id")
        )
        self.child = members[-1].person_id
        who = members[0].person
        self.typo = f"{who.last_name[:3]}{who.last_name[4:]} {who.first_name}"
        middle = Family.objects.system().filter(sort_key__gte="34").order_by("sort_key", "id").first()
        assert middle is not None
        self.middle = urlencode({"po": f"{middle.sort_key}|{middle.pk}"})

    def pages(self) -> list[tuple[str, str, str, float]]:
        """(name, login, address, budget in bare pages)."""
        q = urlencode({"q": self.typo})
        return [
            ("lista rodzin, asystent", "assistant3", "/sprawy/rodziny/", FAST),
            ("lista rodzin ze środka alfabetu, kierownik", "manager0", f"/sprawy/rodziny/?{self.middle}", FAST),
            ("wyszukiwanie z literówką, asystent", "assistant3", f"/szukaj/?{q}", FAST),
            ("wyszukiwanie z literówką, kierownik", "manager0", f"/szukaj/?{q}", FAST),
            ("terminy, asystent", "assistant3", "/terminy/", FAST),
            ("terminy całej jednostki, kierownik", "manager0", "/terminy/?czyje=all", FAST),
            ("strona rodziny, asystent", "assistant3", f"/rodzina/{self.family}/", FULL_PAGE),
            ("strona rodziny, kierownik", "manager0", f"/rodzina/{self.family}/", FULL_PAGE),
            ("strona dziecka, asystent", "assistant3", f"/osoby/osoba/{self.child}/", FULL_PAGE),
            ("Mój dzień, asystent", "assistant3", "/", 0),
            ("tablica kierownika", "manager0", "/kierowanie/", 0),
        ]  # fmt: skip


def against_bare(port: int, session: str, path: str) -> dict[str, float]:
    """The page and the bare page by turns: medians, p95 and their ratio."""
    page, bare = Browser(port, session), Browser(port)
    mine, yardstick = [], []
    for n in range(ROUNDS + 6):
        took, status, _body = page.ask(path)
        plain, _status, _plain = bare.ask(f"/bare/?od={'abdgklmprst'[n % 11]}")
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        if n >= 6:
            mine.append(took)
            yardstick.append(plain)
        if n > 16 and sum(mine) > ENOUGH:
            break
    return {
        "p50": median(mine),
        "p95": quantiles(mine, n=20)[18],
        "bare": median(yardstick),
        "ratio": median(mine) / median(yardstick),
    }


def queries_of(session: str, path: str) -> int:
    """How many statements the page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies["sessionid"] = session
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def written(
    port: int, sessions: list[str], make: Callable[[int, int], tuple[str, dict[str, Any]]], each: int
) -> dict[str, float]:
    """Posts of several writers at once: median, p95, errors (anything but a redirect or 204)."""
    took: list[float] = []
    wrong: list[int] = []

    def write(k: int) -> None:
        browser = Browser(port, sessions[k])
        for n in range(each):
            ms, status, _body = browser.ask(*make(k, n))
            took.append(ms)
            if status not in (204, 302, 303):
                wrong.append(status)

    threads = [threading.Thread(target=write, args=(k,)) for k in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"p50": median(took), "p95": quantiles(took, n=20)[18], "errors": len(wrong), "sent": len(took)}


class Writers:
    """Forms that eight assistants send."""

    def __init__(self, today: date) -> None:
        from gniazdo.access.models import AccessGrant
        from gniazdo.cases.models import CaseFile
        from gniazdo.orgs.models import Post, User
        from gniazdo.orgs.queries import actor_for

        self.today, self.stamp = today, f"{time.time():.0f}"
        self.sessions, self.cases, self.actors, self.members = [], [], [], []
        for k in range(8):
            user = User.objects.get(login=f"assistant{k + 5}")
            post = Post.objects.system().get(user=user)
            subjects = AccessGrant.objects.system().filter(post_id=post.pk).values("subject_id")
            cases = CaseFile.objects.system().filter(family_id__in=subjects, state="ACTIVE").order_by("id")
            self.cases.append([c.pk for c in cases[:10]])
            self.sessions.append(session_of(user.login))
            actor = actor_for(user, on=today)
            assert actor is not None
            self.actors.append(actor)

    def bare(self, k: int, n: int) -> tuple[str, dict[str, Any]]:
        """One row."""
        return "/bare/insert/", {"name": f"{self.stamp} {k} {n}"}

    def visit(self, k: int, n: int) -> tuple[str, dict[str, Any]]:
        """A visit with activities and the next meeting."""
        return f"/asysta/sprawa/{self.cases[k][n % len(self.cases[k])]}/wizyta/", {
            "kind": "PLANNED", "on": self.today.isoformat(), "starts": "10:15", "minutes": "60", "place": "HOME", "activities": ["BUDGET", "SCHOOL"],
            "topic": self.stamp, "course": "Rozmowa o wydatkach i o szkole. " * 5, "observation": "Dzieci odrabiały lekcje.", "next_in": "7",
        }  # fmt: skip

    def person(self, k: int, n: int) -> tuple[str, dict[str, Any]]:
        """A person nobody has seen yet, the search already shown."""
        from gniazdo.people.queries import proof_of_search

        letters = "".join(chr(97 + int(d)) for d in f"{self.stamp}{k}{n:03d}")
        data = {
            "first_name": "Alicja",
            "last_name": f"Q{letters}",
            "sex": "F",
            "born_on": "1990-05-05",
            "citizenship": "polskie",
        }
        return "/osoby/nowa/", {**data, "seen": proof_of_search(self.actors[k], data)}


def writing(port: int, today: date) -> dict[str, Any]:
    """Saving alone and with eight writers, bare and real, and whether every acknowledged row is there."""
    from benchmarks.models import Bare
    from gniazdo.assistance.models import Visit
    from gniazdo.people.models import Person

    writers, found = Writers(today), {}
    count = {
        "bare": lambda: Bare.objects.filter(name__startswith=writers.stamp).count(),
        "visit": lambda: Visit.objects.system().filter(topic=writers.stamp).count(),
        "person": lambda: (
            Person.objects.system()
            .filter(created_at__date__gte=today - timedelta(days=1), last_name__startswith="Q")
            .count()
        ),
    }
    for many in (1, 8):
        for kind in ("bare", "visit", "person"):
            before = count[kind]()
            shift = many * 100  # no name twice
            make = getattr(writers, kind)
            one = written(
                port,
                writers.sessions[:many],
                lambda k, n, make=make, shift=shift: make(k, n + shift),
                40 if many == 1 else 20,
            )
            one["lost"] = one["sent"] - one["errors"] - (count[kind]() - before)
            one["ratio"] = one["p50"] / found[f"bare {many}"]["p50"] if kind != "bare" else 1.0
            found[f"{kind} {many}"] = one
    return found


def inside(targets: Targets, today: date) -> dict[str, float]:
    """What is budgeted in milliseconds: the name search by itself and the PDF of a plan."""
    from django.test import Client

    from gniazdo.orgs.models import User
    from gniazdo.orgs.queries import actor_for
    from gniazdo.people.models import Person
    from gniazdo.people.queries.find import find_people

    actor = actor_for(User.objects.get(login="manager0"), on=today)
    assert actor is not None
    sample = list(
        Person.objects.system()
        .filter(sort_key__gte="30")
        .order_by("sort_key", "id")
        .values_list("first_name", "last_name")[:20000:200]
    )
    cold: list[float] = []
    took: list[float] = []
    hits = 0
    for taken in (cold, took):  # first what lies on the disk, then what the machine remembers, as pages are measured
        for first, last in sample:
            typed = f"{last[:2]}{last[3:]} {first}"
            began = time.perf_counter()
            rows = find_people(actor, typed, on=today)
            taken.append((time.perf_counter() - began) * 1000)
            hits += any(last in row.name for row in rows)
    client = Client()
    client.cookies["sessionid"] = session_of("assistant3")
    papers = []
    for _n in range(12):
        began = time.perf_counter()
        client.get(f"/plany/{targets.plan}/druk/")
        papers.append((time.perf_counter() - began) * 1000)
    return {
        "search p50": median(took),
        "search p95": quantiles(took, n=20)[18],
        "search cold": quantiles(cold, n=20)[18],
        "search hits": hits / len(sample) / 2,
        "pdf": median(papers[2:]),
    }


def importing(today: date, rows: int = 10_000) -> float:
    """Seconds to read in a file of so many persons through the verbs of the import."""
    from gniazdo.exchange.actions import carry_out, map_columns, start_import
    from gniazdo.exchange.library.demo.invent import Inventor
    from gniazdo.orgs.models import User
    from gniazdo.orgs.queries import actor_for

    actor = actor_for(User.objects.get(login="manager0"), on=today)
    assert actor is not None
    stamp = int(time.time())  # another run brings other families
    inventor, lines, n = Inventor(stamp), [], 0
    while len(lines) < rows:
        family = inventor.family(today, "Dębowo", "99-001")
        n += 1
        lines += [
            f"{p.last_name}{'abcdefghij'[n % 10]}q;{p.first_name};{p.born_on};{family.street} {n};{family.town};{stamp}{n:05d}"
            for p in family.people
        ]
    content = "\n".join(["Nazwisko;Imię;Data urodzenia;Ulica;Miejscowość;Nr rodziny", *lines[:rows]]).encode()
    run = start_import(actor, None, file_name="osoby.csv", content=content)
    run = map_columns(actor, run, columns=run.mapping["columns"], last_first=False, on=today)
    began = time.perf_counter()
    done = carry_out(actor, run, on=today)
    took = time.perf_counter() - began
    print(f"import: {done.state} {done.total} rodzin, {len(done.problems)} uwag", flush=True)
    return took


def measure(database: str, port: int, *, whole: bool) -> dict[str, Any]:
    """Everything on one database; without `whole` only the pages. Run in a process of its own."""
    import django

    os.environ["GNIAZDO_DATABASE"] = database
    os.environ["GNIAZDO_THROTTLE"] = "100000000"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    from gniazdo.kernel import clock

    today, targets = clock.today(), Targets()
    sessions = {login: session_of(login) for login in ("assistant3", "manager0")}
    found: dict[str, Any] = {"pages": {}}
    with server(port, database) as process:
        for name, login, path, budget in targets.pages():
            found["pages"][name] = {
                **against_bare(port, sessions[login], path),
                "budget": budget,
                "queries": queries_of(sessions[login], path),
            }
            print(f"{name:45} {found['pages'][name]['p50']:7.1f} ms  × {found['pages'][name]['ratio']:.1f}", flush=True)
        if whole:
            found["writing"] = writing(port, today)
        found["memory"] = memory(process)
    if whole:
        found["inside"] = inside(targets, today)
        found["import"] = importing(today)
    return found


def table(results: dict[str, Any]) -> str:
    """The measured table in Polish, for the README."""
    from gniazdo.kernel.clock import today

    lines = [f"Zmierzono {today():%d.%m.%Y} na maszynie: {os.cpu_count()} rdzenie, {platform.machine()}, Python {platform.python_version()}; serwer i klient na tej "
             "samej maszynie, czasy w milisekundach (mediana / p95), krotność względem gołej strony Django z tego samego przebiegu. Mała baza to 1/100 pełnej skali.", ""]  # fmt: skip
    for label, found in results.items():
        scale = found["scale"]
        sizes = f"{int(1_000_000 * scale):,} osób, {int(250_000 * scale):,} rodzin, {int(40_000 * scale):,} otwartych spraw, {int(2_000_000 * scale):,} wizyt"
        lines += [f"### {label}: {sizes.replace(', ', '; ').replace(',', ' ')}", "",
                  "| co | czas | krotność | budżet | względem małej bazy | zapytań | wynik |", "|---|---|---|---|---|---|---|"]  # fmt: skip
        for name, one in found["pages"].items():
            small = found.get("small", {}).get(name)
            growth = (one["ratio"] / small["ratio"]) if small else 0
            good = not one["budget"] or (
                one["ratio"] <= one["budget"]
                and (one["budget"] > FAST or growth <= 1.5)
                and (one["budget"] < FULL_PAGE or one["queries"] <= 15)
            )
            budget = f"≤ {one['budget']:.0f}" if one["budget"] else "–"
            lines.append(
                f"| {name} | {one['p50']:.1f} / {one['p95']:.1f} | {one['ratio']:.1f} | {budget} | {f'× {growth:.2f}' if growth else '–'} | {one['queries']} | {_verdict(one['budget'], good)} |"
            )
        names = {"bare": "goły zapis jednego wiersza", "visit": "zapis wizyty", "person": "zapis osoby"}
        for key, one in found.get("writing", {}).items():
            kind, many = key.split()
            budget = f"≤ {SAVE:.0f}" if kind != "bare" else "–"
            good = one["ratio"] <= SAVE and not one["errors"] and not one["lost"]
            lines.append(
                f"| {names[kind]}, piszących: {many} (błędów {one['errors']}, zgubionych {one['lost']}) | {one['p50']:.1f} / {one['p95']:.1f} | {one['ratio']:.1f} | {budget} | – | – | {_verdict(budget != '–', good)} |"
            )
        if "inside" in found:
            more = found["inside"]
            lines.append(
                f"| samo wyszukiwanie z literówką (trafień {more['search hits']:.0%}; p95 pierwszego pytania, z dysku: {more['search cold']:.0f} ms) | {more['search p50']:.1f} / {more['search p95']:.1f} | – | ≤ 30 ms | – | – | {_verdict(True, more['search p95'] <= 30)} |"
            )
            lines.append(
                f"| PDF planu | {more['pdf']:.0f} | – | ≤ 80 ms | – | – | {_verdict(True, more['pdf'] <= 80)} |"
            )
            lines.append(
                f"| import 10 000 wierszy | {found['import']:.1f} s | – | ≤ 30 s | – | – | {_verdict(True, found['import'] <= 30)} |"
            )
        lines += [
            f"| pamięć procesu serwera | {found['memory']:.0f} MB | – | ≤ 250 MB | – | – | {_verdict(True, found['memory'] <= 250)} |",
            "",
        ]
    return "\n".join(lines)


def _verdict(budgeted: object, good: bool) -> str:
    return ("w budżecie" if good else "**poza budżetem**") if budgeted else "bez budżetu"


def main() -> None:
    """Measure one database in processes of their own, keep the numbers, write the table of all kept ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--label", default="SQLite")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--full", required=True)
    parser.add_argument("--small", default="")
    parser.add_argument("--keep", default=str(Path(tempfile.gettempdir()) / "gniazdo-benchmarks.json"))
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    if wanted.only:
        Path(wanted.keep).write_text(json.dumps(measure(wanted.full, wanted.port, whole=wanted.only == "whole")))
        return
    kept = Path(wanted.keep)
    results = json.loads(kept.read_text()) if kept.exists() else {}
    found = _apart(wanted.full, wanted.port, "whole")
    if wanted.small:
        found["small"] = _apart(wanted.small, wanted.port + 1, "pages")["pages"]
    results[wanted.label] = {**found, "scale": wanted.scale}
    kept.write_text(json.dumps(results))
    (HERE / "latest.md").write_text(table(results))
    print(table(results))


def _apart(database: str, port: int, what: str) -> dict[str, Any]:
    """Measure in a process of its own: a process has one database."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            sys.executable,
            "-m",
            "benchmarks.run",
            "--full",
            database,
            "--port",
            str(port),
            "--only",
            what,
            "--keep",
            out.name,
        ]
        subprocess.run(command, check=True, cwd=HERE.parent)
        return json.loads(Path(out.name).read_text())  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
