"""The institution's own Word template: filled with the sheet's data, and reaching nothing but the data."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from gniazdo.papers.models import LocalTemplate
from gniazdo.papers.queries import word_file

DATA = {"title": "Karta próbna"}


@pytest.fixture
def filled(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path

    def fill(text: str, **answers: str) -> str:
        paper = Document()
        paper.add_paragraph(text)
        paper.save(str(tmp_path / "wzor"))
        template = LocalTemplate(kind="sheet", code="test.demo", path="wzor", since=date(2026, 1, 5))
        made = Document(io.BytesIO(word_file(template, DATA, answers)))
        return "\n".join(p.text for p in made.paragraphs)

    return fill


def test_the_data_is_put_in(filled):
    assert filled("{{ title }}: {{ pola.subject }}", subject="Rozmowa") == "Karta próbna: Rozmowa"


def test_what_a_user_typed_is_neither_markup_nor_a_template(filled):
    nasty = "<w:br/> & </w:t> {{ 7*7 }}"
    assert filled("{{ pola.subject }}", subject=nasty) == nasty


@pytest.mark.parametrize("text", [
    "{{ pola.__class__.__mro__[1].__subclasses__() }}",
    "{{ title.__class__.__base__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% include 'settings.py' %}",
    "{{ title | nieznany }}",
])  # fmt: skip
def test_a_template_reaches_nothing_but_the_data(filled, text):
    with pytest.raises(ValueError, match="nie da się wypełnić"):
        filled(text)
