"""The menu as data: where a link leads, what it is called, which permission opens it."""

from __future__ import annotations

from dataclasses import dataclass

from gniazdo.kernel.speech import says


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the menu, shown to those whose post opens it (`needs`: a permission; `roles`: only these, if any)."""

    url_name: str
    label: str
    icon: str
    needs: str
    roles: tuple[str, ...] = ()


CASE_WORKERS = ("assistant", "social_worker", "specialist", "coordinator", "team_leader", "manager")
WRITERS = (
    "secretary",
    "assistant",
    "social_worker",
    "specialist",
    "coordinator",
)  # whose unfinished papers are asked about
NAV = (
    NavItem("desk:my-day", says("Mój dzień"), "sun", "desk.my_day.view"),
    NavItem("desk:board", says("Kierowanie"), "chart-bar", "desk.board.view", ("manager", "team_leader")),
    NavItem("cases:family-list", says("Rodziny"), "home-heart", "cases.family.list", CASE_WORKERS),
    NavItem(
        "assistance:intake-list",
        says("Zgłoszenia"),
        "clipboard-list",
        "assistance.intake.list",
        ("secretary", *CASE_WORKERS),
    ),
    NavItem("deadlines:board", says("Terminy"), "calendar-due", "deadlines.board.view", ("dpo", *CASE_WORKERS)),
    NavItem(
        "assistance:timecard", says("Czas pracy"), "clock", "assistance.timecard.view", ("assistant", "social_worker")
    ),
    NavItem("papers:letter-list", says("Pisma"), "mail", "papers.letter.entry", ("secretary", *CASE_WORKERS)),
    NavItem("reports:report-list", says("Sprawozdania"), "report", "reports.report.view"),
    NavItem("exchange:import-list", says("Import"), "database-import", "exchange.import.view"),
    NavItem("orgs:post-list", says("Pracownicy"), "users", "orgs.staff.view", ("manager", "administrator")),
    NavItem(
        "orgs:institution-view",
        says("Instytucja"),
        "building-community",
        "orgs.institution.view",
        ("manager", "administrator"),
    ),
    NavItem("papers:local-list", says("Wzory pism"), "template", "papers.local.view"),
    NavItem("access:journal", says("Dziennik"), "shield-lock", "access.journal.view"),
    NavItem("deadlines:law", says("Prawo"), "scale", "deadlines.law.view"),
)
ADDITIONS = (
    NavItem("assistance:referral-new", says("Zgłoszenie rodziny"), "phone", "assistance.referral.register"),
    NavItem("people:person-register", says("Osoba"), "user-plus", "people.person.register"),
)


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What a post usually begins with, on My Day: a link and one sentence. Shown to `roles` that `needs` lets in.

    `founding`: only while nobody who works with families has an account in the institution.
    """

    url_name: str
    label: str
    text: str
    needs: str
    roles: tuple[str, ...]
    founding: bool = False


FIRST_STEPS = (
    FirstStep("orgs:institution-edit", says("Dane jednostki"), says("Adres, telefon, logo i wzór znaku sprawy: staną na każdym piśmie."),
              "orgs.institution.change", ("manager", "administrator"), founding=True),
    FirstStep("orgs:account-new", says("Załóż konta pracowników"), says("Asystenci, pracownicy socjalni, sekretariat; każdy z upoważnieniem i zobowiązaniem do tajemnicy."),
              "orgs.account.create", ("manager", "administrator"), founding=True),
    FirstStep("exchange:import-list", says("Wczytaj rodziny z arkusza"), says("Lista z Excela albo CSV: najpierw próba, potem wczytanie."),
              "exchange.import.view", ("manager",), founding=True),
    FirstStep("assistance:referral-new", says("Przyjmij zgłoszenie rodziny"), says("Telefon albo pismo: wystarczą dwie minuty, resztę uzupełni pracownik socjalny."),
              "assistance.referral.register", ("secretary", "social_worker")),
    FirstStep("assistance:court-list", says("Sąd i zapytania instytucji"), says("Pisma sądu z terminem i odpowiedzi, które trzeba wysłać."),
              "assistance.court.list_view", ("secretary",)),
    FirstStep("papers:letter-list", says("Rejestr pism"), says("Co wpłynęło, co czeka na wysłanie i co już doręczono."),
              "papers.letter.entry", ("secretary",)),
    FirstStep("people:person-find", says("Kartoteka osób"), says("Szukanie po nazwisku, numerze PESEL i telefonie; osoby wpisane dwa razy."),
              "people.person.find", ("secretary",)),
    FirstStep("assistance:intake-list", says("Rejestr zgłoszeń"), says("Kto czeka na wywiad środowiskowy i do kiedy; pilne na górze."),
              "assistance.intake.list", ("social_worker",)),
    FirstStep("cases:family-list", says("Moje rodziny"), says("Lista rodzin, z którymi pracujesz. Nowe pojawią się po przydziale."),
              "cases.family.list", ("assistant", "social_worker", "specialist", "coordinator")),
    FirstStep("desk:board", says("Tablica kierowania"), says("Wyjątki: po terminie, bez planu, bez kontaktu, obciążenie asystentów."),
              "desk.board.view", ("manager", "team_leader")),
    FirstStep("assistance:waiting-list", says("Rodziny oczekujące na asystenta"), says("Kolejka z liczbą dni czekania i przydział."),
              "assistance.waiting.list", ("manager",)),
    FirstStep("people:duplicates-list", says("Podejrzenia duplikatów"), says("Osoby, które mogły zostać wpisane dwa razy: połącz je albo rozdziel."),
              "people.duplicates.list", ("manager",)),
    FirstStep("deadlines:office", says("Obowiązki jednostki"), says("Sprawozdanie dla rady gminy, program, standardy, audyt, sprawdzenie pracowników."),
              "deadlines.office.view", ("manager", "dpo")),
    FirstStep("access:journal", says("Dziennik dostępu"), says("Kto zaglądał do teczek, odmowy i dostępy awaryjne."), "access.journal.view", ("dpo",)),
    FirstStep("orgs:authorisation-list", says("Rejestr upoważnień"), says("Komu brakuje upoważnienia albo zobowiązania do tajemnicy."),
              "orgs.authorisation.view", ("dpo", "administrator")),
    FirstStep("orgs:post-list", says("Pracownicy i konta"), says("Konta, hasła, role i zastępstwa."), "orgs.staff.view", ("administrator",)),
    FirstStep("orgs:parameter-list", says("Ustawienia jednostki"), says("Liczby, których nie podaje ustawa, i od kiedy obowiązują."),
              "orgs.parameter.view", ("administrator",)),
)  # fmt: skip
