"""Papers as files: PDF filled and blank, Word from the institution's template, attachments."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gniazdo.access.queries import fetch
from gniazdo.access.rules import NotHere
from gniazdo.access.views import Request, page
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.papers import queries
from gniazdo.papers.views.sheets import READS, declared
from gniazdo.platform.views import in_polish

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _file(content: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(media_type != "application/pdf", name) or ""
    return response


@page(reads=READS)
@in_polish
def sheet_print(request: Request, sheet_id: UUID) -> HttpResponse:
    """The filled sheet as PDF; `?wydanie=n` an older revision."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    wanted = request.GET.get("wydanie", "")
    older = {str(r.revision): r.answers for r in queries.revisions_of(record)} if wanted else {}
    if wanted and wanted not in older:
        raise NotHere("SheetRevision", {"code": READS, "id": str(sheet_id)})
    return _file(queries.sheet_pdf(record, answers=older.get(wanted)), f"{record.declaration.title}.pdf")


@page(reads=READS)
@in_polish
def sheet_blank(request: Request, code: str) -> HttpResponse:
    """A blank sheet to fill by hand; `?sprawa=id` puts the case's mark and family on it."""
    sheet = declared(code)
    case_id = request.GET.get("sprawa", "")
    case = fetch(request.actor, "papers.sheet.start", CaseFile, case_id) if case_id else None
    here = Institution.objects.system().get(pk=request.actor.institution_id)
    pdf = queries.blank_pdf(
        here, sheet, mark=case.case_mark if case else "", family=case.family.name if case else "", on=clock.today()
    )
    return _file(pdf, f"{sheet.title} - druk.pdf")


@page(reads=READS)
@in_polish
def sheet_word(request: Request, sheet_id: UUID) -> HttpResponse:
    """The sheet in the institution's own Word template."""
    record = queries.sheet_by_id(request.actor, sheet_id)
    template = queries.word_template(record.institution_id, "sheet", record.code)
    if template is None:
        raise NotHere("LocalTemplate", {"code": READS, "id": str(sheet_id)})
    try:
        made = queries.word_file(template, queries.sheet_document(record), queries.flat_answers(record))
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("papers:sheet-view", record.pk)
    return _file(made, f"{record.declaration.title}.docx", DOCX)


@page(reads="papers.letter.view")
@in_polish
def letter_print(request: Request, letter_id: UUID) -> HttpResponse:
    """The letter as PDF."""
    letter = queries.letter_by_id(request.actor, letter_id)
    return _file(queries.letter_pdf(letter), f"{letter.title}.pdf")


@page(reads="papers.letter.view")
@in_polish
def letter_word(request: Request, letter_id: UUID) -> HttpResponse:
    """The letter in the institution's own Word template."""
    letter = queries.letter_by_id(request.actor, letter_id)
    template = queries.word_template(letter.institution_id, "letter", letter.code) if letter.code else None
    if template is None:
        raise NotHere("LocalTemplate", {"code": "papers.letter.view", "id": str(letter_id)})
    try:
        made = queries.word_file(template, queries.letter_document(letter), queries.letter_fields(letter))
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("papers:letter-view", letter.pk)
    return _file(made, f"{letter.title}.docx", DOCX)


@page(reads="papers.file.view")
def file_view(request: Request, file_id: UUID) -> HttpResponse:
    """An attachment, always as a download and never interpreted by the browser."""
    stored = queries.file_by_id(request.actor, file_id)
    try:
        content = open(queries.path_of(stored.path), "rb")  # noqa: SIM115  (the response closes it)
    except OSError:
        raise NotHere("StoredFile", {"code": "papers.file.view", "id": str(file_id)}) from None
    response: Any = FileResponse(
        content, as_attachment=True, filename=stored.original_name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return cast(HttpResponse, response)
