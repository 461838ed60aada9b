"""Visits, monthly reports and assessments as documents to print, filled and blank (time cards: `timeprints`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.assistance.models import FamilyAssessment, MonthlyReport, Visit
from gniazdo.assistance.queries.reviews import Numbers, assessed_goals, evidence_of, previous_scores
from gniazdo.assistance.queries.tasks import Tally
from gniazdo.assistance.queries.timecard import hours
from gniazdo.assistance.queries.visits import Fed
from gniazdo.assistance.vocab import (
    AGREEMENT_STATES,
    CONCLUSIONS,
    CONTACT_KINDS,
    ENGAGEMENT,
    PLACES,
    SCALE_STEPS,
    SIDES,
    STATUTORY_TASKS,
    WHEREABOUTS,
)
from gniazdo.orgs.models import Institution
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block, tick_block
from gniazdo.plans.models import Progress
from gniazdo.plans.vocab import AREAS

FAMILY_AND_ASSISTANT = ("członek rodziny", "asystent rodziny")


def section(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    """A part of a printed paper."""
    return {"title": title, "help": "", "blocks": list(blocks)}


def sign(*labels: str) -> list[dict[str, Any]]:
    """Places to sign."""
    return [{"label": _("(data i podpis: %s)") % label, "lines": []} for label in labels]


def task_section(tasks: Sequence[Tally] | None) -> dict[str, Any]:
    """Contacts by the points of art. 15 ust. 1; on a blank paper (None) every point with room for a number."""
    if tasks is None:
        rows = [[_("pkt %s") % w.code, STATUTORY_TASKS.label_of(w.code), ""] for w in STATUTORY_TASKS]
    else:
        rows = [[_("pkt %s") % t.point, t.label, str(t.count)] for t in tasks] or [["–", _("brak"), "0"]]
    head = [_("art. 15 ust. 1"), _("Zadanie"), _("Kontakty")]
    return section(
        _("Działania według zadań ustawowych"),
        table_block(_("Kontakt z kilkoma rodzajami działań liczy się w każdym z nich"), head, rows, widths=[2, 8, 2]),
    )


def visit_pdf(visit: Visit, fed: Fed) -> bytes:
    """The protocol of a meeting, for the family and the assistant to sign (practice 1.A.8). Facts only: the worker's opinion
    stays in the record and is not put under the family's signature."""
    people = list(visit.persons.select_related("person").order_by("id"))
    workers = [str(w) for w in (visit.post, visit.joint_post) if w is not None]
    others = [visit.others_present] if visit.others_present else []
    present = ", ".join([p.person.full_name for p in people if p.present] + others)
    seen = [
        [p.person.full_name, _("tak") if p.seen else _("nie"), p.looked, _("tak") if p.needs_action else ""]
        for p in people
        if p.seen is not None
    ]
    when = f"{polish_day(visit.on)}, {visit.starts:%H:%M}–{visit.ends:%H:%M}, {PLACES.label_of(visit.place)}"
    sections = [
        section(
            _("Spotkanie"), text_block(_("Kiedy i gdzie"), when), text_block(_("Rodzaj kontaktu"), CONTACT_KINDS.label_of(visit.kind)),
            text_block(_("Obecni"), present), text_block(_("Pracownicy"), "; ".join(workers)),
            text_block(_("Działania"), ", ".join(label for _p, label in fed.points)),
            text_block(_("Temat"), visit.topic), text_block(_("Cele planu"), "\n".join(_goal_words(p) for p in fed.progress)),
        ),
        section(
            _("Przebieg"), text_block(_("Przebieg"), visit.course, lines=4), text_block(_("Spostrzeżenia"), visit.observation, lines=3),
        ),
    ]  # fmt: skip
    if seen:
        head = [_("Dziecko"), _("Widziane"), _("Jak wyglądało"), _("Wymaga działania")]
        sections.append(section(_("Dzieci"), table_block(_("Stan dzieci"), head, seen, widths=[3, 1, 4, 1])))
    if fed.settled:
        rows = [[SIDES.label_of(a.side), a.text, AGREEMENT_STATES.label_of(a.state), a.why] for a in fed.settled]
        sections.append(section(_("Poprzednie ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Stan"), _("Dlaczego nie")], rows, widths=[1, 4, 1, 2])))  # fmt: skip
    rows = [[SIDES.label_of(a.side), a.text, polish_day(a.due_on) if a.due_on else ""] for a in fed.agreements]
    sections.append(section(_("Ustalenia do następnego razu"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Do kiedy")], rows or [["", "", ""]], widths=[1, 4, 1])))  # fmt: skip
    if visit.next_on:
        at = f" {visit.next_at:%H:%M}" if visit.next_at else ""
        sections.append(section(_("Następne spotkanie"), text_block(_("Kiedy i gdzie"), f"{polish_day(visit.next_on)}{at} {PLACES.label_of(visit.next_place) if visit.next_place else ''}")))  # fmt: skip
    return set_in_type(
        document_of(
            visit.institution, title=_("Protokół spotkania"), sections=sections, day=visit.on, mark=visit.case.case_mark,
            marks=[_("Rodzina: %s") % visit.family.name, _("Sporządził(a): %s") % (visit.post or "")],
            signatures=sign(*FAMILY_AND_ASSISTANT), author=str(visit.post or ""),
        )
    )  # fmt: skip


def _goal_words(entry: Progress) -> str:
    """A goal worked on at a visit, how it goes and why."""
    return ": ".join(
        filter(None, (entry.goal.wording, entry.get_state_display() if entry.state else "", entry.comment))
    )


def blank_visit_pdf(institution: Institution) -> bytes:
    """An empty protocol of a meeting to fill by hand."""
    table = [[""] * 3] * 4
    sections = [
        section(_("Spotkanie"), text_block(_("Data, godziny, miejsce")), tick_block(_("Rodzaj kontaktu"), [(w.label, False) for w in CONTACT_KINDS if w.group != "note"]), text_block(_("Obecni"), lines=2), text_block(_("Temat, cel planu")), text_block(_("Działania"))),
        section(_("Dzieci"), table_block(_("Stan dzieci"), [_("Dziecko"), _("Widziane"), _("Jak wyglądało, czy trzeba działać")], table, widths=[3, 1, 4])),
        section(_("Poprzednie ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Wykonane / dlaczego nie")], table, widths=[1, 4, 2])),
        section(_("Przebieg"), text_block(_("Przebieg"), lines=8), text_block(_("Spostrzeżenia (fakty)"), lines=5)),
        section(_("Nowe ustalenia"), table_block(_("Ustalenia"), [_("Kto"), _("Co"), _("Do kiedy")], table, widths=[1, 4, 1]), text_block(_("Następne spotkanie"))),
    ]  # fmt: skip
    return set_in_type(document_of(institution, title=_("Protokół spotkania"), sections=sections, day=None, marks=[_("Rodzina: ………………………………………")], signatures=sign(*FAMILY_AND_ASSISTANT), blank=True))  # fmt: skip


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
            sections=[section(_("Liczby"), *numbers), task_section(counts.tasks), section(_("Opis"), *words), *_read(report)],
            day=report.submitted_at.date() if report.submitted_at else None, mark=report.case.case_mark,
            marks=[_("Rodzina: %s") % report.family.name, _("Sporządził(a): %s") % (report.post or "")],
            subtitle="" if report.state == "SUBMITTED" else _("SZKIC – nie jest dokumentem"),
            signatures=sign("asystent rodziny", "pracownik socjalny", "kierownik"),
        )
    )  # fmt: skip


