"""Recording, correcting and failing to make a visit; what it feeds."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.visit import (
    DRAFT,
    ChildSeen,
    GoalTouched,
    NewAgreement,
    Settled,
    correct_visit,
    record_failed_contact,
    record_note,
    record_visit,
)
from gniazdo.assistance.forms.visit import VisitForm
from gniazdo.assistance.models import Agreement, AssistanceCase, Visit
from gniazdo.assistance.queries.case import facts
from gniazdo.assistance.queries.visits import beginning, contact_gaps, fed_by, visits_of_case, visits_of_day
from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work
from gniazdo.cases.models import CaseFile, Event
from gniazdo.kernel.clock import WARSAW
from gniazdo.orgs.models import ParameterValue
from gniazdo.papers.actions.drafts import save_draft
from gniazdo.papers.queries.sheets import draft_by_key
from gniazdo.people.tests.factories import make_person
from gniazdo.plans.tests.factories import make_plan_in_force

NOON = datetime(2026, 11, 18, 12, 7, tzinfo=WARSAW)


@pytest.fixture
def work(cast):
    return make_work(cast)


def test_one_entry_feeds_timeline_plan_agreements_and_counts(work):
    goal = make_plan_in_force(work.anna, work.case, on=work.today).goals.order_by("order")[0]
    visit = make_visit(
        work,
        present=(work.mother.pk,),
        children=(ChildSeen(work.children[0].pk, True, "uśmiechnięty", False), ChildSeen(work.children[1].pk, False)),
        activities=("EDU_PARENT", "BUDGET"),
        agreements=(NewAgreement("FAMILY", "Umówi dentystę", work.today + timedelta(days=7)),),
        goals=(GoalTouched(goal.pk, "IN_PROGRESS", "Wstają o czasie"),),
        km=Decimal("12.5"),
        next_on=work.today + timedelta(days=7),
    )
    fed = fed_by(visit)
    assert fed.events[0].kind == "visit"
    assert fed.progress[0].state == "IN_PROGRESS"
    assert fed.agreements[0].text == "Umówi dentystę"
    assert {point for point, _label in fed.points} == {"6", "3"}
    seen = {p.person_id: (p.present, p.seen) for p in visit.persons.order_by("id")}
    assert seen[work.mother.pk] == (True, None)
    assert seen[work.children[0].pk] == (False, True)
    assert JournalEntry.objects.filter(code="assistance.visit.record", subject_id=work.family.pk).exists()


def test_the_journal_keeps_no_words_of_the_visit(work):
    make_visit(work, course="Mama płakała")
    assert not [e for e in JournalEntry.objects.filter(code="assistance.visit.record") if "płakała" in str(e.changes)]


@pytest.mark.parametrize("name", ["maria", "zofia", "sonia", "adam", "daria", "artur", "lena"])
def test_only_those_who_work_with_the_family_record(work, name):
    with pytest.raises(NotAllowed):
        record_visit(work.cast.actor(name), work.case, entry=entry_of(work), today=work.today)


def test_another_institution_finds_nothing(work):
    with pytest.raises(NotHere):
        record_visit(work.cast.actor("olga"), work.case, entry=entry_of(work), today=work.today)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": date(2026, 11, 19)}, "on"),
        ({"on": date(2026, 2, 1)}, "on"),
        ({"minutes": 0}, "minutes"),
        ({"kind": "CZARY"}, "kind"),
        ({"activities": ("CZARY",)}, "activities"),
        ({"next_on": date(2026, 11, 1)}, "next_on"),
        ({"agreements": (NewAgreement("FAMILY", " "),)}, "agreements"),
    ],
)
def test_wrong_entries_get_a_sentence_at_their_field(work, fields, field):
    with pytest.raises(Refusal) as refused:
        record_visit(work.anna, work.case, entry=entry_of(work, **fields), today=work.today)
    assert refused.value.field == field
    assert not Visit.objects.system().exists()


@pytest.mark.parametrize(("state", "allowed"), [("MONITORING", True), ("CLOSED", False), ("TRANSFERRED", False)])
def test_a_closed_case_takes_no_visits_but_monitoring_does(cast, state, allowed):
    work = make_work(cast, state=state)
    if allowed:
        assert make_visit(work, kind="MONITORING").pk
    else:
        with pytest.raises(Refusal, match="jest zakończona"):
            make_visit(work)


def test_a_stranger_was_not_at_home(work):
    stranger = make_person(work.cast.institution, "Obcy")
    with pytest.raises(Refusal, match="nie należała"):
        make_visit(work, present=(stranger.pk,))
    assert not Visit.objects.system().exists()


def test_the_first_joint_visit_opens_the_diagnosis(cast):
    work = make_work(cast, state="ASSIGNED")
    with system_act("test"):
        AssistanceCase(
            institution_id=work.case.institution_id, case=work.case, family=work.family, referrer="SELF",
            learned_on=work.case.opened_on, assigned_on=work.today - timedelta(days=9),
        ).save()  # fmt: skip
    make_visit(work)
    assert CaseFile.objects.system().get(pk=work.case.pk).state == "ASSIGNED"
    joint = make_visit(work, joint_post_id=cast.piotr.pk, days_ago=2)
    assert CaseFile.objects.system().get(pk=work.case.pk).state == "DIAGNOSIS"
    row = AssistanceCase.objects.system().get(case=work.case)
    assert row.first_visit_on == joint.on
    entry = entry_of(work, on=joint.on - timedelta(days=1), joint_post_id=cast.piotr.pk)
    correct_visit(work.anna, joint, entry=entry, reason="Byliśmy dzień wcześniej.", today=work.today)
    assert AssistanceCase.objects.system().get(case=work.case).first_visit_on == entry.on


def test_the_step_of_the_first_visit_is_the_visit_itself(cast, client_of):
    """One way to the diagnosis on screens: the form of the visit, with the social worker of the case already named."""
    case = Corridor(cast).to("ASSIGNED")
    url = reverse("assistance:case-move", args=[case.pk, "first_visit"])
    answer = client_of("anna").get(url)
    assert answer["Location"] == reverse("assistance:visit-new", args=[case.pk]) + "?wspolna=1"
    page = client_of("anna").get(answer["Location"]).content.decode()
    assert f'<option value="{cast.piotr.pk}" selected>' in page
    assert "Ta wizyta rozpocznie diagnozę" in page
    assert client_of("olga").get(url).status_code == 404


def test_agreements_come_back_next_time_and_are_settled_once(work):
    make_visit(
        work,
        days_ago=7,
        agreements=(NewAgreement("FAMILY", "Umówi dentystę"), NewAgreement("ASSISTANT", "Zadzwoni do szkoły")),
    )
    first, second = beginning(work.case, on=work.today).agreements
    with pytest.raises(Refusal, match="dlaczego"):
        make_visit(work, settled=(Settled(first.pk, "NOT_DONE"),))
    made = make_visit(work, settled=(Settled(first.pk, "NOT_DONE", "Brak terminów"), Settled(second.pk, "DONE")))
    assert {a.state for a in fed_by(made).settled} == {"NOT_DONE", "DONE"}
    assert beginning(work.case, on=work.today).agreements == ()
    with pytest.raises(Refusal, match="już rozliczone"):
        make_visit(work, settled=(Settled(first.pk, "DONE"),))


def test_a_child_who_needs_action_marks_the_timeline(work):
    visit = make_visit(work, children=(ChildSeen(work.children[0].pk, True, "siniak", True),))
    assert Event.objects.system().get(record_id=visit.pk).is_significant


def test_a_goal_of_another_family_is_refused(work, cast):
    other = make_work(cast, name="Inni")
    other.anna = cast.actor("anna")
    goal = make_plan_in_force(other.anna, other.case, on=work.today).goals.order_by("order")[0]
    with pytest.raises(Refusal, match="nie należy do planu"):
        make_visit(work, goals=(GoalTouched(goal.pk),))


def test_no_one_home_is_one_tap(work):
    visit = record_failed_contact(work.anna, work.case, kind="NO_ONE_HOME", at=NOON, today=work.today)
    assert (visit.group, visit.minutes, visit.starts) == ("failed", 15, time(12, 7))
    with pytest.raises(Refusal):
        record_failed_contact(work.anna, work.case, kind="PLANNED", at=NOON, today=work.today)


@pytest.mark.parametrize(("kind", "minutes"), [("OFF_FAMILY", 0), ("OFF_WORKER", 0), ("UNSAFE", 15)])
def test_called_off_and_unsafe_are_attempts_without_contact(work, kind, minutes):
    visit = record_failed_contact(work.anna, work.case, kind=kind, at=NOON, today=work.today)
    assert (visit.group, visit.minutes) == ("failed", minutes)
    offered = [code for code, _label in VisitForm.base_fields["kind"].choices]
    assert kind in offered


def test_a_note_counts_no_time(work):
    note = record_note(work.anna, work.case, text="Dzwoniła babcia.", at=NOON, today=work.today)
    assert (note.kind, note.minutes) == ("NOTE", 0)
    assert Event.objects.system().get(record_id=note.pk).kind == "note"
    with pytest.raises(Refusal):
        record_note(work.anna, work.case, text="  ", at=NOON, today=work.today)


def test_a_correction_keeps_what_was_said_before(work):
    visit = make_visit(work, course="Pierwotny zapis", activities=("BUDGET",), present=(work.mother.pk,))
    fixed = correct_visit(
        work.anna, visit, entry=entry_of(work, course="Poprawiony zapis", activities=("HEALTH",)), reason="Pomyłka", today=work.today,
        rev=visit.rev,
    )  # fmt: skip
    assert fixed.course == "Poprawiony zapis"
    old = fed_by(fixed).revisions[0]
    assert (old.content["course"], old.content["activities"], old.reason) == ("Pierwotny zapis", ["BUDGET"], "Pomyłka")
    assert [a.code for a in fixed.activities.order_by("id")] == ["HEALTH"]
    with pytest.raises(Conflict):
        correct_visit(work.anna, visit, entry=entry_of(work), reason="Znowu", today=work.today, rev=1)
    with pytest.raises(Refusal, match="powód"):
        correct_visit(work.anna, visit, entry=entry_of(work), reason="", today=work.today)


def test_only_the_author_corrects(work, cast):
    from gniazdo.access.actions import system_act
    from gniazdo.cases.actions import assign_worker
    from gniazdo.orgs.queries import system_actor

    visit = make_visit(work)
    with system_act("test"):
        assign_worker(system_actor(cast.institution), work.case, cast.piotr, role="SOCIAL_WORKER", on=work.today)
    with pytest.raises(NotAllowed):
        correct_visit(cast.actor("piotr"), visit, entry=entry_of(work), reason="x", today=work.today)


def test_the_list_pages_by_key(work):
    for days in range(5):
        make_visit(work, days_ago=days)
    first = visits_of_case(work.anna, work.case.pk, limit=3)
    rest = visits_of_case(work.anna, work.case.pk, before=first[-1].pk, limit=3)
    assert [v.on for v in first + rest] == [work.today - timedelta(days=d) for d in range(5)]
    assert visits_of_case(work.cast.actor("olga"), work.case.pk) == []


def test_meetings_of_the_day_wait_until_done(work):
    make_visit(work, days_ago=7, present=(work.mother.pk,), next_on=work.today, next_at=time(12),
               agreements=(NewAgreement("FAMILY", "Umówi dentystę"),))  # fmt: skip
    (planned,) = visits_of_day(work.anna, on=work.today)
    assert (planned.is_done, planned.present_last) == (False, (work.mother.full_name,))
    assert planned.agreements[0].text == "Umówi dentystę"
    make_visit(work)
    assert visits_of_day(work.anna, on=work.today)[0].is_done
    assert visits_of_day(work.cast.actor("adam"), on=work.today) == []


def test_families_without_contact_show_after_the_set_days(work):
    make_visit(work, days_ago=40)
    record_failed_contact(work.anna, work.case, kind="NO_ONE_HOME", at=NOON, today=work.today)
    assert [(g.case, g.days) for g in contact_gaps(work.maria, on=work.today)] == [(work.case, 40)]
    make_visit(work, kind="PHONE", place="PHONE")
    assert contact_gaps(work.maria, on=work.today) == []


def fact_of_failures(work):
    with system_act("test"):
        AssistanceCase.objects.system().get_or_create(
            case=work.case, family=work.family, institution_id=work.case.institution_id,
            defaults={"referrer": "SELF", "learned_on": work.case.opened_on},
        )  # fmt: skip
    found = facts(work.maria, work.case, work.today)
    return next((fact.text for fact in found if fact.label == "Nieudane próby kontaktu"), "")


def test_after_the_set_number_of_failed_attempts_a_suspension_is_proposed(work):
    for days_ago in (9, 6):
        make_visit(work, days_ago=days_ago, kind="NO_ONE_HOME", minutes=0, course="")
    make_visit(work, days_ago=5, kind="OFF_WORKER", minutes=0, course="")
    assert fact_of_failures(work) == ""
    make_visit(work, days_ago=3, kind="REFUSED", minutes=0, course="")
    assert fact_of_failures(work) == "3 z rzędu: rozważ zawieszenie pracy z rodziną"
    make_visit(work, days_ago=1, kind="PHONE", place="PHONE")
    assert fact_of_failures(work) == ""


def test_the_number_of_failed_attempts_is_the_institution_s(work):
    with system_act("test"):
        ParameterValue(institution=work.cast.institution, code="assistance.unsuccessful_contacts", value=1,
                       since=work.today).save()  # fmt: skip
    make_visit(work, days_ago=1, kind="NO_ONE_HOME", minutes=0, course="")
    assert fact_of_failures(work).startswith("1 z rzędu")


def test_agreements_stand_with_their_family(work):
    make_visit(work, agreements=(NewAgreement("ASSISTANT", "Zadzwoni"),))
    assert Agreement.objects.system().get().family_id == work.family.pk


def test_a_quick_note_leaves_the_half_written_visit_alone(work):
    told = {"form": DRAFT, "key": str(work.case.pk)}
    save_draft(work.anna, None, data={"course": "Rozmawialiśmy o"}, at=NOON, **told)
    record_note(work.anna, work.case, text="Zadzwonić do pedagoga.", at=NOON, today=work.today)
    kept = draft_by_key(work.anna, DRAFT, str(work.case.pk))
    assert kept is not None
    assert kept.data["course"] == "Rozmawialiśmy o"
    record_failed_contact(work.anna, work.case, kind="NO_ONE_HOME", at=NOON, today=work.today)
    assert draft_by_key(work.anna, DRAFT, str(work.case.pk)) is None


def test_what_a_post_shows_is_journalled_as_read_and_what_it_only_does_as_done(work, client_of):
    client, url = client_of("anna"), f"/asysta/sprawa/{work.case.pk}/wizyta/"

    def outcomes() -> list[tuple[str, str]]:
        found = list(JournalEntry.objects.order_by("id").values_list("code", "outcome"))
        JournalEntry.objects.all().delete()
        return found

    outcomes()
    assert client.get(url).status_code == 200
    assert {outcome for _code, outcome in outcomes()} == {"read"}
    assert client.post(url, {"kind": "PLANNED"}).status_code == 200
    shown = outcomes()
    assert shown
    assert {outcome for _code, outcome in shown} <= {"read", "refused"}
    sent = {"kind": "PLANNED", "on": work.today.isoformat(), "starts": "10:00", "minutes": "60", "place": "HOME",
            "activities": ["BUDGET"], "course": "Rozmowa o wydatkach."}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    done = outcomes()
    assert {outcome for _code, outcome in done} == {"done"}
    assert "assistance.visit.record" in {code for code, _outcome in done}
