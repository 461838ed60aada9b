"""Keeps the translations: collects every Polish sentence of a room, merges it into its English catalogue, tells what is missing."""

from __future__ import annotations

import dataclasses
import io
import re
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from gniazdo.kernel import catalogue as declarations

KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
    "says": None, "_no": None, "Sentence": None,  # sentences kept apart from their values, translated where they are shown
}  # fmt: skip
SPOKEN = {
    "label",
    "title",
    "text",
    "help",
    "hint",
    "help_text",
    "why",
    "sentence",
    "advice",
    "note",
    "unit",
    "group",
    "legend",
    "trigger",
    "subject",
    "next",
}
LOCALES = ("en", "pl")
PLURALS = {"en": 2, "pl": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
# A fixed day keeps the files the same when nothing changed.
DAY = datetime(2026, 11, 22, tzinfo=UTC)


class Command(BaseCommand):
    """`manage messages [--room X] [--check] [--compile]`."""

    requires_system_checks = ()  # a half-written page elsewhere must not stop a translator
    help = "Collect messages into each room's catalogues; --check fails on a missing entry; --compile writes .mo files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--room", action="append", default=[], help="only this room (may be repeated)")
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
        parser.add_argument("--compile", action="store_true", help="only write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:
        rooms = {r.rsplit(".", 1)[-1]: settings.PACKAGE / r.rsplit(".", 1)[-1] for r in settings.ROOMS}
        unknown = set(options["room"]) - set(rooms)
        if unknown:
            raise CommandError(f"No such room: {', '.join(sorted(unknown))}")
        chosen = {name: path for name, path in rooms.items() if not options["room"] or name in options["room"]}
        if not options["compile"]:
            declarations.load(settings.ROOMS)
            missing = self.collect(chosen, rooms, write=not options["check"])
            for line in missing[:200]:
                self.stdout.write(line)
            if options["check"] and missing:
                raise CommandError(
                    f"{len(missing)} messages are missing or wrong. Run: gniazdo manage messages, then translate."
                )
            self.stdout.write(f"{len(missing)} missing")
        if not options["check"]:
            compile_all(chosen.values())

    def collect(self, chosen: dict[str, Path], rooms: dict[str, Path], *, write: bool) -> list[str]:
        """Merge what the code says into the catalogues; gives what is missing, one line each."""
        memory = translation_memory(rooms.values())
        missing = []
        for name, folder in chosen.items():
            found = list(messages_of(name, folder))
            for locale in LOCALES:
                wanted = [m for m in found if locale != "pl" or isinstance(m.id, tuple)]
                merged = merge(wanted, catalogue_path(folder, locale), locale, memory.get(locale, {}))
                missing += [f"{name} {locale}: {problem}" for problem in problems(merged, locale)]
                if write and len(merged):
                    save(merged, catalogue_path(folder, locale))
        return missing


def catalogue_path(folder: Path, locale: str) -> Path:
    """The .po file of a room in a language."""
    return folder / "locale" / locale / "LC_MESSAGES" / "django.po"


def messages_of(name: str, folder: Path) -> Iterator[Message]:
    """Everything a room says: marked in Python, marked in templates, and the labels of what it declares.

    The platform's catalogue holds those of kernel and conf as well.
    """
    folders = [folder, folder.parent / "kernel", folder.parent / "conf"] if name == "platform" else [folder]
    seen: dict[tuple[Any, Any], Message] = {}

    def add(id: Any, context: str | None, place: str) -> None:
        first = id[0] if isinstance(id, tuple) else id
        if not first or not str(first).strip():
            return
        key = (first, context)
        message = seen.get(key)
        if message is None or (isinstance(id, tuple) and not isinstance(message.id, tuple)):
            seen[key] = message = Message(id, context=context, locations=message.locations if message else ())
        if (place, 0) not in message.locations:
            message.locations = [*message.locations, (place, 0)]

    for each in folders:
        for path in sorted(each.rglob("*")):
            if path.is_file() and not {"tests", "migrations", "locale", "static"} & set(path.relative_to(each).parts):
                for id, context in marked_in(path):
                    add(id, context, path.relative_to(settings.PACKAGE).as_posix())
    rooms = {name, "kernel", "conf"} if name == "platform" else {name}
    for declaration in declarations.declared():
        if declaration.room in rooms:
            for text in spoken(declaration.label, declaration.thing):
                add(text, None, declaration.file.removeprefix("gniazdo/"))
    yield from seen.values()


def marked_in(path: Path) -> Iterator[tuple[Any, str | None]]:
    """(message id, context) of each marked text in a Python file or a template."""
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in (".html", ".txt", ".xml", ".svg") and "templates" in path.parts:
        # Indentation of a page is not that of Python: the reader of tokens would stumble over it.
        lines = templatize(path.read_text(encoding="utf-8"), origin=path.name).splitlines()
        source = "\n".join(line.lstrip() for line in lines).encode()
    else:
        return
    for _line, id, _comments, context in extract(
        "python", io.BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield (tuple(id) if isinstance(id, list | tuple) else id), context


def spoken(label: str, thing: object) -> Iterator[str]:
    """The texts for people inside a declaration: its label, and every field named like one, however deep."""
    if label:
        yield str(label)
    yield from _spoken_in(thing, set())


def _spoken_in(thing: Any, seen: set[int]) -> Iterator[str]:
    if (
        thing is None
        or isinstance(thing, str | bytes | int | float | Promise | type)
        or callable(thing)
        or id(thing) in seen
    ):
        return
    seen.add(id(thing))
    if isinstance(thing, dict):
        parts: Iterable[tuple[str, Any]] = [("", v) for v in thing.values()]
    elif isinstance(thing, list | tuple | set | frozenset):
        parts = [("", v) for v in thing]
    elif dataclasses.is_dataclass(thing):
        parts = [(f.name, getattr(thing, f.name, None)) for f in dataclasses.fields(thing)]
    elif type(thing).__module__.startswith("gniazdo."):
        parts = list(vars(thing).items())
    else:
        return
    for name, value in parts:
        if isinstance(value, str):
            if name in SPOKEN and re.search(r"[^\W\d_]{2}", value):
                yield value
        else:
            yield from _spoken_in(value, seen)


def read(path: Path, locale: str) -> Catalog:
    """The catalogue as it stands, empty when there is none."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def translation_memory(folders: Iterable[Path]) -> dict[str, dict[Any, Any]]:
    """What any room has translated already: the same sentence is not translated twice."""
    memory: dict[str, dict[Any, Any]] = {}
    for folder in folders:
        for locale in LOCALES:
            for message in read(catalogue_path(folder, locale), locale):
                if message.id and message.string and not message.fuzzy:
                    memory.setdefault(locale, {})[(message.id, message.context)] = message.string
    return memory


def merge(found: list[Message], path: Path, locale: str, memory: dict[Any, Any]) -> Catalog:
    """A new catalogue with the found messages, each with the translation it had here or elsewhere."""
    before = read(path, locale)
    made = Catalog(
        locale=locale, project="Gniazdo", charset="utf-8", creation_date=DAY, revision_date=DAY, fuzzy=False,
        header_comment="# Translations of Gniazdo. Collected by `gniazdo manage messages`; the message language is Polish.",
    )  # fmt: skip
    for message in found:
        old = before.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        string = old.string if old and old.string and not old.fuzzy else memory.get((message.id, message.context))
        if isinstance(message.id, tuple) != isinstance(string, tuple):
            string = None
        made.add(message.id, string, locations=message.locations, context=message.context)
    return made


def problems(catalogue: Catalog, locale: str) -> Iterator[str]:
    """Messages without a translation, or whose placeholders differ."""
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = PLURALS[locale] if len(ids) > 1 else 1
        if len([s for s in strings if s]) < wanted:
            yield f"not translated: {ids[0]!r}"
            continue
        names = {frozenset(PLACEHOLDER.findall(str(i))) for i in ids}
        for string in strings:
            if string and frozenset(PLACEHOLDER.findall(str(string))) not in names:
                yield f"placeholders differ: {ids[0]!r} / {string!r}"


def save(catalogue: Catalog, path: Path) -> None:
    """Write it sorted and without line numbers, so that moving code changes nothing here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, include_lineno=False)


def compile_all(folders: Iterable[Path]) -> None:
    """Write the .mo beside every .po."""
    for folder in folders:
        for path in (folder / "locale").glob("*/LC_MESSAGES/django.po"):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(path, path.parts[-3]))
