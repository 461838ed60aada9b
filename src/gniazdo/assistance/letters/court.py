"""Letters to courts and institutions: danger to a child, a covering letter of an opinion, an answer to a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.letters.decisions import address_of
from gniazdo.assistance.models import CourtRequest, InformationRequest
from gniazdo.assistance.queries.case import interview_text
from gniazdo.assistance.queries.prefill import adults, children
from gniazdo.cases.models import CaseFile, Transition
from gniazdo.papers.rules import Letter

CASE_WORKERS = ("assistant", "social_worker", "team_leader", "manager")
"""Who writes what tells of a family's situation: the secretariat registers and sends it, without reading its words."""


def _danger(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    step = Transition.objects.system().filter(case_id=case.pk, move="notify_court").order_by("-on", "-id").first()
    return {
        "court": "", "adults": adults(case.family, on), "children": ", ".join(c["c_name"] for c in children(case.family, on)),
        "address": address_of(case, on), "interview": interview_text(case), "danger": step.note if step else "",
    }  # fmt: skip


DANGER = Letter(
    "assistance.court_notice",
    "Zawiadomienie o zagrożeniu dobra dziecka",
    fields={
        "court": "sąd opiekuńczy", "adults": "rodzice lub opiekunowie", "children": "dzieci", "address": "adres",
        "interview": "ostatni wywiad", "danger": "na czym polega zagrożenie",
    },
    recipient="Sąd Rejonowy\nWydział Rodzinny i Nieletnich\n{court}",
    body=(
        "Zawiadamiamy o zagrożeniu dobra dzieci: {children}, zamieszkałych: {address}. Rodzice lub opiekunowie: {adults}.",
        "{danger}",
        "Wywiad środowiskowy: {interview}. Rodzina nie wyraziła zgody na wsparcie (art. 8 ust. 3 ustawy o wspieraniu rodziny "
        "i systemie pieczy zastępczej).",
        "Wnosimy o rozważenie zobowiązania rodziny do współpracy z asystentem rodziny (art. 109 § 2 pkt 1 Kodeksu rodzinnego "
        "i opiekuńczego) ze wskazaniem sposobu kontroli.",
    ),
    data=_danger,
    register="court",
    event_kind="court",
    signatories=("pracownik socjalny", "kierownik"),
    fulfils="Zawiadomienie sądu",
    writers=("social_worker", "team_leader", "manager"),
)  # fmt: skip


def _cover(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    rows = CourtRequest.objects.system().filter(case_id=case.pk, sent_on=None, withdrawn_on=None).exclude(kind="LIST")
    request = rows.order_by("due_on", "id").first()
    if request is None:
        return {"court": "", "division": "", "docket": "", "letter_on": "", "what": ""}
    return {
        "court": request.court, "division": request.division, "docket": request.docket,
        "letter_on": f"{request.letter_on:%d.%m.%Y}" if request.letter_on else "", "what": request.get_kind_display(),
    }  # fmt: skip


COVER = Letter(
    "assistance.court_cover",
    "Pismo przewodnie do sądu",
    fields={
        "court": "sąd",
        "division": "wydział",
        "docket": "sygnatura",
        "letter_on": "data pisma sądu",
        "what": "czego sąd żądał",
    },
    recipient="{court}\n{division}",
    body=("W odpowiedzi na pismo z dnia {letter_on}, sygnatura akt {docket}, przekazujemy: {what}.",),
    data=_cover,
    register="court",
    event_kind="court",
    attachments=("opinia o rodzinie",),
    signatories=("kierownik",),
    fulfils="Przekazanie opinii sądowi",
)


def _reply(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    rows = InformationRequest.objects.system().filter(family_id=case.family_id, direction="IN", answered_on=None)
    found = rows.order_by("on", "id").first()
    return {
        "institution": found.institution_name if found else "", "asked_on": f"{found.on:%d.%m.%Y}" if found else "",
        "asked": found.asked if found else "", "answer": "",
    }  # fmt: skip


REPLY = Letter(
    "assistance.information_reply",
    "Odpowiedź na żądanie informacji",
    fields={"institution": "instytucja", "asked_on": "dzień żądania", "asked": "czego dotyczy", "answer": "odpowiedź"},
    recipient="{institution}",
    body=(
        "W odpowiedzi na żądanie informacji z dnia {asked_on} dotyczące: {asked}, na podstawie art. 190a ustawy o wspieraniu "
        "rodziny i systemie pieczy zastępczej informujemy:",
        "{answer}",
    ),
    data=_reply,
    signatories=("kierownik",),
    fulfils="Informacja w 7 dni (uwrspz art. 190a)",
    writers=CASE_WORKERS,
)


def _question(actor: Actor, case: CaseFile, on: date) -> Mapping[str, str]:
    rows = InformationRequest.objects.system().filter(family_id=case.family_id, direction="OUT", answered_on=None)
    found = rows.order_by("-on", "-id").first()
    return {"institution": found.institution_name if found else "", "asked": found.asked if found else "",
            "adults": adults(case.family, on)}  # fmt: skip


QUESTION = Letter(
    "assistance.information_request",
    "Żądanie informacji",
    fields={"institution": "instytucja", "asked": "czego dotyczy", "adults": "osoby, których dotyczy"},
    recipient="{institution}",
    body=(
        "Na podstawie art. 190a ustawy o wspieraniu rodziny i systemie pieczy zastępczej prosimy o informację niezbędną do "
        "pracy z rodziną ({adults}): {asked}",
        "Informacji udziela się niezwłocznie, nie później niż w terminie 7 dni.",
    ),
    data=_question,
    signatories=("kierownik",),
    fulfils="Żądanie informacji (uwrspz art. 190a)",
)
