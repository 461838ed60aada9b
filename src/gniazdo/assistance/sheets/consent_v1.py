"""Family's consent and the cooperation contract, version 1 (practice 1.A.3)."""

from __future__ import annotations

from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.basis import correct_consent_day, record_consent
from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import BASES
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import Choice, Day, Info, LongText, Section, Sheet, Signature, Text, When

CONFIDENTIAL = (
    "Zachowujemy w tajemnicy to, czego dowiemy się o rodzinie. Granicą tajemnicy jest zagrożenie dobra dziecka: "
    "mamy obowiązek na nie reagować."
)


def _record(actor: Actor, record: SheetRecord, on: date) -> None:
    """A final consent is the family's consent from its day; under a court's obligation it is information only.

    A correction mends the day of the consent it recorded; it never agrees again for a family that has resigned since.
    """
    told, case = record.answers, record.case
    if case is None or told.get("basis") != "CONSENT":
        return
    given = date.fromisoformat(told["given_on"])
    if prefill.is_correction(record):
        correct_consent_day(case, on=given, today=on)
    elif prefill.details_of(case).consent_given_on != given:
        record_consent(actor, case, on=given, today=on)


CONSENT = Sheet(
    "assistance.consent",
    1,
    "Zgoda rodziny na pracę z asystentem",
    sections=(
        Section("consent", "Oświadczenie", (
            Text("adults", "Kto się zgadza", required=True),
            Choice("basis", "Podstawa", BASES, required=True),
            Info("voluntary", "Zgadzam się na współpracę z asystentem rodziny. Wiem, że jest dobrowolna i mogę z niej zrezygnować.",
                 show_if=When("basis", "CONSENT")),
            Info("informed", "Przyjmuję do wiadomości, że sąd zobowiązał mnie do pracy z asystentem rodziny.",
                 show_if=When("basis", "COURT")),
            Info("minor", "Przyjmuję do wiadomości, że przydzielono mi asystenta rodziny jako małoletniemu rodzicowi opuszczającemu placówkę.",
                 show_if=When("basis", "MINOR")),
            Text("exchange", "Instytucje, z którymi asystent wymienia informacje o rodzinie"),
            Info("secrecy", CONFIDENTIAL),
            Day("given_on", "Dnia", required=True),
            LongText("remarks", "Uwagi rodziny", rows=3),
        )),
    ),
    signatures=(Signature("family", "osoby dorosłe z rodziny"), Signature("worker", "przyjmujący oświadczenie")),
    fulfils="Zgoda rodziny (uwrspz art. 8 ust. 3)",
    states=("INTERVIEW", "COURT_NOTIFIED", "APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE"),
    case_kinds=("ASSISTANCE",),
    writers=("social_worker", "assistant", "team_leader", "manager"),
    prefill=prefill.agreement,
    on_final=_record,
    source="praktyka 1.A.3",
)  # fmt: skip

CONTRACT = Sheet(
    "assistance.contract",
    1,
    "Umowa współpracy z rodziną",
    sections=(
        Section("parties", "Strony", (
            Text("adults", "Osoby dorosłe z rodziny", required=True),
            Choice("basis", "Podstawa", BASES),
            Day("given_on", "Zawarta dnia", required=True),
        )),
        Section("terms", "Zasady", (
            Text("frequency", "Jak często się spotykamy", required=True),
            Text("hours", "W jakich godzinach"),
            Text("cancelling", "Jak odwołujemy spotkanie", help="Na przykład: dzień wcześniej, telefonicznie."),
            LongText("exchange", "Z jakimi instytucjami asystent wymienia informacje", rows=3),
            LongText("family_duties", "Do czego zobowiązuje się rodzina", rows=3),
            LongText("assistant_duties", "Do czego zobowiązuje się asystent", rows=3),
            LongText("goals", "Nad czym chcemy pracować", rows=3),
            Info("voluntary", "Współpraca jest dobrowolna: rodzina może z niej w każdej chwili zrezygnować.", show_if=When("basis", "CONSENT")),
            Info("obliged", "Do pracy z asystentem zobowiązał rodzinę sąd; o braku współpracy asystent zawiadamia sąd.",
                 show_if=When("basis", "COURT")),
            Info("secrecy", CONFIDENTIAL),
        )),
    ),
    signatures=(Signature("family", "osoby dorosłe z rodziny"), Signature("assistant", "asystent rodziny")),
    fulfils="Umowa współpracy",
    states=("ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE"),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker"),
    prefill=prefill.agreement,
    source="praktyka 1.A.3",
)  # fmt: skip
