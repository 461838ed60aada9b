"""Rows filled at once: what stands in them is escaped, and nothing but constants stands between the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe


@dataclass(frozen=True)
class Line:
    name: str
    day: date = date(2026, 11, 27)
    link: str = ""


def filled(body: str, line: Line) -> str:
    return Template("{% fill line %}" + body + "{% endfill %}").render(Context({"line": line}))


def test_gaps_take_the_fields_of_the_record_through_their_filter():
    assert filled('<b>{name}</b> {day|day} <i title="{day}">100%</i>', Line("Wilk")) == (
        '<b>Wilk</b> pt. 27 lis 2026 <i title="2026-11-27">100%</i>'
    )


def test_what_people_typed_is_escaped_and_never_read_as_a_gap():
    shown = filled('<a href="{link}">{name}</a>', Line("<script>{link}%s", link='" onclick="x'))
    assert shown == '<a href="&quot; onclick=&quot;x">&lt;script&gt;{link}%s</a>'
    assert filled("{name}", Line(mark_safe("<b>W</b>"))) == "<b>W</b>"


def test_its_words_are_said_in_the_language_of_each_reader():
    row = Template('{% fill line %}{% translate "Wykonaj" %}: {name}{% endfill %}')
    said = []
    for language in ("pl", "en", "pl"):
        with translation.override(language):
            said.append(row.render(Context({"line": Line("Wilk")})))
    assert said == ["Wykonaj: Wilk", "Do it: Wilk", "Wykonaj: Wilk"]


@pytest.mark.parametrize(
    "body", ["{{ line.name }}", "{% if line %}x{% endif %}", "{% url 'deadlines:row-extend' line.pk %}"]
)
def test_what_changes_from_row_to_row_may_only_stand_in_a_gap(body):
    with pytest.raises(TemplateSyntaxError, match="constants"):
        filled(body, Line("Wilk"))
