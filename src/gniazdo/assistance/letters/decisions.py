"""Letters of decisions: assignment of an assistant, the answer to who referred, transfer to another centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.steps import open_assignments
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.queries.case import basis_sentence, interview_text
from gniazdo.assistance.queries.load import load_of
from gniazdo.assistance.queries.prefill import adults, state_words
from gniazdo.assistance.vocab import REFERRERS, REJECTION_REASONS
from gniazdo.cases.models import CaseFile
from gniazdo.papers.rules import Letter
from gniazdo.people.models import Family
from gniazdo.people.queries.families import one_line, with_address


def _row(case: CaseFile) -> AssistanceCase:
    return AssistanceCase.objects.system().select_related("social_worker__user").get(case_id=case.pk)


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def address_of(case: CaseFile, on: date) -> str:
    """The family's open address in one line; a secret one never goes into a letter by itself."""
    family = with_address(Family.objects.system().filter(pk=case.family_id), on).first()
    return one_line(family) if family is not None else ""


def _assignment(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    row = _row(case)
    current = next(iter(open_assignments(case, "ASSISTANT")), None)
    load = load_of(current.post, on=on) if current else None
    return {
        "assistant": current.post.user.full_name if current else "", "family": case.family.name, "mark": case.case_mark,
        "address": address_of(case, on), "since": _day(current.since if current else None), "basis": basis_sentence(row),
        "social_worker": row.social_worker.user.full_name if row.social_worker else "",
        "count": str(load.count) if load else "", "limit": str(load.limit) if load else "",
        "over_limit": f"Limit przekroczono, powód: {current.over_limit_reason}." if current and current.over_limit_reason else " ",
        "first_visit": _day(row.first_visit_planned_on),
    }  # fmt: skip


ASSIGNMENT = Letter(
    "assistance.assignment",
    "Przydział asystenta rodziny",
    fields={
        "assistant": "asystent", "family": "nazwa rodziny", "mark": "znak sprawy", "address": "adres rodziny",
        "since": "dzień przydziału", "basis": "podstawa pracy", "social_worker": "pracownik socjalny",
        "count": "liczba rodzin po przydziale", "limit": "limit rodzin", "over_limit": "powód przekroczenia limitu",
        "first_visit": "planowana pierwsza wspólna wizyta",
    },
    recipient="{assistant}\nasystent rodziny",
    body=(
        "Na podstawie art. 11 ust. 4 ustawy o wspieraniu rodziny i systemie pieczy zastępczej przydzielam Pani/Panu rodzinę "
        "{family} (znak sprawy {mark}), adres: {address}, od dnia {since}.",
        "Podstawa pracy: {basis}. Pracownik socjalny prowadzący: {social_worker}.",
        "Liczba rodzin po przydziale: {count}, najwyższa dopuszczalna: {limit} (art. 15 ust. 4). {over_limit}",
        "Pierwsza wspólna wizyta z pracownikiem socjalnym: {first_visit}.",
    ),
    data=_assignment,
    signatories=("kierownik",),
    fulfils="Pismo o przydziale (uwrspz art. 11 ust. 4)",
    writers=("secretary", "team_leader", "manager"),
)  # fmt: skip


def _answer(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    row = _row(case)
    who = ", ".join(filter(None, (row.referrer_name, row.referrer_institution))) or REFERRERS.label_of(row.referrer)
    return {
        "referrer": who, "learned_on": _day(row.learned_on),
        "answer": f"Zgłoszenia nie przyjęto do dalszego biegu: {REJECTION_REASONS.label_of(row.rejection)}."
        if row.rejection else "Zgłoszenie przyjęto; ośrodek podjął przewidziane prawem czynności.",
    }  # fmt: skip


ANSWER = Letter(
    "assistance.referral_answer",
    "Odpowiedź na zgłoszenie",
    fields={"referrer": "zgłaszający", "learned_on": "dzień zgłoszenia", "answer": "co zrobiono ze zgłoszeniem"},
    recipient="{referrer}",
    body=(
        "W odpowiedzi na zgłoszenie z dnia {learned_on} informujemy: {answer}",
        "Ze względu na ochronę danych osobowych nie możemy przekazać informacji o sytuacji rodziny.",
    ),
    data=_answer,
    signatories=("kierownik",),
    fulfils="Odpowiedź zgłaszającemu",
)


def _transfer(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    row = _row(case)
    return {
        "to": row.transferred_to, "adults": adults(case.family, on), "address": address_of(case, on),
        "assigned_on": _day(row.assigned_on), "basis": basis_sentence(row), "interview": interview_text(case),
        "state": state_words(case), "reason": row.end_note,
    }  # fmt: skip


TRANSFER = Letter(
    "assistance.transfer",
    "Przekazanie sprawy rodziny",
    fields={
        "to": "jednostka, której przekazuje się sprawę", "adults": "osoby dorosłe", "address": "adres",
        "assigned_on": "od kiedy pracował asystent", "basis": "podstawa pracy", "interview": "ostatni wywiad",
        "state": "stan sprawy", "reason": "powód przekazania",
    },
    recipient="{to}",
    body=(
        "Przekazujemy sprawę rodziny: {adults}, w związku ze zmianą miejsca zamieszkania. {reason}",
        "Asystent rodziny pracował z rodziną od dnia {assigned_on}; podstawa: {basis}. Ostatni wywiad środowiskowy: {interview}.",
        "Prosimy o potwierdzenie przejęcia sprawy. Dokumenty przekazujemy na wniosek, w zakresie niezbędnym do pracy z rodziną.",
    ),
    data=_transfer,
    signatories=("kierownik",),
    fulfils="Przekazanie innej jednostce",
    writers=("assistant", "social_worker", "secretary", "team_leader", "manager"),
)  # fmt: skip
