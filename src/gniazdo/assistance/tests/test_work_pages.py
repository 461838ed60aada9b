"""The screens of daily work: each opens for those who may, answers 404 elsewhere, and loses nothing typed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from gniazdo.assistance.actions.assessment import start_assessment, submit_assessment
from gniazdo.assistance.actions.report import start_report
from gniazdo.assistance.actions.visit import ChildSeen, NewAgreement
from gniazdo.assistance.models import Agreement, FamilyAssessment, MonthlyReport, TimeCard, TimeEntry, Visit
from gniazdo.assistance.tests.test_assessment import write
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.papers.models import Draft
from gniazdo.plans.tests.factories import make_plan_in_force
from gniazdo.plans.vocab import AREAS


@pytest.fixture
def work(cast):
    return make_work(cast)


@pytest.fixture
def anna(client_of, work):
    return client_of("anna")


def visit_data(work, **fields):
    return {
        "kind": "PLANNED", "on": "2026-11-18", "starts": "10:00", "minutes": "60", "place": "HOME",
        "present": [str(work.mother.pk)], "course": "Rozmowa", **fields,
    }  # fmt: skip


def pages(work, visit, assessment):
    case = work.case.pk
    return [
        reverse("assistance:visit-new", args=[case]),
        reverse("assistance:visit-list", args=[case]),
        reverse("assistance:visit-view", args=[visit.pk]),
        reverse("assistance:visit-correct", args=[visit.pk]),
        reverse("assistance:visit-print", args=[visit.pk]),
        reverse("assistance:monthly-report", args=[case]),
        reverse("assistance:assessment-new", args=[case]),
        reverse("assistance:assessment-view", args=[assessment.pk]),
        reverse("assistance:assessment-edit", args=[assessment.pk]),
        reverse("assistance:assessment-print", args=[assessment.pk]),
    ]


@pytest.fixture
def filled(work):
    make_plan_in_force(work.anna, work.case, on=work.today)
    visit = make_visit(
        work, days_ago=1, present=(work.mother.pk,), children=(ChildSeen(work.children[0].pk, True, "dobrze"),),
        activities=("SCHOOL",), agreements=(NewAgreement("FAMILY", "Umówi dentystę"),), next_on=work.today, next_at=time(9),
    )  # fmt: skip
    start_report(work.anna, work.case, month=work.today, today=work.today)
    return pages(work, visit, start_assessment(work.anna, work.case, on=work.today))


def test_every_page_opens_for_the_assistant(anna, filled):
    for url in [
        *filled,
        reverse("assistance:timecard"),
        reverse("assistance:visit-blank"),
        reverse("assistance:assessment-blank"),
    ]:
        assert anna.get(url).status_code == 200, url


def test_nobody_elsewhere_sees_any(client_of, work, filled):
    olga, adam = client_of("olga"), client_of("adam")
    for url in filled:
        assert olga.get(url).status_code == 404, url
        assert adam.get(url).status_code == 404, url


def test_the_time_card_leaves_as_pdf_csv_and_xlsx(anna, work, filled):
    url = reverse("assistance:timecard")
    assert anna.get(url, {"jako": "pdf"}).content.startswith(b"%PDF")
    text = anna.get(url, {"jako": "csv"}).content.decode("utf-8")
    assert work.case.case_mark in text
    assert work.family.name not in text
    assert anna.get(url, {"jako": "xlsx"}).content.startswith(b"PK")


def test_a_visit_is_saved_from_the_form(anna, work):
    url = reverse("assistance:visit-new", args=[work.case.pk])
    child = work.children[0].pk
    response = anna.post(url, visit_data(work, **{
        f"seen_{child}": "yes", f"looked_{child}": "wesoły", "activities": ["SCHOOL", "BUDGET"],
        "text_0": "Umówi dentystę", "side_0": "FAMILY", "in_0": "7", "next_in": "14", "km": "12,5",
    }))  # fmt: skip
    visit = Visit.objects.system().get()
    assert response.url == reverse("assistance:visit-view", args=[visit.pk])
    assert visit.next_on == work.today + timedelta(days=14)
    assert Agreement.objects.system().get().due_on == work.today + timedelta(days=7)
    assert visit.persons.get(person_id=child).looked == "wesoły"


def test_a_refused_visit_keeps_what_was_typed(anna, work):
    url = reverse("assistance:visit-new", args=[work.case.pk])
    response = anna.post(url, visit_data(work, on="2026-12-24", course="Długa opowieść"))
    page = response.content.decode()
    assert "nie może być w przyszłości" in page
    assert "Długa opowieść" in page
    assert not Visit.objects.system().exists()


def test_a_draft_comes_back_and_goes_when_saved(anna, work):
    case = work.case.pk
    data = visit_data(work, course="Zaczęte na schodach", activities=["BUDGET"])
    assert anna.post(reverse("assistance:visit-draft", args=[case]), data).status_code == 200
    page = anna.get(reverse("assistance:visit-new", args=[case])).content.decode()
    assert "Zaczęte na schodach" in page
    anna.post(reverse("assistance:visit-new", args=[case]), data)
    assert not Draft.objects.system().exists()


@pytest.mark.parametrize(
    ("quick", "kind"), [(k, k) for k in ("NO_ONE_HOME", "REFUSED", "OFF_FAMILY", "UNSAFE", "NOTE")]
)
def test_one_tap_contacts(anna, work, quick, kind):
    anna.post(reverse("assistance:visit-new", args=[work.case.pk]), {"quick": quick, "text": "Dzwoniła babcia"})
    assert Visit.objects.system().get().kind == kind


def test_a_correction_asks_why(anna, work):
    visit = make_visit(work, present=(work.mother.pk,))
    url = reverse("assistance:visit-correct", args=[visit.pk])
    assert "wymagane" in anna.post(url, visit_data(work, rev=visit.rev)).content.decode()
    anna.post(url, visit_data(work, rev=visit.rev, reason="Zła godzina", starts="11:00"))
    assert Visit.objects.system().get().starts == time(11)


def test_time_is_added_handed_in_and_accepted(anna, client_of, work):
    url = reverse("assistance:timecard") + f"?miesiac=2026-11&osoba={work.cast.anna.pk}"
    anna.post(url, {"do": "add", "on": "2026-11-17", "starts": "08:00", "minutes": "90", "kind": "OFFICE"})
    entry = TimeEntry.objects.system().get()
    bad = anna.post(url, {"do": "add", "on": "2026-12-17", "starts": "08:00", "minutes": "90", "kind": "OFFICE"})
    assert "po fakcie" in bad.content.decode()
    anna.post(url, {"do": "submit"})
    maria = client_of("maria")
    assert "11.2026" in maria.get(reverse("assistance:timecard-list")).content.decode()
    maria.post(url, {"do": "accept"})
    assert TimeCard.objects.system().get().state == "ACCEPTED"
    assert "już przekazana" in anna.post(url, {"do": f"remove:{entry.pk}"}).content.decode()


def test_a_report_takes_sentences_of_visits(anna, client_of, work):
    visit = make_visit(work, course="Mama umówiła lekarza.")
    url = reverse("assistance:monthly-report", args=[work.case.pk]) + "?miesiac=2026-11"
    anna.post(url, {"do": "start"})
    report = MonthlyReport.objects.system().get()
    anna.post(url, {"do": "save", "rev": report.rev, "in-results": [str(visit.pk)], "problems": "Brak"})
    assert report.inserts.get().text == "Mama umówiła lekarza."
    anna.post(url, {"do": "submit"})
    client_of("maria").post(url, {"do": "read"})
    report = MonthlyReport.objects.system().get()
    assert (report.state, report.read_by_manager_id) == ("SUBMITTED", work.cast.maria.pk)
    assert anna.get(reverse("assistance:monthly-view", args=[report.pk])).status_code == 302
    assert anna.get(url + "&jako=pdf").content.startswith(b"%PDF")


def test_an_assessment_from_the_form_to_the_manager(anna, client_of, work):
    anna.post(reverse("assistance:assessment-new", args=[work.case.pk]))
    assessment = FamilyAssessment.objects.system().get()
    edit = reverse("assistance:assessment-edit", args=[assessment.pk])
    child, mother = work.children[0].pk, work.mother.pk
    data = {
        "rev": assessment.rev, "on": "2026-11-18", **{f"s-{w.code}": "3" for w in AREAS}, "c-SCHOOL": "Lepiej",
        f"k-{child}-whereabouts": "HOME", f"k-{child}-school": "Chodzi", f"a-{mother}-engagement": "FULL",
        "family_heard": "yes", "conclusion": "CONTINUE", "conclusion_reason": "Postęp", "do": "review",
    }  # fmt: skip
    response = anna.post(edit, data)
    view = reverse("assistance:assessment-view", args=[assessment.pk])
    assert response.url == view
    assert "na 18.05.2027" in anna.get(view).content.decode()
    clash = anna.post(edit, {**data, "c-SCHOOL": "Inaczej"})
    assert clash.status_code == 409
    assert "Inaczej" in clash.content.decode()
    anna.post(view, {"do": "submit"})
    client_of("maria").post(view, {"do": "read"})
    assert FamilyAssessment.objects.system().get().state == "READ"


def test_scores_before_stand_beside(anna, work):
    submit_assessment(
        work.anna, write(work, start_assessment(work.anna, work.case, on=date(2026, 10, 1)), on=None), on=work.today
    )
    fresh = start_assessment(work.anna, work.case, on=work.today)
    page = anna.get(reverse("assistance:assessment-edit", args=[fresh.pk])).content.decode()
    assert page.count("<strong>dostatecznie</strong>") == 12


def test_the_number_of_queries_does_not_grow_with_visits(anna, work, django_assert_max_num_queries):
    for days in range(8):
        make_visit(work, days_ago=days, present=(work.mother.pk,), activities=("SCHOOL", "BUDGET"))
    with django_assert_max_num_queries(30):
        anna.get(reverse("assistance:visit-list", args=[work.case.pk]))
    with django_assert_max_num_queries(40):
        anna.get(reverse("assistance:visit-new", args=[work.case.pk]))
