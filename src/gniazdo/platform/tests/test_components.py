"""Components: how dates and numbers are said, and that each has a place in the gallery and in the docs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from gniazdo.platform.forms import Form
from gniazdo.platform.templatetags import parts, ui

ROOT = Path(__file__).resolve().parents[4]
NAMES = sorted({*ui.register.tags, *parts.register.tags, *ui.register.filters, *parts.register.filters})


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 18), "dziś"),
        (date(2026, 11, 19), "jutro"),
        (date(2026, 11, 17), "wczoraj"),
        (date(2026, 11, 20), "za 2 dni"),
        (date(2026, 11, 23), "za 5 dni"),
        (date(2026, 11, 16), "2 dni temu"),
        (date(2026, 10, 28), "21 dni temu"),
        (None, ""),
    ],
)
def test_distance_is_said_in_words(value, words):
    assert shown("{{ d|relative }}", d=value) == words


def test_a_date_names_its_weekday_and_month():
    assert shown("{{ d|day }}", d=date(2026, 11, 27)) == "pt. 27 lis 2026"
    assert shown("{{ d|day }}", d=None) == "–"


def test_an_overdue_date_says_so_without_colour():
    assert "3 dni po terminie" in shown("{{ d|deadline }}", d=date(2026, 11, 15))
    assert "1 dzień po terminie" in shown("{{ d|deadline }}", d=date(2026, 11, 17))
    assert "overdue" not in shown("{{ d|deadline }}", d=date(2026, 11, 18))


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 wizyt"),
        (1, "1 wizyta"),
        (2, "2 wizyty"),
        (5, "5 wizyt"),
        (12, "12 wizyt"),
        (22, "22 wizyty"),
        (112, "112 wizyt"),
    ],
)
def test_a_noun_follows_its_number(n, words):
    assert shown('{{ n|count:"wizyta,wizyty,wizyt" }}', n=n) == words


@pytest.mark.parametrize(
    ("age", "words"), [(0, "niespełna rok"), (1, "1 rok"), (3, "3 lata"), (7, "7 lat"), (12, "12 lat"), (34, "34 lata")]
)
def test_a_person_is_as_many_years_old_as_polish_says(age, words):
    assert f", {words}<" in shown('{% person "Ola" age %}', age=age)


def test_what_a_component_is_given_is_escaped():
    for source in (
        "{% person x %}",
        "{% flag x %}",
        "{% card x %}{{ x }}{% endcard %}",
        '{% notice "bad" x %}{{ x }}{% endnotice %}',
        "{% status x %}",
    ):
        assert "<script>" not in shown(source, x="<script>")


def test_a_wrong_form_names_its_fields_on_top():
    class Sample(Form):
        name = forms.CharField(label="Nazwa")

    page = shown("{{ form }}", form=Sample({"name": ""}))
    assert '<a href="#id_name">Nazwa</a>' in page
    assert 'aria-invalid="true"' in page


def test_dates_are_read_in_both_orders_and_shown_as_the_browser_wants():
    class Sample(Form):
        on = forms.DateField()

    with translation.override("pl"):
        for text in ("2026-11-27", "27.11.2026"):
            form = Sample({"on": text})
            assert form.is_valid()
            assert form.cleaned_data["on"] == date(2026, 11, 27)
        assert 'type="date" name="on" value="2026-11-27"' in str(Sample(initial={"on": date(2026, 11, 27)})["on"])


@pytest.mark.parametrize("name", NAMES)
def test_every_component_stands_in_the_gallery_and_in_the_docs(name):
    gallery = (ROOT / "src/gniazdo/desk/templates/desk/gallery.html").read_text()
    docs = (ROOT / "docs/components.md").read_text()
    assert f"% {name} " in gallery or f"|{name}" in gallery
    assert f"% {name} " in docs or f"|{name}" in docs


def test_the_gallery_is_shown_to_everyone_who_works_here(client_of):
    for who in ("anna", "maria", "daria"):
        page = client_of(who).get("/ui/")
        assert page.status_code == 200
        assert "Wzornik" in page.content.decode()


def test_strangers_are_shown_the_door(client):
    assert client.get("/ui/").status_code == 302
