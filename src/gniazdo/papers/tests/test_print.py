"""Every declared sheet and letter prints, filled and blank, tagged and titled; what users type stays text."""

from __future__ import annotations

import io
import json
import re
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from gniazdo.papers import actions
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.queries import blank_pdf, letter_pdf, sample_letter_pdf, sheet_pdf
from gniazdo.papers.rules import LETTERS, SHEETS, canonical, completeness, sha256_of, validate
from gniazdo.papers.tests.factories import GOOD, case_of, draft_of

HASHES = Path(__file__).resolve().parents[4] / "docs" / "generated" / "sheet-hashes.json"


CODE = re.compile(
    r"\b(?:manager|social_worker|team_leader|secretary|assistant|coordinator|[a-z]+_[a-z_]+|[A-Z]{3,}_[A-Z_]+)\b"
)
"""A word of the program that a reader of a paper must never meet."""


def read(pdf: bytes) -> tuple[str, PdfReader]:
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split()), reader


@pytest.mark.parametrize("key", sorted(SHEETS), ids=lambda k: f"{k[0]}.v{k[1]}")
def test_every_sheet_renders_blank_and_filled(key, cast):
    sheet = SHEETS[key]
    text, reader = read(blank_pdf(cast.institution, sheet))
    assert reader.metadata.title == sheet.title
    assert reader.root_object["/Lang"].startswith("pl")
    assert "/StructTreeRoot" in reader.root_object
    assert sheet.sections[0].title.split()[0].rstrip("-") in text
    assert not CODE.search(text), CODE.search(text)
    case = case_of(cast)
    record = SheetRecord(
        institution=cast.institution, family=case.family, case=case, code=key[0], version=key[1], started_on=cast.today
    )
    assert sheet_pdf(record).startswith(b"%PDF")
    assert completeness(sheet, {})[0] <= 100
    assert isinstance(validate(sheet, {}, final=True), dict)


@pytest.mark.parametrize("code", sorted(LETTERS))
def test_every_letter_renders_with_its_example(code, cast):
    letter = LETTERS[code]
    text, _reader = read(sample_letter_pdf(cast.institution, letter, "\n\n".join(letter.body)))
    assert letter.title.split()[0] in text
    assert "1. adresat" in text
    assert not CODE.search(text), CODE.search(text)


def test_a_description_nobody_wrote_takes_no_place_on_a_filled_paper(cast):
    case, sheet = case_of(cast), SHEETS["assistance.court_opinion", 1]
    record = SheetRecord(
        institution=cast.institution, family=case.family, case=case, code=sheet.id, version=1, started_on=cast.today,
        answers={"forecast": "Rodzina korzysta ze wsparcia."},
    )  # fmt: skip
    text, _reader = read(sheet_pdf(record))
    assert "Rodzina korzysta ze wsparcia." in text
    assert "Praca i kwalifikacje" not in text
    assert "Z dokumentacji" not in text
    blank, _reader = read(blank_pdf(cast.institution, sheet))
    assert "Praca i kwalifikacje" in blank
    assert "Z dokumentacji" in blank


def test_what_is_typed_is_never_markup_and_is_found_in_the_print(cast):
    nasty = '#set text(red) *grube* $x$ <a> @ref #read("/etc/passwd") ąęłźż'
    record = draft_of(cast, course=nasty)
    record = actions.finalise_sheet(cast.actor("anna"), record, on=cast.today)
    actions.sign_sheet(cast.actor("anna"), record, role="family", name="Ewa Testowa", signed_on=cast.today, on=cast.today,
                       refused=True, reason="nie chce", witness="Piotr S")  # fmt: skip
    text, reader = read(sheet_pdf(record))
    for part in (
        "*grube*",
        '#read("/etc/passwd")',
        "ąęłźż",
        record.case.case_mark,
        "1 234,50",
        "odmawia podpisu",
        "awantura",
    ):
        assert part in text
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "pdfaid" in xmp
    assert "pdfuaid" in xmp


def test_a_paper_prints_in_time(cast):
    record = draft_of(cast)
    sheet_pdf(record)
    best = min(_timed(record) for _n in range(5))
    assert best < 0.3, f"{best * 1000:.0f} ms"  # the budget of 80 ms is measured alone, in benchmarks


def _timed(record):
    start = time.perf_counter()
    sheet_pdf(record)
    return time.perf_counter() - start


def test_a_letter_prints(cast):
    case = case_of(cast)
    text, _reader = read(letter_pdf(actions.write_letter(cast.actor("anna"), case, code="test.note", on=cast.today)))
    assert "PROJEKT" in text
    assert "Sąd Rejonowy" in text


def test_old_versions_are_frozen():
    """A declared version never changes: ask something new in a new version (`vN+1`), then add its hash here."""
    frozen = json.loads(HASHES.read_text())
    now = {f"{id}.v{v}": sha256_of(sheet) for (id, v), sheet in SHEETS.items() if not id.startswith("test.")}
    assert {k: now.get(k) for k in frozen} == frozen
    assert set(now) <= set(frozen), "run: gniazdo manage sheet_hashes"


def test_answers_round_trip_as_json(cast):
    record = draft_of(cast)
    assert SheetRecord.objects.system().get(pk=record.pk).answers == json.loads(json.dumps(GOOD))
    assert json.loads(canonical(SHEETS[("test.demo", 1)]))["id"] == "test.demo"
