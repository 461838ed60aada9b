"""Papers derived from what is recorded, never retyped: the family card and the list of assistants for a court."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.queries import reads, role
from gniazdo.access.rules import Actor
from gniazdo.assistance.queries.case import basis_sentence, details_of
from gniazdo.cases.models import CaseFile
from gniazdo.cases.queries import workers_of_case
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import posts_with_role
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block
from gniazdo.people.queries.card import CardPerson, family_card


def _section(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "help": "", "blocks": list(blocks)}


def _lines(record: Any, *names: str) -> str:
    """Fields of a record as "label: value", only those that say something."""
    said = []
    for name in names:
        field = record._meta.get_field(name)
        shown = getattr(record, f"get_{name}_display", lambda n=name: getattr(record, n))()
        if shown not in (None, "", False):
            shown = _("tak") if shown is True else polish_day(shown) if isinstance(shown, date) else shown
            said.append(f"{field.verbose_name}: {shown}")
    return "; ".join(said)


def _all_lines(record: Any) -> str:
    skip = {"id", "rev", "created_at", "institution", "family", "person", "on", "since", "until"}
    names = [f.name for f in record._meta.concrete_fields if f.name not in skip and not f.is_relation]
    return _lines(record, *names)


def _person_row(one: CardPerson) -> list[str]:
    person = one.person
    known = [one.life, one.child, one.school, one.health, *one.certificates, *one.needs]
    about = ". ".join(filter(None, (_all_lines(r) for r in known if r is not None)))
    who = [person.full_name, person.pesel or polish_day(person.born_on), person.citizenship, ", ".join(one.phones)]
    return ["\n".join(filter(None, who)), one.role_label + ("" if one.at_home else f" ({_('poza domem')})"), about]


def family_card_pdf(actor: Actor, case: CaseFile, *, on: date) -> bytes:
    """The family card (practice 1.A.5) as known that day, for the assistant to sign."""
    card = family_card(actor, case.family_id, on)
    row = details_of(case)
    workers = "; ".join(
        f"{w.role_label}: {w.name}" + (f" ({_('zastępuje')} {w.stand_in})" if w.stand_in else "")
        for w in workers_of_case(case, on=on)
    )
    head = [_("Osoba"), _("Rola"), _("Co wiadomo")]
    people = [_person_row(p) for p in card.adults]
    children = [_person_row(p) for p in card.children]
    sections = [
        _section(
            _("Identyfikacja"), text_block(_("Rodzina"), case.family.name), text_block(_("Adres"), card.address),
            text_block(_("Telefony"), ", ".join(card.phones)), text_block(_("Kto pracuje z rodziną"), workers),
            text_block(_("Podstawa"), basis_sentence(row) if row else ""),
            text_block(_("Od kiedy"), polish_day(row.assigned_on) if row and row.assigned_on else ""),
            text_block(_("Planowane zakończenie"), polish_day(row.planned_end_on) if row and row.planned_end_on else ""),
        ),
        _section(_("Dorośli"), table_block(_("Dorośli"), head, people or [["", "", ""]], widths=[2, 1, 4])),
        _section(_("Dzieci"), table_block(_("Dzieci"), head, children or [["", "", ""]], widths=[2, 1, 4])),
        _section(_("Mieszkanie"), text_block(_("Warunki"), _all_lines(card.housing) if card.housing else "", lines=2)),
        _section(_("Finanse"), text_block(_("Sytuacja"), _all_lines(card.finance) if card.finance else "", lines=2)),
        _section(_("Instytucje"), text_block(_("Zaangażowane"), "\n".join(_all_lines(i) for i in card.institutions), lines=2)),
        _section(_("Historia"), text_block(_("Wydarzenia"), "\n".join(_all_lines(p) for p in card.past), lines=2)),
        _section(_("Bezpieczeństwo"), text_block(_("Ostrzeżenia"), "\n".join(_all_lines(h) for h in card.hazards), lines=1)),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            case.institution, title=_("Karta rodziny"), sections=sections, day=on, mark=case.case_mark,
            signatures=[{"label": _("(data i podpis: asystent rodziny)"), "lines": []}], author=actor.name,
        )
    )  # fmt: skip


@reads("assistance.assistants.list", label="Lista asystentów dla sądu",
       who=role("manager", "secretary", label="kierownik lub sekretariat"))  # fmt: skip
def assistants(actor: Actor, *, on: date) -> list[Post]:
    """Assistants of the institution with their phones (art. 17 ust. 5)."""
    return list(posts_with_role(actor.institution_id, "assistant", on=on))


def assistants_pdf(actor: Actor, *, on: date) -> bytes:
    """The list of assistants with contact data that the employer passes to a criminal court at once."""
    institution = Institution.objects.system().get(pk=actor.institution_id)
    rows = [
        [p.user.full_name, p.phone or institution.phone, p.user.email or institution.email]
        for p in assistants(actor, on=on)
    ]
    head = [_("Asystent rodziny"), _("Telefon"), _("E-mail")]
    section = _section(_("Asystenci"), table_block(_("Asystenci"), head, rows or [["", "", ""]], widths=[2, 1, 2]))
    return set_in_type(
        document_of(
            institution, title=_("Lista asystentów rodziny"), subtitle=_("art. 17 ust. 5 uwrspz; art. 76a § 2 KPK"), day=on,
            sections=[section], signatures=[{"label": _("(data i podpis: kierownik)"), "lines": []}], clause=False,
        )
    )  # fmt: skip
