"""Jobs of the import: a killed worker's file goes on by itself, an abandoned file is forgotten; ODS is read like XLSX."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, Refusal
from gniazdo.exchange.actions import begin_import, forget_file, note_progress
from gniazdo.exchange.library.import_people import only_tried, plan
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.rules.reading import read_table
from gniazdo.exchange.rules.sentences import from_json
from gniazdo.exchange.tasks import forget_abandoned, read_in, resume_stalled
from gniazdo.exchange.tests.test_import_run import LIS, WILK, mapped, workbook
from gniazdo.exchange.vocab import KEPT_DAYS
from gniazdo.kernel import clock
from gniazdo.kernel.legal import Sentence
from gniazdo.orgs.actions.institution import set_parameter
from gniazdo.orgs.queries import actor_for
from gniazdo.orgs.tests.factories import make_post
from gniazdo.people.models import Family, Person


def test_what_a_killed_worker_left_goes_on_and_repeats_nothing(cast, monkeypatch) -> None:
    maria = cast.actor("maria")
    run = begin_import(maria, mapped(maria, [*WILK, *LIS]))
    planned: list[dict[str, str]] = []
    monkeypatch.setattr(
        "gniazdo.exchange.tasks.read_in", type("Job", (), {"enqueue": lambda _self, **said: planned.append(said)})()
    )
    assert resume_stalled.func() == 0  # it has only just begun
    with clock.stopped(clock.now() + timedelta(minutes=11)):
        assert resume_stalled.func() == 1
        assert resume_stalled.func() == 0  # planned already
    assert planned == [{"run_id": str(run.pk), "post_id": str(cast.maria.pk)}]
    for _attempt in range(2):  # the worker that comes back, and one more by mistake
        read_in.func(**planned[0])
    assert Family.objects.system().count() == 2
    assert Person.objects.system().filter(last_name="Wilk").count() == 2
    assert ImportRun.objects.system().get(pk=run.pk).state == "DONE"


def test_a_file_nobody_read_in_is_forgotten(cast) -> None:
    maria = cast.actor("maria")
    abandoned = mapped(maria, WILK)
    assert forget_abandoned.func() == 0
    with clock.stopped(clock.now() + timedelta(days=KEPT_DAYS.default + 1)):
        running = begin_import(maria, mapped(maria, LIS))
        assert forget_abandoned.func() == 1
    abandoned.refresh_from_db()
    assert abandoned.content is None
    assert abandoned.state == "FAILED"
    assert ImportRun.objects.system().get(pk=running.pk).content is not None
    assert JournalEntry.objects.filter(code="exchange.import.forget", outcome="done").count() == 1
    with pytest.raises(Refusal, match="już nie ma"):
        begin_import(maria, abandoned)


def test_an_institution_says_how_long_a_file_waits(cast) -> None:
    """The setting is dated and each institution's own."""
    maria = cast.actor("maria")
    with clock.stopped(clock.now() + timedelta(days=2)):
        set_parameter(
            maria,
            None,
            code=KEPT_DAYS.id,
            text="3",
            since=cast.today + timedelta(days=3),
            decided_by="zarządzenie 7/2026",
        )
    mapped(maria, WILK)
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert forget_abandoned.func() == 0
    other = make_post(cast.other, "manager", "Wanda", "Obca")
    mapped(actor_for(other.user, on=cast.today), LIS)
    with clock.stopped(clock.now() + timedelta(days=4)):
        assert forget_abandoned.func() == 1
        assert ImportRun.objects.system().filter(content__isnull=False).get().institution_id == cast.other.pk
    forgotten = ImportRun.objects.system().get(content=None)
    assert "3 dni" in from_json(forgotten.trouble)


@pytest.mark.parametrize("name", ["maria", "anna", "artur"])
def test_nobody_forgets_by_hand(cast, name) -> None:
    run = mapped(cast.actor("maria"), WILK)
    with pytest.raises(NotAllowed):
        forget_file(cast.actor(name), run, why=Sentence("x"))


def test_progress_tells_when_it_went_on(cast) -> None:
    maria = cast.actor("maria")
    run = note_progress(maria, mapped(maria, WILK), state="RUNNING", done=1)
    assert run.moved_at is not None


def ods(rows: str) -> bytes:
    """A LibreOffice sheet with these rows of XML."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }  # fmt: skip
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Arkusz1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return out.getvalue()


def cell(value: str, kind: str = "string") -> str:
    attribute = {"string": "", "float": f' office:value="{value}"', "date": f' office:date-value="{value}"'}[kind]
    return f'<table:table-cell office:value-type="{kind}"{attribute}><text:p>{value}</text:p></table:table-cell>'


def test_a_libreoffice_sheet_is_read_like_any_other(cast) -> None:
    """Days, numbers that were a PESEL, thousands of repeated empty cells and rows after the data."""
    head = "".join(cell(word) for word in ("Nazwisko", "Imię", "PESEL", "Data urodzenia", "Dochód"))
    empty = '<table:table-cell table:number-columns-repeated="1019"/>'
    wilk = cell("Wilk") + cell("Żaneta") + cell("2222", "float") + cell("1990-05-04", "date") + cell("1234.5", "float")
    rows = f"<table:table-row>{head}{empty}</table:table-row><table:table-row>{wilk}{empty}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    table = read_table(ods(rows), "rodziny.ods")
    assert table.header == ("Nazwisko", "Imię", "PESEL", "Data urodzenia", "Dochód")
    assert len(table.rows) == 1
    number, cells = table.rows[0]
    assert (number, cells[0], cells[1], int(str(cells[2]).split(".")[0]), str(cells[3])[:10], float(str(cells[4]))) == (
        2, "Wilk", "Żaneta", 2222, "1990-05-04", 1234.5,
    )  # fmt: skip


def test_an_import_of_somebody_who_left_ends_and_is_not_planned_again(cast) -> None:
    maria = cast.actor("maria")
    run = begin_import(maria, mapped(maria, WILK))
    with clock.stopped(clock.now() + timedelta(days=1)), system_act("test"):
        for grant in cast.maria.role_grants.all():
            grant.until = cast.today
            grant.save()
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert read_in.func(run_id=str(run.pk), post_id=str(cast.maria.pk)) == 0
        run.refresh_from_db()
        assert (run.state, "nie ma już dostępu" in run.trouble["sentence"]) == ("FAILED", True)
        assert resume_stalled.func() == 0


def test_a_dry_run_from_the_terminal_keeps_no_file(cast, tmp_path) -> None:
    file = tmp_path / "rodziny.xlsx"
    file.write_bytes(workbook(WILK))
    run = plan(cast.actor("maria"), file, mapping="", on=cast.today)
    only_tried(run)
    run.refresh_from_db()
    assert (run.content, run.counts["new"]) == (None, 1)
    assert not Family.objects.system().exists()
