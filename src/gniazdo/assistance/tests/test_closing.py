"""The end: resignation with and without a court, closing, monitoring, a new linked case, the archive; and what comes before."""

from __future__ import annotations

import pytest

from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions import basis, closing, course
from gniazdo.assistance.models import AssistanceCase, CourtRequest
from gniazdo.assistance.tests.corridor import DAY, START, Corridor, closing_card, told
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.kernel.terms import add_months


def bound(cast, state="ACTIVE"):
    case = Corridor(cast).to(state)
    ruling = basis.Ruling("Sąd Rejonowy w Dębowie", "III Nsm 5/26", START)
    basis.court_obliges(cast.actor("piotr"), case, ruling=ruling, on=START, today=cast.today)
    return case


class TestResignation:
    def test_on_consent_the_work_ends_by_closing(self, cast):
        case = Corridor(cast).to("ACTIVE")
        case = basis.withdraw_consent(cast.actor("anna"), case, on=START + DAY, note="Nie chcą.", today=cast.today)
        assert case.state == "CLOSING"
        assert told(case).end_reason == "RESIGN"
        assert told(case).consent_withdrawn_on == START + DAY

    def test_before_the_plan_it_ends_at_once(self, cast):
        case = Corridor(cast).to("DIAGNOSIS")
        case = basis.withdraw_consent(cast.actor("anna"), case, on=START + DAY, note="Nie chcą.", today=cast.today)
        assert case.state == "CLOSED_REFUSED"
        assert case.family_id not in cast.actor("anna").subject_ids

    def test_under_a_court_order_work_goes_on_and_a_report_is_due(self, cast):
        case = bound(cast)
        case = basis.withdraw_consent(cast.actor("anna"), case, on=START + DAY, note="Nie wpuścili.", today=cast.today)
        assert case.state == "ACTIVE"
        report = CourtRequest.objects.system().get(case=case, kind="REPORT")
        assert report.due_on == START + DAY
        assert report.responsible == cast.anna

    def test_under_a_court_order_closing_by_resignation_is_refused(self, cast):
        case = bound(cast)
        with pytest.raises(Refusal, match="zobowiązana przez sąd") as refused:
            closing.start_closing(cast.actor("anna"), case, reason="RESIGN", note="x", on=START)
        assert "109" in refused.value.article

    def test_when_the_court_lifts_its_order_consent_counts_again(self, cast):
        case = bound(cast)
        basis.end_ruling(cast.actor("piotr"), case, on=START + DAY, note="Postanowienie z 2.06.")
        assert told(case).basis == "CONSENT"
        with pytest.raises(Refusal, match="nie obowiązuje"):
            basis.end_ruling(cast.actor("piotr"), case, on=START + DAY, note="x")

    def test_it_needs_words_and_no_future(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(Refusal, match="powodach"):
            basis.withdraw_consent(cast.actor("anna"), case, on=START, note=" ", today=cast.today)
        with pytest.raises(Refusal, match="przyszłości"):
            basis.withdraw_consent(cast.actor("anna"), case, on=cast.today + DAY, note="x", today=cast.today)


class TestClosing:
    def test_to_monitoring_by_the_unit_setting(self, cast):
        case = Corridor(cast).to("CLOSING")
        closing_card(cast, case)
        case = closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START + DAY)
        assert case.state == "MONITORING"
        assert told(case).monitoring_until == add_months(START + DAY, 6)
        assert Assignment.objects.system().filter(case=case, role="ASSISTANT", until=None).exists()

    def test_without_the_card_it_is_refused(self, cast):
        case = Corridor(cast).to("CLOSING")
        with pytest.raises(Refusal, match="kartę zakończenia"):
            closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START)

    def test_the_assistant_does_not_close(self, cast):
        case = Corridor(cast).to("CLOSING")
        with pytest.raises(NotAllowed):
            closing.close_to_monitoring(cast.actor("anna"), case, outcome="STAYS", on=START)

    def test_without_monitoring_only_with_a_word_why(self, cast):
        case = Corridor(cast).to("CLOSING")
        closing_card(cast, case)
        with pytest.raises(Refusal, match="nie będzie monitorowana"):
            closing.close_case(cast.actor("maria"), case, outcome="ADULT", on=START, note="")
        case = closing.close_case(cast.actor("maria"), case, outcome="ADULT", on=START, note="Dzieci dorosłe.")
        assert case.state == "CLOSED"
        assert case.family_id not in cast.actor("anna").subject_ids

    def test_it_may_be_withdrawn_with_a_reason(self, cast):
        case = Corridor(cast).to("CLOSING")
        case = closing.withdraw_closing(cast.actor("anna"), case, note="Rodzina wróciła.", on=START)
        assert case.state == "ACTIVE"
        assert told(case).end_reason == ""

    def test_wrong_state_and_other_institution(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(Refusal, match="zakończyć pracy"):
            closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START)
        with pytest.raises(NotHere):
            closing.start_closing(cast.actor("olga"), case, reason="GOAL", note="x", on=START)


