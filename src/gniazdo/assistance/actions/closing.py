"""The end of the work: closing, its outcome, monitoring, a new linked case when it gets worse, the archive."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.actions.steps import (
    KIND,
    details,
    end_all_assignments,
    move,
    open_assignments,
    own_post,
    require_past,
    require_state,
)
from gniazdo.assistance.models import AssistanceCase, MonitoringEntry
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.closing import closing_card_of
from gniazdo.assistance.queries.who import DISPOSES, MANAGER, WORKS
from gniazdo.assistance.rules import monitoring_end
from gniazdo.assistance.vocab import CASE_MARK_CLASS, END_REASONS, MONITORING_DECISIONS, MONITORING_FORMS, OUTCOMES
from gniazdo.cases.actions import assign_worker, note_event, open_case
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import jrwa_symbol, parameter
from gniazdo.people.models import Family

COURT_REASONS = ("RESIGN", "METHOD", "ORG")


@action("assistance.case.start_closing", label="Rozpocznij zamykanie sprawy", who=WORKS)
def start_closing(actor: Actor, case: CaseFile, *, reason: str, note: str, on: date) -> CaseFile:
    """The work comes to its end, for a reason of the word list. Raises Refusal without one, or when a court's obligation
    is in force and the reason is the family's resignation."""
    if reason not in END_REASONS:
        raise Refusal(_("Wybierz przyczynę zakończenia pracy."), field="reason")
    row = details(case)
    if row.is_court_bound and reason == "RESIGN":
        raise Refusal(
            _("Rodzina jest zobowiązana przez sąd, więc jej rezygnacja nie kończy pracy."),
            article="art. 109 § 4 Kodeksu rodzinnego i opiekuńczego",
            advice=_("Zapisz rezygnację rodziny: powstanie sprawozdanie do sądu."),
            field="reason",
        )
    return move(
        actor,
        case,
        "start_closing",
        on=on,
        note=note or END_REASONS.polish_of(reason),
        end_reason=reason,
        end_note=note,
    )


@action("assistance.case.withdraw_closing", label="Wróć do realizacji planu", who=WORKS)
def withdraw_closing(actor: Actor, case: CaseFile, *, note: str, on: date) -> CaseFile:
    """The work goes on after all, with a reason. Raises Refusal."""
    return move(actor, case, "withdraw_closing", on=on, note=note, end_reason="", end_note="")


def _close(
    actor: Actor, case: CaseFile, step: str, *, outcome: str, reason: str, note: str, on: date, **values: Any
) -> CaseFile:
    require_state(case, "CLOSING", act=_("zakończyć pracy"))
    if outcome not in OUTCOMES:
        raise Refusal(_("Wybierz, jaka jest sytuacja dzieci po zakończeniu pracy."), field="outcome")
    row = details(case)
    reason = reason or row.end_reason
    if reason not in END_REASONS:
        raise Refusal(_("Wybierz przyczynę zakończenia pracy."), field="reason")
    if closing_card_of(case) is None:
        raise Refusal(
            _("Najpierw sporządź kartę zakończenia pracy z rodziną."),
            advice=_("Karta zawiera wyniki celów, sytuację każdego dziecka i zalecenia; zatwierdza ją kierownik."),
            article=HOUSE,
        )
    return move(
        actor, case, step, on=on, note=note, outcome=outcome, end_reason=reason, end_note=note or row.end_note, ended_on=on,
        **values,
    )  # fmt: skip


@action("assistance.case.close_to_monitoring", label="Zakończ pracę i monitoruj rodzinę", who=DISPOSES)
def close_to_monitoring(
    actor: Actor, case: CaseFile, *, outcome: str, on: date, reason: str = "", note: str = "", months: int | None = None
) -> CaseFile:
    """The head accepts the closing card; the assistant goes on monitoring (art. 15 ust. 1 pkt 16).

    `months`: how long, by the unit's own setting unless said. Raises Refusal without an outcome, a reason or the card.
    """
    length = int(months or parameter(case.institution_id, "assistance.monitoring_months", on=on))
    return _close(
        actor, case, "close_to_monitoring", outcome=outcome, reason=reason, note=note, on=on,
        monitoring_until=monitoring_end(on, length),
    )  # fmt: skip


@action("assistance.case.close", label="Zakończ sprawę bez monitoringu", who=DISPOSES)
def close_case(actor: Actor, case: CaseFile, *, outcome: str, on: date, note: str, reason: str = "") -> CaseFile:
    """The head closes without monitoring, saying why: monitoring is the assistant's task by law. Raises Refusal."""
    if not note.strip():
        raise Refusal(
            _("Napisz, dlaczego rodzina nie będzie monitorowana."), article="art. 15 ust. 1 pkt 16 uwrspz", field="note"
        )
    case = _close(actor, case, "close", outcome=outcome, reason=reason, note=note, on=on)
    end_all_assignments(actor, case, on=on, reason="koniec pracy z rodziną")
    return case


