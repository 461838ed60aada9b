"""From the referral to the application: social worker, interview, need, refusal, danger, court."""

from __future__ import annotations

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions import basis, intake
from gniazdo.assistance.models import CourtRequest
from gniazdo.assistance.tests.corridor import DAY, START, Corridor, told
from gniazdo.cases.models import Assignment, Transition


def interviewed(cast, **known):
    case = Corridor(cast).to("INTERVIEW", **known)
    intake.record_interview(
        cast.actor("piotr"), case, number="7/2026", on=START, kind="FULL", findings="Ustalono.", today=cast.today
    )
    return case


class TestSocialWorker:
    def test_the_head_sends_one(self, cast):
        case = Corridor(cast).to("INTERVIEW")
        assert case.state == "INTERVIEW"
        assert told(case).social_worker == cast.piotr
        assert Assignment.objects.system().get(case=case, role="SOCIAL_WORKER").post == cast.piotr

    def test_only_a_social_worker_is_sent(self, cast):
        case = Corridor(cast).referred()
        with pytest.raises(Refusal, match="pracownik socjalny") as refused:
            intake.assign_social_worker(cast.actor("maria"), case, post=cast.anna, on=START)
        assert "art. 11" in refused.value.article

    def test_a_post_of_another_institution_is_not_here(self, cast):
        case = Corridor(cast).referred()
        with pytest.raises(NotHere):
            intake.assign_social_worker(cast.actor("maria"), case, post=cast.olga, on=START)

    def test_an_assistant_may_not(self, cast):
        case = Corridor(cast).referred()
        with pytest.raises(NotAllowed):
            intake.assign_social_worker(cast.actor("anna"), case, post=cast.piotr, on=START)

    def test_it_may_change(self, cast):
        from gniazdo.orgs.tests.factories import make_post

        case = Corridor(cast).to("INTERVIEW")
        other = make_post(cast.institution, "social_worker", "Paweł", "Drugi")
        intake.change_social_worker(cast.actor("maria"), case, post=other, on=START + DAY, reason="podział rejonów")
        assert told(case).social_worker == other
        assert case.family_id not in cast.actor("piotr").subject_ids


class TestReject:
    def test_with_a_reason(self, cast):
        case = Corridor(cast).referred()
        case = intake.reject_referral(cast.actor("maria"), case, reason="AREA", note="Mieszkają w Olszynach.", on=START)
        assert case.state == "REJECTED"
        assert case.closed_on == START
        assert told(case).rejection == "AREA"

    def test_without_a_note_it_is_refused(self, cast):
        case = Corridor(cast).referred()
        with pytest.raises(Refusal, match="Podaj powód"):
            intake.reject_referral(cast.actor("maria"), case, reason="AREA", note=" ", on=START)

    def test_not_after_the_interview_began(self, cast):
        case = Corridor(cast).to("INTERVIEW")
        with pytest.raises(Refusal, match="nie pozwala"):
            intake.reject_referral(cast.actor("maria"), case, reason="AREA", note="x", on=START)


class TestInterview:
    def test_it_is_noted(self, cast):
        case = interviewed(cast)
        assert told(case).interview_on == START
        assert JournalEntry.objects.filter(code="assistance.interview.record", outcome="done").exists()

    def test_not_before_the_referral_nor_in_the_future(self, cast):
        case = Corridor(cast).to("INTERVIEW")
        for day in (START - DAY, cast.today + DAY):
            with pytest.raises(Refusal):
                intake.record_interview(
                    cast.actor("piotr"), case, number="1", on=day, kind="FULL", findings="x", today=cast.today
                )

    def test_not_by_the_secretary(self, cast):
        case = Corridor(cast).to("INTERVIEW")
        with pytest.raises(NotAllowed):
            intake.record_interview(
                cast.actor("sonia"), case, number="1", on=START, kind="FULL", findings="x", today=cast.today
            )