class TestMonitoring:
    def monitored(self, cast):
        case = Corridor(cast).to("CLOSING")
        closing_card(cast, case)
        return closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START)

    def entry(self, cast, case, **fields):
        told_ = {
            "on": START + DAY,
            "form": "VISIT",
            "stable": "Dzieci w szkole.",
            "worrying": "",
            "decision": "GO_ON",
            **fields,
        }
        return closing.record_monitoring(cast.actor("anna"), case, today=cast.today, **told_)

    def test_it_ends_after_a_look(self, cast):
        case = self.monitored(cast)
        with pytest.raises(Refusal, match="ani jednego wpisu"):
            closing.end_monitoring(cast.actor("maria"), case, on=START + DAY)
        self.entry(cast, case)
        case = closing.end_monitoring(cast.actor("maria"), case, on=START + DAY)
        assert case.state == "CLOSED"

    def test_it_is_extended_only_forward(self, cast):
        case = self.monitored(cast)
        with pytest.raises(Refusal, match="późniejszy koniec"):
            self.entry(cast, case, decision="EXTEND", until=START)
        self.entry(cast, case, decision="EXTEND", until=add_months(START, 12))
        assert told(case).monitoring_until == add_months(START, 12)

    def test_an_empty_or_early_entry_is_refused(self, cast):
        case = self.monitored(cast)
        with pytest.raises(Refusal):
            self.entry(cast, case, stable=" ")
        with pytest.raises(Refusal, match="wcześniejszy"):
            self.entry(cast, case, on=START - DAY)

    def test_getting_worse_starts_a_linked_case(self, cast):
        case = self.monitored(cast)
        fresh = closing.reopen_case(cast.actor("maria"), case, on=START + DAY, note="Znów awantury.")
        old = CaseFile.objects.system().get(pk=case.pk)
        assert old.state == "CLOSED"
        assert (fresh.follows, fresh.state, fresh.number) == (old, "INTERVIEW", old.number + 1)
        assert told(fresh).social_worker == cast.piotr
        closing.archive_case(cast.actor("maria"), old, on=START + DAY)
        assert CaseFile.objects.system().get(pk=case.pk).state == "ARCHIVED"
        assert AssistanceCase.objects.system().filter(family_id=case.family_id).count() == 2


class TestOnTheWay:
    def test_suspension_and_return_to_the_plan_or_the_diagnosis(self, cast):
        case = Corridor(cast).to("ACTIVE")
        case = course.suspend_case(cast.actor("anna"), case, reason="HOSPITAL", note="Do marca.", on=START)
        assert told(case).suspended_reason == "pobyt w szpitalu: Do marca."
        assert course.resume_case(cast.actor("anna"), case, on=START).state == "ACTIVE"
        early = Corridor(cast, "Inni").to("DIAGNOSIS")
        early = course.suspend_case(cast.actor("anna"), early, reason="ABROAD", note="", on=START)
        assert course.resume_case(cast.actor("anna"), early, on=START).state == "DIAGNOSIS"

    def test_suspension_needs_a_reason_of_the_list(self, cast):
        case = Corridor(cast).to("ACTIVE")
        with pytest.raises(Refusal, match="powód zawieszenia"):
            course.suspend_case(cast.actor("anna"), case, reason="", note="x", on=START)

    def test_a_child_in_care_does_not_end_the_work(self, cast):
        case = Corridor(cast).to("ACTIVE")
        course.child_placed(cast.actor("anna"), case, on=START)
        assert (told(case).case.state, told(case).care_since) == ("ACTIVE", START)
        with pytest.raises(Refusal, match="już zapisane"):
            course.child_placed(cast.actor("anna"), case, on=START)
        course.child_returned(cast.actor("anna"), case, on=START + DAY)
        assert told(case).care_until == START + DAY

    def test_transfer_ends_access_and_names_the_centre(self, cast):
        case = Corridor(cast).to("ACTIVE")
        case = course.transfer_case(cast.actor("maria"), case, to="OPS Olszyny", note="Przeprowadzka.", on=START)
        assert (case.state, told(case).transferred_to, told(case).end_reason) == ("TRANSFERRED", "OPS Olszyny", "MOVE")
        assert case.family_id not in cast.actor("anna").subject_ids


def test_every_move_of_the_process_has_its_verb():
    """practice 2.1: no move of the diagram without a guarded verb behind it."""
    from gniazdo.access.queries import PERMISSIONS
    from gniazdo.assistance.process import ASSISTANCE
    from gniazdo.assistance.queries.case import CASE_KIND
    from gniazdo.assistance.views.steps import MOVES

    by_other_work = {"finish_diagnosis", "approve_plan", "return_plan"}
    by_other_acts = {"family_withdraws": "assistance.consent.withdraw"}
    for move in set(ASSISTANCE.moves) - by_other_work:
        assert by_other_acts.get(move, CASE_KIND.permission_of(move)) in PERMISSIONS, move
    assert set(MOVES) == set(ASSISTANCE.moves) - by_other_work - {"assign", "family_withdraws"}


def test_national_categories_cover_every_reason():
    from gniazdo.assistance.vocab import END_REASONS, NATIONAL_REASONS

    assert {word.group for word in END_REASONS} == NATIONAL_REASONS.codes()