@action("assistance.monitoring.record", label="Zapisz wpis monitoringu", who=WORKS)
def record_monitoring(
    actor: Actor, case: CaseFile, *, on: date, form: str, stable: str, worrying: str, decision: str, today: date,
    next_on: date | None = None, until: date | None = None,
) -> MonitoringEntry:  # fmt: skip
    """One look at the family after the end: what holds, what worries, what next (practice 1.A.13).

    "Extend" needs a later end; "end" and "reopen" only propose: the head decides by the moves. Raises Refusal.
    """
    require_state(case, "MONITORING", act=_("zapisać wpisu monitoringu"))
    require_past(on, today=today)
    row = details(case)
    if row.ended_on and on < row.ended_on:
        raise Refusal(_("Wpis nie może być wcześniejszy niż koniec pracy z rodziną."), field="on")
    if form not in MONITORING_FORMS or decision not in MONITORING_DECISIONS:
        raise Refusal(
            _("Wybierz formę i decyzję z listy."), field="form" if form not in MONITORING_FORMS else "decision"
        )
    if not stable.strip() and not worrying.strip():
        raise Refusal(_("Napisz, co się utrzymuje albo co niepokoi."), field="stable")
    if decision == "EXTEND":
        if until is None or (row.monitoring_until and until <= row.monitoring_until):
            raise Refusal(_("Podaj nowy, późniejszy koniec monitoringu."), field="until")
        row.monitoring_until = until
        row.save()
    made = MonitoringEntry(
        institution_id=case.institution_id, family_id=case.family_id, case=case, on=on, form=form, stable=stable,
        worrying=worrying, decision=decision, next_on=next_on, author=own_post(actor),
    )  # fmt: skip
    made.save()
    note_event(
        actor, case.family, kind="note", on=on,
        title=f"Monitoring: {MONITORING_DECISIONS.polish_of(decision)}", case=case, record=made,
        summary=worrying or stable, significant=bool(worrying.strip()),
    )  # fmt: skip
    return made


@action("assistance.case.end_monitoring", label="Zakończ monitoring", who=DISPOSES)
def end_monitoring(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """Monitoring is over and the case is closed. Raises Refusal when nobody looked at the family even once."""
    require_state(case, "MONITORING", act=_("zakończyć monitoringu"))
    if not MonitoringEntry.objects.system().filter(case_id=case.pk).exists():
        raise Refusal(
            _("Nie ma ani jednego wpisu z monitoringu tej rodziny."),
            article="art. 15 ust. 1 pkt 16 uwrspz",
            advice=_("Zapisz wpis monitoringu, potem go zakończ."),
        )
    case = move(actor, case, "end_monitoring", on=on, note=note)
    end_all_assignments(actor, case, on=on, reason="koniec monitoringu")
    return case


@action("assistance.case.reopen", label="Wznów pracę w nowej sprawie", who=DISPOSES)
def reopen_case(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """It got worse: the old case closes and a new one, with its own mark and linked to it, starts from the interview.

    The same social worker and basis go on until changed. Raises Refusal without a reason.
    """
    require_state(case, "MONITORING", "CLOSED", act=_("wznowić pracy"))
    before = details(case)
    social = next((a.post for a in open_assignments(case, "SOCIAL_WORKER")), before.social_worker)
    if case.state == "MONITORING":
        case = move(actor, case, "reopen", on=on, note=note)
        end_all_assignments(actor, case, on=on, reason="wznowiono w nowej sprawie")
    elif not note.strip():
        raise Refusal(_("Podaj powód: %s.") % _("wznów pracę w nowej sprawie"), field="note")
    institution = Institution.objects.system().get(pk=case.institution_id)
    symbol = jrwa_symbol(institution.pk, KIND, on=on) or str(parameter(institution.pk, CASE_MARK_CLASS.id, on=on))
    family = Family.objects.system().get(pk=case.family_id)
    fresh = open_case(actor, family, ASSISTANCE, kind=KIND, jrwa=symbol, on=on, follows=case)
    AssistanceCase(
        institution_id=case.institution_id, case=fresh, family=family, learned_on=on, channel="INTERNAL",
        referrer="OPS_UNIT", description=note, causes=before.causes, registered_by=own_post(actor), social_worker=social,
        basis=before.basis if before.is_court_bound else "", ruling_court=before.ruling_court,
        ruling_docket=before.ruling_docket, ruling_on=before.ruling_on, ruling_ends_on=before.ruling_ends_on,
        ruling_scope=before.ruling_scope, ruling_control=before.ruling_control,
    ).save()  # fmt: skip
    if social is not None:
        fresh = move(actor, fresh, "assign_social_worker", on=on)
        assign_worker(actor, fresh, social, role="SOCIAL_WORKER", on=on)
    return fresh


@action("assistance.case.archive", label="Przekaż akta do archiwum zakładowego", who=MANAGER)
def archive_case(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """The closed file goes to the archive of the institution. Raises Refusal for an open case."""
    return move(actor, case, "archive", on=on, note=note)
