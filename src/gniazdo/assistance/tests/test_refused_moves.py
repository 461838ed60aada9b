"""A refused move on the screen: the rule, its article (or that it is a rule of the house), what to do; nothing typed is lost."""

from __future__ import annotations

import ast
import html
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Refusal
from gniazdo.assistance.actions import basis, court
from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.assistance.tests.working import make_work
from gniazdo.deadlines.actions import refresh
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.orgs.models import Absence
from gniazdo.people.tests.factories import let_in
from gniazdo.plans.actions.approval import agree, submit_for_approval
from gniazdo.plans.rules import Content, Goal, Task
from gniazdo.plans.tests.factories import make_draft, make_plan_in_force

ROOT = Path(__file__).resolve().parents[2]
TYPED = "Tekst „wpisany” <ręcznie> i długi"
HOUSE = "(reguła ośrodka)"


def refused(client, url, data, *said):
    """Post, and find every part of the refusal in the page, with what was typed."""
    answer = client.post(url, data)
    assert answer.status_code in (200, 409), answer.headers.get("Location")
    page = html.unescape(answer.content.decode())
    missing = [part for part in said if part not in page]
    assert not missing, (missing, page[page.find("<main") :][:3000])
    if TYPED in data.values():
        assert TYPED in page, "what was typed is gone"
    if "on" in data:
        assert f'value="{data["on"]}"' in page
    assert JournalEntry.objects.filter(outcome="refused").exists()
    return page


def step(case, name):
    return reverse("assistance:case-move", args=[case.pk, name])


def ruling(cast, case):
    basis.court_obliges(
        cast.actor("maria"), case, on=case.state_since, today=cast.today,
        ruling=basis.Ruling("SR w Dębowie", "III Nsm 1/26", case.state_since, "", "", None, ()),
    )  # fmt: skip


def test_an_assignment_over_the_limit_without_a_reason(cast, client_of):
    for n in range(15):
        make_work(cast, name=f"Liczni{n}")
    case = Corridor(cast).to("APPLIED")
    data = {"post": str(cast.anna.pk), "on": "2026-11-18", "note": TYPED, "over_limit_reason": ""}
    page = refused(
        client_of("maria"), reverse("assistance:case-assign", args=[case.pk]), data,
        "a limit to 15", "art. 15 ust. 4", "wpisz rodzinę na listę oczekujących albo zapisz powód",
    )  # fmt: skip
    radio = page.split(f'value="{cast.anna.pk}"')[1].split(">")[0]
    assert "checked" in radio


@pytest.mark.parametrize(("kind", "said"), [
    ("SUSPENDED", ("jest zawieszony/a w czynnościach", "art. 13 uwrspz", "Wybierz innego asystenta")),
    ("LEAVE", ("jest tego dnia nieobecny/a", HOUSE, "albo przydziel rodzinę po powrocie")),
])  # fmt: skip
def test_an_assistant_who_is_not_there(cast, client_of, kind, said):
    with system_act("test"):
        Absence(
            institution=cast.institution, post=cast.anna, kind=kind, since=cast.today, until=cast.today + timedelta(9)
        ).save()
    case = Corridor(cast).to("APPLIED")
    data = {"post": str(cast.anna.pk), "on": "2026-11-18", "note": TYPED}
    refused(client_of("maria"), reverse("assistance:case-assign", args=[case.pk]), data, *said)


def test_a_need_found_before_the_interview_and_without_a_basis(cast, client_of):
    case = Corridor(cast).to("INTERVIEW")
    let_in(case.family, cast.piotr)
    data = {"on": "2026-11-18", "note": TYPED}
    piotr = client_of("piotr")
    refused(piotr, step(case, "find_need"), data, "Najpierw odnotuj wywiad środowiskowy.", "art. 11", "ust. 1–2")
    interview = {"number": "7/26", "on": "2026-11-18", "kind": "FULL", "findings": "Ustalono."}
    done = piotr.post(reverse("assistance:case-act", args=[case.pk, "wywiad"]), interview)
    assert done.status_code == 302
    refused(piotr, step(case, "find_need"), data, "Brak podstawy pracy", "art. 8", "zapisz zgodę rodziny albo")


def test_a_refusal_of_the_family_while_a_child_is_in_danger(cast, client_of):
    case = Corridor(cast).to("INTERVIEW")
    interview = {"number": "7/26", "on": "2026-11-18", "kind": "FULL", "findings": "Ustalono."}
    client_of("piotr").post(reverse("assistance:case-act", args=[case.pk, "wywiad"]), interview)
    data = {"on": "2026-11-18", "note": TYPED, "risk_to_child": "on"}
    refused(
        client_of("piotr"), step(case, "family_refuses"), data,
        "Przy zagrożeniu dobra dziecka odmowa rodziny nie kończy sprawy.", "art. 15 ust. 1 pkt 12 uwrspz",
    )  # fmt: skip


def test_an_application_refused_in_spite_of_the_court(cast, client_of):
    case = Corridor(cast).to("APPLIED")
    ruling(cast, case)
    refused(
        client_of("maria"), step(case, "refuse_application"), {"on": "2026-11-18", "note": TYPED},
        "więc asystenta trzeba przydzielić", "art. 109 § 2 pkt 1",
    )  # fmt: skip


