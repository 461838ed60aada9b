"""Screens of one sheet: start, write (autosaved), compare, read, sign, void."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gniazdo.access.queries import fetch, may
from gniazdo.access.rules import Actor, Conflict, NotHere, Refusal
from gniazdo.access.views import Request, page
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.kernel.speech import say
from gniazdo.papers import actions, queries
from gniazdo.papers.forms import FileForm, Offer, ReasonForm, Screen, SignForm, said
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import SHEETS, Question, Sheet, collect, completeness, diff, merge_choice, newest, validate
from gniazdo.papers.rules.checking import show
from gniazdo.papers.rules.files import LIMIT
from gniazdo.people.models import Family
from gniazdo.platform.forms import attempt

READS = "papers.sheet.view"


def declared(code: str) -> Any:
    """The newest sheet of that code. Raises NotHere."""
    if not any(known == code for known, _v in SHEETS):
        raise NotHere("Sheet", {"code": READS, "id": ""})
    return newest(code)


@page(reads=READS)
def start(request: Request, case_id: UUID, code: str) -> HttpResponse:
    """Begin a sheet in a case (or for a family), or take up the draft that is already there."""
    sheet = declared(code)
    model: Any = (
        CaseFile
        if sheet.needs_case or CaseFile.objects.for_actor(request.actor).filter(pk=case_id).exists()
        else Family
    )
    subject = fetch(request.actor, "papers.sheet.start", model, case_id)
    is_case = isinstance(subject, CaseFile)
    waiting = list(queries.open_drafts_of_case(subject.pk, code)[:5]) if is_case else []
    error = ""
    if request.method == "POST":
        try:
            record = actions.start_sheet(request.actor, subject, code=code, on=clock.today())
            return redirect("papers:sheet-edit", record.pk)
        except Refusal as refusal:
            error = str(refusal)
    return render(request, "papers/sheet_start.html", {
        "sheet": sheet, "title": say(sheet.title), "subject": subject, "waiting": waiting, "error": error,
        "family_id": subject.family_id if is_case else subject.pk, "case": subject if is_case else None,
    }, status=409 if error else 200)  # fmt: skip


def _offer(actor: Actor, record: SheetRecord) -> Offer:
    sheet = queries.sheet_for(record)
    before = queries.previous_sheet(record)
    previous: Mapping[str, Any] = before.answers if before else {}
    inserts: dict[str, dict[str, dict[str, str]]] = {}
    for _section, q in sheet.questions():
        if q.kind == "insert":
            kept = {
                str(one["id"]): one for one in record.answers.get(q.code) or [] if isinstance(one, dict) and "id" in one
            }
            provider = getattr(q, "provider", None)
            rows = provider(actor, record) if provider else []
            offered = {
                str(r[0]): {"id": str(r[0]), "text": str(r[1]), "source": str(r[2]) if len(r) > 2 else ""} for r in rows
            }
            inserts[q.code] = {**offered, **kept}
    kinds = {q.kind for _s, q in sheet.questions()} | {
        c.kind for _s, q in sheet.questions() for c in getattr(q, "columns", ())
    }
    return Offer(
        people=queries.family_people(record.family, on=record.started_on) if kinds & {"person", "people", "fixed"} else (),
        posts=queries.staff_names(record.institution_id, on=record.started_on) if "post" in kinds else (),
        inserts=inserts, hidden=queries.hidden_words(record.institution_id),
        names=queries.names_in(record, record.answers, previous), previous=previous,
    )  # fmt: skip


def _edit_page(
    request: Request, record: SheetRecord, offer: Offer, wrong: Mapping[str, str], refusal: str = ""
) -> HttpResponse:
    sheet = queries.sheet_for(record)
    percent, missing = completeness(sheet, record.answers)
    parts = Screen(sheet, record.answers, offer, wrong).parts()
    return render(request, "papers/sheet_edit.html", {
        "record": record, "sheet": sheet, "title": say(sheet.title), "parts": parts, "percent": percent, "missing": missing,
        "wrong": [(path, said(text)) for path, text in wrong.items()], "refusal": refusal, "today": clock.today(),
        "files": queries.files_of(record),
    }, status=422 if refusal else 200)  # fmt: skip


def _day(raw: str | None) -> date | None:
    try:
        return date.fromisoformat(raw or "")
    except ValueError:
        return None


def _attach(request: Request, record: SheetRecord) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Attach the files chosen on the form at once, before anything else can go wrong: what each file question holds now,
    and what was refused. Files ticked to be taken off leave the answer."""
    held: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    if record.status != "draft" or not may(request.actor, "papers.sheet.save", record):
        return held, wrong
    for _section, q in queries.sheet_for(record).questions():
        if q.kind != "attachment":
            continue
        before = [str(one) for one in record.answers.get(q.code) or []]
        off = set(request.POST.getlist(f"{q.code}__drop"))
        held[q.code] = [one for one in before if one not in off]
        for upload in request.FILES.getlist(f"{q.code}__file"):
            try:
                made = actions.attach_file(request.actor, record, content=upload.read(LIMIT + 1), name=upload.name or "",
                                           on=clock.today(), question=q.code)  # fmt: skip
                held[q.code].append(str(made.pk))
            except Refusal as refusal:
                wrong[q.code], held[q.code] = str(refusal), before
    return held, wrong


