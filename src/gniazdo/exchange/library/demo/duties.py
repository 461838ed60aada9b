"""Duties of the demo institutions themselves: reports to councils, programmes, standards, audits; one office is late with its audit."""

from __future__ import annotations

from datetime import date, timedelta

from gniazdo.deadlines.actions import record_office
from gniazdo.exchange.library.demo.county import Office
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.queries import system_actor

STANDARDS_SINCE = date(2024, 8, 12)  # just before the day the law gave


def live_duties(office: Office, number: int, *, since: date, today: date) -> None:
    """Everything that was due and done between the founding and today, each on its day."""
    done: list[tuple[str, date, str]] = []
    if since <= STANDARDS_SINCE < today:
        done.append(("STANDARDS", STANDARDS_SINCE, "Zarządzenie kierownika"))
        done.append(("STANDARDS", add_months(STANDARDS_SINCE, 23), "Protokół przeglądu"))
    audit = since + timedelta(days=60 + 11 * number)
    while audit < today:
        done.append(("AUDIT", audit, "Raport z audytu"))
        audit = add_months(audit, 11)
    if number == 2 and len([d for d in done if d[0] == "AUDIT"]) > 1:
        done.remove(max(d for d in done if d[0] == "AUDIT"))
    if office.place.kind == "OPS":
        done += [
            ("COUNCIL_REPORT", date(year, 3, 18 + number), f"Sesja rady, sprawozdanie za rok {year - 1}")
            for year in range(since.year + 1, today.year + 1)
        ]
        done += [("PROGRAMME", date(year, 1, 1), f"Program na lata {year}–{year + 2}") for year in (since.year + 1,)]
    for kind, on, note in sorted(done, key=lambda d: d[1]):
        if since < on < today:
            with clock.stopped(on):
                record_office(system_actor(office.institution), None, kind=kind, on=on, today=on, note=note)