def _read(report: MonthlyReport) -> list[dict[str, Any]]:
    readers = [
        (_("Pracownik socjalny"), report.read_by_worker, report.read_by_worker_at),
        (_("Kierownik"), report.read_by_manager, report.read_by_manager_at),
    ]
    told = [text_block(label, f"{who}, {polish_day(at.date())}") for label, who, at in readers if who and at]
    return [section(_("Przeczytali"), *told)] if told else []


def blank_report_pdf(institution: Institution) -> bytes:
    """An empty monthly report to fill by hand."""
    counts = [text_block(label) for label in (_("Wizyty"), _("Inne kontakty"), _("Próby bez kontaktu"), _("Godziny"))]
    words = [text_block(_(label), lines=5) for label in REPORT_PARTS.values()]
    return set_in_type(
        document_of(
            institution, title=_("Sprawozdanie z pracy z rodziną"), day=None, blank=True,
            sections=[section(_("Liczby"), *counts), task_section(None), section(_("Opis"), *words)],
            marks=[_("Rodzina: ………………………………………"), _("Miesiąc: …………………")],
            signatures=sign("asystent rodziny", "pracownik socjalny", "kierownik"),
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
        section(_("Okres"), text_block(_("Okres oceny"), f"{polish_day(assessment.since)} – {polish_day(assessment.on)}"),
                 text_block(_("Wizyty i godziny"), f"{assessment.visits}; {hours(assessment.minutes)}"), text_block(_("Cele planu: uwagi ogólne"), assessment.goals_note, lines=2)),
        section(_("Obszary"), table_block(_("Obszary"), [_("Obszar"), _("Poprzednio"), _("Teraz"), _("Komentarz i podstawy")], rows, widths=[3, 2, 2, 6])),
        *([section(_("Cele planu"), table_block(_("Cele planu"), _goal_head(), goals, widths=[4, 1, 4, 4]))] if goals else []),
        section(_("Dzieci"), table_block(_("Dzieci"), [_("Dziecko"), _("Gdzie jest"), _("Bezpieczeństwo"), _("Zdrowie"), _("Szkoła"), _("Emocje")], children)),
        section(_("Współpraca dorosłych"), table_block(_("Dorośli"), [_("Kto"), _("Zaangażowanie"), _("Komentarz")], adults)),
        section(_("Wniosek"), text_block(_("Inne instytucje"), assessment.institutions, lines=2), text_block(_("Rodzina wysłuchana"), heard),
                 text_block(_("Zdanie rodziny"), assessment.family_view, lines=2), text_block(_("Opinia pracownika socjalnego"), assessment.worker_opinion, lines=2),
                 text_block(_("Wniosek"), CONCLUSIONS.label_of(assessment.conclusion)), text_block(_("Uzasadnienie"), assessment.conclusion_reason, lines=3),
                 text_block(_("Następna ocena do"), polish_day(assessment.next_on) if assessment.next_on else "")),
    ]  # fmt: skip
    return set_in_type(
        document_of(
            assessment.institution, title=_("Okresowa ocena sytuacji rodziny"), sections=sections, day=assessment.on,
            mark=assessment.case.case_mark, marks=[_("Rodzina: %s") % assessment.family.name, _("Sporządził(a): %s") % (assessment.post or "")],
            subtitle=_("SZKIC – nie jest dokumentem") if assessment.state == "DRAFT" else "",
            signatures=sign("asystent rodziny", "pracownik socjalny", "członek rodziny", "kierownik"),
        )
    )  # fmt: skip


def blank_assessment_pdf(institution: Institution, scale: str) -> bytes:
    """An empty assessment on the institution's scale."""
    steps = " · ".join(f"{label}" for _step, label in SCALE_STEPS[scale])
    rows = [[word.label, "", "", ""] for word in AREAS]
    sections = [
        section(_("Okres"), text_block(_("Okres oceny"))),
        section(_("Cele planu"), table_block(_("Cele planu"), _goal_head(), [[""] * 4] * 4, widths=[4, 1, 4, 4])),
        section(_("Obszary (skala: %s)") % steps, table_block(_("Obszary"), [_("Obszar"), _("Poprzednio"), _("Teraz"), _("Komentarz")], rows, widths=[3, 2, 2, 6])),
        section(_("Dzieci"), table_block(_("Dzieci"), [_("Dziecko"), _("Gdzie jest"), _("Bezpieczeństwo, zdrowie, szkoła, emocje")], [[""] * 3] * 4, widths=[2, 2, 6])),
        section(_("Wniosek"), text_block(_("Zdanie rodziny"), lines=3), tick_block(_("Wniosek"), [(w.label, False) for w in CONCLUSIONS]), text_block(_("Uzasadnienie"), lines=4)),
    ]  # fmt: skip
    return set_in_type(document_of(institution, title=_("Okresowa ocena sytuacji rodziny"), sections=sections, day=None, marks=[_("Rodzina: ………………………………………")], signatures=sign("asystent rodziny", "pracownik socjalny", "członek rodziny", "kierownik"), blank=True))  # fmt: skip
