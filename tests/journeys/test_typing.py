"""Nothing typed is lost: the session ends mid-note, two people write one sheet; a whole visit with the keyboard alone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gniazdo.assistance.models import Visit
from gniazdo.assistance.tests.working import Work, make_visit
from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import PASSWORD
from gniazdo.papers.actions.sheets import save_sheet, start_sheet
from gniazdo.papers.models import SheetRecord
from gniazdo.platform.tests.browsing import follow, settle, too_wide, violations

NOTE = "Mama opowiedziała o rozmowie w szkole; „nie dałam rady” & płacz."


@pytest.fixture
def work(led: Any) -> Work:
    made = led("ACTIVE")
    make_visit(made, days_ago=9, next_on=made.today, next_at=time(11))
    return made


@pytest.fixture
def anna_writes(opened: Any, signs_in: Any, work: Work) -> Any:
    """Anna at the visit form, signed in with her password, with or without JavaScript."""

    def at_form(**told: Any) -> Any:
        page = opened(None, width=390, **told)
        signs_in(page, "anna")
        page.goto(reverse("assistance:visit-new", args=[work.case.pk]))
        return page

    return at_form


def saved() -> bool:
    return Visit.objects.system().filter(course=NOTE).count() == 1


def test_time_out_mid_note_is_renewed_in_place(anna_writes, work):
    page = anna_writes()
    with clock.stopped(clock.now() + timedelta(minutes=25)):
        page.fill("textarea[name=course]", NOTE)
        dialog = page.locator("dialog[data-renew]")
        dialog.wait_for()
        assert violations(page) == []
        dialog.locator("input[name=password]").fill("nie-to-hasło")
        dialog.get_by_role("button", name="Wróć do pracy").click()
        dialog.locator("[role=alert]").first.wait_for()
        dialog.locator("input[name=password]").fill(PASSWORD)
        dialog.get_by_role("button", name="Wróć do pracy").click()
        dialog.wait_for(state="detached")
        page.wait_for_selector(".draft-status:has-text('Zapisano')")
        settle(page)
        assert page.locator("textarea[name=course]").input_value() == NOTE
        page.get_by_role("button", name="Zapisz wizytę").click()
        page.wait_for_url("**/wizyty/**")
    assert saved()


def test_time_out_without_javascript_brings_the_note_back(anna_writes, work):
    page = anna_writes(java_script_enabled=False)
    with clock.stopped(clock.now() + timedelta(minutes=25)):
        page.fill("textarea[name=course]", NOTE)
        follow(page.get_by_role("button", name="Zapisz wizytę"))
        page.locator("input[name=password]").fill(PASSWORD)
        follow(page.get_by_role("button", name="Wróć do pracy"))
        assert "„nie dałam rady”" in page.locator("main").inner_text()
        assert not saved()
        page.get_by_role("button", name="Zapisz to, co było wpisane").click()
        page.wait_for_url("**/wizyty/**")
    assert saved()


def test_two_people_on_one_sheet_choose_between_two_versions(opened, work, cast):
    record = start_sheet(work.anna, work.case, code="assistance.court_opinion", on=work.today)
    page = opened("anna", java_script_enabled=False)
    page.goto(reverse("papers:sheet-edit", args=[record.pk]))
    field = page.locator("main form textarea").first
    code = field.get_attribute("name")
    theirs, mine = "Dwa pokoje, piec kaflowy.", "Dwa pokoje, wilgoć w kuchni."
    fresh = SheetRecord.objects.system().get(pk=record.pk)
    save_sheet(work.maria, fresh, answers={code: theirs}, rev=fresh.rev)
    field.fill(mine)
    page.get_by_role("button", name="Zapisz szkic").click()
    page.wait_for_url("**/porownaj/")
    shown = page.locator("main").inner_text()
    assert theirs in shown
    assert mine in shown
    assert SheetRecord.objects.system().get(pk=record.pk).answers[code] == theirs
    page.locator(f"input[name='pick.{code}'][value=both]").check(force=True)
    page.get_by_role("button", name="Zapisz wybrane").click()
    page.wait_for_url("**/wypelnij/")
    kept = SheetRecord.objects.system().get(pk=record.pk).answers[code]
    assert theirs in kept
    assert mine in kept


FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    const near = e.parentElement ? getComputedStyle(e.nextElementSibling ?? e) : s;
    const ring = [s, near].some(x => (x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2) || x.boxShadow !== 'none');
    return {tag: e.tagName, name: e.getAttribute('name') ?? '', text: (e.innerText ?? '').trim().slice(0, 60), ring,
            html: e.outerHTML.slice(0, 120), at: box.bottom > 0 && box.top < innerHeight}; }"""


def walk(page: Any, there: Any, *, key: str = "Tab", most: int = 120) -> dict[str, Any]:
    """Press Tab until there; every stop on the way shows its focus on the screen."""
    seen = []
    for _step in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        seen.append(stop["text"] or stop["name"] or stop["tag"])
        if stop["tag"] == "BODY":
            continue
        assert stop["ring"], f"no visible focus: {page.url} {stop['html']}"
        if there(stop):
            return stop
    raise AssertionError(f"not reached with Tab: {page.url} {seen}")


def test_from_the_search_to_a_saved_visit_with_keys_alone(opened, work):
    page = opened("anna")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Przejdź do treści"
    page.keyboard.press("/")
    page.keyboard.type("Wedrowni")
    page.keyboard.press("Enter")
    page.wait_for_url("**/szukaj/**")
    page.keyboard.press("Tab")
    walk(page, lambda stop: stop["tag"] == "A" and stop["text"] == work.family.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('desk:family-view', args=[work.family.pk])}")
    for tab in ("Plan", "Wizyty"):
        walk(page, lambda stop, tab=tab: stop["tag"] == "A" and stop["text"] == tab)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**zakladka={tab.lower()}")
        page.wait_for_load_state()
        assert page.locator(".tabs [aria-current=page]").inner_text() == tab
    walk(page, lambda stop: stop["text"] == "Zapisz wizytę", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wizyta/")
    walk(page, lambda stop: stop["name"] == "course")
    page.keyboard.type(NOTE)
    page.wait_for_timeout(1000)
    walk(page, lambda stop: stop["tag"] == "BUTTON" and stop["text"] == "Zapisz wizytę")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wizyty/**")
    assert saved()
    assert violations(page) + too_wide(page) == []
