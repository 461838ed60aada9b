"""The periodic assessment: area by area, with evidence, never a total."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.assessment import (
    ChildView,
    Written,
    edit_assessment,
    read_assessment,
    start_assessment,
    store_initial_scores,
    submit_assessment,
)
from gniazdo.assistance.queries.reviews import evidence_of, next_assessment, previous_scores, trends
from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.assistance.tests.working import Work, make_visit, make_work
from gniazdo.people.tests.factories import make_person
from gniazdo.plans.vocab import AREAS

ALL = {w.code: (3, "") for w in AREAS}


@pytest.fixture
def work(cast):
    return make_work(cast)


def write(work, assessment, **fields):
    whole = {"scores": ALL, "texts": {"conclusion_reason": "Postęp"}, "family_heard": True, "conclusion": "CONTINUE"}
    return edit_assessment(work.anna, assessment, written=Written(**{**whole, **fields}), today=work.today)


def test_half_a_year_runs_from_assignment_then_from_the_last_one(work):
    assert next_assessment(work.case) == date(2026, 9, 1)
    done = submit_assessment(
        work.anna, write(work, start_assessment(work.anna, work.case, on=work.today)), on=work.today
    )
    assert done.next_on == date(2027, 5, 18)
    assert next_assessment(work.case) == date(2027, 5, 18)
    assert JournalEntry.objects.filter(code="assistance.assessment.submit").exists()


def test_it_covers_the_time_since_the_last_one_and_counts_it(work):
    make_visit(work, days_ago=10)
    first = submit_assessment(
        work.anna, write(work, start_assessment(work.anna, work.case, on=work.today)), on=work.today
    )
    assert (first.since, first.visits, first.minutes) == (date(2026, 3, 1), 1, 60)
    second = start_assessment(work.anna, work.case, on=work.today)
    assert (second.since, second.number) == (work.today, 2)


def test_evidence_is_chosen_not_copied(work):
    visit = make_visit(work, course="Dzieci mają plecaki.", activities=("SCHOOL",))
    assessment = start_assessment(work.anna, work.case, on=work.today)
    write(work, assessment, evidence=frozenset({("SCHOOL", visit.pk)}))
    assert evidence_of(assessment)["SCHOOL"][0].text.startswith("Dzieci mają plecaki.")
    write(work, assessment, evidence=frozenset())
    assert not evidence_of(assessment)
    with pytest.raises(Refusal, match="z okresu"):
        write(work, assessment, evidence=frozenset({("SCHOOL", work.case.pk)}))


def test_trends_start_at_the_diagnosis(work):
    with system_act("test"):
        store_initial_scores(work.anna, work.case, scores={"SCHOOL": 1, "CARE": 2}, scale="1-5", on=date(2026, 4, 1))
    submit_assessment(work.anna, write(work, start_assessment(work.anna, work.case, on=work.today)), on=work.today)
    found = {t.area: t for t in trends(work.case.pk)}
    assert [score for _on, score in found["SCHOOL"].points] == [1, 3]
    assert len(found) == 12
    assert previous_scores(work.case.pk)["CARE"].score == 3


def test_a_draft_shows_in_no_trend(work):
    write(work, start_assessment(work.anna, work.case, on=work.today))
    assert trends(work.case.pk) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"scores": {"SCHOOL": (9, "")}}, "scores"),
        ({"on": date(2026, 12, 1)}, "on"),
        ({"conclusion": "CZARY"}, "conclusion"),
        ({"children": {}, "adults": {}, "scores": {"CZARY": (1, "")}}, "scores"),
    ],
)
def test_wrong_words_are_told(work, fields, field):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    with pytest.raises(Refusal) as refused:
        write(work, assessment, **fields)
    assert refused.value.field == field


def test_a_stranger_is_no_child_of_the_family(work):
    stranger = make_person(work.cast.institution, "Obcy")
    assessment = start_assessment(work.anna, work.case, on=work.today)
    with pytest.raises(Refusal, match="nie należy"):
        write(work, assessment, children={stranger.pk: ChildView()})


def test_children_and_adults_are_kept(work):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    write(
        work,
        assessment,
        children={work.children[0].pk: ChildView(school="Lepsza frekwencja")},
        adults={work.mother.pk: ("FULL", "")},
    )
    write(work, assessment, children={work.children[0].pk: ChildView(school="Świetnie")})
    assert assessment.children.get().school == "Świetnie"
    assert assessment.adults.get().engagement == "FULL"


def test_an_incomplete_one_is_refused_with_what_it_lacks(work):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    write(work, assessment, scores={k: v for k, v in ALL.items() if k != "RISK"})
    with pytest.raises(Refusal, match="bezpieczeństwo dzieci"):
        submit_assessment(work.anna, assessment, on=work.today)
    write(work, assessment, family_heard=None)
    with pytest.raises(Refusal, match="wysłuchana"):
        submit_assessment(work.anna, assessment, on=work.today)
    write(work, assessment, texts={"conclusion_reason": ""})
    with pytest.raises(Refusal, match="wniosek"):
        submit_assessment(work.anna, assessment, on=work.today)


def test_closing_sets_no_next_day(work):
    assessment = write(work, start_assessment(work.anna, work.case, on=work.today), conclusion="CLOSE")
    assert submit_assessment(work.anna, assessment, on=work.today).next_on is None


def test_the_manager_reads_once_and_nothing_changes_after(work):
    assessment = submit_assessment(
        work.anna, write(work, start_assessment(work.anna, work.case, on=work.today)), on=work.today
    )
    with pytest.raises(NotAllowed):
        read_assessment(work.anna, assessment)
    with pytest.raises(Refusal):
        write(work, assessment)
    assert read_assessment(work.cast.actor("lena"), assessment).state == "READ"
    with pytest.raises(Refusal):
        read_assessment(work.maria, assessment)


def test_two_writers_meet(work):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    write(work, assessment)
    with pytest.raises(Conflict):
        edit_assessment(work.anna, assessment, written=Written(), today=work.today, rev=1)


def test_one_draft_at_a_time_and_only_while_working(work, cast):
    start_assessment(work.anna, work.case, on=work.today)
    with pytest.raises(Refusal, match="rozpoczętą ocenę"):
        start_assessment(work.anna, work.case, on=work.today)
    closed = make_work(cast, state="MONITORING", name="Inni")
    with pytest.raises(Refusal, match="pracuje z rodziną"):
        start_assessment(cast.actor("anna"), closed.case, on=work.today)


def test_strangers(work):
    with pytest.raises(NotAllowed):
        start_assessment(work.cast.actor("adam"), work.case, on=work.today)
    with pytest.raises(NotHere):
        start_assessment(work.cast.actor("olga"), work.case, on=work.today)


def test_days_between_assessments_leave_no_hole(work):
    first = submit_assessment(
        work.anna, write(work, start_assessment(work.anna, work.case, on=work.today)), on=work.today
    )
    assert start_assessment(work.anna, work.case, on=work.today + timedelta(days=5)).since == first.on


def test_the_conclusion_to_end_leads_on_to_closing(cast, client_of):
    """Handed in with "end", the assessment shows the step, the step starts with its words, then comes the closing card."""
    case = Corridor(cast).to("ACTIVE")
    work = Work(cast, case.family, case, cast.actor("anna"), cast.actor("maria"), None, [])
    draft = start_assessment(work.anna, case, on=work.today)
    done = submit_assessment(work.anna, write(work, draft, conclusion="CLOSE"), on=work.today)
    anna = client_of("anna")
    step = reverse("assistance:case-move", args=[case.pk, "start_closing"])
    page = anna.get(reverse("assistance:assessment-view", args=[done.pk])).content.decode()
    assert f"{step}?ocena={done.pk}" in page
    assert "Okresowa ocena z dnia 18.11.2026" in anna.get(f"{step}?ocena={done.pk}").content.decode()
    assert "Okresowa ocena z dnia" not in anna.get(f"{step}?ocena={case.pk}").content.decode()
    moved = anna.post(step, {"reason": "GOAL", "note": "Cele osiągnięte.", "on": str(work.today)})
    card = reverse("papers:sheet-start", args=[case.pk, "assistance.closing"])
    assert moved["Location"] == card
    after = anna.get(reverse("assistance:assessment-view", args=[done.pk])).content.decode()
    assert card in after
    assert step not in after


def test_what_each_conclusion_leads_to_is_said_before_it_is_saved(work, client_of):
    draft = start_assessment(work.anna, work.case, on=work.today)
    page = client_of("anna").get(reverse("assistance:assessment-edit", args=[draft.pk])).content.decode()
    assert "Termin oceny przesuwa się z 01.09.2026 na 18.05.2027" in page
    assert "kartę zakończenia pracy z rodziną" in page
