"""The main pages in a real browser: no accessibility violation, no sideways scroll, no word of the CSP; a visit on a phone."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from gniazdo.assistance.models import Visit
from gniazdo.assistance.tests.working import Work, make_visit, make_work
from gniazdo.platform.tests.browsing import follow, too_wide, violations

LOOKS = (("light", 1280), ("dark", 1280), ("light", 390))


@pytest.fixture
def work(transactional_db, cast) -> Work:
    made = make_work(cast, name="Wędrowni")
    make_visit(made, days_ago=30, topic="Plan dnia", next_on=made.today, next_at=time(11))
    make_visit(made, days_ago=8, topic="Kontakt ze szkołą", next_on=made.today + timedelta(days=7))
    return made


def pages_of(work: Work) -> dict[str, list[str]]:
    """Whose day it is → the addresses that make it up."""
    family = reverse("desk:family-view", args=[work.family.pk])
    case = [work.case.pk]
    tabs = [f"{family}?zakladka={t}" for t in ("plan", "wizyty", "oceny", "pisma", "sad", "terminy", "sprawy")]
    return {
        "anna": [
            "/", family, *tabs, reverse("assistance:visit-new", args=case), reverse("cases:case-view", args=case),
            reverse("people:family-people", args=[work.family.pk]), reverse("people:family-genogram", args=[work.family.pk]),
            reverse("people:family-ecomap", args=[work.family.pk]), reverse("people:person-view", args=[work.mother.pk]),
            reverse("assistance:timecard"), reverse("assistance:assessment-new", args=case), reverse("plans:plan-case", args=case),
            reverse("deadlines:board"), reverse("deadlines:law"), reverse("desk:search") + "?q=Wedrowni", reverse("cases:family-list"),
        ],
        "maria": [
            "/", reverse("desk:board"), reverse("assistance:intake-list"), reverse("assistance:waiting-list"),
            reverse("reports:report-list"), reverse("reports:report-view", args=["asysta-polrocze"]), reverse("exchange:import-list"),
            reverse("orgs:post-list"), reverse("orgs:institution-view"), reverse("orgs:parameter-list"),
            reverse("people:person-register"), reverse("assistance:referral-new"),
        ],
        "sonia": ["/", reverse("assistance:referral-new"), reverse("assistance:intake-list")],
        "daria": ["/", reverse("access:journal")],
    }  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("who", ["anna", "maria", "sonia", "daria"])
def test_no_page_of_the_day_shuts_anyone_out(opened, work, who, scheme, width):
    page, wrong = opened(who, scheme=scheme, width=width), []
    for url in pages_of(work)[who]:
        answer = page.goto(url)
        assert answer.status == 200, url
        wrong += violations(page) + too_wide(page)
    assert not wrong, "\n".join(wrong)


def test_no_page_breaks_the_content_policy(opened, work):
    page = opened("anna", bypass=False)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{page.url}: {message.text}"))
    for url in pages_of(work)["anna"]:
        page.goto(url)
    assert told == []


def test_a_visit_on_a_phone_is_kept_from_the_first_tap_and_saved(opened, work):
    page = opened("anna", width=390)
    page.goto(reverse("assistance:visit-new", args=[work.case.pk]))
    course = page.locator("textarea[name=course]")
    course.fill("Dzieci odrobiły lekcje, mama opowiedziała o rozmowie w szkole.")
    course.blur()
    page.wait_for_selector(".draft-status:has-text('Zapisano')", timeout=15_000)
    page.close()  # the tab is closed half-way

    again = opened("anna", width=390)
    again.goto("/")
    follow(again.locator("section[aria-labelledby=day-drafts] a").first)
    assert "Dzieci odrobiły lekcje" in again.locator("textarea[name=course]").input_value()
    before = Visit.objects.system().count()
    follow(again.get_by_role("button", name="Zapisz wizytę"))
    assert Visit.objects.system().count() == before + 1
    assert Visit.objects.system().filter(on=date(2026, 11, 18), course__startswith="Dzieci odrobiły").exists()


def test_a_stranger_is_shown_the_door_and_olga_nothing(opened, work, live_server):
    page = opened("olga")
    for url in pages_of(work)["anna"][1:4]:
        assert page.goto(url).status == 404
        assert "Wędrowni" not in page.content()
