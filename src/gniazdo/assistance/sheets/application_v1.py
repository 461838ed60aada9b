"""Social worker's application for an assistant, version 1 (practice 1.A.2)."""

from __future__ import annotations

from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import BASES, CAUSES, PRIORITIES
from gniazdo.papers.rules import (
    Choice,
    Day,
    LongText,
    Many,
    PostPick,
    Section,
    Sheet,
    Signature,
    Table,
    Text,
    When,
    YesNo,
)

SUPPORT = (
    ("BENEFITS", "świadczenia"), ("SOCIAL_WORK", "praca socjalna"), ("CONTRACT", "kontrakt socjalny"),
    ("COUNSELLING", "poradnictwo"), ("DAY_CENTRE", "placówka wsparcia dziennego"), ("BLUE_CARD", "Niebieska Karta"),
    ("PROBATION", "kurator"), ("ALCOHOL", "komisja rozwiązywania problemów alkoholowych"),
)  # fmt: skip
DISPOSITIONS = (("ASSIGNED", "przydzielam asystenta"), ("WAITING", "lista oczekujących"), ("REFUSED", "odmawiam"))

APPLICATION = Sheet(
    "assistance.application",
    1,
    "Wniosek o przydzielenie asystenta rodziny",
    sections=(
        Section("family", "Skład rodziny", (
            Text("area", "Rejon"),
            Text("mark", "Znak sprawy"),
            PostPick("social_worker", "Pracownik socjalny"),
            Table("members", "Osoby", (
                Text("m_name", "Imię i nazwisko"), Day("m_born", "Data urodzenia"), Text("m_role", "Pokrewieństwo"),
                Text("m_education", "Wykształcenie"), Text("m_work", "Zawód lub szkoła"), Text("m_health", "Zdrowie, niepełnosprawność"),
                YesNo("m_income", "Dochód"), YesNo("m_home", "Mieszka tu"), Text("m_care", "Dziecko w pieczy – gdzie"),
            )),
        )),
        Section("support", "Dotychczasowe wsparcie", (
            Many("used", "Formy wsparcia", SUPPORT, describe=True),
            LongText("tried", "Opis", rows=3),
        )),
        Section("situation", "Sytuacja", (
            Many("problems", "Problemy", CAUSES, describe=True),
            LongText("upbringing", "Trudności opiekuńczo-wychowawcze", required=True, sensitive=True),
            LongText("strengths", "Mocne strony i zasoby", sensitive=True),
            LongText("analysis", "Analiza sytuacji", required=True, sensitive=True),
            Text("interview", "Numer i data wywiadu", required=True),
        )),
        Section("basis", "Podstawa", (
            Choice("grounds", "Podstawa pracy", BASES, required=True),
            Text("ruling", "Postanowienie sądu (sąd, sygnatura, data)", show_if=When("grounds", "COURT")),
            YesNo("consent_attached", "Zgoda rodziny w załączeniu", show_if=When("grounds", "CONSENT")),
            Day("consent_on", "Zgoda rodziny z dnia", show_if=When("grounds", "CONSENT")),
            YesNo("in_care", "Dziecko w pieczy z szansą na powrót"),
            LongText("areas", "Proponowane obszary pracy", rows=3, required=True),
        )),
        Section("leader", "Opinia kierownika zespołu", (
            LongText("leader_opinion", "Opinia", rows=3, who_writes="kierownik zespołu"),
        )),
        Section("head", "Dyspozycja kierownika", (
            Choice("disposition", "Dyspozycja", DISPOSITIONS, who_writes="kierownik"),
            PostPick("assistant", "Asystent", who_writes="kierownik", show_if=When("disposition", "ASSIGNED")),
            Day("from_day", "Od dnia", who_writes="kierownik", show_if=When("disposition", "ASSIGNED")),
            Choice("priority", "Pierwszeństwo na liście oczekujących", PRIORITIES, who_writes="kierownik",
                   show_if=When("disposition", "WAITING")),
            Text("refusal", "Powód odmowy", who_writes="kierownik", show_if=When("disposition", "REFUSED")),
        )),
    ),
    signatures=(
        Signature("social_worker", "pracownik socjalny"), Signature("team_leader", "opinia kierownika zespołu", optional=True),
        Signature("manager", "kierownik"),
    ),
    fulfils="Wniosek pracownika socjalnego (uwrspz art. 11 ust. 3)",
    states=("INTERVIEW", "COURT_NOTIFIED", "APPLIED"),
    case_kinds=("ASSISTANCE",),
    writers=("social_worker", "manager"),
    prefill=prefill.application,
    source="praktyka 1.A.2",
)  # fmt: skip
