"""The first report: a case with its mark, in the right hands, whatever the caller knew."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from gniazdo.access.models import AccessGrant, JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.intake import Referral, register_referral
from gniazdo.assistance.tests.corridor import START, Corridor, told
from gniazdo.cases.models import CaseFile, Event, Transition
from gniazdo.orgs.queries import system_actor
from gniazdo.orgs.tests.factories import make_institution
from gniazdo.people.tests.factories import make_family


def test_the_secretary_opens_a_case_with_its_mark(cast):
    case = Corridor(cast).referred()
    assert case.state == "REFERRED"
    assert case.case_mark == "AR.5022.1.2026"
    assert told(case).causes == ["UPBRINGING"]
    assert told(case).registered_by == cast.sonia
    assert Transition.objects.system().get(case=case).move == "open"
    assert Event.objects.system().filter(family_id=case.family_id, kind="state").count() == 1
    assert JournalEntry.objects.filter(
        code="assistance.case.register", outcome="done", object_kind="assistance.assistancecase"
    ).exists()


def test_marks_follow_one_another_and_a_refused_referral_takes_none(cast):
    corridor = Corridor(cast)
    assert corridor.referred().number == 1
    with pytest.raises(Refusal):
        corridor.referred(learned_on=cast.today.replace(year=2027))
    assert corridor.referred().number == 2


def test_a_second_open_case_of_a_family_is_refused(cast):
    corridor = Corridor(cast)
    family = corridor.family()
    corridor.referred(family)
    with pytest.raises(Refusal, match=r"ma już otwartą sprawę AR\.5022\.1\.2026"):
        corridor.referred(family)


def test_urgency_needs_its_reason(cast):
    with pytest.raises(Refusal, match="dlaczego zgłoszenie jest pilne") as refused:
        Corridor(cast).referred(is_urgent=True)
    assert refused.value.field == "urgency_reason"


def test_who_took_the_call_sees_the_file_until_somebody_is_sent(cast):
    from gniazdo.assistance.actions.intake import assign_social_worker

    family = make_family(cast.institution)
    case = register_referral(
        cast.actor("anna"), family, referral=Referral(referrer="NEIGHBOUR", learned_on=START), on=START
    )
    assert family.pk in cast.actor("anna").subject_ids
    assign_social_worker(cast.actor("maria"), case, post=cast.piotr, on=START)
    assert family.pk not in cast.actor("anna").subject_ids
    assert family.pk in cast.actor("piotr").subject_ids
    assert AccessGrant.objects.system().filter(subject_id=family.pk, basis="intake", until=None).count() == 0


@pytest.mark.parametrize("name", ["zofia", "daria", "artur"])
def test_others_do_not_register(cast, name):
    family = make_family(cast.institution)
    with pytest.raises(NotAllowed):
        register_referral(cast.actor(name), family, referral=Referral(referrer="SELF", learned_on=START), on=START)
    assert JournalEntry.objects.filter(code="assistance.case.register", outcome="refused").exists()


def test_another_institution_does_not_learn_of_the_family(cast):
    family = make_family(cast.institution)
    with pytest.raises(NotHere):
        register_referral(cast.actor("olga"), family, referral=Referral(referrer="SELF", learned_on=START), on=START)


@pytest.mark.django_db(transaction=True)
def test_case_marks_have_no_gaps_when_many_register_at_once(stopped_clock):
    institution = make_institution()
    actor = system_actor(institution)
    families = [make_family(institution, f"Rodzina{n}", children=0) for n in range(12)]
    # In memory one connection is shared: nothing can run beside it.
    workers = 1 if connection.vendor == "sqlite" and connection.is_in_memory_db() else 4
    failures: list[Exception] = []

    def register(mine):
        try:
            for family in mine:
                register_referral(
                    actor, family, referral=Referral(referrer="SCHOOL", learned_on=stopped_clock), on=stopped_clock
                )
        except Exception as error:
            failures.append(error)
        finally:
            if workers > 1:
                connections.close_all()

    if workers == 1:
        register(families)
    else:
        threads = [threading.Thread(target=register, args=(families[n::workers],)) for n in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    numbers = sorted(CaseFile.objects.system().values_list("number", flat=True))
    assert numbers == list(range(1, 13))
