"""Django's own `url` and `translate` with what never changes remembered, and `fill`, rows made at once: 25 rows of
ordinary tags cost as much as the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
GAP = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_shapes: dict[tuple[str, str, int], str] = {}


def address(name: str, *args: UUID) -> str:
    """`reverse(name, args=…)` for addresses made of UUIDs: resolved once, later only filled in. Raises NoReverseMatch."""
    key = (settings.ROOT_URLCONF, name, len(args))
    shape = _shapes.get(key)
    if shape is None:
        stands = [UUID(int=(0xFEED << 112) + n) for n in range(len(args))]
        shape = reverse(name, args=stands).replace("%", "%%")
        for stand in stands:
            shape = shape.replace(str(stand), "%s")
        if shape.count("%s") != len(args):
            return reverse(name, args=args)
        _shapes[key] = shape
    return shape % args


def _language(context: Context) -> str | None:
    """The reader's language, asked once in a template: it does not change half-way (no page says {% language %})."""
    asked = context.render_context.get("spoken language")
    if asked is None:
        asked = context.render_context["spoken language"] = get_language()
    return asked


class Address(template.Node):
    """`{% url "room:noun-verb" id %}`; anything but a constant name and UUIDs is left to Django."""

    def __init__(self, plain: URLNode, name: str) -> None:
        self.plain, self.name = plain, name

    def render(self, context: Context) -> str:
        args = [arg.resolve(context) for arg in self.plain.args]
        if not all(type(arg) is UUID for arg in args):
            return self.plain.render(context)
        try:
            found = address(self.name, *args)
        except NoReverseMatch:
            if self.plain.asvar is None:
                raise
            found = ""
        if self.plain.asvar:
            context[self.plain.asvar] = found
            return ""
        return found


class Words(template.Node):
    """`{% translate "words" %}` of a constant: said once in each language."""

    def __init__(self, plain: TranslateNode) -> None:
        self.plain = plain
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = _language(context)
        said = self.said.get(language)
        if said is None:
            rendered = self.plain.render(context)
            said = self.said[language] = context[self.plain.asvar] if self.plain.asvar else rendered
        if self.plain.asvar:
            context[self.plain.asvar] = said
            return ""
        return said


class Filled(template.Node):
    """`{% fill record %}…{% endfill %}`; its words are said once in each language, the gaps filled for each record."""

    def __init__(self, record: FilterExpression, body: NodeList, filters: dict[str, Callable[..., Any]]) -> None:
        self.record, self.body, self.filters = record, body, filters
        self.made: dict[str | None, tuple[str, list[tuple[str, Callable[..., Any] | None]]]] = {}

    def render(self, context: Context) -> str:
        language = _language(context)
        made = self.made.get(language)
        if made is None:
            made = self.made[language] = self._pieces(str(self.body.render(context)))
        shape, gaps = made
        record = self.record.resolve(context)
        found = [getattr(record, name) if how is None else how(getattr(record, name)) for name, how in gaps]
        return shape % tuple([one if isinstance(one, SafeString) else escape(str(one)) for one in found])

    def _pieces(self, text: str) -> tuple[str, list[tuple[str, Callable[..., Any] | None]]]:
        gaps = [(name, self.filters[how] if how else None) for name, how in GAP.findall(text)]
        return GAP.sub("%s", text.replace("%", "%%")), gaps


@register.tag
def fill(parser: Parser, token: Token) -> template.Node:
    """`{% fill line %}<b>{label}</b> {due_on|day}{% endfill %}`: HTML with gaps for the record's fields, each escaped.

    Between the gaps stand only words that never change: text, `{% translate "…" %}`, `{% url "…" %}` without arguments.
    """
    record = parser.compile_filter(token.split_contents()[1])
    body = parser.parse(("endfill",))
    parser.delete_first_token()
    for node in body:
        if not isinstance(node, TextNode | Words) and not (isinstance(node, Address) and not node.plain.args):
            raise template.TemplateSyntaxError("Inside {% fill %} stand only text, {gaps} and constants.")
    named = {how for node in body if isinstance(node, TextNode) for _name, how in GAP.findall(node.s) if how}
    return Filled(record, body, {how: parser.find_filter(how) for how in named})


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """As Django's, without resolving the same name again and again."""
    made = django_url(parser, token)
    name = made.view_name.token
    if made.kwargs or not _is_constant(name):
        return made
    return Address(made, name[1:-1])


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """As Django's, without asking the catalogue for the same constant again and again."""
    made: Any = do_translate(parser, token)
    return Words(made) if _is_constant(made.filter_expression.token) and not made.message_context else made


def _is_constant(text: str) -> bool:
    return text[:1] in "\"'" and text[-1:] == text[:1] and text.count(text[0]) == 2
