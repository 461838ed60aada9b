"""A reader who chose English: papers stay Polish to the letter, what is kept in a family's file too, choices do not."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader
from test_outsider import addresses, arguments_of, filled, signed_in
from tree import told
from world import make_world

from gniazdo.access.actions import system_act
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.cases.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
PRINTED_BY_QUERY = {"?jako=pdf", "?jako=przejazdy"}


@pytest.fixture(autouse=True)
def afterwards_polish() -> Iterator[None]:
    """A request leaves its reader's language to the thread; the next test begins in Polish."""
    with translation.override("pl"):
        yield


def reads(user, language: str) -> None:
    with system_act("test"):
        user.language = language
        user.save()


def papers(world, who: str) -> dict[str, str]:
    """The text of every PDF a GET by that member of the cast gives."""
    client, found = signed_in(getattr(world.cast, who)), {}
    for route, _pattern in addresses():
        values = {n: world.argument(n, route) for n in arguments_of(route)}
        if None in values.values():
            continue
        for query in ("", *PRINTED_BY_QUERY):
            with transaction.atomic():
                response = client.get(filled(route, values) + query)
                content = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            if response.status_code == 200 and response["Content-Type"] == "application/pdf":
                pages = PdfReader(io.BytesIO(content)).pages
                found[route + query] = "\n".join(page.extract_text() for page in pages)
            if not any(word in route for word in ("czas", "miesi", "sprawozd")):
                break
    return found


@pytest.mark.parametrize("who", ["anna", "maria"])
def test_every_paper_is_polish_whoever_prints_it(cast, who):
    world = make_world(cast)
    user = getattr(cast, who).user
    polish = papers(world, who)
    reads(user, "en")
    english = papers(world, who)
    assert len(polish) > 10
    assert set(english) == set(polish)
    wrong = [f"/{route}" for route, text in polish.items() if english[route] != text]
    assert not wrong, told(wrong)


def test_what_is_kept_in_a_familys_file_is_polish(cast):
    with translation.override("en"):
        work = make_work(cast, name="Wędrowni")
        make_visit(work, days_ago=2, topic="Plan dnia")
    titles = list(Event.objects.system().filter(family=work.family).values_list("title", flat=True))
    assert any(title.startswith("Wszczęto sprawę") for title in titles)
    assert any(title.startswith("Wizyta") and title.endswith("min") for title in titles)


def test_choices_are_in_the_readers_language(cast):
    work = make_work(cast, name="Wędrowni")
    reads(cast.anna.user, "en")
    page = signed_in(cast.anna).get(reverse("assistance:visit-new", args=[work.case.pk])).content.decode()
    assert "arranged visit" in page
    assert "wizyta umówiona" not in page
    reads(cast.daria.user, "en")
    page = signed_in(cast.daria).get(reverse("access:journal")).content.decode()
    assert "Zapisz wizytę" not in page
