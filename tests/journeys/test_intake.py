"""A family's way in: a report by phone, the interview, the application, the assignment above the limit, the assistant's day."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from gniazdo.assistance.models import AssistanceCase, Visit
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.cases.tests.factories import make_case
from gniazdo.people.tests.factories import make_family
from gniazdo.platform.tests.browsing import follow, settle, too_wide, violations

TAPS = 8
"""A visit agreed for today is saved from My Day in at most that many taps and fields."""


def well(page: Any) -> None:
    """Nothing shuts anyone out of the page as it stands."""
    wrong = violations(page) + too_wide(page)
    assert not wrong, "\n".join(wrong)


def state(case: CaseFile) -> str:
    return CaseFile.objects.system().get(pk=case.pk).state


def step(page: Any, case: CaseFile, link: str, **fields: str) -> None:
    """From the case's page through the screen of one step, its fields filled in, and back."""
    page.goto(reverse("cases:case-view", args=[case.pk]))
    for fold in page.locator("details > summary", has_text="Inne czynności").all():
        fold.click()
    follow(page.get_by_role("link", name=link, exact=True))
    well(page)
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(lambda url: "/krok/" not in url and "/czynnosc/" not in url)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_from_a_phone_call_to_the_assistants_day(opened, transactional_db, cast, scheme, width):
    for n in range(15):
        make_case(
            make_family(cast.institution, f"Obecni{n}"), ASSISTANCE, on=cast.today, assistant=cast.anna, state="ACTIVE"
        )
    sonia = opened("sonia", scheme=scheme, width=width, drafts=False)
    sonia.goto("/")
    sonia.locator("main").get_by_role("link", name="Nowe zgłoszenie").or_(
        sonia.locator("header.shell-top summary", has_text="Dodaj")
    ).first.click()
    if "nowe" not in sonia.url:
        sonia.locator("header.shell-top .menu a[href$='zgloszenia/nowe/']").click()
    sonia.wait_for_url("**/zgloszenia/nowe/")
    well(sonia)
    sonia.select_option("select[name=referrer]", "SCHOOL")
    sonia.fill("input[name=family_name]", "Telefoniczni")
    sonia.fill("textarea[name=description]", "Pedagog mówi, że dzieci nie chodzą do szkoły.")
    settle(sonia)
    sonia.get_by_role("button", name="Zarejestruj zgłoszenie").click()
    sonia.wait_for_url(lambda url: "nowe" not in url)
    assert "Wywiad najpóźniej" in sonia.locator("main").inner_text()
    well(sonia)
    case = AssistanceCase.objects.system().select_related("case").get(family__name="Telefoniczni").case

    maria = opened("maria", scheme=scheme, width=width)
    step(maria, case, "Skieruj do wywiadu", post=str(cast.piotr.pk))
    assert state(case) == "INTERVIEW"

    piotr = opened("piotr", scheme=scheme, width=width)
    piotr.goto("/")
    assert "Telefoniczni" in piotr.locator("main").inner_text()
    step(piotr, case, "Odnotuj wywiad środowiskowy", number="12/2026", findings="Rodzina potrzebuje codziennej pomocy.")
    step(piotr, case, "Zapisz zgodę rodziny", note="Mama zgodziła się na piśmie.")
    step(piotr, case, "Wystąp o asystenta", note="Proszę o przydział.")
    assert state(case) == "APPLIED"

    maria.goto(reverse("assistance:case-assign", args=[case.pk]))
    row = maria.locator("div.border-bottom", has_text="Anna Asystentka")
    assert "15 z 15 rodzin" in row.inner_text()
    assert "przekroczy limit" in row.inner_text()
    well(maria)
    row.locator("input[type=radio]").check()
    follow(maria.get_by_role("button", name="Przydziel"))
    assert maria.get_by_role("alert").first.is_visible()
    assert state(case) == "APPLIED"
    assert maria.locator(f"input[name=post][value='{cast.anna.pk}']").is_checked()
    well(maria)
    maria.fill("[name=over_limit_reason]", "Rodzina zna asystentkę, druga asystentka wraca za tydzień.")
    maria.get_by_role("button", name="Przydziel").click()
    maria.wait_for_url(lambda url: "/przydzial/" not in url)
    assert state(case) == "ASSIGNED"
    given = Assignment.objects.system().get(case=case, post=cast.anna)
    assert "wraca za tydzień" in given.over_limit_reason

    anna = opened("anna", scheme=scheme, width=width)
    anna.goto("/")
    assert "Telefoniczni" in anna.locator("main").inner_text()
    well(anna)


def test_a_report_by_phone_asks_for_two_things(opened, transactional_db, cast):
    page = opened("sonia", width=390, drafts=False)
    page.goto(reverse("assistance:referral-new"))
    empty = "[...document.querySelectorAll('main form [required]')].filter(e => !e.value).length"
    assert page.evaluate(empty) <= 2
    page.select_option("select[name=referrer]", "SCHOOL")
    page.fill("input[name=family_name]", "Krótcy")
    settle(page)
    page.get_by_role("button", name="Zarejestruj zgłoszenie").click()
    page.wait_for_url(lambda url: "nowe" not in url)
    assert AssistanceCase.objects.system().filter(family__name="Krótcy").exists()


def test_a_report_that_lacks_something_keeps_what_was_typed(opened, transactional_db, cast):
    page = opened("sonia", width=390, java_script_enabled=False)
    page.goto(reverse("assistance:referral-new"))
    page.select_option("select[name=referrer]", "NEIGHBOUR")
    page.fill("textarea[name=description]", "Sąsiadka słyszy płacz.")
    settle(page)
    follow(page.get_by_role("button", name="Zarejestruj zgłoszenie"))
    assert page.locator("textarea[name=description]").input_value() == "Sąsiadka słyszy płacz."
    assert not AssistanceCase.objects.system().exists()


def test_an_agreed_visit_is_saved_from_my_day_in_few_taps(opened, transactional_db, cast):
    work = make_work(cast, name="Wędrowni")
    make_visit(work, days_ago=8, next_on=work.today, next_at=time(11))
    page, taps = opened("anna", width=390, has_touch=True, is_mobile=True), 0

    def tap(what: Any) -> None:
        nonlocal taps
        what.tap()
        taps += 1

    page.goto("/")
    tap(page.locator("section[aria-labelledby=day-visits]").get_by_role("link", name="Zapisz wizytę").first)
    page.wait_for_url("**/wizyta/")
    for child in page.locator("fieldset", has_text="niewidziane").all():
        tap(child.locator("label.choice").first)
    tap(page.locator("textarea[name=course]"))
    page.keyboard.type("Wspólne gotowanie.")
    tap(page.locator("fieldset:has(input[name=next_in]) label.choice").first)
    settle(page)
    tap(page.get_by_role("button", name="Zapisz wizytę"))
    page.wait_for_url(lambda url: "/wizyty/" in url)
    saved = Visit.objects.system().get(on=work.today)
    assert saved.course == "Wspólne gotowanie."
    assert saved.next_on is not None
    assert saved.persons.filter(seen=True).count() == len(work.children)
    assert taps <= TAPS, taps