class TestWhatIsFound:
    def test_need_without_interview_is_refused(self, cast):
        case = Corridor(cast).to("INTERVIEW")
        with pytest.raises(Refusal, match="odnotuj wywiad"):
            intake.find_need(cast.actor("piotr"), case, on=START)

    def test_need_without_basis_is_refused_with_the_article(self, cast):
        case = interviewed(cast)
        with pytest.raises(Refusal, match="Brak podstawy") as refused:
            intake.find_need(cast.actor("piotr"), case, on=START)
        assert "art. 8 ust. 3" in refused.value.article

    def test_need_with_consent(self, cast):
        case = Corridor(cast).to("APPLIED")
        assert case.state == "APPLIED"
        assert told(case).applied_on == START

    def test_no_grounds(self, cast):
        case = interviewed(cast)
        case = intake.find_no_grounds(cast.actor("piotr"), case, on=START, note="Rodzina radzi sobie.")
        assert case.state == "CLOSED_NO_SUPPORT"
        assert case.family_id not in cast.actor("piotr").subject_ids

    def test_no_grounds_cannot_be_found_for_a_minor_parent(self, cast):
        case = interviewed(cast, minor_facility="MOW")
        with pytest.raises(Refusal, match="bez względu na ocenę") as refused:
            intake.find_no_grounds(cast.actor("piotr"), case, on=START, note="x")
        assert "ust. 1a" in refused.value.article

    def test_refusal_with_danger_leads_to_the_court(self, cast):
        case = interviewed(cast)
        with pytest.raises(Refusal, match="Zawiadom sąd"):
            intake.family_refuses(cast.actor("piotr"), case, on=START, note="Nie chcą.", risk_to_child=True)
        case = intake.notify_court(cast.actor("piotr"), case, on=START, note="Małe dziecko bez opieki.")
        assert case.state == "COURT_NOTIFIED"

    def test_refusal_without_danger_ends_it(self, cast):
        case = interviewed(cast)
        case = intake.family_refuses(cast.actor("piotr"), case, on=START, note="Nie chcą.", risk_to_child=False)
        assert case.state == "CLOSED_REFUSED"


class TestCourt:
    def notified(self, cast):
        case = interviewed(cast)
        return intake.notify_court(cast.actor("piotr"), case, on=START, note="Zagrożenie.")

    def test_it_obliges_and_sets_report_dates(self, cast):
        case = self.notified(cast)
        ruling = basis.Ruling(
            "Sąd Rejonowy w Dębowie", "III Nsm 12/26", START, report_dates=(START + 90 * DAY, START + 180 * DAY)
        )
        case = basis.court_obliges(cast.actor("piotr"), case, ruling=ruling, on=START + DAY, today=cast.today)
        assert case.state == "APPLIED"
        assert told(case).is_court_bound
        due = (
            CourtRequest.objects.system()
            .filter(case=case, kind="REPORT")
            .order_by("due_on")
            .values_list("due_on", flat=True)
        )
        assert list(due) == [START + 90 * DAY, START + 180 * DAY]

    def test_it_needs_court_and_docket(self, cast):
        case = self.notified(cast)
        with pytest.raises(Refusal, match="sygnaturę") as refused:
            basis.court_obliges(
                cast.actor("piotr"), case, ruling=basis.Ruling("Sąd", "", START), on=START, today=cast.today
            )
        assert refused.value.field == "docket"

    def test_the_family_may_agree_meanwhile(self, cast):
        case = self.notified(cast)
        case = intake.family_agrees(cast.actor("piotr"), case, on=START)
        assert case.state == "APPLIED"
        assert told(case).basis == "CONSENT"

    def test_it_may_decline(self, cast):
        case = self.notified(cast)
        case = intake.court_declines(cast.actor("piotr"), case, on=START, note="Postanowienie z 1.06.")
        assert case.state == "CLOSED_REFUSED"


def test_an_application_returns_with_a_reason(cast):
    case = Corridor(cast).to("APPLIED")
    case = intake.return_application(cast.actor("maria"), case, on=START, note="Brak opisu dzieci.")
    assert case.state == "INTERVIEW"
    assert Transition.objects.system().filter(case=case, move="return_application").get().note == "Brak opisu dzieci."


def test_urgency_may_be_found_later(cast):
    case = Corridor(cast).referred()
    intake.set_urgency(cast.actor("sonia"), case, is_urgent=True, reason="Dziecko pobite.", on=START)
    assert told(case).is_urgent


def test_another_institution_sees_nothing(cast):
    case = Corridor(cast).to("INTERVIEW")
    olga = cast.actor("olga")
    for act in (
        lambda: intake.find_need(olga, case, on=START),
        lambda: intake.notify_court(olga, case, on=START, note="x"),
        lambda: basis.record_consent(olga, case, on=START, today=cast.today),
        lambda: intake.set_urgency(olga, case, is_urgent=True, reason="x", on=START),
    ):
        with pytest.raises(NotHere):
            act()
