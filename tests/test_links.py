"""Every link a worker of the demo county is shown opens, and every command the README names answers there."""

from __future__ import annotations

import re
from collections import Counter, deque
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from tree import told

from gniazdo.conf import cli
from gniazdo.exchange.library.demo import build
from gniazdo.exchange.library.demo.workbooks import write_examples
from gniazdo.kernel import clock
from gniazdo.orgs.models import User

TODAY = date(2026, 11, 23)
LINK = re.compile(r'href="(/[^"#]*)')
BACKEND = "gniazdo.orgs.middleware.session.AuthenticationBackend"
EACH = 2  # pages of one kind looked at by one person
NOT_OURS = ("/static/", "/jezyk/", "/konto/")


def dead_links(login: str) -> list[str]:
    """Where this person is led in vain, walking from My Day."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(login=login), backend=BACKEND)
    waiting, known, looked, wrong = deque([("/", "")]), {"/"}, Counter(), []
    while waiting:
        url, found_on = waiting.popleft()
        try:
            name = resolve(url.split("?")[0]).view_name
        except Resolver404:
            wrong.append(f"{login}: {found_on} leads to {url}, which is no page")
            continue
        looked[name] += 1
        if looked[name] > EACH:
            continue
        response = client.get(url)
        if response.status_code >= 400:
            wrong.append(f"{login}: {found_on} leads to {name} ({url}): {response.status_code}")
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for link in LINK.findall(response.content.decode()):
            link = link.replace("&amp;", "&")
            if link not in known and not link.startswith(NOT_OURS):
                known.add(link)
                waiting.append((link, name))
    assert sum(looked.values()) > 5
    return wrong


README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SAID_THERE = sorted(set(re.findall(r"`uv run gniazdo ([^`]+)`", README)))
COMMAND_WITH_A_SERVER = ("demo", "serve")


def run(*words: str) -> int:
    """The command line in this process; its exit code."""
    try:
        cli.app(list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def wrong_commands(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The README's own commands that do not answer."""
    sheets = folder / "arkusze"
    sheets.mkdir()
    file = next(path for path in write_examples(sheets, on=TODAY) if path.suffix == ".csv")
    asked = [line.split() for line in SAID_THERE if not line.startswith(COMMAND_WITH_A_SERVER)]
    asked = [[str(file) if word == "FILE" else word for word in words] for words in asked]
    asked += [["due", "--as", login] for login in ("maria", "artur")]  # the whole cast: test_due_and_board
    wrong = []
    for words in asked:
        code = run(*words)
        told = capsys.readouterr()
        if code or not told.out.strip():
            wrong.append(f"gniazdo {' '.join(words)}: {code} {told.err[-200:]}")
    assert len(asked) > 5
    return wrong


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")
def test_no_link_leads_to_a_refusal_and_the_readme_s_commands_answer(tmp_path, capsys) -> None:
    build(families=8, today=TODAY)
    with clock.stopped(clock.moment(TODAY, 10)):
        wrong = [line for login in ("maria", "anna", "lena", "piotr", "sonia", "artur") for line in dead_links(login)]
        wrong += wrong_commands(tmp_path, capsys)
    assert not wrong, told(wrong)
