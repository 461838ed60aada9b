"""Pure rules of people at work: case mark patterns, roles that may not be joined, local settings as text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from string import Formatter
from typing import Any

from gniazdo.kernel import legal
from gniazdo.kernel.catalogue import declared
from gniazdo.kernel.process import Process
from gniazdo.kernel.speech import say, says

MARK_FIELDS = ("jrwa", "number", "year")

FORBIDDEN_PAIRS = ((frozenset({"assistant", "social_worker"}), "art. 17 ust. 3 uwrspz"),)
"""Roles one person may not hold together in one commune (R-ASSIST-14)."""

SECOND_FACTOR = legal.parameter(
    "orgs.second_factor_roles",
    "Role, które logują się dwoma składnikami",
    default=[],
    why="Przepisy nie wskazują sposobu logowania; jednostka ustala go w analizie ryzyka (KRI24 § 19).",
    mark="ustawienie lokalne",
)
JOURNAL_YEARS = legal.parameter(
    "orgs.journal_years",
    "Ile lat przechowuje się dziennik dostępu",
    default=2,
    why="KRI24 § 20: dzienniki przechowuje się 2 lata od zapisu, chyba że przepisy szczególne stanowią inaczej. Nie mniej niż 2.",
    mark="verified: KRI24 par. 20 (C-DATA-01)",
    unit="lat",
)


def check_mark_pattern(pattern: str) -> str | None:
    """What is wrong with a case mark pattern, or None. It needs {number} and {year}, and knows no other field than {jrwa}."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return "Klamry we wzorze nie domykają się."
    names = [name for _text, name, _spec, _conv in parts if name is not None]
    unknown = [n for n in names if n not in MARK_FIELDS]
    if unknown:
        return f"Nieznane pole wzoru: {{{unknown[0]}}}. Można użyć: {{jrwa}}, {{number}}, {{year}}."
    if any(spec and not re.fullmatch(r"0?\d", spec) for _text, _name, spec, _conv in parts):
        return "Po dwukropku w polu wzoru może stać tylko liczba cyfr, na przykład {number:03}."
    if any(conv for _text, _name, _spec, conv in parts):
        return "Wzór nie może zawierać wykrzyknika w klamrach."
    missing = [n for n in ("number", "year") if n not in names]
    if missing:
        return f"We wzorze brakuje pola {{{missing[0]}}}: bez niego znaki spraw powtarzałyby się."
    return None


def preview_mark(pattern: str, *, jrwa: str = "5022", number: int = 14, year: int = 2026) -> str:
    """A case mark as the pattern would make it. Raises ValueError with the sentence of `check_mark_pattern`."""
    wrong = check_mark_pattern(pattern)
    if wrong:
        raise ValueError(wrong)
    try:
        return pattern.format(jrwa=jrwa, number=number, year=year)
    except (ValueError, KeyError, IndexError):
        raise ValueError("Wzór znaku sprawy jest błędny.") from None


def forbidden_with(role: str, others: Collection[str]) -> tuple[str, str] | None:
    """The role among `others` that may not be joined with `role` in one commune, and its article; None when all may."""
    for pair, article in FORBIDDEN_PAIRS:
        if role in pair:
            for other in pair - {role}:
                if other in others:
                    return other, article
    return None


def valid_teryt(code: str) -> bool:
    """Whether the text is a TERYT code of a county (4 digits) or a commune (7 digits)."""
    return re.fullmatch(r"\d{4}|\d{7}", code) is not None


def show_value(value: Any) -> str:
    """A local setting as its editor shows it: lists one after another, yes/no in words, the rest as it is."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(v, str | int) for v in value):
        return ", ".join(str(v) for v in value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


UNITS = {"days": says("dni"), "working_days": says("dni roboczych"), "months": says("mies.")}


def value_in_words(value: Any, unit: str = "") -> str:
    """A local setting as a reader sees it: states of a process by their names, a number with its unit."""
    if isinstance(value, list | tuple | set | frozenset):
        names = {
            code: s.label for d in declared() if isinstance(d.thing, Process) for code, s in d.thing.states.items()
        }
        value = [say(names[v]) if v in names else v for v in value]
    shown = show_value(value)
    return f"{shown} {say(UNITS.get(unit, unit))}".strip() if shown else ""


def read_value(default: Any, text: str) -> Any:
    """What the editor's text means for a setting whose default is of that type. Raises ValueError with a sentence."""
    text = text.strip()
    if isinstance(default, bool):
        if text.lower() not in ("tak", "nie"):
            raise ValueError("Wpisz „tak” albo „nie”.")
        return text.lower() == "tak"
    if isinstance(default, int | float):
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            raise ValueError("Wpisz liczbę.") from None
        if number < 0:
            raise ValueError("Liczba nie może być ujemna.")
        if isinstance(default, int):
            if number != int(number):
                raise ValueError("Wpisz liczbę całkowitą.")
            return int(number)
        return number
    if isinstance(default, list | tuple | set | frozenset) and all(isinstance(v, str | int) for v in default):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(default, dict | list):
        try:
            return json.loads(text)
        except ValueError:
            raise ValueError("Tego zapisu nie da się odczytać: sprawdź nawiasy i cudzysłowy.") from None
    return text


# The first mark found wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(user_agent: str) -> tuple[str, str]:
    """The browser and the system a User-Agent header names, "" for what it does not say; versions tell people nothing."""
    name = next((said for mark, said in BROWSERS if mark in user_agent), "")
    system = next((said for mark, said in SYSTEMS if mark in user_agent), "")
    return name, system
