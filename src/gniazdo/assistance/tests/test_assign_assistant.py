"""Giving a family an assistant: who may be, the limit, the list, changes and the leaving of a whole post."""

from __future__ import annotations

import pytest

from gniazdo.access.actions import system_act
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions import assign
from gniazdo.assistance.actions.assign import Handover
from gniazdo.assistance.actions.basis import Ruling, court_obliges
from gniazdo.assistance.models import HandoverNote
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.load import load_of, loads
from gniazdo.assistance.tests.corridor import DAY, START, Corridor, told
from gniazdo.cases.models import Assignment
from gniazdo.cases.tests.factories import make_case
from gniazdo.orgs.models import Absence, ParameterValue
from gniazdo.people.tests.factories import make_family


def fill(cast, post, count):
    for n in range(count):
        make_case(
            make_family(cast.institution, f"Obłożenie{n}", children=0),
            ASSISTANCE,
            on=START,
            assistant=post,
            state="ACTIVE",
        )


def away(cast, post, kind):
    with system_act("test"):
        Absence(institution=cast.institution, post=post, kind=kind, since=START).save()


class TestAssign:
    def test_within_the_limit(self, cast):
        case = Corridor(cast).to("APPLIED")
        case = assign.assign_assistant(cast.actor("maria"), case, post=cast.anna, on=START, first_visit_on=START + DAY)
        assert case.state == "ASSIGNED"
        assert told(case).assigned_on == START
        assert told(case).first_visit_planned_on == START + DAY
        assert case.family_id in cast.actor("anna").subject_ids

    def test_the_fifteenth_fits_and_the_sixteenth_needs_a_reason(self, cast):
        fill(cast, cast.anna, 14)
        maria = cast.actor("maria")
        assign.assign_assistant(maria, Corridor(cast, "Piętnaści").to("APPLIED"), post=cast.anna, on=START)
        assert load_of(cast.anna, on=START).full
        case = Corridor(cast, "Szesnaści").to("APPLIED")
        with pytest.raises(Refusal, match=r"16 rodzinami, a limit to 15") as refused:
            assign.assign_assistant(maria, case, post=cast.anna, on=START)
        assert "art. 15 ust. 4" in refused.value.article
        assert refused.value.field == "over_limit_reason"
        assign.assign_assistant(
            maria, case, post=cast.anna, on=START, over_limit_reason="Rodzeństwo w tej samej rodzinie."
        )
        assert Assignment.objects.system().get(case=case, role="ASSISTANT").over_limit_reason.startswith("Rodzeństwo")

    def test_monitoring_does_not_count_unless_the_unit_says_so(self, cast):
        make_case(
            make_family(cast.institution, "Monitorowani"), ASSISTANCE, on=START, assistant=cast.anna, state="MONITORING"
        )
        assert load_of(cast.anna, on=START).count == 0
        with system_act("test"):
            ParameterValue(
                institution=cast.institution,
                code="assistance.caseload_states",
                value=["ACTIVE", "MONITORING"],
                since=START,
            ).save()
        assert load_of(cast.anna, on=START).count == 1
        assert load_of(cast.anna, on=START - DAY).count == 0

    @pytest.mark.parametrize(("kind", "article"), [("SUSPENDED", "art. 13"), ("SICK", "")])
    def test_nobody_suspended_or_absent(self, cast, kind, article):
        case = Corridor(cast).to("APPLIED")
        away(cast, cast.anna, kind)
        with pytest.raises(Refusal) as refused:
            assign.assign_assistant(cast.actor("maria"), case, post=cast.anna, on=START)
        assert refused.value.field == "post"
        assert article in refused.value.article

    def test_only_an_assistant(self, cast):
        case = Corridor(cast).to("APPLIED")
        with pytest.raises(Refusal, match="jako asystent"):
            assign.assign_assistant(cast.actor("maria"), case, post=cast.piotr, on=START)

    def test_another_institutions_post_is_not_here(self, cast):
        with pytest.raises(NotHere):
            assign.assign_assistant(cast.actor("maria"), Corridor(cast).to("APPLIED"), post=cast.olga, on=START)

    def test_the_social_worker_does_not_decide(self, cast):
        case = Corridor(cast).to("APPLIED")
        with pytest.raises(NotAllowed):
            assign.assign_assistant(cast.actor("piotr"), case, post=cast.anna, on=START)

    def test_not_twice(self, cast):
        case = Corridor(cast).to("ASSIGNED")
        with pytest.raises(Refusal, match="przydzielono asystenta"):
            assign.assign_assistant(cast.actor("maria"), case, post=cast.adam, on=START)

    def test_from_outside(self, cast):
        with pytest.raises(NotHere):
            assign.assign_assistant(cast.actor("olga"), Corridor(cast).to("APPLIED"), post=cast.olga, on=START)


