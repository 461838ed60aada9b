"""The role matrix in the docs says what the code does."""

from __future__ import annotations

import pytest

from gniazdo.access.queries import PERMISSIONS
from gniazdo.orgs.management.commands import role_matrix

# One's own unfinished forms, and settings that hold no person's data.
NOT_CASES = ("papers.draft.", "papers.local.")


@pytest.fixture(scope="module")
def table():
    return role_matrix.rows()


def test_the_files_are_up_to_date(table):
    advice = "Uruchom: gniazdo manage role_matrix"
    assert (role_matrix.OUT / "role-matrix.md").read_text(encoding="utf-8") == role_matrix.as_markdown(table), advice
    assert (role_matrix.OUT / "role-matrix.csv").read_text(encoding="utf-8") == role_matrix.as_csv(table), advice


def test_administrators_see_no_case_content_and_officers_no_notes(table):
    column = {label: n for n, label in enumerate(table[0])}
    for row in table[1:]:
        code = row[0]
        if code.startswith(NOT_CASES):
            continue
        if code.split(".")[0] in ("plans", "assistance", "cases", "people", "papers"):
            for role in ("administrator techniczny", "inspektor ochrony danych"):
                narrow = PERMISSIONS[code].who.label
                assert row[column[role]] != role_matrix.ALL, f"{code} ({narrow}) is open to: {role}"


def test_headings_are_polish(table):
    assert table[0][:4] == ["Kod", "Czynność", "Rodzaj", "Kto"]
    assert "asystent rodziny" in table[0]
