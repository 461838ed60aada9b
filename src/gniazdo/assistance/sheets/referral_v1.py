"""Referral card, version 1 (karta zgłoszenia rodziny, practice 1.A.1): prefilled from the report taken by phone."""

from __future__ import annotations

from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import CAUSES, READINESS, REFERRAL_CHANNELS, REFERRERS
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

HANDLING = (("INTERVIEW", "wywiad"), ("PASSED", "przekazano"), ("NONE", "pozostawiono bez działania"))

REFERRAL = Sheet(
    "assistance.referral",
    1,
    "Karta zgłoszenia rodziny",
    sections=(
        Section("who", "Zgłaszający", (
            Choice("referrer", "Kto zgłasza", REFERRERS, required=True),
            Text("referrer_institution", "Instytucja"),
            Text("referrer_name", "Imię i nazwisko"),
            Text("referrer_phone", "Telefon"),
            Text("referrer_email", "E-mail"),
            Choice("channel", "Jak wpłynęło", REFERRAL_CHANNELS),
            Day("learned_on", "Data zgłoszenia", required=True),
        )),
        Section("about", "Rodzina", (
            Text("family", "Nazwisko rodziny", required=True),
            Text("address", "Adres (z kodem TERYT)"),
            Text("family_phone", "Telefon"),
            Table("members", "Rodzice, dzieci, inni domownicy", (
                Text("m_name", "Imię i nazwisko"), Day("m_born", "Data urodzenia"), Text("m_role", "Kim jest"),
                YesNo("m_home", "Mieszka z rodziną"), Text("m_school", "Szkoła, przedszkole, żłobek"),
            )),
        )),
        Section("reason", "Powód zgłoszenia", (
            Many("causes", "Przyczyny trudności", CAUSES, describe=True),
            LongText("description", "Opis", sensitive=True),
            LongText("incidents", "Zdarzenia z datami", rows=3, sensitive=True),
            YesNo("urgent", "Zagrożenie dziecka – pilne", required=True),
            Text("urgency_reason", "Dlaczego pilne", show_if=When("urgent", True)),
        )),
        Section("before", "Co już próbowano", (
            LongText("tried", "Instytucje i dotychczasowa pomoc", rows=3),
            YesNo("blue_card", "Otwarta Niebieska Karta", unknown=True),
            YesNo("probation", "Nadzór kuratora", unknown=True),
            YesNo("benefits", "Świadczenia", unknown=True),
            YesNo("assistant_before", "Wcześniej asystent rodziny", unknown=True),
        )),
        Section("will", "Wiedza i zgoda rodziny", (
            YesNo("informed", "Rodzina wie o zgłoszeniu", unknown=True),
            Choice("ready", "Gotowość do współpracy", READINESS),
            Text("expectation", "Oczekiwanie zgłaszającego"),
        )),
        Section("handling", "Wypełnia ośrodek", (
            Text("mark", "Znak sprawy"),
            Day("taken_on", "Data przyjęcia przez ośrodek"),
            PostPick("registered_by", "Zarejestrował(a)"),
            PostPick("social_worker", "Wyznaczony pracownik socjalny"),
            Choice("handled", "Decyzja", HANDLING),
            Text("handled_reason", "Powód", show_if=When("handled", "PASSED", "NONE")),
            Day("handled_by", "Termin"),
        )),
    ),
    signatures=(Signature("referrer", "zgłaszający", optional=True), Signature("registrar", "przyjmujący zgłoszenie")),
    fulfils="Zgłoszenie rodziny w kryzysie",
    states=("REFERRED", "INTERVIEW"),
    case_kinds=("ASSISTANCE",),
    registry=True,
    writers=("secretary", "social_worker", "assistant", "team_leader", "manager"),
    prefill=prefill.referral,
    source="praktyka 1.A.1",
)  # fmt: skip
