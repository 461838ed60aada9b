"""Screens of intake: the register of referrals, a new referral by phone with its draft, one referral."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.intake import Referral
from gniazdo.assistance.actions.referral import DRAFT, take_referral
from gniazdo.assistance.forms.referral import MemberRows, ReferralForm
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.case import acts, details_of, lookalikes, referral_of
from gniazdo.assistance.queries.registers import intake, interview_due
from gniazdo.assistance.views.tabs import office_tabs
from gniazdo.assistance.vocab import CAUSES
from gniazdo.cases.queries import offered_moves
from gniazdo.kernel import clock
from gniazdo.papers.actions.drafts import save_draft
from gniazdo.papers.queries import draft_by_key
from gniazdo.people.models import Family
from gniazdo.platform.forms import attempt
from gniazdo.platform.tables import csv_response

REFERRAL = tuple(Referral.__dataclass_fields__)


@page(reads="assistance.intake.list")
def intake_list(request: Request) -> HttpResponse:
    """Reports waiting for a decision, urgent first; `?format=csv` downloads them."""
    done = request.GET.get("stan") == "zakonczone"
    lines = intake(request.actor, on=clock.today(), done=done)
    if request.GET.get("format") == "csv":
        header = [_("Znak sprawy"), _("Rodzina"), _("Zgłoszono"), _("Pilne"), _("Stan"), _("Termin wywiadu")]
        return csv_response("zgloszenia", header, [
            (x.row.case.case_mark, x.row.family.name, x.row.learned_on, _("tak") if x.row.is_urgent else _("nie"), x.state,
             x.due.on if x.due else "") for x in lines
        ])  # fmt: skip
    may_register = may(request.actor, "assistance.referral.register")
    return render(
        request,
        "assistance/intake_list.html",
        {"lines": lines, "done": done, "may_register": may_register, "office_tabs": office_tabs(request)},
    )


def _family(request: Request) -> Family | None:
    chosen = request.GET.get("rodzina", "")
    if not chosen:
        return None
    try:
        return fetch(request.actor, "people.family.view", Family, UUID(chosen))
    except ValueError:
        raise Http404 from None


def _initial(request: Request) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The answers of a draft left behind, for the form and the rows of members."""
    draft = draft_by_key(request.actor, DRAFT)
    if draft is None:
        return {}, []
    rows: dict[int, dict[str, Any]] = {}
    for name, value in draft.data.items():
        parts = name.split("-")
        if parts[0] == "osoby" and len(parts) == 3 and parts[1].isdigit() and value:
            rows.setdefault(int(parts[1]), {})[parts[2]] = value
    filled = [row for _n, row in sorted(rows.items()) if any(v for k, v in row.items() if k not in ("role", "sex"))]
    return dict(draft.data), filled


@page(reads="assistance.intake.list")
def referral_new(request: Request) -> HttpResponse:
    """A report taken by phone on one page. POST registers it."""
    family = _family(request)
    alike: list[Any] = []
    if request.method == "POST":
        form = ReferralForm(request.POST, known_family=family is not None)
        rows = MemberRows(request.POST, prefix="osoby")
        good_rows = family is not None or rows.is_valid()
        if form.is_valid() and good_rows:
            made: list[Any] = []
            if attempt(form, lambda: made.append(_register(request, form.cleaned_data, rows, family))):
                case = made[0]
                due = interview_due(details_of(case))  # type: ignore[arg-type]
                said = _("Zarejestrowano sprawę %(mark)s. Wywiad najpóźniej %(due)s.")
                messages.success(request, said % {"mark": case.case_mark, "due": f"{due.on:%d.%m.%Y}"})
                return redirect("assistance:referral-view", case.pk)
            alike = lookalikes(request.actor, _people(rows), on=clock.today()) if family is None else []
    else:
        initial, members = _initial(request)
        form = ReferralForm(initial=initial, known_family=family is not None)
        rows = MemberRows(initial=members, prefix="osoby")
    context = {"form": form, "rows": rows, "family": family, "alike": alike}
    return render(request, "assistance/referral_new.html", context)


def _people(rows: Any) -> list[dict[str, Any]]:
    filled = [f.cleaned_data for f in rows if f.has_changed()]
    return [{**row, "sex": row.get("sex") or "U"} for row in filled if row.get("last_name")]


def _register(request: Request, data: dict[str, Any], rows: Any, family: Family | None) -> Any:
    told = {name: data[name] for name in REFERRAL}
    told["causes"] = tuple(told["causes"])
    told["readiness"] = told["readiness"] or "UNKNOWN"
    people = _people(rows) if rows.is_valid() else []
    if family is not None and people:
        # A known family keeps its register; who was named by the caller stays with the report.
        named = ", ".join(f"{p.get('first_name', '')} {p['last_name']}".strip() for p in people)
        told["description"] = "\n".join(
            filter(None, (told["description"], _("Osoby podane w zgłoszeniu: %s.") % named))
        )
        people = []
    return take_referral(
        request.actor, None, referral=Referral(**told), on=clock.today(), family_id=family.pk if family else None,
        family_name=data.get("family_name", ""), people=people, phone=data.get("phone", ""),
        address={part: data.get(part, "") for part in ("street", "postal_code", "town", "teryt")},
        not_duplicate_reason=data.get("not_duplicate_reason", ""),
    )  # fmt: skip


@page(reads="assistance.intake.list")
def referral_draft(request: Request) -> HttpResponse:
    """Keep what was typed so far (the form posts itself here while the call lasts)."""
    if request.method != "POST":
        raise Http404
    data = {
        name: request.POST.getlist(name) if name == "causes" else request.POST[name]
        for name in request.POST
        if name != "csrfmiddlewaretoken"
    }
    label = _("Zgłoszenie: %s") % (data.get("family_name") or data.get("referrer_name") or _("bez nazwiska"))
    save_draft(request.actor, None, form=DRAFT, data=data, label=label, resume_url=reverse("assistance:referral-new"),
               at=clock.now())  # fmt: skip
    return JsonResponse({"saved": True})


@page(reads="assistance.referral.view")
def referral_view(request: Request, case_id: UUID) -> HttpResponse:
    """What was reported, when the interview is due and why; what may be done next."""
    case = referral_of(request.actor, case_id)
    row = details_of(case)
    if row is None:
        raise Http404
    moves = [(m, code) for m, code, _url in offered_moves(request.actor, case) if may(request.actor, code, case)]
    context = {
        "case": case, "row": row, "state": ASSISTANCE.label_of(case.state), "causes": [CAUSES.label_of(c) for c in row.causes],
        "due": interview_due(row) if row.interview_on is None else None, "moves": [m for m, _code in moves],
        "acts": acts(request.actor, case, clock.today()), "may_case": may(request.actor, "cases.case.view", case),
    }  # fmt: skip
    return render(request, "assistance/referral.html", context)
