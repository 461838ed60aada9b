"""The components of the interface as template tags and filters; each has an example on /ui/."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.kernel import clock
from gniazdo.kernel.legal import term_in_words
from gniazdo.kernel.speech import say, says, speaker

register = template.Library()
WEEKDAYS = (says("pon."), says("wt."), says("śr."), says("czw."), says("pt."), says("sob."), says("niedz."))
MONTHS = (
    says("sty"), says("lut"), says("mar"), says("kwi"), says("maj"), says("cze"), says("lip"), says("sie"), says("wrz"),
    says("paź"), says("lis"), says("gru"),
)  # fmt: skip
ICONS = {"ok": "check", "warn": "alert-triangle", "bad": "alert-circle", "info": "note", "": "note"}


@register.filter
@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite; the word beside it says the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("dist/icons.svg"),
        name,
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """„pt. 27 lis 2026”, or a dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(clock.WARSAW).date()
    said = speaker()
    return f"{said(WEEKDAYS[value.weekday()])} {value.day} {said(MONTHS[value.month - 1])} {value.year}"


@register.filter
def relative(value: date | None) -> str:
    """„dziś”, „jutro”, „za 5 dni”, „2 dni po terminie”."""
    if value is None:
        return ""
    days = (value - clock.today()).days
    if days in (-1, 0, 1):
        return {0: _("dziś"), 1: _("jutro"), -1: _("wczoraj")}[days]
    if days > 0:
        return ngettext("za %(n)d dzień", "za %(n)d dni", days) % {"n": days}
    return ngettext("%(n)d dzień temu", "%(n)d dni temu", -days) % {"n": -days}


@register.filter
def deadline(value: date | None) -> SafeString:
    """A due date with how far it is; an overdue one says so in words, not by colour alone."""
    if value is None:
        return mark_safe("–")
    late = (clock.today() - value).days
    if late > 0:
        words = ngettext("%(n)d dzień po terminie", "%(n)d dni po terminie", late) % {"n": late}
        return format_html('<span class="overdue">{} ({})</span>', day(value), words)
    return format_html("{} ({})", day(value), relative(value))


@register.simple_tag
def term(clock_id: str, **inputs: Any) -> str:
    """`{% term "C-ASSIST-01" urgent=True %}`: the term of a clock by the law in force today, in words."""
    return term_in_words(clock_id, **inputs)


@register.filter
def capped(number: int, most: int) -> str:
    """„37”, or „ponad 999” for a number that was counted no further than `most`."""
    return str(number) if number < most else _("ponad %(n)d") % {"n": most - 1}


@register.filter
def count(number: int | None, forms: str) -> str:
    """`{{ n|count:"wizyta,wizyty,wizyt" }}`: the number with the noun in its Polish form."""
    n = number or 0
    one, few, many = forms.split(",")
    if n == 1:
        word = one
    elif n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        word = few
    else:
        word = many
    return f"{n} {word}"


@register.filter
def label(code: str, word_list: Any) -> str:
    """The label of a code in a word list, in the reader's language."""
    return say(word_list.label_of(code))


@register.simple_tag
def status(text: str, tone: str = "") -> SafeString:
    """A status badge: its word and an icon; tone ok, warn, bad, info or empty."""
    glyph = icon(ICONS[tone]) if tone else ""
    return format_html('<span class="status {}">{}{}</span>', tone, glyph, text)


@register.inclusion_tag("ui/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What will appear here and the first step towards it."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: dict[str, Any], after: Any, label: str = "") -> dict[str, Any]:
    """A link to the next keyset page, keeping the other filters of the address."""
    query = context["request"].GET.copy()
    query["po"] = str(after) if after else ""
    return {"after": after, "query": query.urlencode(), "label": label or _("Następne")}


@register.inclusion_tag("ui/load.html")
def load_bar(name: str, value: float, limit: float, note: str = "") -> dict[str, Any]:
    """A worker's load against the limit: bar, mark of the limit, words."""
    top = max(limit * 1.2, value, 1)
    return {
        "name": name, "value": value, "limit": limit, "note": note, "width": round(300 * value / top, 1),
        "mark": round(300 * limit / top, 1), "over": value > limit,
    }  # fmt: skip


@register.inclusion_tag("ui/trend.html")
def trend(values: list[float], low: float, high: float, label: str) -> dict[str, Any]:
    """A small trend line of one area: oldest first; the words say first and last."""
    known = [v for v in values if v is not None]
    span = max(high - low, 1)
    step = 88 / max(len(known) - 1, 1)
    points = [(round(4 + i * step, 1), round(20 - 16 * (v - low) / span, 1)) for i, v in enumerate(known)]
    return {"points": points, "path": " ".join(f"{x},{y}" for x, y in points), "label": label, "values": known}


@register.inclusion_tag("ui/lines.html")
def line_chart(labels: list[str], values: list[float], title: str) -> dict[str, Any]:
    """A line of up to 24 points with a table for those who do not see it."""
    top = max([*values, 1])
    step = 560 / max(len(values) - 1, 1)
    points = [(round(40 + i * step, 1), round(150 - 130 * v / top, 1)) for i, v in enumerate(values)]
    return {
        "title": title, "top": top, "path": " ".join(f"{x},{y}" for x, y in points),
        "rows": [(name, v, x, y) for name, v, (x, y) in zip(labels, values, points, strict=True)],
    }  # fmt: skip


@register.inclusion_tag("ui/bars.html")
def bar_chart(labels: list[str], values: list[int], title: str) -> dict[str, Any]:
    """Lying bars, one a row, each with its number; a table for those who do not see them."""
    top = max([*values, 1])
    rows = [(n, v, i * 30 + 4, round(370 * v / top)) for i, (n, v) in enumerate(zip(labels, values, strict=True))]
    return {"title": title, "rows": rows, "height": len(rows) * 30 + 8}
