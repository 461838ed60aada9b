"""Every role's pages and the big forms under axe in their looks; paper and 200 % zoom cut nothing."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gniazdo.assistance.actions.assessment import start_assessment
from gniazdo.assistance.tests.test_diagnosis import WHOLE
from gniazdo.assistance.tests.working import Work, make_visit, make_work
from gniazdo.exchange.tests.test_import_run import LIS, WILK, mapped
from gniazdo.papers.actions.sheets import finalise_sheet, save_sheet, start_sheet
from gniazdo.plans.tests.factories import make_draft
from gniazdo.platform.tests.browsing import too_wide, violations

LOOKS = (("light", 1280), ("dark", 1280), ("dark", 390))
DAYS = ("sonia", "piotr", "maria", "zofia", "daria", "artur")


@pytest.fixture
def work(transactional_db: None, cast: Any) -> Work:
    made = make_work(cast, name="Wędrowni")
    make_visit(made, days_ago=9, topic="Plan dnia", next_on=made.today, next_at=time(11))
    make_visit(made, days_ago=2, topic="Kontakt ze szkołą", next_on=made.today + timedelta(days=7))
    return made


def forms_of(work: Work) -> dict[str, list[str]]:
    """The long forms and lists: whose → addresses."""
    anna = work.anna
    draft = make_draft(anna, work.case, on=work.today)
    assessment = start_assessment(anna, work.case, on=work.today)
    writing = start_sheet(anna, work.case, code="assistance.court_opinion", on=work.today)
    done = start_sheet(anna, work.case, code="assistance.diagnosis", on=work.today)
    done = finalise_sheet(anna, save_sheet(anna, done, answers=WHOLE, rev=done.rev), on=work.today)
    run = mapped(work.maria, WILK + LIS)
    return {
        "anna": [
            reverse("plans:plan-edit", args=[draft.plan_id]), reverse("plans:plan-view", args=[draft.plan_id]),
            reverse("assistance:assessment-edit", args=[assessment.pk]), reverse("papers:sheet-edit", args=[writing.pk]),
            reverse("papers:sheet-view", args=[done.pk]), reverse("deadlines:board"), reverse("deadlines:law"),
        ],
        "maria": [reverse("exchange:import-preview", args=[run.pk]), reverse("desk:board")],
    }  # fmt: skip


def looked_at(page: Any, url: str) -> list[str]:
    answer = page.goto(url)
    assert answer.status == 200, url
    return violations(page) + too_wide(page)


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_role_has_a_day_without_barriers(opened, work, scheme, width):
    wrong = []
    for who in DAYS:
        page = opened(who, scheme=scheme, width=width)
        wrong += [f"{who} {scheme} {width} {one}" for one in looked_at(page, "/")]
        assert page.locator("h1").inner_text() == "Mój dzień"
    wrong += looked_at(opened(None, scheme=scheme, width=width), "/konto/login/")
    assert not wrong, "\n".join(wrong)


def test_the_long_forms_have_no_barriers(opened, work):
    forms, wrong = forms_of(work), []
    for scheme, width in LOOKS:
        for who, urls in forms.items():
            page = opened(who, scheme=scheme, width=width)
            wrong += [f"{who} {scheme} {width} {one}" for url in urls for one in looked_at(page, url)]
    assert not wrong, "\n".join(wrong)


def test_twice_as_large_nothing_scrolls_sideways(opened, work):
    """1280 px at 200 % leave 640 for the page (WCAG 1.4.10 goes on to 320, which a phone shows)."""
    draft = make_draft(work.anna, work.case, on=work.today)
    page = opened("anna", width=640, height=450, device_scale_factor=2)
    wrong = []
    for url in (
        "/", reverse("desk:family-view", args=[work.family.pk]), reverse("assistance:visit-new", args=[work.case.pk]),
        reverse("plans:plan-edit", args=[draft.plan_id]),
    ):  # fmt: skip
        assert page.goto(url).status == 200
        wrong += too_wide(page)
        page.set_viewport_size({"width": 320, "height": 450})
        wrong += too_wide(page)
        page.set_viewport_size({"width": 640, "height": 450})
    assert not wrong, "\n".join(wrong)


CUT = """() => [...document.querySelectorAll('main *')].filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1
    && ['hidden', 'auto', 'scroll', 'clip'].includes(getComputedStyle(e).overflowX) && !e.classList.contains('visually-hidden')
    && e.clientWidth > 1).map(e => e.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_dark_theme_prints_white(opened, work, scripts):
    user = work.cast.anna.user
    user.theme = "dark"
    user.save()
    page = opened("anna", scheme="dark", width=700, java_script_enabled=scripts)
    assert page.goto(reverse("desk:family-view", args=[work.family.pk])).status == 200
    paper = page.pdf(print_background=True) and page
    paper.emulate_media(media="print")
    cards = page.locator(".card").all()
    assert cards
    for part in cards:
        assert part.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("html").evaluate("e => getComputedStyle(e).colorScheme") in ("light", "normal")


def test_on_paper_there_are_no_menus_and_nothing_is_cut(opened, work):
    wrong = []
    for who, url in (("anna", reverse("desk:family-view", args=[work.family.pk])), ("maria", reverse("desk:board"))):
        page = opened(who, scheme="dark", width=700)  # A4 between its margins
        assert page.goto(url).status == 200
        page.emulate_media(media="print")
        for part in (".shell-side", ".shell-top", ".page-actions", ".tabs"):
            wrong += [f"{url}: {part} is printed" for one in page.locator(part).all() if one.is_visible()]
        wrong += too_wide(page) + [f"{url}: cut {one}" for one in page.evaluate(CUT)]
        dark = "[...document.querySelectorAll('.card')].filter(e => getComputedStyle(e).backgroundColor !== 'rgb(255, 255, 255)').length"
        assert page.evaluate(dark) == 0
        colour = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert colour == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert page.locator("h1").is_visible()
    assert not wrong, "\n".join(wrong)
