"""The assistant's papers from the diagnosis to the end: plan, approval, print, assessment, closing card, monitoring."""

from __future__ import annotations

import io
from typing import Any

from django.urls import reverse
from pypdf import PdfReader

from gniazdo.assistance.models import FamilyAssessment, MonitoringEntry
from gniazdo.assistance.tests.test_diagnosis import WHOLE
from gniazdo.assistance.tests.working import Work, make_visit
from gniazdo.cases.models import CaseFile
from gniazdo.papers.models import SheetRecord
from gniazdo.plans.models import PlanVersion
from gniazdo.platform.tests.browsing import follow, settle, too_wide, violations


def well(page: Any) -> None:
    """Nothing shuts anyone out of the page as it stands, light and dark."""
    wrong = violations(page) + too_wide(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)  # colours glide
    wrong += violations(page)
    page.emulate_media(color_scheme="light")
    assert not wrong, "\n".join(wrong)


def state(work: Work) -> str:
    return CaseFile.objects.system().get(pk=work.case.pk).state


def fill(page: Any, answers: dict[str, str]) -> None:
    """Answers put into the fields of those names: typed, chosen or tapped."""
    for name, value in answers.items():
        field = page.locator(f"main [name='{name}']").first
        kind = field.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.select_option(value)
        elif kind == "radio":
            page.locator(f"main label.choice:has([name='{name}'][value='{value}'])").click()
        else:
            field.fill(value)


def press(page: Any, name: str, where: Any) -> None:
    settle(page)
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(where)


def begin_sheet(page: Any, work: Work, code: str) -> None:
    page.goto(reverse("papers:sheet-start", args=[work.case.pk, code]))
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/wypelnij/")


def finish_sheet(page: Any) -> None:
    press(page, "Zakończ wypełnianie", "**/pisma/karta/*/")
    assert "Karta jest gotowa" in page.locator("main").inner_text()
    well(page)


def test_diagnosis_plan_approval_and_print(opened, led, cast):
    work = led("DIAGNOSIS")
    page = opened("anna", drafts=False)
    begin_sheet(page, work, "assistance.diagnosis")
    fill(page, {**WHOLE, "school_problem": "Dzieci spóźniają się na lekcje.", "school_family_view": "Rano nie wstają.",
                "budget_problem": "Zaległy czynsz."})  # fmt: skip
    finish_sheet(page)
    assert SheetRecord.objects.system().get(code="assistance.diagnosis").status == "final"

    page.goto(reverse("plans:plan-case", args=[work.case.pk]))
    page.locator("main form button").click()
    page.wait_for_url("**/edycja/")
    drawer = page.locator("aside details", has_text="Dzieci spóźniają się na lekcje.")
    drawer.locator("summary").click()
    assert "Rano nie wstają." in drawer.inner_text()
    follow(drawer.get_by_role("button", name="Przenieś do planu"))
    assert page.locator("[name=g0-area]").input_value() == "SCHOOL"
    assert "Rano nie wstają." in page.locator("[name=g0-family_words]").input_value()
    fill(page, {
        "main_goal": "Dzieci uczą się bez przeszkód.", "since": "2026-11-18", "until": "2027-05-17",
        "g0-wording": "Dzieci są w szkole na czas", "g0-t0-description": "Budzi dzieci o szóstej",
        "g0-t0-frequency": "codziennie", "g0-e0-indicator": "Najwyżej dwa spóźnienia w miesiącu",
    })  # fmt: skip
    well(page)
    press(page, "Zapisz i przejdź do uzgodnienia", lambda url: "/edycja/" not in url)
    press(page, "Zapisz uzgodnienie", lambda url: "/uzgodnienie/" not in url)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    page.wait_for_url("**wersja=1")
    assert state(work) == "PLANNED"

    lena = opened("lena", width=390)
    lena.goto("/")
    lena.locator("main a[href*='/plany/']", has_text="Wędrowni").first.click()
    lena.wait_for_url("**/plany/**")
    well(lena)
    lena.get_by_role("button", name="Zatwierdź plan").click()
    lena.wait_for_url("**wersja=1")
    assert state(work) == "ACTIVE"
    version = PlanVersion.objects.system().get()
    assert version.approved_by_id == cast.lena.pk

    page.goto(reverse("plans:plan-view", args=[version.plan_id]))
    link = page.get_by_role("link", name="Drukuj").get_attribute("href")
    answer = page.request.get(page.url.split("?")[0] + link if link.startswith("?") else link)
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    assert "Wędrowni" in text
    assert "Dzieci są w szkole na czas" in text


def test_assessment_with_scales_then_closing_card_and_monitoring(opened, led, cast):
    work = led("ACTIVE")
    make_visit(work, days_ago=5, topic="Plan dnia")
    page = opened("anna", drafts=False)
    page.goto(reverse("assistance:assessment-new", args=[work.case.pk]))
    page.locator("main form button").first.click()
    page.wait_for_url("**/edycja/")
    for fieldset in page.locator("fieldset:has(input[name^='s-'])").all():
        fieldset.locator("label.choice").last.click()
    for whereabouts in page.locator("select[name$='-whereabouts']").all():
        whereabouts.select_option(index=1) if not whereabouts.input_value() else None
    fill(page, {"family_heard": "yes", "family_view": "Jest lepiej.", "conclusion": "CLOSE",
                "conclusion_reason": "Cele planu są osiągnięte."})  # fmt: skip
    told = page.locator("[data-show-if='conclusion=CLOSE']")
    told.wait_for()
    assert "kartę zakończenia" in told.inner_text()
    well(page)
    press(page, "Zapisz i przejdź do przekazania", lambda url: "/edycja/" not in url)
    follow(page.get_by_role("button", name="Przekaż kierownikowi"))
    well(page)
    done = FamilyAssessment.objects.system().get()
    assert (done.state, done.conclusion) == ("SUBMITTED", "CLOSE")
    assert done.scores.count() == 12

    page.goto(reverse("assistance:case-move", args=[work.case.pk, "start_closing"]))
    fill(page, {"reason": "GOAL", "note": "Cele planu są osiągnięte."})
    press(page, "Rozpocznij zamykanie", lambda url: "/krok/" not in url)
    assert state(work) == "CLOSING"
    begin_sheet(page, work, "assistance.closing")
    initiator, outcome = (
        page.locator(f"[name={name}] option").nth(1).get_attribute("value") for name in ("initiator", "outcome")
    )
    fill(page, {"closing_on": "2026-11-18", "initiator": initiator, "reason": "GOAL", "note": "Dzieci bezpieczne w domu.",
                "outcome": outcome})  # fmt: skip
    finish_sheet(page)

    maria = opened("maria")
    maria.goto(reverse("assistance:case-move", args=[work.case.pk, "close_to_monitoring"]))
    fill(maria, {"outcome": outcome})
    maria.locator("main form button.btn-primary").click()
    maria.wait_for_url(lambda url: "/krok/" not in url)
    assert state(work) == "MONITORING"
    page.goto(reverse("assistance:case-act", args=[work.case.pk, "wpis-monitoringu"]))
    page.locator("select[name=form]").select_option(index=1)
    fill(page, {"stable": "Dzieci chodzą do szkoły.", "decision": "GO_ON"})
    well(page)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(lambda url: "/czynnosc/" not in url)
    assert MonitoringEntry.objects.system().filter(stable="Dzieci chodzą do szkoły.").count() == 1