def _take_off(request: Request, before: SheetRecord, now: SheetRecord) -> None:
    """Remove this draft's own files that its answers no longer name; what a finished revision named stays."""
    if now.revision:
        return
    codes = [q.code for _section, q in queries.sheet_for(now).questions() if q.kind == "attachment"]
    gone = {one for code in codes for one in before.answers.get(code) or ()}
    gone -= {one for code in codes for one in now.answers.get(code) or ()}
    for stored in queries.files_of(now):
        if str(stored.pk) in gone and may(request.actor, "papers.file.remove", stored):
            with contextlib.suppress(Refusal):  # somebody else's file: off the answer, still among the attachments
                actions.remove_file(request.actor, stored, on=clock.today())


def _save(
    request: Request, record: SheetRecord, offer: Offer, held: Mapping[str, list[str]] | None = None
) -> SheetRecord:
    """Save what was posted. On a conflict the writer's version is kept as a draft of theirs before Conflict goes on."""
    answers = collect(queries.sheet_for(record), request.POST, before=record.answers, offered=offer.inserts)
    answers = {code: value for code, value in {**answers, **(held or {})}.items() if value or code not in (held or {})}
    raw = request.POST.get("rev", "")
    try:
        return actions.save_sheet(
            request.actor, record, answers=answers, rev=int(raw) if raw.isdigit() else 0,
            period_from=_day(request.POST.get("period_from")), period_to=_day(request.POST.get("period_to")),
        )  # fmt: skip
    except Refusal as refusal:
        if isinstance(refusal, Conflict) or record.status != "draft":
            actions.save_draft(
                request.actor, None, form="papers.sheet", key=str(record.pk), data=answers, label=str(record),
                resume_url=reverse("papers:sheet-compare", args=[record.pk]), subject_id=record.family_id,
            )  # fmt: skip
        raise


@page(reads=READS)
def edit(request: Request, sheet_id: UUID) -> HttpResponse:
    """Write a sheet: save it as it stands, or make it final."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    if request.method != "POST":
        if record.status != "draft" or not may(request.actor, "papers.sheet.save", record):
            return redirect("papers:sheet-view", record.pk)
        wrong = validate(queries.sheet_for(record), record.answers, final=bool(request.GET.get("sprawdz")))
        return _edit_page(request, record, _offer(request.actor, record), wrong)
    offer = _offer(request.actor, record)
    held, refused = _attach(request, record)
    try:
        before, record = record, _save(request, record, offer, held)
        _take_off(request, before, record)
        if refused:
            told = _("Szkic jest zapisany, ale pliku nie dołączono. Wybierz go ponownie: przeglądarka go nie pamięta.")
            return _edit_page(request, record, _offer(request.actor, record), refused, told)
        if request.POST.get("do") == "final":
            actions.finalise_sheet(request.actor, record, on=_day(request.POST.get("on")) or clock.today(),
                                   reason=request.POST.get("correction", ""))  # fmt: skip
            actions.forget_drafts(request.actor, None, form="papers.sheet", key=str(record.pk))
            messages.success(request, _("Karta jest gotowa. Wydrukuj ją i zbierz podpisy."))
            return redirect("papers:sheet-view", record.pk)
    except Conflict:
        return redirect("papers:sheet-compare", record.pk)
    except Refusal as refusal:
        if record.status != "draft":
            messages.error(request, str(refusal))
            return redirect("papers:sheet-compare", record.pk)
        return _edit_page(request, record, _offer(request.actor, record), getattr(refusal, "wrong", {}), str(refusal))
    messages.success(request, _("Zapisano szkic."))
    where = request.POST.get("do", "")
    return redirect(
        reverse("papers:sheet-edit", args=[record.pk]) + (f"#{where[3:]}" if where.startswith("at-") else "")
    )


@require_POST
@page(reads=READS)
def autosave(request: Request, sheet_id: UUID) -> HttpResponse:
    """Keep the half-written sheet: 200 with the new revision, or 409 with where to compare the two versions."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    try:
        record = _save(request, record, _offer(request.actor, record))
    except Refusal as refusal:
        return JsonResponse(
            {"sentence": str(refusal), "compare": reverse("papers:sheet-compare", args=[record.pk])}, status=409
        )
    percent, missing = completeness(queries.sheet_for(record), record.answers)
    return JsonResponse({"rev": record.rev, "percent": percent, "missing": len(missing)})


