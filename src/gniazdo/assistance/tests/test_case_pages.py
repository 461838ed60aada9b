"""The screens of a case: who sees them, what the buttons do, what a draft keeps, that strangers learn nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.tests.corridor import START, Corridor, told
from gniazdo.cases.models import CaseFile
from gniazdo.papers.models import Draft
from gniazdo.people.models import Membership

ROWS = {"osoby-TOTAL_FORMS": "2", "osoby-INITIAL_FORMS": "0"}
CALL = {
    **ROWS, "referrer": "SCHOOL", "channel": "PHONE", "learned_on": "2026-11-18", "family_name": "Łabędzcy",
    "description": "Dzieci nie chodzą do szkoły.", "osoby-0-first_name": "Ewa", "osoby-0-last_name": "Łabędzka",
    "osoby-0-role": "PARENT", "osoby-0-sex": "F", "osoby-1-first_name": "", "osoby-1-role": "PARENT", "osoby-1-sex": "U",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("assistance:intake-list", "sonia", 200), ("assistance:intake-list", "daria", 403),
        ("assistance:referral-new", "sonia", 200), ("assistance:waiting-list", "maria", 200),
        ("assistance:waiting-list", "artur", 403), ("assistance:caseload", "maria", 200), ("assistance:caseload", "sonia", 403),
        ("assistance:court-list", "anna", 200), ("assistance:court-list-call", "sonia", 200),
        ("assistance:monitoring-list", "anna", 200), ("assistance:register", "maria", 200),
        ("cases:family-list", "anna", 200), ("cases:family-list", "artur", 200),
    ],
)  # fmt: skip
def test_lists_open_to_their_readers(cast, client_of, name, who, status):
    if (name, who) == ("cases:family-list", "artur"):
        page = client_of(who).get(reverse(name))
        assert "Nie pracujesz teraz z żadną rodziną" in page.content.decode()
        return
    assert client_of(who).get(reverse(name)).status_code == status


def test_a_call_becomes_a_case_with_its_people(cast, client_of):
    sonia = client_of("sonia")
    sonia.post(reverse("assistance:referral-draft"), CALL)
    assert Draft.objects.system().get().data["family_name"] == "Łabędzcy"
    again = sonia.get(reverse("assistance:referral-new")).content.decode()
    assert "Łabędzka" in again
    done = sonia.post(reverse("assistance:referral-new"), CALL)
    case = CaseFile.objects.system().get()
    assert done["Location"] == reverse("assistance:referral-view", args=[case.pk])
    assert case.family.name == "Łabędzcy"
    assert Membership.objects.system().get(family=case.family).person.full_name == "Ewa Łabędzka"
    assert not Draft.objects.system().exists()
    page = sonia.get(done["Location"]).content.decode()
    assert "Wywiad środowiskowy do" in page
    assert "Dzieci nie chodzą do szkoły." in page


def test_nobody_is_written_in_twice(cast, client_of):
    sonia = client_of("sonia")
    sonia.post(reverse("assistance:referral-new"), CALL)
    family = CaseFile.objects.system().get().family
    typo = {**CALL, "osoby-0-last_name": "Łabendzka", "family_name": "Łabendzcy"}
    page = sonia.post(reverse("assistance:referral-new"), {**typo, "osoby-0-last_name": "Łabędka"}).content.decode()
    assert "Podobne osoby są już w systemie: Ewa Łabędzka" in page
    assert f"?rodzina={family.pk}" in page
    again = sonia.post(reverse("assistance:referral-new") + f"?rodzina={family.pk}", CALL).content.decode()
    assert "ma już otwartą sprawę" in again
    case = CaseFile.objects.system().get()
    from gniazdo.assistance.actions.intake import reject_referral

    reject_referral(cast.actor("maria"), case, reason="OTHER", note="Pomyłka.", on=case.opened_on)
    sonia.post(reverse("assistance:referral-new") + f"?rodzina={family.pk}", CALL)
    fresh = AssistanceCase.objects.system().order_by("-id").first()
    assert fresh.family == family
    assert "Osoby podane w zgłoszeniu: Ewa Łabędzka." in fresh.description
    sonia.post(
        reverse("assistance:referral-new"), {**typo, "osoby-0-last_name": "Łabędka", "not_duplicate_reason": "Kuzynka."}
    )
    assert CaseFile.objects.system().count() == 3


def test_a_family_out_of_reach_is_asked_for_from_the_same_page(cast, client_of):
    client_of("sonia").post(reverse("assistance:referral-new"), CALL)
    family = CaseFile.objects.system().get().family
    typo, url = {**CALL, "osoby-0-last_name": "Łabędka"}, reverse("assistance:referral-new")
    ask = reverse("orgs:break-glass", args=[family.pk])
    page = client_of("adam").post(url, typo).content.decode()
    assert f"?rodzina={family.pk}" not in page
    assert f'href="{ask}?next=' in page
    assert "Dzieci nie chodzą do szkoły." in page
    assert ask not in client_of("sonia").post(url, typo).content.decode()
    assert "Ewa Łabędzka" not in client_of("olga").post(url, typo).content.decode()
    entry = {"reason": "Sąsiadka mówi, że dzieci są dziś same w domu."}
    assert client_of("adam").post(ask, entry).status_code == 302
    assert f"?rodzina={family.pk}" in client_of("adam").post(url, typo).content.decode()
    assert JournalEntry.objects.filter(code="orgs.access.break_glass", outcome="done").exists()


def test_a_wrong_form_keeps_what_was_typed(cast, client_of):
    page = client_of("sonia").post(reverse("assistance:referral-new"), {**CALL, "is_urgent": "on"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Napisz, dlaczego zgłoszenie jest pilne." in text
    assert "Dzieci nie chodzą do szkoły." in text
    assert not AssistanceCase.objects.system().exists()


def test_the_case_page_offers_what_this_post_may_do(cast, client_of):
    case = Corridor(cast).to("APPLIED")
    url = reverse("cases:case-view", args=[case.pk])
    maria = client_of("maria").get(url).content.decode()
    assert "Przydziel asystenta" in maria
    piotr = client_of("piotr").get(url).content.decode()
    assert "Przydziel asystenta" not in piotr
    assert "zgoda rodziny z 01.06.2026" in piotr
    assert client_of("anna").get(url).status_code == 404
    assert client_of("olga").get(url).status_code == 404


def test_a_step_is_made_by_its_form(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    url = reverse("assistance:case-move", args=[case.pk, "suspend"])
    assert client_of("anna").get(url).status_code == 200
    refused = client_of("anna").post(url, {"reason": "HOSPITAL", "on": "2020-01-01", "note": ""})
    assert "nie może być wcześniejsza" in refused.content.decode()
    done = client_of("anna").post(url, {"reason": "HOSPITAL", "on": "2026-06-02", "note": ""})
    assert done["Location"] == reverse("cases:case-view", args=[case.pk])
    assert told(case).case.state == "SUSPENDED"


@pytest.mark.parametrize("step", ["suspend", "first_visit", "close", "nie-ma-takiego"])
def test_steps_of_strangers_are_not_found(cast, client_of, step):
    case = Corridor(cast).to("ACTIVE")
    assert client_of("olga").get(reverse("assistance:case-move", args=[case.pk, step])).status_code == 404


def test_every_step_and_act_shows_its_form(cast, client_of):
    from gniazdo.assistance.views.steps import DONE, MOVES

    case = Corridor(cast).to("ACTIVE")
    maria = client_of("maria")
    for name, steps in (("case-move", MOVES), ("case-act", DONE)):
        for step in steps:
            assert maria.get(reverse(f"assistance:{name}", args=[case.pk, step])).status_code == 200, step


def test_assigning_on_its_screen(cast, client_of):
    case = Corridor(cast).to("APPLIED")
    url = reverse("assistance:case-assign", args=[case.pk])
    assert "0 z 15 rodzin" in client_of("maria").get(url).content.decode()
    client_of("maria").post(url, {"post": str(cast.anna.pk), "on": "2026-06-02"})
    assert told(case).assigned_on == START.replace(day=2)
    assert client_of("maria").post(url, {"post": str(cast.olga.pk), "on": "2026-06-02"}).status_code == 404


def test_handing_over_all_families_on_one_screen(cast, client_of):
    cases = [Corridor(cast, f"Rodzina{n}").to("ACTIVE") for n in range(2)]
    url = reverse("assistance:post-reassign", args=[cast.anna.pk])
    typed = {"on": "2026-11-18", "reason": "odejście"}
    for case in cases:
        typed |= {f"to_{case.pk}": str(cast.adam.pk), f"note_{case.pk}": "W toku."}
    wrong = client_of("maria").post(url, {**typed, f"note_{cases[1].pk}": ""})
    assert "brakuje notatki przekazania" in wrong.content.decode()
    assert client_of("maria").post(url, typed)["Location"] == reverse("assistance:caseload")
    assert client_of("adam").get(reverse("cases:case-view", args=[cases[0].pk])).status_code == 200
    assert client_of("anna").get(reverse("cases:case-view", args=[cases[0].pk])).status_code == 404
    assert client_of("lena").get(url).status_code == 404


def test_a_court_letter_goes_through_its_screen(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    anna = client_of("anna")
    anna.post(
        reverse("assistance:case-act", args=[case.pk, "zadanie-sadu"]),
        {
            "kind": "OPINION",
            "court": "SR",
            "docket": "III Nsm 1/26",
            "received_on": "2026-06-02",
            "due_on": "2026-06-20",
        },
    )
    page = anna.get(reverse("assistance:court-list")).content.decode()
    assert "III Nsm 1/26" in page
    from gniazdo.assistance.models import CourtRequest

    url = reverse("assistance:court-view", args=[CourtRequest.objects.system().get().pk])
    anna.post(url + "?krok=gotowe", {"on": "2026-06-03"})
    anna.post(url + "?krok=wyslij", {"on": "2026-06-04", "channel": "POST"})
    assert "wysłane" in anna.get(url).content.decode()
    assert client_of("olga").get(url).status_code == 404


def test_exports_run_no_formula(cast, client_of):
    Corridor(cast, "=cmd()").to("ACTIVE")
    for name, who in (("assistance:register", "maria"), ("cases:family-list", "anna")):
        assert "'=cmd()" in client_of(who).get(reverse(name) + "?format=csv").content.decode()


def test_the_list_of_families_is_in_polish_order_and_paged(cast, client_of, django_assert_max_num_queries):
    from gniazdo.cases.queries import families
    from gniazdo.people.actions.family import found_family

    maria = cast.actor("maria")
    for name in ("Zając", "Łukasik", "Lutek", "Macura", "Żak"):
        found_family(maria, None, name=name, on=START)
    first = families(maria, size=2, on=START)
    assert [x.name for x in first.lines] == ["Lutek", "Łukasik"]
    second = families(maria, size=2, after=first.next, on=START)
    assert [x.name for x in second.lines] == ["Macura", "Zając"]
    last = families(maria, size=2, after=second.next, on=START)
    assert ([x.name for x in last.lines], last.next) == (["Żak"], "")
    assert [x.name for x in families(maria, text="lu", on=START).lines] == ["Lutek", "Łukasik"]
    assert families(cast.actor("anna"), on=START).lines == []
