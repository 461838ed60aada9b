"""Components of pages: cards, persons, fields, tabs, timelines, dialogs. Dates, badges and charts live in `ui`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gniazdo.kernel import clock
from gniazdo.platform.templatetags.ui import day, icon, relative

register = template.Library()


def _part(template_name: str, /, **context: Any) -> SafeString:
    return render_to_string(f"ui/{template_name}.html", context)


@register.simple_tag
def field(bound: forms.BoundField) -> SafeString:
    """`{% field form.name %}`: label, help, input and its errors."""
    return mark_safe(bound.as_field_group())  # noqa: S308 - Django escapes what it renders


@register.simple_tag
def choice_chips(bound: forms.BoundField) -> SafeString:
    """`{% choice_chips form.kind %}`: radios or checkboxes as chips one can hit with a thumb (44 px)."""
    return _part("choice_chips", field=bound, many=isinstance(bound.field.widget, forms.CheckboxSelectMultiple))


@register.simple_tag
def options(pairs: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """`{% options pairs chosen %}`: the <option>s of a <select>, made at once: an office has hundreds of workers."""
    now = "" if chosen is None else str(chosen)
    return mark_safe("".join(  # noqa: S308 - both are escaped
        f'<option value="{escape(str(value))}"{" selected" if str(value) == now else ""}>{escape(str(label))}</option>'
        for value, label in pairs
    ))  # fmt: skip


@register.simple_tag
def file_field(bound: forms.BoundField, hint: str = "") -> SafeString:
    """`{% file_field form.scan hint="PDF, JPG lub PNG, do 25 MB" %}`."""
    return _part("file_field", field=bound, hint=hint)


@register.simple_tag
def error_summary(form: forms.Form) -> SafeString:
    """`{% error_summary form %}`: what stops the form, each line a link to its field. `{{ form }}` has one already."""
    return _part("error_summary", form=form) if form.errors else mark_safe("")


@register.simple_tag
def button(label: str, icon_name: str = "", tone: str = "primary", name: str = "", value: str = "") -> SafeString:
    """`{% button "Zapisz" "check" %}`: a submit button; tone primary, plain or danger."""
    attrs = format_html(' name="{}" value="{}"', name, value) if name else ""
    kind = {"plain": "", "primary": "btn-primary", "danger": "btn-danger"}[tone]
    return format_html(
        '<button class="btn {}" type="submit"{}>{}{}</button>', kind, attrs, icon(icon_name) if icon_name else "", label
    )


@register.simple_tag
def link_button(label: str, url: str, icon_name: str = "", tone: str = "plain") -> SafeString:
    """`{% link_button "Nowa wizyta" url "plus" %}`: a link that looks like a button."""
    kind = {"plain": "", "primary": "btn-primary", "danger": "btn-danger"}[tone]
    return format_html('<a class="btn {}" href="{}">{}{}</a>', kind, url, icon(icon_name) if icon_name else "", label)


@register.simple_tag
def print_button(label: str = "") -> SafeString:
    """`{% print_button %}`: prints the page; hidden on paper and when scripts are off."""
    return format_html(
        '<button class="btn d-print-none needs-js" type="button" data-print>{}{}</button>',
        icon("printer"),
        label or _("Drukuj"),
    )


@register.simple_tag
def date_tag(value: date | None, with_distance: bool = False) -> SafeString:
    """`{% date_tag visit.on %}`: a <time> element in our words; `True` adds „(za 5 dni)”."""
    if value is None:
        return mark_safe("–")
    words = f"{day(value)} ({relative(value)})" if with_distance else day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def deadline_line(what: str, on: date, article: str = "", url: str = "", action: str = "") -> SafeString:
    """`{% deadline_line "Plan pracy z rodziną" due "art. 15" url "Napisz plan" %}`: what, when, why, the first step."""
    late = (clock.today() - on).days
    return _part(
        "deadline_line", what=what, on=on, article=article, url=url, action=action, late=late > 0, soon=-7 <= late <= 0
    )


@register.simple_tag
def person(
    name: str, age: int | None = None, url: str = "", note: str = "", *, child: bool = False, in_care: bool = False,
    deceased: bool = False, unborn: bool = False, limited: bool = False,
) -> SafeString:  # fmt: skip
    """`{% person "Ola Wilk" 7 url child=True %}`: a chip of a person; what matters is said in words."""
    words = []
    if unborn:
        words.append(_("dziecko nienarodzone"))
    elif age is not None and not deceased:
        words.append(_years(age))
    if deceased:
        words.append(_("osoba zmarła"))
    if in_care:
        words.append(_("w pieczy zastępczej"))
    if limited:
        words.append(_("władza rodzicielska ograniczona"))
    if note:
        words.append(note)
    glyph = "baby-carriage" if unborn else "school" if child else "user"
    return _part("person", name=name, url=url, words=words, glyph=glyph, deceased=deceased)


def _years(age: int) -> str:
    if age < 2:
        return _("1 rok") if age else _("niespełna rok")
    few = age % 10 in (2, 3, 4) and age % 100 not in (12, 13, 14)
    return _("%(n)d lata") % {"n": age} if few else _("%(n)d lat") % {"n": age}


@register.simple_tag
def avatar(name: str) -> SafeString:
    """`{% avatar "Anna Nowak" %}`: initials; decorative, because the name stands beside it."""
    letters = "".join(part[0] for part in name.split()[:2]).upper()
    return format_html('<span class="initials" aria-hidden="true">{}</span>', letters)


@register.simple_tag
def flag(text: str, tone: str = "bad") -> SafeString:
    """`{% flag "Pies bez uwięzi" %}`: a warning of a hazard or a need, always in words; tone bad or warn."""
    return format_html(
        '<p class="flag {}">{}<span><span class="visually-hidden">{}: </span>{}</span></p>',
        tone,
        icon("alert-triangle"),
        _("Uwaga"),
        text,
    )


@register.simple_tag
def facts(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    """`{% facts rows %}`: a list of (name, value); nothing known shows as a dash."""
    rows = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((name, "–" if value in (None, "") else value) for name, value in pairs)
    )
    return format_html('<dl class="facts">{}</dl>', rows)


@register.simple_tag
def key_strip(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    """`{% key_strip rows %}`: a strip of a few numbers or words, each over its name."""
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", pairs)
    return format_html('<dl class="key-strip">{}</dl>', rows)


@register.simple_tag
def tabs(items: Iterable[Sequence[Any]], label: str = "") -> SafeString:
    """`{% tabs items %}`: (words, url, is_here[, number]) as links; each tab is a page of its own."""
    rows = [(*item, None)[:4] if len(item) == 3 else tuple(item[:4]) for item in items]
    return _part("tabs", items=rows, label=label or _("Części tej strony"))


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """`{% crumbs "Rodziny" url_1 "Wilk" url_2 %}`: the way here, for the block `crumbs`."""
    return _part("crumbs", items=list(zip(pairs[::2], pairs[1::2], strict=True)))


@register.simple_tag
def progress(value: int, top: int, label: str) -> SafeString:
    """`{% progress 3 5 "Cele osiągnięte" %}`: a bar with its words: 3 z 5."""
    words = _("%(value)s z %(top)s") % {"value": value, "top": top}
    return format_html(
        '<div class="progress-line"><span>{}: {}</span><progress value="{}" max="{}" aria-label="{}">{}</progress></div>',
        label, words, value, max(top, 1), label, words,
    )  # fmt: skip


@register.simple_tag
def steps(names: Sequence[str], current: int) -> SafeString:
    """`{% steps names 2 %}`: the way through; steps before `current` (from 1) are done."""
    items = [(name, "done" if n < current else "now" if n == current else "later") for n, name in enumerate(names, 1)]
    return _part("steps", items=items)


@register.simple_tag
def print_header(institution: str, title: str, mark: str = "") -> SafeString:
    """`{% print_header my_institution "Karta wizyty" case.case_mark %}`: seen on paper only."""
    return _part("print_header", institution=str(institution), title=title, mark=mark, on=clock.today())


@register.simple_block_tag
def card(content: str, title: str = "", icon_name: str = "", level: int = 2) -> SafeString:
    """`{% card "Adresy" "map-pin" %}…{% endcard %}`: a titled surface; level is that of its heading."""
    return _part("card", content=conditional_escape(content), title=title, icon_name=icon_name, tag=f"h{level}")


@register.simple_block_tag
def section(content: str, title: str, lead: str = "") -> SafeString:
    """`{% section "Plan" "co ustalono" %}…{% endsection %}`: a part of a page under its own heading."""
    return _part("section", content=conditional_escape(content), title=title, lead=lead)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """`{% notice "warn" "Uwaga" %}…{% endnotice %}`: a message; tone info, ok, warn or bad."""
    glyph = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}.get(tone, "note")
    return _part("notice", content=conditional_escape(content), tone=tone, title=title, glyph=glyph)


@register.simple_block_tag
def entry(content: str, on: date, kind: str, icon_name: str = "note", *, significant: bool = False) -> SafeString:
    """`{% entry visit.on "Wizyta" "home" %}…{% endentry %}`: one event; put them into <ol class="timeline-list">."""
    return _part(
        "entry", content=conditional_escape(content), on=on, kind=kind, icon_name=icon_name, significant=significant
    )


@register.simple_block_tag
def wide_table(content: str, caption: str) -> SafeString:
    """`{% wide_table "Wizyty w listopadzie" %}<thead>…{% endwide_table %}`: dense, scrolls sideways; numbers: class num."""
    return _part("wide_table", content=conditional_escape(content), caption=caption)


@register.simple_block_tag
def filter_bar(content: str, action: str = "", label: str = "") -> SafeString:
    """`{% filter_bar %}{% field form.kind %}{% endfilter_bar %}`: a GET form above a list."""
    return _part("filter_bar", content=conditional_escape(content), action=action, label=label or _("Filtry"))


@register.simple_block_tag
def confirm(content: str, label: str, question: str, tone: str = "danger") -> SafeString:
    """`{% confirm "Zakończ" "Zakończyć?" %}<form method="post">…</form>{% endconfirm %}`: asks first, also without scripts."""
    kind = {"plain": "", "primary": "btn-primary", "danger": "btn-danger"}[tone]
    return _part("confirm", content=conditional_escape(content), label=label, question=question, kind=kind)


@register.simple_block_tag
def add_rows(content: str, label: str = "") -> SafeString:
    """`{% add_rows %}<div data-row data-spare>…</div>{% endadd_rows %}`: repeated rows; render three spare ones at the end."""
    return _part("add_rows", content=conditional_escape(content), label=label or _("Dodaj następny wiersz"))


@register.simple_tag
def compare(rows: Iterable[tuple[str, Any, Any]], left: str, right: str) -> SafeString:
    """`{% compare rows "Twoja wersja" "Wersja Karola" %}`: (name, one, other); what differs is marked and said."""
    return _part(
        "compare", rows=[(name, one, other, one != other) for name, one, other in rows], left=left, right=right
    )