class TestWaiting:
    def test_a_family_waits_and_is_taken(self, cast):
        maria = cast.actor("maria")
        case = assign.put_on_waiting_list(maria, Corridor(cast).to("APPLIED"), on=START)
        assert (case.state, told(case).waiting_since) == ("WAITING", START)
        assign.change_priority(maria, case, priority="URGENT", reason="Noworodek.")
        assert told(case).priority == "URGENT"
        case = assign.assign_assistant(maria, case, post=cast.anna, on=START + DAY)
        assert case.state == "ASSIGNED"

    def test_priority_needs_a_reason(self, cast):
        with pytest.raises(Refusal, match="Uzasadnij"):
            assign.put_on_waiting_list(cast.actor("maria"), Corridor(cast).to("APPLIED"), on=START, priority="HIGH")

    def test_the_head_refuses_with_a_reason(self, cast):
        case = Corridor(cast).to("APPLIED")
        with pytest.raises(Refusal, match="uzasadnić"):
            assign.refuse_application(cast.actor("maria"), case, on=START, note="")
        case = assign.refuse_application(cast.actor("maria"), case, on=START, note="Wystarczy praca socjalna.")
        assert case.state == "CLOSED_NO_SUPPORT"

    def test_a_courts_obligation_is_not_refused(self, cast):
        case = Corridor(cast).to("APPLIED")
        court_obliges(cast.actor("piotr"), case, ruling=Ruling("SR", "III Nsm 1/26", START), on=START, today=cast.today)
        with pytest.raises(Refusal, match="Sąd zobowiązał"):
            assign.refuse_application(cast.actor("maria"), case, on=START, note="x")

    def test_a_minor_parent_is_not_refused(self, cast):
        case = Corridor(cast).to("APPLIED", minor_facility="ZP")
        with pytest.raises(Refusal, match="trzeba przydzielić"):
            assign.refuse_application(cast.actor("maria"), case, on=START, note="x")


class TestChange:
    note = Handover("Po diagnozie, plan w połowie.", dangers="Pies.")

    def test_with_a_handover_note(self, cast):
        case = Corridor(cast).to("ACTIVE")
        assign.change_assistant(
            cast.actor("maria"), case, post=cast.adam, on=START + DAY, reason="urlop rodzicielski", handover=self.note
        )
        assert case.family_id not in cast.actor("anna").subject_ids
        assert case.family_id in cast.actor("adam").subject_ids
        assert HandoverNote.objects.system().get(case=case).giver == cast.anna

    def test_without_a_note_it_is_refused(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(Refusal, match="notatkę przekazania") as refused:
            assign.change_assistant(
                cast.actor("maria"), case, post=cast.adam, on=START, reason="x", handover=Handover(" ")
            )
        assert refused.value.field == "situation"

    def test_not_to_the_same_nor_to_a_stranger(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(Refusal, match="już pracuje"):
            assign.change_assistant(cast.actor("maria"), case, post=cast.anna, on=START, reason="x", handover=self.note)
        with pytest.raises(NotHere):
            assign.change_assistant(cast.actor("maria"), case, post=cast.olga, on=START, reason="x", handover=self.note)

    def test_an_assistant_does_not_change_herself(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(NotAllowed):
            assign.change_assistant(cast.actor("anna"), case, post=cast.adam, on=START, reason="x", handover=self.note)


class TestLeaving:
    def test_all_families_go_to_others_at_once(self, cast):
        cases = [Corridor(cast, f"Rodzina{n}").to("ACTIVE") for n in range(3)]
        assign.bulk_reassign(
            cast.actor("maria"), cast.anna, to={c.pk: cast.adam for c in cases}, on=START + DAY, reason="odejście",
            handovers={c.pk: Handover("W toku.") for c in cases},
        )  # fmt: skip
        assert load_of(cast.adam, on=START + DAY).count == 3
        assert load_of(cast.anna, on=START + DAY).count == 0

    def test_one_family_without_a_note_stops_all(self, cast):
        cases = [Corridor(cast, f"Rodzina{n}").to("ACTIVE") for n in range(2)]
        with pytest.raises(Refusal, match="Rodzina1"):
            assign.bulk_reassign(
                cast.actor("maria"), cast.anna, to={c.pk: cast.adam for c in cases}, on=START + DAY, reason="odejście",
                handovers={cases[0].pk: Handover("W toku.")},
            )  # fmt: skip
        assert load_of(cast.anna, on=START + DAY).count == 2

    def test_the_limit_holds_for_the_whole_batch(self, cast):
        fill(cast, cast.adam, 14)
        cases = [Corridor(cast, f"Rodzina{n}").to("ACTIVE") for n in range(2)]
        with pytest.raises(Refusal, match="16 rodzinami"):
            assign.bulk_reassign(
                cast.actor("maria"), cast.anna, to={c.pk: cast.adam for c in cases}, on=START + DAY, reason="odejście",
                handovers={c.pk: Handover("W toku.") for c in cases},
            )  # fmt: skip

    def test_a_case_of_somebody_else_is_not_here(self, cast):
        case = Corridor(cast).to("ACTIVE", assistant="adam")
        with pytest.raises(NotHere):
            assign.bulk_reassign(
                cast.actor("maria"), cast.anna, to={case.pk: cast.adam}, on=START, reason="x",
                handovers={case.pk: Handover("x")},
            )  # fmt: skip

    def test_only_the_head(self, cast):
        with pytest.raises(NotAllowed):
            assign.bulk_reassign(cast.actor("lena"), cast.anna, to={}, on=START, reason="x", handovers={})


def test_the_board_puts_room_first_and_says_who_is_away(cast):
    fill(cast, cast.anna, 2)
    away(cast, cast.anna, "LEAVE")
    board = loads(cast.institution.pk, on=START)
    assert [row.post for row in board] == [cast.adam, cast.anna]
    assert board[1].status == "urlop wypoczynkowy"
