"""Every link a worker of the demo county is shown opens: nobody is led to a page that refuses them."""

from __future__ import annotations

import re
from collections import Counter, deque
from datetime import date

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from tree import told

from gniazdo.exchange.library.demo import build
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")
def test_no_link_leads_to_a_refusal() -> None:
    build(families=8, today=TODAY)
    with clock.stopped(clock.moment(TODAY, 10)):
        wrong = [line for login in ("maria", "anna", "lena", "piotr", "sonia", "artur") for line in dead_links(login)]
    assert not wrong, told(wrong)
