"""Every export there is, found in the code and asked for: no cell of it is run by a spreadsheet. A new one cannot be forgotten."""

from __future__ import annotations

import ast
import csv
import io
import sys
from collections.abc import Iterator

import openpyxl
import pytest
import world
from django.db import transaction
from test_outsider import addresses, arguments_of, filled, signed_in
from tree import SOURCE, parsed, sources, told
from world import make_world

from gniazdo.exchange.library import import_people
from gniazdo.orgs.models import User
from gniazdo.platform import tables

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
EVIL = "=HYPERLINK(1)"
WRITERS = {"csv_response", "xlsx_response", "write_csv"}
# Where cells are written by hand: no data of anybody, or files made to be read in again.
BY_HAND = {
    "platform/tables.py": "the one place",
    "orgs/management/commands/role_matrix.py": "made of the code, for the repository",
    "exchange/library/demo/workbooks.py": "examples for the import, of invented people",
}
ON_DISK = {"exchange/library/import_people.py:save_errors": "the test at the end"}
QUERIES = ("", "format=csv", "format=xlsx", "plik=csv", "jako=csv", "jako=xlsx")
ROLES = ("maria", "daria", "anna", "artur")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def declared() -> set[str]:
    """file:function of every function that hands cells to one of the writers."""
    found = set()
    for path in sources():
        place = path.relative_to(SOURCE).as_posix()
        if place == "platform/tables.py":
            continue
        for function in functions(parsed(path)):
            if WRITERS & {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}:
                found.add(f"{place}:{function.name}")
    return found


def test_cells_are_written_in_one_place():
    wrong = []
    for path in sources():
        place = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(parsed(path)):
            made = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            by_hand = made in ("csv.writer", "csv.DictWriter", "openpyxl.Workbook", "Workbook") or "xlsxwriter" in made
            if by_hand and place not in BY_HAND:
                wrong.append(f"{place}:{node.lineno} {made}: use platform.tables")
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if any(name.split(".")[0] in ("odf", "ezodf", "pyexcel", "xlsxwriter", "pandas") for name in imported):
                wrong.append(f"{place}: {imported}: teach this test to read it")
    assert not wrong, told(wrong)


def cells_of(response) -> list[str]:
    if response["Content-Type"].startswith("text/csv"):
        return [
            cell for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";") for cell in row
        ]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in found}, "a formula"
    return [cell.value for cell in found if isinstance(cell.value, str)]


@pytest.fixture
def made_by(monkeypatch) -> list[str]:
    """Which functions handed cells to the writers, in order."""
    found: list[str] = []
    plain = tables._download

    def noted(*told):
        frame = sys._getframe(2)
        place = frame.f_code.co_filename.split("/gniazdo/")[-1]
        found.append(f"{place}:{frame.f_code.co_name}")
        return plain(*told)

    monkeypatch.setattr(tables, "_download", noted)
    return found


def test_every_export_is_harmless(cast, made_by, monkeypatch):
    monkeypatch.setattr(world, "MARK", EVIL)
    User.objects.update(last_name=EVIL, first_name="=1+1")
    here, wanted = make_world(cast), declared() - set(ON_DISK)
    modules = {"gniazdo." + place.split(":")[0].removesuffix(".py").replace("/", ".") for place in wanted}
    wrong, answered, neutralised = [], 0, 0
    clients = {who: signed_in(getattr(cast, who)) for who in ROLES}
    for route, pattern in addresses():
        values = {n: here.argument(n, route) for n in arguments_of(route)}
        if route.startswith("sprawozdania/<"):
            values["report_id"] = "asysta-polrocze"
        if pattern.callback.__module__ not in modules or None in values.values():
            continue
        for query in QUERIES:
            for who, client in clients.items():
                with transaction.atomic():
                    response = client.get(f"{filled(route, values)}?{query}")
                    transaction.set_rollback(True)
                kind = response.headers.get("Content-Type", "")
                if response.status_code != 200 or not kind.startswith(("text/csv", "application/vnd.openxml")):
                    continue
                answered += 1
                cells = cells_of(response)
                neutralised += sum(cell.startswith("'=") for cell in cells)
                wrong += [
                    f"{who} {filled(route, values)}?{query}: {cell[:40]!r}"
                    for cell in cells
                    if cell.strip().startswith(tables.RISKY) and not tables.HARMLESS.fullmatch(cell)
                ]
    assert not wrong, told(wrong)
    forgotten = wanted - set(made_by)
    assert not forgotten, "no address reached these exports; give them data in tests/world.py or a query here:" + told(
        sorted(forgotten)
    )
    assert answered > 10
    assert neutralised > 20, "hardly anything dangerous was exported: the test proves nothing"


def test_the_file_of_remarks_that_the_terminal_leaves_is_harmless(tmp_path, monkeypatch):
    monkeypatch.setattr(import_people, "error_rows", lambda run: [(3, "Nazwisko", EVIL, "-2+3+A1")])
    import_people.save_errors(None, tmp_path / "uwagi.csv")
    assert (tmp_path / "uwagi.csv").read_text("utf-8-sig").splitlines()[-1] == f"3;Nazwisko;'{EVIL};'-2+3+A1"
