"""Papers of a family or case, the register of letters, one letter, drafts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gniazdo.access.queries import fetch, may
from gniazdo.access.rules import NotHere, Refusal
from gniazdo.access.views import Request, page
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.papers import actions, queries
from gniazdo.papers.forms import DeliverForm, FileForm, IncomingForm, LetterForm, ReasonForm, SendForm
from gniazdo.papers.rules import LETTERS
from gniazdo.people.models import Family
from gniazdo.platform.forms import attempt

SIZE = 25


def _uuid(raw: str | None) -> UUID | None:
    try:
        return UUID(raw or "")
    except ValueError:
        return None


def _papers(request: Request, family: Family, case: CaseFile | None) -> HttpResponse:
    sheets = queries.papers_of_family(
        request.actor, family.pk, case_id=case.pk if case else None, before=_uuid(request.GET.get("po")), size=SIZE + 1
    )
    more = sheets[SIZE - 1].pk if len(sheets) > SIZE else None
    letters = queries.letter_register(request.actor, family_id=family.pk, size=50)
    file_form, incoming = FileForm(), IncomingForm(initial={"received_on": clock.today()})
    status = 200
    if request.method == "POST":
        done, file_form, incoming = _papers_post(request, case or family)
        if done:
            messages.success(request, _("Zapisano."))
            return redirect(request.path)
        status = 422
    return render(request, "papers/papers_list.html", {
        "family": family, "case": case, "sheets": sheets[:SIZE], "after": more, "letters": letters,
        "may_start": queries.startable(request.actor, case), "may_send": queries.letters_to_write(request.actor) if case else [],
        "files": queries.files_of_family(request.actor, family.pk), "file_form": file_form, "incoming": incoming,
    }, status=status)  # fmt: skip


def _papers_post(request: Request, subject: Any) -> tuple[bool, Any, Any]:
    today = clock.today()
    if request.POST.get("do") == "incoming":
        form: Any = IncomingForm(request.POST)
        good = form.is_valid() and attempt(
            form, lambda: actions.receive_letter(request.actor, subject, on=today, **form.cleaned_data)
        )
        return good, FileForm(), form
    form = FileForm(request.POST, request.FILES)
    good = form.is_valid() and attempt(form, lambda: actions.attach_file(
        request.actor, subject, content=form.cleaned_data["file"].read(), name=form.cleaned_data["file"].name, on=today,
        description=form.cleaned_data["description"]))  # fmt: skip
    return good, form, IncomingForm(initial={"received_on": today})


@page(reads="papers.sheet.view")
def family_papers(request: Request, family_id: UUID) -> HttpResponse:
    """All papers of a family, newest first."""
    return _papers(request, fetch(request.actor, "papers.sheet.start", Family, family_id), None)


@page(reads="papers.sheet.view")
def case_papers(request: Request, case_id: UUID) -> HttpResponse:
    """All papers of a case, newest first, and what may be started in its present state."""
    case = fetch(request.actor, "papers.sheet.start", CaseFile.objects.system().select_related("family"), case_id)
    return _papers(request, case.family, case)


@page(reads="papers.letter.entry")
def register(request: Request) -> HttpResponse:
    """The register of letters out and in, newest first."""
    direction = request.GET.get("kierunek", "")
    rows = queries.letter_register(
        request.actor,
        direction=direction if direction in ("in", "out") else "",
        before=_uuid(request.GET.get("po")),
        size=SIZE + 1,
    )
    after = rows[SIZE - 1].pk if len(rows) > SIZE else None
    return render(request, "papers/letter_list.html", {"letters": rows[:SIZE], "after": after, "direction": direction})


@page(reads="papers.letter.view")
def letter_start(request: Request, case_id: UUID, code: str) -> HttpResponse:
    """Write a declared letter in a case."""
    if code not in LETTERS:
        raise NotHere("Letter", {"code": "papers.letter.write", "id": ""})
    case = fetch(request.actor, "papers.letter.write", CaseFile.objects.system().select_related("family"), case_id)
    error = ""
    if request.method == "POST":
        try:
            return redirect(
                "papers:letter-view", actions.write_letter(request.actor, case, code=code, on=clock.today()).pk
            )
        except Refusal as refusal:
            error = str(refusal)
    return render(request, "papers/sheet_start.html", {
        "title": LETTERS[code].title, "subject": case, "case": case, "waiting": [], "error": error, "family_id": case.family_id,
    }, status=409 if error else 200)  # fmt: skip


@page(reads="papers.letter.entry")
def letter_view(request: Request, letter_id: UUID) -> HttpResponse:
    """One letter: its words while a draft, then its way to the recipient. Without its words for those who only keep the register."""
    letter, today = queries.letter_entry(request.actor, letter_id), clock.today()
    may_read = may(request.actor, "papers.letter.view", letter)
    start = {"title": letter.title, "recipient": letter.recipient, "body": letter.body, "rev": letter.rev}
    forms: dict[str, Any] = {
        "edit": LetterForm(initial=start), "send": SendForm(initial={"sent_on": today}),
        "deliver": DeliverForm(initial={"delivered_on": today}), "void": ReasonForm(),
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what not in ("edit", "register", "send", "deliver", "void"):
            return redirect("papers:letter-view", letter.pk)
        name = "edit" if what == "register" else what
        form = forms[name] = type(forms[name])(request.POST)
        if form.is_valid() and attempt(form, lambda: _letter_do(request, letter, what, form.cleaned_data)):
            messages.success(request, _("Zapisano."))
            return redirect("papers:letter-view", letter.pk)
        status = 422
    return render(request, "papers/letter_view.html", {
        "letter": letter, "forms": forms, "files": queries.letter_files(letter) if may_read else [], "may_read": may_read,
        "may_write": may(request.actor, "papers.letter.edit", letter), "may_send": may(request.actor, "papers.letter.send", letter),
        "word": may_read and letter.code and queries.word_template(letter.institution_id, "letter", letter.code),
    }, status=status)  # fmt: skip


def _letter_do(request: Request, letter: Any, what: str, data: dict[str, Any]) -> None:
    actor, today = request.actor, clock.today()
    if what in ("edit", "register"):
        letter = actions.edit_letter(actor, letter, **data)
        if what == "register":
            actions.register_letter(actor, letter, on=today)
    elif what == "send":
        actions.mark_sent(actor, letter, on=today, **data)
    elif what == "deliver":
        actions.mark_delivered(actor, letter, on=today, **data)
    else:
        actions.void_letter(actor, letter, **data)


@require_POST
@page(reads="papers.draft.view")
def draft_autosave(request: Request, form: str) -> HttpResponse:
    """Keep any half-written form for its writer. Query: klucz, opis, adres (a path of this program where it goes on)."""
    data = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name != "csrfmiddlewaretoken" and not name.startswith("password")
    }
    try:
        draft = actions.save_draft(
            request.actor, None, form=form[:80], key=request.GET.get("klucz", "")[:80], data=data,
            label=request.GET.get("opis", ""), resume_url=request.GET.get("adres", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    return JsonResponse({"rev": draft.rev, "draft": str(draft.pk)})
