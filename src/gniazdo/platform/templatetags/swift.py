"""Django's own `url` and `translate` with what never changes remembered: a page of 25 rows says them a hundred times."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

register = template.Library()
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
        language = get_language()
        said = self.said.get(language)
        if said is None:
            rendered = self.plain.render(context)
            said = self.said[language] = context[self.plain.asvar] if self.plain.asvar else rendered
        if self.plain.asvar:
            context[self.plain.asvar] = said
            return ""
        return said


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
