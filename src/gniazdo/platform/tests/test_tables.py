"""Exports that a spreadsheet opens without running anything."""

import io
from datetime import date

import openpyxl
import pytest

from gniazdo.platform.tables import csv_response, neutral, xlsx_response


@pytest.mark.parametrize("evil", ["=1+1", "+48 600", "-2", "@SUM(A1)", "\t=1"])
def test_formulas_become_text(evil):
    assert neutral(evil) == "'" + evil


def test_csv_opens_in_polish_excel():
    body = csv_response("lista", ["Imię", "Dnia"], [["=cmd", date(2026, 11, 18)]]).content.decode("utf-8-sig")
    assert body == "Imię;Dnia\r\n'=cmd;18.11.2026\r\n"


def test_xlsx_keeps_values():
    content = xlsx_response("lista", ["A", "B"], [["=1", 5]]).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows == [("A", "B"), ("'=1", 5)]
