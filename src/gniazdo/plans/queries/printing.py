"""A version of a plan as a document to print: filled, or blank to write on by hand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gniazdo.orgs.models import Institution
from gniazdo.papers.queries.printing import document_of, polish_day, set_in_type, table_block, text_block
from gniazdo.plans.process import PLAN_VERSION
from gniazdo.plans.queries import VersionView
from gniazdo.plans.rules import Goal, doer_of, kind_of, when_of
from gniazdo.plans.vocab import AREAS, PRIORITIES, SIGNERS

TASKS = ("Zadanie", "Kto wykonuje", "Termin lub częstotliwość", "Potrzebne wsparcie")
EFFECTS = ("Przewidywany efekt", "Jak to sprawdzimy")


def plan_pdf(view: VersionView) -> bytes:
    """The version as a PDF, in draft marked as such."""
    return set_in_type(_filled(view))


def _filled(view: VersionView) -> dict[str, Any]:
    plan, version, content = view.plan, view.version, view.content
    period = f"{polish_day(content.since)} – {polish_day(content.until)}"
    head = [
        text_block(_("Okres planu"), period),
        text_block(_("Cel główny"), content.main_goal, lines=2),
        text_block(_("W konsultacji z pracownikiem socjalnym"), content.consulted_with),
    ]
    if version.reason:
        head.append(text_block(_("Powód zmiany planu"), version.reason))
    sections = [{"title": _("Uzgodnienia"), "help": "", "blocks": head}]
    sections += [_goal(n, goal, view.names) for n, goal in enumerate(content.goals, 1)]
    if content.coordination:
        blocks = [text_block(_("Ustalenia z koordynatorem"), content.coordination)]
        sections.append({"title": _("Powiązanie z planem pomocy dziecku"), "help": "", "blocks": blocks})
    return document_of(
        plan.institution, title=kind_of(plan.kind).label[0].upper() + kind_of(plan.kind).label[1:], sections=sections,
        day=version.agreed_on, mark=plan.case.case_mark, number=_("wersja %s") % version.number,
        marks=[_("Rodzina: %s") % plan.family.name], signatures=_signatures(view),
        subtitle=_("SZKIC – nie jest dokumentem") if version.status == "draft" else PLAN_VERSION.label_of(version.status),
        note=_("Podstawa: %s") % kind_of(plan.kind).article,
    )  # fmt: skip


def _goal(n: int, goal: Goal, names: dict[str, str]) -> dict[str, Any]:
    blocks = [text_block(_("Cel"), goal.wording)]
    if goal.family_words:
        blocks.append(text_block(_("Słowami rodziny"), goal.family_words))
    whom = ", ".join(names.get(p, "") for p in goal.persons if p in names)
    if whom:
        blocks.append(text_block(_("Kogo dotyczy"), whom))
    tasks = [[t.description, doer_of(t), when_of(t), t.support] for t in goal.tasks]
    blocks.append(table_block(_("Zadania"), [_(h) for h in TASKS], tasks, widths=[4, 2, 2, 2]))
    effects = [[e.indicator, e.measured] for e in goal.effects]
    blocks.append(table_block(_("Przewidywane efekty"), [_(h) for h in EFFECTS], effects, widths=[3, 2]))
    area = f"{AREAS.label_of(goal.area)}, " if goal.area else ""
    return {"title": _("Cel %s") % n, "help": f"{area}{PRIORITIES.label_of(goal.priority)}", "blocks": blocks}


def _signatures(view: VersionView) -> list[dict[str, Any]]:
    lines = []
    for word in SIGNERS:
        said = [
            f"{s.name}, {polish_day(s.signed_on)}" + (_(" – odmowa: %s") % s.refusal if s.refusal else "")
            for s in view.signatures
            if s.signer == word.code
        ]
        if word.code == "MANAGER" and view.version.approved_at and view.version.approved_by:
            approved = f"{polish_day(view.version.approved_at.date())}"
            said = [line for line in said if line != f"{view.version.approved_by.user.full_name}, {approved}"]
            said.append(f"{view.version.approved_by}, {approved}")
        lines.append({"label": _("(podpis: %s)") % word.label, "lines": said})
    return lines


def blank_plan_pdf(institution: Institution, kind: str) -> bytes:
    """An empty plan to fill by hand: three goals with rows for tasks and effects."""
    blocks = [text_block(_("Okres planu")), text_block(_("Cel główny"), lines=3), text_block(_("W konsultacji z"))]
    sections: list[dict[str, Any]] = [{"title": _("Uzgodnienia"), "help": "", "blocks": blocks}]
    for n in range(1, 4):
        sections.append(
            {
                "title": _("Cel %s") % n, "help": "",
                "blocks": [
                    text_block(_("Obszar i treść celu"), lines=2), text_block(_("Słowami rodziny"), lines=2),
                    table_block(_("Zadania"), [_(h) for h in TASKS], [[""] * 4] * 4, widths=[4, 2, 2, 2]),
                    table_block(_("Przewidywane efekty"), [_(h) for h in EFFECTS], [[""] * 2] * 2, widths=[3, 2]),
                ],
            }
        )  # fmt: skip
    label = kind_of(kind).label
    signatures = [{"label": _("(data i podpis: %s)") % w.label, "lines": []} for w in SIGNERS]
    return set_in_type(
        document_of(
            institution, title=label[0].upper() + label[1:], sections=sections, day=None,
            marks=[_("Rodzina: %s") % "…………………………………………"], signatures=signatures, blank=True,
            note=_("Podstawa: %s") % kind_of(kind).article,
        )
    )  # fmt: skip
