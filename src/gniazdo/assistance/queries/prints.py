"""Papers derived from what is recorded, never retyped: the family card and the list of assistants for a court."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gniazdo.access.queries import reads, role
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.queries.case import basis_sentence, details_of
from gniazdo.cases.models import CaseFile
from gniazdo.cases.queries import workers_of
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import posts_with_role
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block
from gniazdo.people.models import ParentalAuthority
from gniazdo.people.queries.card import CardPerson, FamilyCard, family_card
from gniazdo.people.queries.pictures import family_genogram, tie_words


def _section(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "help": "", "blocks": list(blocks)}


def _lines(record: Any, *names: str) -> str:
    """Fields of a record as "label: value", only those that say something."""
    said = []
    for name in names:
        field = record._meta.get_field(name)
        shown = getattr(record, f"get_{name}_display", lambda n=name: getattr(record, n))()
        if shown not in (None, "", False, []):
            shown = _("tak") if shown is True else polish_day(shown) if isinstance(shown, date) else shown
            shown = ", ".join(map(str, shown)) if isinstance(shown, list) else shown
            said.append(f"{field.verbose_name}: {shown}")
    return "; ".join(said)


def _all_lines(record: Any) -> str:
    skip = {"id", "rev", "created_at", "on", "since", "until", "corrections", "correction_reason"}
    names = [f.name for f in record._meta.concrete_fields if f.name not in skip and not f.is_relation]
    return _lines(record, *names)


def _person_row(one: CardPerson) -> list[str]:
    person = one.person
    known = [one.life, one.child, one.school, one.health, *one.certificates, *one.needs]
    about = [_all_lines(r) for r in known if r is not None]
    about += [_authority(row) for row in one.authority]
    who = [person.full_name, person.pesel or polish_day(person.born_on), person.citizenship, ", ".join(one.phones)]
    return [
        "\n".join(filter(None, who)),
        one.role_label + ("" if one.at_home else f" ({_('poza domem')})"),
        ". ".join(filter(None, about)),
    ]


def _authority(row: ParentalAuthority) -> str:
    """Who holds what parental authority over a child, by which ruling."""
    ruling = ", ".join(filter(None, (row.court, row.docket_number, polish_day(row.ruled_on) if row.ruled_on else "")))
    told = f"{row.get_kind_display()} – {row.parent.full_name}" + (f" ({ruling})" if ruling else "")
    return _("władza rodzicielska: %s") % told + (f"; {row.limits}" if row.limits else "")


def _span(since: date | None, until: date | None) -> str:
    """A period in words; nothing where it is not known."""
    if since is None:
        return f"– {polish_day(until)}" if until else ""
    return f"{polish_day(since)} – {polish_day(until) if until else _('nadal')}"


def _history(case: CaseFile, card: FamilyCard) -> list[list[str]]:
    """What was before: events written in the file, earlier work of an assistant, placements and courts of its cases."""
    rows = [(p.since, [_span(p.since, p.until), p.get_kind_display(), p.words]) for p in card.past]
    cases = AssistanceCase.objects.system().filter(family_id=case.family_id).select_related("case").order_by("id")
    for row in cases[:40]:
        if row.assigned_on and row.case_id != case.pk:
            why = row.get_end_reason_display() if row.end_reason else ""
            told = [
                _span(row.assigned_on, row.ended_on),
                _("wcześniejsza praca asystenta"),
                f"{row.case.case_mark} {why}".strip(),
            ]
            rows.append((row.assigned_on, told))
        if row.care_since:
            rows.append(
                (row.care_since, [_span(row.care_since, row.care_until), _("dziecko w pieczy"), row.case.case_mark])
            )
        if row.ruling_on:
            told = [polish_day(row.ruling_on), _("zobowiązanie sądu"), f"{row.ruling_court}, {row.ruling_docket}"]
            rows.append((row.ruling_on, told))
    return [told for _since, told in sorted(rows, key=lambda r: r[0] or date.min)]


def _kin(actor: Actor, case: CaseFile, on: date) -> str:
    """What the genogram draws, in words."""
    drawing, people = family_genogram(actor, case.family_id, on)
    words = tie_words(drawing)
    said = [f"{people[pk].full_name}: {'; '.join(words[pk])}" for pk in words if pk in people and words[pk]]
    return "\n".join(said)


PEOPLE_HEAD = (gettext_noop("Osoba"), gettext_noop("Rola"), gettext_noop("Co wiadomo"))
INSTITUTION_HEAD = (
    gettext_noop("Instytucja"),
    gettext_noop("Osoba"),
    gettext_noop("Telefon"),
    gettext_noop("W jakiej sprawie"),
    gettext_noop("Od kiedy"),
)
HISTORY_HEAD = (gettext_noop("Kiedy"), gettext_noop("Co"), gettext_noop("Opis"))
TIE_HEAD = (gettext_noop("Z kim"), gettext_noop("Rodzaj"), gettext_noop("Siła"), gettext_noop("Uwagi"))


def _table(label: str, head: tuple[str, ...], rows: list[list[str]], *widths: int) -> dict[str, Any]:
    return table_block(label, [_(h) for h in head], rows or [["–", *[""] * (len(head) - 1)]], widths=widths)


def family_card_pdf(actor: Actor, case: CaseFile, *, on: date) -> bytes:
    """The family card (practice 1.A.5) as known that day, for the assistant to sign."""
    card = family_card(actor, case.family_id, on)
    institutions = [
        [i.name, i.contact_person, i.phone, i.matter, polish_day(i.since) if i.since else ""] for i in card.institutions
    ]
    ties = [[t.party, t.get_kind_display(), t.get_strength_display(), t.note] for t in card.ties]
    sections = [
        _identification(case, card, on),
        _section(_("Dorośli"), _table(_("Dorośli"), PEOPLE_HEAD, [_person_row(p) for p in card.adults], 2, 1, 4)),
        _section(_("Dzieci"), _table(_("Dzieci"), PEOPLE_HEAD, [_person_row(p) for p in card.children], 2, 1, 4)),
        _section(
            _("Genogram i ekomapa"), text_block(_("Więzi w rodzinie"), _kin(actor, case, on), lines=2),
            _table(_("Więzi z otoczeniem"), TIE_HEAD, ties, 3, 2, 2, 3),
        ),
        _section(_("Mieszkanie"), text_block(_("Warunki"), _as_of(card.housing), lines=2)),
        _section(_("Finanse"), text_block(_("Sytuacja"), _as_of(card.finance), lines=2), text_block(_("Nadwyżka lub brak (zł)"), _balance(card))),
        _section(_("Instytucje"), _table(_("Zaangażowane"), INSTITUTION_HEAD, institutions, 3, 2, 2, 3, 2)),
        _section(_("Historia"), _table(_("Wydarzenia"), HISTORY_HEAD, _history(case, card), 2, 2, 4)),
        _section(_("Bezpieczeństwo"), text_block(_("Ostrzeżenia"), "\n".join(_all_lines(h) for h in card.hazards), lines=1)),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            case.institution, title=_("Karta rodziny"), sections=sections, day=on, mark=case.case_mark,
            signatures=[{"label": _("(data i podpis: asystent rodziny)"), "lines": []}], author=actor.name,
            attachments=(_("genogram i ekomapa (osobne wydruki)"),),
        )
    )  # fmt: skip


def _identification(case: CaseFile, card: FamilyCard, on: date) -> dict[str, Any]:
    """Who the family is, who works with it in any case of its, on what basis and since when."""
    row = details_of(case)
    workers = "; ".join(
        f"{w.role_label}: {w.name}" + (f" ({_('zastępuje')} {w.stand_in})" if w.stand_in else "")
        for w in workers_of(case.family_id, on=on)
    )
    surnames = dict.fromkeys(p.person.last_name for p in (*card.adults, *card.children))
    return _section(
        _("Identyfikacja"), text_block(_("Rodzina"), case.family.name), text_block(_("Nazwiska"), ", ".join(surnames)),
        text_block(_("Adres"), card.address), text_block(_("Telefony"), ", ".join(card.phones)),
        text_block(_("Kto pracuje z rodziną"), workers), text_block(_("Podstawa"), basis_sentence(row) if row else ""),
        text_block(_("Od kiedy"), polish_day(row.assigned_on) if row and row.assigned_on else ""),
        text_block(_("Planowane zakończenie"), polish_day(row.planned_end_on) if row and row.planned_end_on else ""),
    )  # fmt: skip


def _as_of(record: Any) -> str:
    """What a snapshot says, with its day."""
    return _("stan na %(day)s: %(what)s") % {"day": polish_day(record.on), "what": _all_lines(record)} if record else ""


def _balance(card: FamilyCard) -> str:
    """Incomes less expenses, where both are known."""
    balance = card.finance.balance if card.finance else None
    return "" if balance is None else f"{balance}".replace(".", ",")


def blank_family_card_pdf(institution: Institution) -> bytes:
    """An empty family card to fill by hand at the family's table."""
    person = (_("Imię i nazwisko, PESEL lub data urodzenia, obywatelstwo, telefon"), _("Rola"))
    adult = (*person, _("Stan cywilny, władza rodzicielska, wykształcenie, praca, zdrowie, orzeczenie, terapia"))
    child = (
        *person,
        _("Szkoła i klasa, orzeczenia, lekarz, dentysta, szczepienia, gdzie mieszka, nieobecny rodzic, alimenty"),
    )
    empty = [[""] * 3] * 4
    sections = [
        _section(_("Identyfikacja"), *(text_block(label) for label in (
            _("Nazwiska"), _("Adres"), _("Telefony"), _("Asystent i zastępca"), _("Pracownik socjalny"), _("Koordynator"),
            _("Podstawa"), _("Od kiedy"), _("Planowane zakończenie"),
        ))),
        _section(_("Dorośli"), table_block(_("Dorośli"), adult, empty, widths=[3, 1, 4])),
        _section(_("Dzieci"), table_block(_("Dzieci"), child, [[""] * 3] * 5, widths=[3, 1, 4])),
        _section(_("Genogram i ekomapa"), text_block(_("Rysunek lub numer załącznika"), lines=6)),
        _section(_("Mieszkanie"), text_block(_("Tytuł, izby, powierzchnia, ogrzewanie, woda, łazienka, stan, zaległości, łóżko i biurko dziecka"), lines=4)),
        _section(_("Finanse"), text_block(_("Dochody według źródeł, świadczenia, wydatki, długi, komornik, nadwyżka lub brak"), lines=4)),
        _section(_("Instytucje"), table_block(_("Zaangażowane"), [_(h) for h in INSTITUTION_HEAD], [[""] * 5] * 4, widths=[3, 2, 2, 3, 2])),
        _section(_("Historia"), table_block(_("Wydarzenia"), [_(h) for h in HISTORY_HEAD], empty, widths=[2, 2, 4])),
        _section(_("Bezpieczeństwo"), text_block(_("Przemoc, pies, choroba zakaźna, broń, agresja; wizyta w parze"), lines=2)),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            institution, title=_("Karta rodziny"), sections=sections, day=None, blank=True,
            signatures=[{"label": _("(data i podpis: asystent rodziny)"), "lines": []}],
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
