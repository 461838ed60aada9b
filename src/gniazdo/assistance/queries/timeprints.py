"""The time card and the register of journeys as documents and rows, filled and blank."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.assistance.queries.papers import section, sign, task_section
from gniazdo.assistance.queries.timecard import Card, Row, Totals, hours
from gniazdo.assistance.vocab import CARD_STATES, TIME_KINDS
from gniazdo.orgs.models import Institution
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block

CARD_HEAD = ("Dzień", "Od", "Do", "Godz.", "Co", "Rodzina (znak)", "Miejsce", "Działania", "km", "Bilet zł")
CARD_WIDTHS = [2, 2, 2, 2, 4, 5, 3, 5, 2, 2]


def card_rows(card: Card) -> list[list[object]]:
    """Rows of a time card for print and spreadsheets: numbers of families, no names."""
    return [
        [
            r.on,
            f"{r.starts:%H:%M}",
            f"{r.ends:%H:%M}",
            hours(r.minutes),
            r.what,
            r.mark,
            r.place,
            r.activities,
            r.km,
            r.ticket,
        ]
        for r in card.rows
    ]


def spent_on(total: Totals) -> list[tuple[str, str]]:
    """Hours by kind of work, in words: what pay and the settlement of a grant ask for."""
    labels = {w.code: w.label for w in TIME_KINDS} | {
        "visit": _("wizyty"), "contact": _("inne kontakty"), "failed": _("próby bez kontaktu"),
    }  # fmt: skip
    return [(labels.get(group, group), hours(minutes)) for group, minutes in total.by_group]


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return _number(value)
    return f"{value:%d.%m}" if isinstance(value, date) else str(value or "")


def card_pdf(card: Card) -> bytes:
    """The time card of a month, to sign (practice 1.A.9)."""
    rows = [[_cell(c) for c in row] for row in card_rows(card)]
    total = card.totals
    absences = "; ".join(
        f"{kind}: {polish_day(a)} – {polish_day(b) if b else _('nadal')}" for kind, a, b in card.absences
    )
    record = card.record
    accepted = f"{polish_day(record.approved_at.date())}, {record.approved_by}" if record and record.approved_at else ""
    sections = [
        section(_("Czas pracy"), table_block(_("Wpisy"), [_(h) for h in CARD_HEAD], rows, widths=CARD_WIDTHS)),
        section(
            _("Razem"), text_block(_("Godziny"), hours(total.minutes)),
            text_block(_("W tym"), "; ".join(f"{label} {spent}" for label, spent in spent_on(total))), text_block(_("Dni pracy"), str(total.days)),
            text_block(_("Rodziny"), str(total.families)), text_block(_("Kilometry"), _number(total.km) or "0"),
            text_block(_("Bilety (zł)"), _number(total.ticket) or "0"), text_block(_("Nieobecności"), absences or _("brak")),
            *([text_block(_("Przyjęto"), accepted)] if accepted else []),
        ),
        task_section(card.tasks),
        *([_changed(card)] if card.differences else []),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            card.post.institution, title=_("Karta czasu pracy %s") % f"{card.month:%m.%Y}", sections=sections, day=None,
            marks=[str(card.post)], subtitle=CARD_STATES.label_of(card.state), signatures=sign("pracownik", "przyjmujący"),
        )
    )  # fmt: skip


def _number(value: Decimal) -> str:
    """A number as Polish papers write it; nothing where there is none."""
    return f"{value}".replace(".", ",") if value else ""


def row_words(row: Row | None) -> str:
    """One entry in a line, for telling what it was and what it is."""
    if row is None:
        return _("nie ma")
    travel = "".join([f", {_number(row.km)} km" if row.km else "", f", {_number(row.ticket)} zł" if row.ticket else ""])
    return f"{row.on:%d.%m} {row.starts:%H:%M}–{row.ends:%H:%M} ({hours(row.minutes)}), {row.what}, {row.mark}{travel}"


def _changed(card: Card) -> dict[str, Any]:
    head = [_("Na karcie"), _("Teraz w zapisach"), _("Kto i kiedy"), _("Powód")]
    rows = [
        [row_words(d.was), row_words(d.now), f"{d.who}, {polish_day(d.at.date())}" if d.at else d.who, d.why]
        for d in card.differences
    ]
    return section(_("Zmiany zapisów po przekazaniu karty"), table_block(_("Zmiany"), head, rows, widths=[4, 4, 3, 3]))


def blank_card_pdf(institution: Institution) -> bytes:
    """An empty time card of a month to fill by hand."""
    sections = [
        section(_("Czas pracy"), table_block(_("Wpisy"), [_(h) for h in CARD_HEAD], [[""] * len(CARD_HEAD)] * 24, widths=CARD_WIDTHS)),
        section(
            _("Razem"), text_block(_("Godziny")), text_block(_("W tym: wizyty, inne kontakty, praca biurowa, szkolenie, superwizja, dojazd")),
            text_block(_("Dni pracy")), text_block(_("Rodziny")), text_block(_("Kilometry")), text_block(_("Bilety (zł)")),
            text_block(_("Nieobecności")),
        ),
        task_section(None),
    ]  # fmt: skip
    return set_in_type(document_of(institution, title=_("Karta czasu pracy"), sections=sections, day=None, marks=[_("Pracownik: ………………………………………"), _("Miesiąc: …………………")], signatures=sign("pracownik", "przyjmujący"), blank=True))  # fmt: skip


def travel_pdf(card: Card) -> bytes:
    """The register of journeys of a month: own car and tickets, from the time card (practice 1.A.15)."""
    rows = [
        [f"{r.on:%d.%m}", f"{r.starts:%H:%M}", r.what, r.mark, r.place, _number(r.km), _number(r.ticket)]
        for r in card.rows
        if r.km or r.ticket
    ]  # fmt: skip
    head = [_("Dzień"), _("Godz."), _("Cel"), _("Rodzina (znak)"), _("Miejsce"), _("km"), _("Bilet zł")]
    sections = [
        section(_("Przejazdy"), table_block(_("Przejazdy"), head, rows or [[""] * 7], widths=[1, 1, 4, 3, 2, 1, 1])),
        section(_("Razem"), text_block(_("Kilometry"), _number(card.totals.km) or "0"), text_block(_("Bilety (zł)"), _number(card.totals.ticket) or "0")),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            card.post.institution, title=_("Rejestr przejazdów %s") % f"{card.month:%m.%Y}", sections=sections, day=None,
            marks=[str(card.post)], subtitle=CARD_STATES.label_of(card.state), signatures=sign("pracownik", "zatwierdzający"),
        )
    )  # fmt: skip
