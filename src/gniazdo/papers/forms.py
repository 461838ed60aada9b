"""Screens of sheets: controls built from a declaration, and the small forms around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gniazdo.kernel.speech import say
from gniazdo.kernel.vocab import WordList
from gniazdo.papers.rules import Question, Section, Sentence, Sheet, Table, When, is_empty, is_shown
from gniazdo.papers.vocab import CHANNELS, LOCAL_KINDS
from gniazdo.platform.forms import Form

SPARE = 3
INPUTS = {"day": "date", "moment": "datetime-local", "number": "text", "money": "text", "duration": "text"}


@dataclass(slots=True)
class Offer:
    """What the picks of a sheet can be chosen from: people, posts, evidence; hidden words; names by id; previous answers."""

    people: Sequence[tuple[str, str]] = ()
    posts: Sequence[tuple[str, str]] = ()
    inserts: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str]] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Control:
    """One question on the screen."""

    path: str
    question: Question
    value: Any
    label: str
    help: str = ""
    error: str = ""
    show_if: str = ""
    hidden: bool = False
    previous: str = ""
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    note: str | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return "f-" + self.path.replace(".", "-")

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def input_type(self) -> str:
        typed_wrong = self.kind in ("day", "moment") and self.value and self.error
        return "text" if typed_wrong else INPUTS.get(self.kind, "text")

    @property
    def text(self) -> str:
        if self.kind == "money" and not self.error:
            return str(self.value or "").replace(".", ",")
        return "" if self.value is None else str(self.value)

    @property
    def unit(self) -> str:
        return {"money": "zł", "duration": _("godz. i min")}.get(self.kind, str(getattr(self.question, "unit", "")))

    @property
    def lines(self) -> int:
        return int(getattr(self.question, "rows", 4) or 4) if self.kind == "long" else 4


@dataclass(slots=True)
class Row:
    """One row of a table or one repetition of a section."""

    path: str
    number: int
    controls: list[Control]
    spare: bool = False
    error: str = ""


@dataclass(slots=True)
class Part:
    """A section on the screen."""

    section: Section
    title: str
    help: str
    controls: list[Control] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    hidden: bool = False
    show_if: str = ""
    error: str = ""
    wrong: int = 0


def said(sentence: str) -> str:
    """A rule's sentence in the reader's language."""
    if isinstance(sentence, Sentence) and sentence.pattern:
        return _(sentence.pattern) % sentence.params if sentence.params else _(sentence.pattern)
    return sentence


def _condition(when: When | None, sheet: Sheet, prefix: str) -> str:
    """The condition as the script reads it: "name=value|value"; empty where only the server decides."""
    if when is None:
        return ""
    try:
        asked = sheet.question(when.code)
    except KeyError:
        return ""
    values: list[Any] = list(when.values) or ([True] if asked.kind == "yesno" else [])
    if not values:
        words: Any = getattr(asked, "words", ())
        values = [w.code for w in words] if isinstance(words, WordList) else [code for code, _l in words]
    plain = [{True: "tak", False: "nie"}.get(v, str(v)) if isinstance(v, bool) else str(v) for v in values]
    return f"{prefix}{when.code}={'|'.join(plain)}" if plain else ""


def _words(question: Question, value: Any, offer: Offer) -> list[tuple[str, str, bool]]:
    chosen = {str(v) for v in value} if isinstance(value, list) and question.kind != "insert" else {str(value)}
    if question.kind == "yesno":
        pairs = [("tak", _("tak")), ("nie", _("nie"))]
        pairs += [("unknown", _("nie wiadomo"))] if getattr(question, "unknown", False) else []
        now = {True: "tak", False: "nie"}.get(value, value) if isinstance(value, bool) else value
        return [(code, name, code == now) for code, name in pairs]
    if question.kind == "insert":
        ticked = {str(one.get("id")) for one in value or [] if isinstance(one, dict)}
        rows = offer.inserts.get(question.code, {})
        return [
            (id, f"{one['text']} [{one['source']}]" if one.get("source") else one["text"], id in ticked)
            for id, one in rows.items()
        ]
    if question.kind in ("person", "people", "post"):
        pairs = list(offer.posts if question.kind == "post" else offer.people)
        pairs += [(id, offer.names[id]) for id in chosen if id in offer.names and id not in dict(pairs)]
        return [(id, name, id in chosen) for id, name in pairs]
    words: Any = getattr(question, "words", ())
    pairs = words.choices() if isinstance(words, WordList) else list(words)
    list_id = words.id if isinstance(words, WordList) else ""
    return [
        (code, say(name), code in chosen)
        for code, name in pairs
        if code in chosen or (list_id, code) not in offer.hidden
    ]


class Screen:
    """A sheet as controls: what was answered, what is wrong, what was answered the time before."""

    def __init__(
        self, sheet: Sheet, answers: Mapping[str, Any], offer: Offer, wrong: Mapping[str, str] | None = None
    ) -> None:
        self.sheet, self.answers, self.offer, self.wrong = sheet, answers, offer, wrong or {}

    def parts(self) -> list[Part]:
        """All sections, also those that do not apply now (hidden, so that the script can show them)."""
        return [self._part(section) for section in self.sheet.sections]

    def _part(self, section: Section) -> Part:
        part = Part(section, say(section.title), say(section.help), show_if=_condition(section.show_if, self.sheet, ""))
        part.hidden = not is_shown(section, None, self.answers)
        part.error = said(self.wrong.get(section.code, ""))
        if section.repeat:
            part.rows = self._rows(
                section.code, section.questions, self.answers.get(section.code), section.repeat.most, section
            )
        else:
            part.controls = [
                self._control(q, q.code, self.answers.get(q.code), section, None) for q in section.questions
            ]
        codes = {section.code, *(q.code for q in section.questions)}
        part.wrong = sum(1 for path in self.wrong if path.split(".")[0] in codes)
        return part

    def _rows(
        self,
        code: str,
        questions: tuple[Question, ...],
        given: Any,
        most: int,
        section: Section | None,
        spare: int = SPARE,
    ) -> list[Row]:
        rows = [r for r in given if isinstance(r, dict)] if isinstance(given, list) else []
        total = max(len(rows), min(len(rows) + spare, most))
        made = []
        for n in range(total):
            row = rows[n] if n < len(rows) else {}
            controls = [self._control(q, f"{code}.{n}.{q.code}", row.get(q.code), section, row) for q in questions]
            made.append(
                Row(
                    f"{code}.{n}",
                    n + 1,
                    controls,
                    spare=n >= len(rows),
                    error=" ".join(c.error for c in controls if c.error),
                )
            )
        return made

    def _control(
        self, q: Question, path: str, value: Any, section: Section | None, row: Mapping[str, Any] | None
    ) -> Control:
        scope = {**self.answers, **(row or {})}
        control = Control(path, q, value, say(q.label), say(q.help), said(self.wrong.get(path, "")))
        prefix = path.rsplit(".", 1)[0] + "." if row is not None and q.show_if and self._in_row(section, q) else ""
        control.show_if = _condition(q.show_if, self.sheet, prefix)
        control.hidden = q.show_if is not None and not q.show_if.holds(scope)
        if isinstance(q, Table):
            given = value if not is_empty(value) else [dict(r) for r in q.rows]
            control.rows = self._rows(path, q.columns, given, q.max_rows, None, 0 if q.fixed_rows else SPARE)
        elif q.kind in ("yesno", "choice", "many", "scale", "person", "people", "post", "insert"):
            control.options = _words(q, value, self.offer)
        elif q.kind == "attachment":
            control.options = [(str(id), self.offer.names.get(str(id), _("plik")), False) for id in value or []]
        if getattr(q, "describe", False):
            source = row if row is not None else self.answers
            control.note = str(source.get(f"{q.code}__note") or "")
        if row is None and q.kind == "scale" and getattr(q, "show_previous", False):
            control.previous = say(q.show(self.offer.previous.get(q.code), self.offer.names))
        elif row is not None and q.kind == "scale":
            control.previous = self._previous_in_row(path, q, row)
        if q.kind == "fixed":
            control.previous = say(q.show(value, self.offer.names))
        return control

    @staticmethod
    def _in_row(section: Section | None, q: Question) -> bool:
        return section is None or bool(q.show_if and q.show_if.code in {one.code for one in section.questions})

    def _previous_in_row(self, path: str, q: Question, row: Mapping[str, Any]) -> str:
        """The previous answer in the row of the same area or child (matched by the row's fixed value, not its place)."""
        code = path.split(".")[0]
        try:
            columns = getattr(self.sheet.question(code), "columns", ())
        except KeyError:
            return ""
        keys = [c.code for c in columns if c.kind in ("fixed", "person")]
        for old in self.offer.previous.get(code) or []:
            if keys and isinstance(old, dict) and all(old.get(k) == row.get(k) for k in keys):
                return say(q.show(old.get(q.code), self.offer.names))
        return ""


class SignForm(Form):
    """Who signed, or refused."""

    role = forms.ChoiceField(label=gettext_lazy("Jako"))
    name = forms.CharField(label=gettext_lazy("Imię i nazwisko"), max_length=150)
    signed_on = forms.DateField(label=gettext_lazy("Dnia"), widget=forms.DateInput)
    refused = forms.BooleanField(label=gettext_lazy("Odmówił(a) podpisu"), required=False)
    reason = forms.CharField(label=gettext_lazy("Powód odmowy"), max_length=300, required=False)
    witness = forms.CharField(label=gettext_lazy("Świadek odmowy"), max_length=150, required=False)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class FileForm(Form):
    """A file to attach."""

    file = forms.FileField(
        label=gettext_lazy("Plik"),
        help_text=gettext_lazy("PDF, JPEG, PNG, TIFF, HEIC, DOCX, ODT, XLSX lub TXT, do 25 MB."),
    )
    description = forms.CharField(label=gettext_lazy("Opis"), max_length=200, required=False)
    scan = forms.BooleanField(label=gettext_lazy("To skan podpisanego dokumentu"), required=False)


class ReasonForm(Form):
    """A reason, for voiding."""

    reason = forms.CharField(label=gettext_lazy("Powód"), max_length=300)


class LetterForm(Form):
    """The words of a letter."""

    title = forms.CharField(label=gettext_lazy("W sprawie"), max_length=200)
    recipient = forms.CharField(label=gettext_lazy("Adresat"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    body = forms.CharField(label=gettext_lazy("Treść"), widget=forms.Textarea(attrs={"rows": 16}),
                           help_text=gettext_lazy("Akapity rozdziel pustym wierszem."))  # fmt: skip
    rev = forms.IntegerField(widget=forms.HiddenInput)


class SendForm(Form):
    """How and when a letter went out."""

    channel = forms.ChoiceField(label=gettext_lazy("Sposób przekazania"), choices=CHANNELS.choices)
    sent_on = forms.DateField(label=gettext_lazy("Dnia"), widget=forms.DateInput)


class DeliverForm(Form):
    """When a letter was delivered."""

    delivered_on = forms.DateField(label=gettext_lazy("Doręczono dnia"), widget=forms.DateInput)


class IncomingForm(Form):
    """A letter that came in."""

    title = forms.CharField(label=gettext_lazy("Czego dotyczy"), max_length=200)
    sender = forms.CharField(label=gettext_lazy("Nadawca"), max_length=300)
    received_on = forms.DateField(label=gettext_lazy("Data wpływu"), widget=forms.DateInput)
    channel = forms.ChoiceField(label=gettext_lazy("Sposób"), choices=CHANNELS.choices)
    their_mark = forms.CharField(label=gettext_lazy("Znak pisma nadawcy"), max_length=80, required=False)


class OwnQuestionForm(Form):
    """The institution's own question of a sheet."""

    section = forms.ChoiceField(label=gettext_lazy("Część karty"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Rodzaj odpowiedzi"), choices=LOCAL_KINDS.choices)
    label = forms.CharField(label=gettext_lazy("Pytanie"), max_length=200)
    help = forms.CharField(label=gettext_lazy("Wyjaśnienie pod pytaniem"), max_length=300, required=False)
    options = forms.CharField(label=gettext_lazy("Odpowiedzi do wyboru"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
                              help_text=gettext_lazy("Każda w osobnym wierszu; tylko dla pytań z listą."))  # fmt: skip
    since = forms.DateField(label=gettext_lazy("Obowiązuje od"), widget=forms.DateInput,
                            help_text=gettext_lazy("Pytanie pojawi się w kartach rozpoczętych od tego dnia."))  # fmt: skip

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_part = ("", _("osobna część „Pytania instytucji” na końcu"))
        self.fields["section"].choices = [*sections, own_part]  # type: ignore[attr-defined]

    def clean_options(self) -> list[str]:
        return str(self.cleaned_data["options"]).splitlines()


class WithdrawForm(Form):
    """From which day an own question is not asked."""

    until = forms.DateField(label=gettext_lazy("Nie pytaj od dnia"), widget=forms.DateInput)


class WordingForm(Form):
    """The institution's own wording of a letter."""

    body = forms.CharField(label=gettext_lazy("Treść pisma"), widget=forms.Textarea(attrs={"rows": 16}), required=False, max_length=20_000,
                           help_text=gettext_lazy("Akapity rozdziel pustym wierszem. Nazwy w klamrach program zamieni na dane sprawy."))  # fmt: skip


class TemplateForm(Form):
    """An own Word template to upload."""

    file = forms.FileField(label=gettext_lazy("Dokument Word"),
                           help_text=gettext_lazy("Plik DOCX bez makr, do 5 MB. Wzór zostanie od razu wypróbowany na przykładowych danych."))  # fmt: skip
