"""The menu as data: where a link leads, what it is called, which permission opens it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the menu, shown to those whose post opens it (`needs`: a permission; `roles`: only these, if any)."""

    url_name: str
    label: str
    icon: str
    needs: str
    roles: tuple[str, ...] = ()


CASE_WORKERS = ("assistant", "social_worker", "specialist", "coordinator", "team_leader", "manager")
NAV = (
    NavItem("desk:my-day", "Mój dzień", "sun", "desk.my_day.view"),
    NavItem("desk:board", "Kierowanie", "chart-bar", "desk.board.view", ("manager", "team_leader")),
    NavItem("cases:family-list", "Rodziny", "home-heart", "cases.family.list", CASE_WORKERS),
    NavItem(
        "assistance:intake-list", "Zgłoszenia", "clipboard-list", "assistance.intake.list", ("secretary", *CASE_WORKERS)
    ),
    NavItem("deadlines:board", "Terminy", "calendar-due", "deadlines.board.view", CASE_WORKERS),
    NavItem("assistance:timecard", "Czas pracy", "clock", "assistance.timecard.view", ("assistant",)),
    NavItem("reports:report-list", "Sprawozdania", "report", "reports.report.view"),
    NavItem("exchange:import-list", "Import", "database-import", "exchange.import.view"),
    NavItem("orgs:post-list", "Pracownicy", "users", "orgs.staff.view", ("manager", "administrator")),
    NavItem(
        "orgs:institution-view",
        "Instytucja",
        "building-community",
        "orgs.institution.view",
        ("manager", "administrator"),
    ),
    NavItem("access:journal", "Dziennik", "shield-lock", "access.journal.view"),
    NavItem("deadlines:law", "Prawo", "scale", "deadlines.law.view"),
)
ADDITIONS = (
    NavItem("assistance:referral-new", "Zgłoszenie rodziny", "phone", "assistance.referral.register"),
    NavItem("people:person-register", "Osoba", "user-plus", "people.person.register"),
)
