"""What an institution fits to itself in its papers: own questions, hidden words, wordings, Word templates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.rules import NotHere, Refusal
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Institution
from gniazdo.papers import actions, queries
from gniazdo.papers.forms import OwnQuestionForm, TemplateForm, WithdrawForm, WordingForm
from gniazdo.papers.rules import LETTERS, Letter
from gniazdo.papers.views.prints import DOCX, _file
from gniazdo.papers.views.sheets import declared
from gniazdo.platform.forms import attempt
from gniazdo.platform.views import in_polish

READS = "papers.local.view"
PLACES = {"sheet": "papers:local-sheet", "letter": "papers:local-letter"}


def _letter(code: str) -> Any:
    if code not in LETTERS:
        raise NotHere("Letter", {"code": READS, "id": ""})
    return LETTERS[code]


def _here(request: Request) -> Institution:
    return Institution.objects.system().get(pk=request.actor.institution_id)


@page(reads=READS)
def overview(request: Request) -> HttpResponse:
    """Sheets, letters and word lists with what is the institution's own in them."""
    sheets, letters = queries.own_papers(request.actor, on=clock.today())
    return render(
        request, "papers/local.html", {"sheets": sheets, "letters": letters, "lists": queries.own_lists(request.actor)}
    )


def _template_post(request: Request, kind: str, code: str) -> tuple[bool, TemplateForm]:
    """Upload or withdraw a Word template: (done, the form with what is wrong)."""
    if request.POST.get("do") == "drop":
        row = queries.own_template(request.actor, kind, code)
        if row and row.path:
            actions.drop_template(request.actor, row)
            messages.success(request, _("Wycofano własny wzór. Wydruki robi znowu program."))
        return True, TemplateForm()
    form = TemplateForm(request.POST, request.FILES)
    good = form.is_valid() and attempt(form, lambda: actions.upload_template(
        request.actor, None, kind=kind, code=code, content=form.cleaned_data["file"].read(),
        name=form.cleaned_data["file"].name, on=clock.today()))  # fmt: skip
    if good:
        messages.success(request, _("Wgrano wzór. Próba na przykładowych danych się udała."))
    return good, form


@page(reads=READS)
def sheet(request: Request, code: str) -> HttpResponse:
    """Own questions and the own Word template of one sheet."""
    found, today = declared(code), clock.today()
    sections = [(s.code, say(s.title)) for s in found.sections]
    form, template_form = OwnQuestionForm(sections=sections, initial={"since": today}), TemplateForm()
    wrong, status = ("", ""), 200
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what == "ask":
            form = OwnQuestionForm(request.POST, sections=sections)
            done = form.is_valid() and attempt(form, lambda: actions.add_local_question(
                request.actor, None, sheet=code, on=today, **form.cleaned_data))  # fmt: skip
        elif what in ("up", "down", "retire"):
            done, wrong = _question_post(request, what)
        else:
            done, template_form = _template_post(request, "sheet", code)
        if done:
            if what in ("ask", "retire"):
                messages.success(request, _("Zapisano."))
            return redirect("papers:local-sheet", code)
        status = 422
    names = dict(sections) | {"": _("Pytania instytucji")}
    return render(request, "papers/local_sheet.html", {
        "sheet": found, "title": say(found.title), "today": today, "tomorrow": today + timedelta(days=1), "wrong": wrong,
        "questions": [(q, names.get(q.section, q.section)) for q in queries.own_questions(request.actor, code)], "form": form,
        "may_print": request.actor.has_role("manager"), **_template_context(request, "sheet", code, template_form),
    }, status=status)  # fmt: skip


def _question_post(request: Request, what: str) -> tuple[bool, tuple[str, str]]:
    """Move or withdraw an own question: (done, (its id, what is wrong))."""
    row = queries.own_question(request.actor, request.POST.get("question", ""))
    if what != "retire":
        actions.move_local_question(request.actor, row, up=what == "up")
        return True, ("", "")
    form = WithdrawForm(request.POST)
    good = form.is_valid() and attempt(form, lambda: actions.retire_local_question(
        request.actor, row, on=clock.today(), until=form.cleaned_data["until"]))  # fmt: skip
    return good, ("", "") if good else (
        str(row.pk),
        " ".join(str(e) for errors in form.errors.values() for e in errors),
    )