def test_a_resignation_while_the_court_obliges(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    ruling(cast, case)
    refused(
        client_of("anna"), step(case, "start_closing"), {"on": "2026-11-18", "note": TYPED, "reason": "RESIGN"},
        "więc jej rezygnacja nie kończy pracy", "art. 109 § 4",
    )  # fmt: skip


def test_closing_without_the_closing_card(cast, client_of):
    case = Corridor(cast).to("CLOSING")
    data = {"on": "2026-11-18", "reason": "GOAL", "outcome": "STAYS_STABLE", "note": TYPED}
    page = client_of("maria").get(step(case, "close")).content.decode()
    outcome = page.split('name="outcome"')[1].split("<option value=")[2].split('"')[1]
    refused(
        client_of("maria"), step(case, "close"), {**data, "outcome": outcome},
        "Najpierw sporządź kartę zakończenia pracy z rodziną.", "zatwierdza ją kierownik", HOUSE,
    )  # fmt: skip


def test_a_move_that_the_state_does_not_admit(cast, client_of):
    case = Corridor(cast).to("CLOSING")
    refused(
        client_of("anna"), step(case, "suspend"), {"on": "2026-11-18", "note": TYPED, "reason": "HOSPITAL"},
        "Sprawa jest w stanie", "Odśwież stronę: ktoś mógł już zmienić bieg sprawy.", HOUSE,
    )  # fmt: skip


def test_a_plan_without_deadlines_to_approval(cast, client_of):
    work = make_work(cast, state="PLANNED")
    bare = Content(goals=(Goal(wording="Szkoła na czas", area="SCHOOL", tasks=(Task(description="Budzik"),)),))
    version = agree(
        work.anna, make_draft(work.anna, work.case, on=cast.today, content=bare), on=cast.today, today=cast.today
    )
    refused(
        client_of("anna"), reverse("assistance:plan-move", args=[version.pk]), {"do": "submit"},
        "Plan nie może iść do zatwierdzenia, bo brakuje w nim", "art. 15 ust. 3",
        "Uzupełnij zakres działań, terminy i przewidywane efekty.",
    )  # fmt: skip


def test_a_plan_approved_twice_and_returned_with_a_reason(cast, client_of):
    work = make_work(cast)
    version = make_plan_in_force(work.anna, work.case, on=cast.today)
    url, maria = reverse("assistance:plan-move", args=[version.pk]), client_of("maria")
    told = ("Ta wersja planu ma stan", "Odśwież stronę: ktoś mógł już zmienić jej stan.", HOUSE)
    refused(maria, url, {"do": "approve"}, *told)
    refused(maria, url, {"do": "return", "reason": TYPED}, *told)


def test_nobody_approves_an_own_plan_or_accepts_an_own_card(cast, client_of):
    work = make_work(cast, state="PLANNED")
    draft = make_draft(work.anna, work.case, on=cast.today)
    version = submit_for_approval(work.anna, agree(work.anna, draft, on=cast.today, today=cast.today), on=cast.today)
    refused(
        client_of("anna"), reverse("assistance:plan-move", args=[version.pk]), {"do": "approve"},
        "Twoje stanowisko nie pozwala na tę czynność", "Może to zrobić: ",
    )  # fmt: skip


def test_an_answer_to_the_court_sent_before_it_is_written(cast):
    work = make_work(cast)
    demand = court.Demand(
        kind="OPINION", court="SR w Dębowie", docket="III Nsm 2/26", received_on=cast.today, due_on=date(2026, 12, 1)
    )
    request = court.register_court_request(cast.actor("maria"), work.family, demand=demand, today=cast.today)
    with pytest.raises(Refusal) as raised:
        court.send_answer(cast.actor("maria"), request, on=cast.today, channel="POST", today=cast.today)
    for part in ("Najpierw przygotuj odpowiedź dla sądu.", "pkt 17 uwrspz", raised.value.advice):
        assert part in str(raised.value)
    assert raised.value.advice


def test_a_day_set_by_the_court_is_not_moved_here(cast, client_of):
    work = make_work(cast)
    demand = court.Demand(
        kind="OPINION", court="SR", docket="III Nsm 2/26", received_on=cast.today, due_on=date(2026, 12, 1)
    )
    court.register_court_request(cast.actor("maria"), work.family, demand=demand, today=cast.today)
    refresh(cast.institution.pk, {work.family.pk}, on=cast.today)
    row = DeadlineRow.objects.system().get(declaration__contains="court", family=work.family)
    refused(
        client_of("maria"), reverse("deadlines:row-extend", args=[row.pk]), {"to": "2026-12-31", "reason": TYPED},
        "wyznaczył go sąd lub organ", row.article, "Nową datę wpisz w sprawie, gdy przyjdzie nowe pismo.",
    )  # fmt: skip


def test_the_words_for_a_house_rule_are_english_for_an_english_reader(cast, client_of):
    case = Corridor(cast).to("CLOSING")
    cast.anna.user.language = "en"
    cast.anna.user.save()
    page = client_of("anna").post(step(case, "suspend"), {"on": "2026-11-18", "note": "x", "reason": "HOSPITAL"})
    assert "rule of the centre" in page.content.decode()


def refusals():
    """(place, names of what is given) of every refusal that the verbs of the corridor raise."""
    for room in ("assistance", "cases", "deadlines", "papers", "plans"):
        for path in sorted((ROOT / room).glob("actions*/**/*.py")) + sorted((ROOT / room).glob("actions.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
                if name in ("Refusal", "NotAllowed", "NotComplete", "IncompletePlan"):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", {k.arg for k in node.keywords}


def test_every_refused_move_has_its_article_and_says_what_to_do():
    """A refusal tied to a field speaks at the field, of what to write there; any other one names its basis and a way on."""
    found = dict(refusals())
    bare = [place for place, given in found.items() if "field" not in given and not {"article", "advice"} <= given]
    assert not bare, "\n" + "\n".join(bare)
    assert len(found) > 150
