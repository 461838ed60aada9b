"""Collecting messages: nothing said is missed, nothing translated is lost, a wrong translation is found."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from babel.messages.catalog import Catalog, Message

from gniazdo.platform.management.commands import messages


@dataclass
class Part:
    label: str
    code: str = "kod"


@dataclass
class Declared:
    title: str
    parts: tuple[Part, ...]


def test_python_and_templates_are_read(tmp_path):
    code = tmp_path / "a.py"
    code.write_text(
        '_("Zapisz"); ngettext("%(n)s rodzina", "%(n)s rodzin", n); pgettext("miesiąc", "maj"); print("nie")',
        encoding="utf-8",
    )
    page = tmp_path / "templates" / "x" / "b.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% translate "Wizyty" %}{% blocktranslate count n=n %}{{ n }} wizyta{% plural %}{{ n }} wizyt{% endblocktranslate %}'
        '{% button label=_("Dodaj") %}',
        encoding="utf-8",
    )
    assert set(messages.marked_in(code)) == {
        ("Zapisz", None),
        (("%(n)s rodzina", "%(n)s rodzin"), None),
        ("maj", "miesiąc"),
    }
    assert set(messages.marked_in(page)) == {("Wizyty", None), (("%(n)s wizyta", "%(n)s wizyt"), None), ("Dodaj", None)}


def test_a_page_indented_unevenly_is_read(tmp_path):
    page = tmp_path / "templates" / "c.html"
    page.parent.mkdir()
    page.write_text('      {% translate "Jeden" %}\n   {% translate "Dwa" %}\n     <p>\n', encoding="utf-8")
    assert set(messages.marked_in(page)) == {("Jeden", None), ("Dwa", None)}


def test_labels_of_declarations_are_found_however_deep():
    thing = Declared("Karta", (Part("Imię"), Part("1–5")))
    assert list(messages.spoken("Nazwa", thing)) == ["Nazwa", "Karta", "Imię"]


def test_a_translation_is_kept_and_taken_over_from_another_room(tmp_path):
    path = tmp_path / "django.po"
    before = Catalog(locale="en")
    before.add("Zapisz", "Save")
    messages.save(before, path)
    found = [Message("Zapisz"), Message("Wizyta"), Message("Nowe")]
    merged = messages.merge(found, path, "en", {("Wizyta", None): "Visit"})
    assert {m.id: m.string for m in merged if m.id} == {"Zapisz": "Save", "Wizyta": "Visit", "Nowe": None}
    assert list(messages.problems(merged, "en")) == ["not translated: 'Nowe'"]


@pytest.mark.parametrize(
    ("id", "string", "locale", "wrong"),
    [
        ("Do %(name)s", "To %(name)s", "en", False),
        ("Do %(name)s", "To %(nmae)s", "en", True),
        (("%(n)s karta", "%(n)s kart"), ("%(n)s sheet", "%(n)s sheets"), "en", False),
        (("%(n)s karta", "%(n)s kart"), ("%(n)s karta", "%(n)s karty"), "pl", True),
        (("%(n)s karta", "%(n)s kart"), ("%(n)s karta", "%(n)s karty", "%(n)s kart"), "pl", False),
    ],
)
def test_wrong_translations_are_found(id, string, locale, wrong):
    catalogue = Catalog(locale=locale)
    catalogue.add(id, string)
    assert bool(list(messages.problems(catalogue, locale))) is wrong


def test_saving_twice_changes_nothing(tmp_path):
    made = messages.merge([Message("B"), Message("A")], tmp_path / "none.po", "en", {})
    messages.save(made, tmp_path / "1.po")
    messages.save(made, tmp_path / "2.po")
    assert (tmp_path / "1.po").read_bytes() == (tmp_path / "2.po").read_bytes()
