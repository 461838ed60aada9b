"""Exports that a spreadsheet opens without running anything."""

import io
from datetime import date

import openpyxl
import pytest

from gniazdo.platform.tables import csv_response, neutral, xlsx_response

EVIL = [
    "=1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+48-600-100", "-1-1", "+A1",
    "- tekst", "  =1+1", "＝1+1", '-"x"', "+48 600 100 200+A1", "--1", "=HYPERLINK(\"http://x\")",
]  # fmt: skip
PLAIN = [
    "-2", "-2,5", "-1 234,50", "+48 600 100 200", "+48600100200", "+48 22 6000000", "-", "+5", "Łucja", "2026-11-18",
    "Kowalska-Nowak", "a=b", "", "12/2026", "-1\u00a0234,50",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_formulas_become_text(evil):
    assert neutral(evil) == "'" + evil


@pytest.mark.parametrize("plain", [*PLAIN, -2, 3.5, None, True, date(2026, 11, 18)])
def test_numbers_phones_and_words_stay_readable(plain):
    assert neutral(plain) == plain


class Named:
    """Prints its own name, as a worker does."""

    def __str__(self):
        return "=1+1 Nowak"


def test_things_that_print_their_name_are_text_too():
    assert neutral(Named()) == "'=1+1 Nowak"
    assert "'=1+1 Nowak" in csv_response("lista", ["=A"], [[Named()]]).content.decode()
    assert "'=A" in csv_response("lista", ["=A"], [[Named()]]).content.decode()


def test_csv_opens_in_polish_excel():
    body = csv_response("lista", ["Imię", "Dnia"], [["=cmd", date(2026, 11, 18)]]).content.decode("utf-8-sig")
    assert body == "Imię;Dnia\r\n'=cmd;18.11.2026\r\n"


def test_xlsx_keeps_values():
    content = xlsx_response("lista", ["A", "B"], [["=1", 5]]).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows == [("A", "B"), ("'=1", 5)]