def _differences(
    sheet: Sheet, theirs: Mapping[str, Any], mine: Mapping[str, Any], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Answers in which two versions differ, as the comparison shows them."""
    rows: list[dict[str, Any]] = []

    def add(code: str, label: str, asked: Question | None) -> None:
        pair = (theirs.get(code), mine.get(code))
        if pair[0] == pair[1]:
            return
        a, b = (show(asked, v, names) if asked else _plain_rows(v) for v in pair)
        both = isinstance(pair[0] or pair[1], str | list)
        rows.append({"code": code, "label": label, "theirs": a, "mine": b, "both": both})

    for section in sheet.sections:
        if section.repeat:
            add(section.code, say(section.title), None)
        for q in () if section.repeat else section.questions:
            label = f"{say(section.title)}: {say(q.label)}" if section.title else say(q.label)
            add(q.code, label, q)
            add(f"{q.code}__note", f"{label} – {_('opis')}", None)
    return rows


def _plain_rows(value: Any) -> str:
    if not isinstance(value, list):
        return str(value or "")
    return "\n".join("; ".join(map(str, row.values())) for row in value if isinstance(row, dict))


@page(reads=READS)
def compare(request: Request, sheet_id: UUID) -> HttpResponse:
    """Two versions side by side, field by field; the writer chooses, nothing is overwritten unseen."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    draft = queries.draft_by_key(request.actor, "papers.sheet", str(record.pk))
    if draft is None:
        return redirect("papers:sheet-view", record.pk)
    sheet, mine, theirs = queries.sheet_for(record), draft.data, record.answers
    if request.method == "POST" and request.POST.get("do") == "drop":
        actions.discard_draft(request.actor, draft)
        return redirect("papers:sheet-edit", record.pk)
    if request.method == "POST":
        chosen = {key.removeprefix("pick."): str(request.POST[key]) for key in request.POST if key.startswith("pick.")}
        try:
            actions.save_sheet(
                request.actor, record, answers=merge_choice(theirs, mine, chosen), rev=int(request.POST.get("rev") or 0)
            )
            actions.discard_draft(request.actor, draft)
        except (Refusal, ValueError) as refusal:
            messages.error(request, str(refusal))
            return redirect("papers:sheet-compare", record.pk)
        messages.success(request, _("Zapisano wybraną wersję."))
        return redirect("papers:sheet-edit", record.pk)
    rows = _differences(sheet, theirs, mine, queries.names_in(record, mine, theirs))
    return render(
        request,
        "papers/sheet_compare.html",
        {"record": record, "title": say(sheet.title), "rows": rows, "draft": draft},
    )


def _view_page(request: Request, record: SheetRecord, forms: Mapping[str, Any] | None = None) -> HttpResponse:
    sheet = queries.sheet_for(record)
    document = queries.sheet_document(record)
    history = queries.revisions_of(record)
    steps = list(itertools.pairwise(history))
    changes = [
        (new, diff(sheet, old.answers, new.answers, queries.names_in(record, old.answers, new.answers)))
        for new, old in steps
    ]
    roles = [(s.role, say(s.label)) for s in record.declaration.signatures] or [("author", _("sporządzający"))]
    given = forms or {}
    return render(request, "papers/sheet_view.html", {
        "record": record, "sheet": sheet, "title": say(sheet.title), "sections": document["sections"],
        "strip": queries.signature_strip(record), "history": history, "changes": changes, "files": queries.files_of(record),
        "sign_form": given.get("sign") or SignForm(roles=roles, initial={"signed_on": clock.today()}),
        "file_form": given.get("file") or FileForm(), "void_form": given.get("void") or ReasonForm(),
        "may_write": may(request.actor, "papers.sheet.save", record) and queries.may_write(request.actor, sheet),
        "replaced_by": record.replaced_by.order_by("-id").first(), "word": queries.word_template(record.institution_id, "sheet", record.code),
    }, status=422 if forms else 200)  # fmt: skip


@page(reads=READS)
def view(request: Request, sheet_id: UUID) -> HttpResponse:
    """Read a sheet: answers, signatures, attachments, revisions; sign, attach, correct, replace, void."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    if request.method != "POST":
        return _view_page(request, record)
    what, today = request.POST.get("do", ""), clock.today()
    if what in ("reopen", "replace"):
        try:
            made = (
                actions.reopen_sheet(request.actor, record)
                if what == "reopen"
                else actions.replace_sheet(request.actor, record, on=today)
            )
            return redirect("papers:sheet-edit", made.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("papers:sheet-view", record.pk)
    roles = [(s.role, say(s.label)) for s in record.declaration.signatures] or [("author", _("sporządzający"))]
    if what == "sign":
        form: Any = SignForm(request.POST, roles=roles)
    else:
        form = ReasonForm(request.POST) if what == "void" else FileForm(request.POST, request.FILES)
    if form.is_valid() and attempt(form, lambda: _do(request.actor, record, what, form.cleaned_data, today)):
        messages.success(request, _("Zapisano."))
        return redirect("papers:sheet-view", record.pk)
    return _view_page(request, record, {what if what in ("sign", "void") else "file": form})


def _do(actor: Actor, record: SheetRecord, what: str, data: Mapping[str, Any], today: date) -> None:
    if what == "sign":
        actions.sign_sheet(actor, record, on=today, **data)
    elif what == "void":
        actions.void_sheet(actor, record, reason=data["reason"], on=today)
    else:
        upload = data["file"]
        if data["scan"]:
            actions.attach_scan(actor, record, content=upload.read(), name=upload.name, on=today)
        else:
            actions.attach_file(
                actor, record, content=upload.read(), name=upload.name, on=today, description=data["description"]
            )
