"""Visits, time cards, monthly reports and assessments as documents to print, filled and blank."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gniazdo.assistance.models import FamilyAssessment, MonthlyReport, Visit
from gniazdo.assistance.queries.reviews import Numbers, assessed_goals, evidence_of, previous_scores
from gniazdo.assistance.queries.timecard import Card, Totals, hours
from gniazdo.assistance.queries.visits import Fed
from gniazdo.assistance.vocab import (
    AGREEMENT_STATES,
    CARD_STATES,
    CONCLUSIONS,
    CONTACT_KINDS,
    ENGAGEMENT,
    PLACES,
    SCALE_STEPS,
    SIDES,
    TIME_KINDS,
    WHEREABOUTS,
)
from gniazdo.orgs.models import Institution
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block, tick_block
from gniazdo.plans.vocab import AREAS

FAMILY_AND_ASSISTANT = ("członek rodziny", "asystent rodziny")


def _section(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "help": "", "blocks": list(blocks)}


def _sign(*labels: str) -> list[dict[str, Any]]:
    return [{"label": _("(data i podpis: %s)") % label, "lines": []} for label in labels]


def visit_pdf(visit: Visit, fed: Fed) -> bytes:
    """The protocol of a meeting, for the family and the assistant to sign (practice 1.A.8)."""
    people = list(visit.persons.select_related("person").order_by("id"))
    present = ", ".join(
        [p.person.full_name for p in people if p.present] + ([visit.others_present] if visit.others_present else [])
    )
    seen = [
        [p.person.full_name, _("tak") if p.seen else _("nie"), p.looked, _("tak") if p.needs_action else ""]
        for p in people
        if p.seen is not None
    ]
    when = f"{polish_day(visit.on)}, {visit.starts:%H:%M}–{visit.ends:%H:%M}, {PLACES.label_of(visit.place)}"
    sections = [
        _section(
            _("Spotkanie"), text_block(_("Kiedy i gdzie"), when), text_block(_("Rodzaj kontaktu"), CONTACT_KINDS.label_of(visit.kind)),
            text_block(_("Obecni"), present), text_block(_("Działania"), ", ".join(label for _p, label in fed.points)),
        ),
        _section(_("Przebieg"), text_block(_("Przebieg"), visit.course, lines=4), text_block(_("Spostrzeżenia"), visit.observation, lines=3)),
    ]  # fmt: skip
    if seen:
        head = [_("Dziecko"), _("Widziane"), _("Jak wyglądało"), _("Wymaga działania")]
        sections.append(_section(_("Dzieci"), table_block(_("Stan dzieci"), head, seen, widths=[3, 1, 4, 1])))
    if fed.settled:
        rows = [[SIDES.label_of(a.side), a.text, AGREEMENT_STATES.label_of(a.state), a.why] for a in fed.settled]
        sections.append(_section(_("Poprzednie ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Stan"), _("Dlaczego nie")], rows, widths=[1, 4, 1, 2])))  # fmt: skip
    rows = [[SIDES.label_of(a.side), a.text, polish_day(a.due_on) if a.due_on else ""] for a in fed.agreements]
    sections.append(_section(_("Ustalenia do następnego razu"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Do kiedy")], rows or [["", "", ""]], widths=[1, 4, 1])))  # fmt: skip
    if visit.next_on:
        at = f" {visit.next_at:%H:%M}" if visit.next_at else ""
        sections.append(_section(_("Następne spotkanie"), text_block(_("Kiedy i gdzie"), f"{polish_day(visit.next_on)}{at} {PLACES.label_of(visit.next_place) if visit.next_place else ''}")))  # fmt: skip
    return set_in_type(
        document_of(
            visit.institution, title=_("Protokół spotkania"), sections=sections, day=visit.on, mark=visit.case.case_mark,
            marks=[_("Rodzina: %s") % visit.family.name, _("Sporządził(a): %s") % (visit.post or "")],
            signatures=_sign(*FAMILY_AND_ASSISTANT), author=str(visit.post or ""),
        )
    )  # fmt: skip


def blank_visit_pdf(institution: Institution) -> bytes:
    """An empty protocol of a meeting to fill by hand."""
    table = [[""] * 3] * 4
    sections = [
        _section(_("Spotkanie"), text_block(_("Data, godziny, miejsce")), tick_block(_("Rodzaj kontaktu"), [(w.label, False) for w in CONTACT_KINDS if w.group != "note"]), text_block(_("Obecni"), lines=2)),
        _section(_("Dzieci"), table_block(_("Stan dzieci"), [_("Dziecko"), _("Widziane"), _("Jak wyglądało, czy trzeba działać")], table, widths=[3, 1, 4])),
        _section(_("Poprzednie ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Wykonane / dlaczego nie")], table, widths=[1, 4, 2])),
        _section(_("Przebieg"), text_block(_("Przebieg"), lines=8), text_block(_("Spostrzeżenia (fakty)"), lines=5)),
        _section(_("Nowe ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Do kiedy")], table, widths=[1, 4, 1]), text_block(_("Następne spotkanie"))),
    ]  # fmt: skip
    return set_in_type(document_of(institution, title=_("Protokół spotkania"), sections=sections, day=None, marks=[_("Rodzina: ………………………………………")], signatures=_sign(*FAMILY_AND_ASSISTANT), blank=True))  # fmt: skip


CARD_HEAD = ("Dzień", "Od", "Do", "Godz.", "Co", "Rodzina (znak)", "Miejsce", "Działania", "km", "Bilet zł")


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


def card_pdf(card: Card) -> bytes:
    """The time card of a month, to sign (practice 1.A.9)."""
    rows = [[f"{c:%d.%m}" if hasattr(c, "year") else str(c or "") for c in row] for row in card_rows(card)]
    total = card.totals
    absences = "; ".join(
        f"{kind}: {polish_day(a)} – {polish_day(b) if b else _('nadal')}" for kind, a, b in card.absences
    )
    record = card.record
    accepted = f"{polish_day(record.approved_at.date())}, {record.approved_by}" if record and record.approved_at else ""
    sections = [
        _section(_("Czas pracy"), table_block(_("Wpisy"), [_(h) for h in CARD_HEAD], rows, widths=[2, 2, 2, 2, 4, 4, 3, 5, 2, 2])),
        _section(
            _("Razem"), text_block(_("Godziny"), hours(total.minutes)),
            text_block(_("W tym"), "; ".join(f"{label} {spent}" for label, spent in spent_on(total))), text_block(_("Dni pracy"), str(total.days)),
            text_block(_("Rodziny"), str(total.families)), text_block(_("Kilometry"), str(total.km)),
            text_block(_("Bilety (zł)"), str(total.ticket)), text_block(_("Nieobecności"), absences or _("brak")),
            *([text_block(_("Przyjęto"), accepted)] if accepted else []),
        ),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            card.post.institution, title=_("Karta czasu pracy %s") % f"{card.month:%m.%Y}", sections=sections, day=None,
            marks=[str(card.post)], subtitle=CARD_STATES.label_of(card.state), signatures=_sign("pracownik", "przyjmujący"),
        )
    )  # fmt: skip


REPORT_PARTS = {
    "topics": "Tematy", "tasks_done": "Zrealizowane zadania", "results": "Rezultaty", "problems": "Trudności",
    "next_plan": "Plan na następny miesiąc",
}  # fmt: skip


def report_pdf(report: MonthlyReport, counts: Numbers) -> bytes:
    """The monthly report on work with a family (practice 1.A.10)."""
    inserts = list(report.inserts.select_related("visit").order_by("visit__on", "id"))
    words = [
        text_block(
            _(label),
            "\n".join(
                [getattr(report, part), *(f"{i.text} ({i.visit.on:%d.%m})" for i in inserts if i.part == part)]
            ).strip(),
            lines=3,
        )
        for part, label in REPORT_PARTS.items()
    ]
    numbers = [
        text_block(_("Wizyty"), str(counts.visits)), text_block(_("Inne kontakty"), str(counts.contacts)),
        text_block(_("Próby bez kontaktu"), str(counts.failed)), text_block(_("Godziny"), hours(counts.minutes)),
        text_block(_("Działania"), ", ".join(f"{label} ({n})" for label, n in counts.activities)),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            report.institution, title=_("Sprawozdanie z pracy z rodziną za %s") % f"{report.month:%m.%Y}",
            sections=[_section(_("Liczby"), *numbers), _section(_("Opis"), *words)],
            day=report.submitted_at.date() if report.submitted_at else None, mark=report.case.case_mark,
            marks=[_("Rodzina: %s") % report.family.name],
            signatures=_sign("asystent rodziny", "pracownik socjalny", "kierownik"),
        )
    )  # fmt: skip


def _goal_head() -> list[str]:
    return [_("Cel"), _("Osiągnięto"), _("Po czym to widać"), _("Przyczyna, gdy nie w pełni")]


def assessment_pdf(assessment: FamilyAssessment) -> bytes:
    """The periodic assessment, area by area (art. 15 ust. 1 pkt 15); no total is printed because there is none."""
    labels = dict(SCALE_STEPS[assessment.scale])
    before = previous_scores(assessment.case_id, before=assessment.pk)
    scores = {s.area: s for s in assessment.scores.order_by("id")}
    evidence = evidence_of(assessment)
    rows = []
    for word in AREAS:
        now, old = scores.get(word.code), before.get(word.code)
        proof = "; ".join(f"{e.on:%d.%m}: {e.text}" for e in evidence.get(word.code, []))
        rows.append([
            word.label, labels.get(old.score, "") if old and old.score is not None and old.scale == assessment.scale else "",
            labels.get(now.score, "") if now and now.score is not None else "",
            " ".join(t for t in (now.comment if now else "", proof) if t),
        ])  # fmt: skip
    children = [[c.person.full_name, WHEREABOUTS.label_of(c.whereabouts), c.safety, c.health, c.school, c.emotions] for c in assessment.children.select_related("person").order_by("id")]  # fmt: skip
    adults = [[a.person.full_name, ENGAGEMENT.label_of(a.engagement), a.comment] for a in assessment.adults.select_related("person").order_by("id")]  # fmt: skip
    goals = [[g.goal.wording, "" if g.degree is None else f"{g.degree} %", g.evidence, g.cause] for g in assessed_goals(assessment)]  # fmt: skip
    heard = {True: _("tak"), False: _("nie"), None: ""}[assessment.family_heard]
    sections = [
        _section(_("Okres"), text_block(_("Okres oceny"), f"{polish_day(assessment.since)} – {polish_day(assessment.on)}"),
                 text_block(_("Wizyty i godziny"), f"{assessment.visits}; {hours(assessment.minutes)}"), text_block(_("Cele planu: uwagi ogólne"), assessment.goals_note, lines=2)),
        _section(_("Obszary"), table_block(_("Obszary"), [_("Obszar"), _("Poprzednio"), _("Teraz"), _("Komentarz i podstawy")], rows, widths=[3, 2, 2, 6])),
        *([_section(_("Cele planu"), table_block(_("Cele planu"), _goal_head(), goals, widths=[4, 1, 4, 4]))] if goals else []),
        _section(_("Dzieci"), table_block(_("Dzieci"), [_("Dziecko"), _("Gdzie jest"), _("Bezpieczeństwo"), _("Zdrowie"), _("Szkoła"), _("Emocje")], children)),
        _section(_("Współpraca dorosłych"), table_block(_("Dorośli"), [_("Kto"), _("Zaangażowanie"), _("Komentarz")], adults)),
        _section(_("Wniosek"), text_block(_("Inne instytucje"), assessment.institutions, lines=2), text_block(_("Rodzina wysłuchana"), heard),
                 text_block(_("Zdanie rodziny"), assessment.family_view, lines=2), text_block(_("Opinia pracownika socjalnego"), assessment.worker_opinion, lines=2),
                 text_block(_("Wniosek"), CONCLUSIONS.label_of(assessment.conclusion)), text_block(_("Uzasadnienie"), assessment.conclusion_reason, lines=3),
                 text_block(_("Następna ocena do"), polish_day(assessment.next_on) if assessment.next_on else "")),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            assessment.institution, title=_("Okresowa ocena sytuacji rodziny"), sections=sections, day=assessment.on,
            mark=assessment.case.case_mark, marks=[_("Rodzina: %s") % assessment.family.name, _("Sporządził(a): %s") % (assessment.post or "")],
            subtitle=_("SZKIC – nie jest dokumentem") if assessment.state == "DRAFT" else "",
            signatures=_sign("asystent rodziny", "pracownik socjalny", "członek rodziny", "kierownik"),
        )
    )  # fmt: skip


def blank_assessment_pdf(institution: Institution, scale: str) -> bytes:
    """An empty assessment on the institution's scale."""
    steps = " · ".join(f"{label}" for _step, label in SCALE_STEPS[scale])
    rows = [[word.label, "", "", ""] for word in AREAS]
    sections = [
        _section(_("Okres"), text_block(_("Okres oceny"))),
        _section(_("Cele planu"), table_block(_("Cele planu"), _goal_head(), [[""] * 4] * 4, widths=[4, 1, 4, 4])),
        _section(_("Obszary (skala: %s)") % steps, table_block(_("Obszary"), [_("Obszar"), _("Poprzednio"), _("Teraz"), _("Komentarz")], rows, widths=[3, 2, 2, 6])),
        _section(_("Dzieci"), table_block(_("Dzieci"), [_("Dziecko"), _("Gdzie jest"), _("Bezpieczeństwo, zdrowie, szkoła, emocje")], [[""] * 3] * 4, widths=[2, 2, 6])),
        _section(_("Wniosek"), text_block(_("Zdanie rodziny"), lines=3), tick_block(_("Wniosek"), [(w.label, False) for w in CONCLUSIONS]), text_block(_("Uzasadnienie"), lines=4)),
    ]  # fmt: skip
    return set_in_type(document_of(institution, title=_("Okresowa ocena sytuacji rodziny"), sections=sections, day=None, marks=[_("Rodzina: ………………………………………")], signatures=_sign("asystent rodziny", "pracownik socjalny", "członek rodziny", "kierownik"), blank=True))  # fmt: skip