def _template_context(request: Request, kind: str, code: str, form: TemplateForm) -> dict[str, Any]:
    here, today = _here(request), clock.today()
    return {
        "own": queries.own_template(request.actor, kind, code), "template_form": form, "kind": kind, "code": code,
        "names": queries.template_names(here, kind, code, on=today),
    }  # fmt: skip


@page(reads=READS)
def letter(request: Request, code: str) -> HttpResponse:
    """The own wording and the own Word template of one letter; what is typed can be seen as PDF before it is saved."""
    found, here = _letter(code), _here(request)
    form = WordingForm(initial={"body": queries.wording(here.pk, found)})
    template_form, status = TemplateForm(), 200
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what in ("save", "preview", "standard"):
            form = WordingForm(request.POST)
            done = form.is_valid()
            body = form.cleaned_data.get("body", "") if what != "standard" else ""
            unknown = found.unknown_fields(body) if done else set()
            if unknown and what == "preview":
                form.add_error("body", _("Nieznane pola: %s.") % ", ".join(sorted(unknown)))
                done = False
            if done and what == "preview":
                return _sample(here, found, body)
            done = done and attempt(
                form, lambda: actions.set_wording(request.actor, None, code=code, body=body, on=clock.today())
            )
            if done:
                messages.success(request, _("Zapisano.") if body.strip() else _("Przywrócono treść standardową."))
        else:
            done, template_form = _template_post(request, "letter", code)
        if done:
            return redirect("papers:local-letter", code)
        status = 422
    return render(request, "papers/local_letter.html", {
        "letter": found, "title": say(found.title), "form": form, "standard": found.body,
        "fields": [(name, say(meaning), found.example.get(name, "")) for name, meaning in found.fields.items()],
        **_template_context(request, "letter", code, template_form),
    }, status=status)  # fmt: skip


@page(reads=READS)
def words(request: Request, code: str) -> HttpResponse:
    """A word list: which of its words the institution offers in its sheets."""
    found = queries.sheet_word_lists().get(code)
    if found is None:
        raise NotHere("WordList", {"code": READS, "id": ""})
    if request.method == "POST":
        try:
            actions.hide_word(
                request.actor,
                None,
                list_id=code,
                code=request.POST.get("word", ""),
                hidden=request.POST.get("do") == "hide",
            )
            messages.success(request, _("Zapisano."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("papers:local-words", code)
    return render(request, "papers/local_words.html", {
        "list": found, "title": say(found.label), "words": [(w, say(w.label)) for w in queries.offered_words(request.actor, found)],
    })  # fmt: skip


@in_polish
def _sample(here: Institution, letter: Letter, body: str) -> HttpResponse:
    """The letter as it would be printed with these words."""
    return _file(queries.sample_letter_pdf(here, letter, body or "\n\n".join(letter.body)), f"{letter.title}.pdf")


def _own_file(request: Request, kind: str, code: str) -> Any:
    row = queries.own_template(request.actor, kind, code) if kind in PLACES else None
    if row is None or not row.path:
        raise NotHere("LocalTemplate", {"code": READS, "id": ""})
    return row


@page(reads=READS)
def template_current(request: Request, kind: str, code: str) -> HttpResponse:
    """The institution's own Word template as it was uploaded."""
    row = _own_file(request, kind, code)
    try:
        return _file(queries.template_bytes(row), row.original_name, DOCX)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(PLACES[kind], code)


@page(reads=READS)
def template_sample(request: Request, kind: str, code: str) -> HttpResponse:
    """The institution's own Word template filled with sample data."""
    row = _own_file(request, kind, code)
    try:
        content = queries.template_bytes(row)
        made, _unknown = queries.sample_word(_here(request), kind, code, content, on=clock.today())
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(PLACES[kind], code)
    return _file(made, _("próba - %s") % row.original_name, DOCX)
