"""Gathers rows into families, each clean or with its problems named by row and column. Nothing here touches the database."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gniazdo.exchange.rules import cleaning
from gniazdo.exchange.rules.cleaning import Unclean
from gniazdo.exchange.rules.mapping import SLOT_ROLES, Mapping, fold
from gniazdo.exchange.rules.reading import Table, heading_shown
from gniazdo.exchange.rules.sentences import as_json, from_json
from gniazdo.kernel.legal import Sentence

ADULT = 18
TOTAL = re.compile(r"(?:razem|suma|ogółem|łącznie)\b", re.IGNORECASE)
SEXES = {"F": "K", "M": "M"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where and why; a `blocking` one keeps the whole family out."""

    row: int
    column: str
    value: str
    reason: Sentence
    blocking: bool = True


def as_kept(problem: Problem) -> dict[str, Any]:
    """The problem as it is kept with the run, its sentence apart from the values."""
    place = {"row": problem.row, "column": problem.column, "value": problem.value, "blocking": problem.blocking}
    return place | as_json(problem.reason)


@dataclass(frozen=True, slots=True)
class Remark:
    """A kept problem as people read it, in their language."""

    row: int
    column: str
    value: str
    reason: str
    blocking: bool


def as_read(kept: dict[str, Any]) -> Remark:
    """A kept problem in the language of the reader now."""
    return Remark(kept["row"], heading_shown(kept["column"]), kept["value"], from_json(kept), kept["blocking"])


@dataclass(slots=True)
class PersonDraft:
    """A person as the spreadsheet tells it."""

    row: int
    first_name: str = ""
    last_name: str = ""
    pesel: str = ""
    born_on: date | None = None
    sex: str = "U"
    role: str = ""
    phone: str = ""

    def identity(self) -> tuple[str, ...]:
        """What makes two rows the same person: PESEL, else folded name and birth date."""
        if self.pesel:
            return (self.pesel,)
        return (fold(self.first_name), fold(self.last_name), str(self.born_on or ""))


@dataclass(slots=True)
class FamilyDraft:
    """A family as the spreadsheet tells it; `key` recognises it within its list on a second run."""

    key: str
    name: str
    street: str = ""
    postal_code: str = ""
    town: str = ""
    people: list[PersonDraft] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def adults(self) -> list[PersonDraft]:
        """Those the family is known by: a child may belong to two families, so children count only where nobody else is."""
        return [p for p in self.people if p.role != "CHILD"] or self.people

    def is_blocked(self) -> bool:
        return any(p.blocking for p in self.problems)

    def fingerprint(self) -> str:
        """A hash of everything read, so that a second run knows whether anything changed."""
        told = [self.name, self.street, self.postal_code, self.town] + [
            [p.first_name, p.last_name, p.pesel, str(p.born_on), p.sex, p.role, p.phone]
            for p in sorted(self.people, key=PersonDraft.identity)
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def gather(table: Table, mapping: Mapping, *, on: date) -> list[FamilyDraft]:
    """Families in order of first appearance. A blank family cell continues the family above it, as people write it."""
    families: dict[str, FamilyDraft] = {}
    last_key = ""
    for number, cells in table.rows:
        if _is_no_family(cells, table.header):
            continue
        row = {mapping.columns[h]: (h, c) for h, c in zip(table.header, cells, strict=True) if h in mapping.columns}
        problems: list[Problem] = []
        people = list(_people(row, number, mapping, on, problems))
        key = _key(row, people)
        if not key and people and last_key:
            key = last_key
        if not key:
            key = "|".join(people[0].identity()) if people else f"wiersz {number}"
        last_key = key = key[:240]
        family = families.get(key)
        if family is None:
            family = families[key] = FamilyDraft(key, _family_name(row, people))
        _address(row, family)
        family.rows.append(number)
        family.problems += problems
        _join(family, people)
    for family in families.values():
        _check(family)
    return list(families.values())


def _is_no_family(cells: tuple[object, ...], header: tuple[str, ...]) -> bool:
    """Whether a row is the heading once more, as on every printed page, or a sum under the table."""
    filled = [
        (cleaning.text(cell), heading) for cell, heading in zip(cells, header, strict=True) if cleaning.text(cell)
    ]
    return bool(filled) and (
        TOTAL.match(filled[0][0]) is not None
        or (len(filled) > 2 and all(shown == heading for shown, heading in filled))
    )


def _read[T](
    row: dict[str, tuple[str, object]],
    target: str,
    number: int,
    problems: list[Problem],
    clean: Callable[[object], T],
    empty: T,
) -> T:
    heading, value = row.get(target, ("", None))
    try:
        return clean(value)
    except Unclean as wrong:
        problems.append(Problem(number, heading, cleaning.text(value), wrong.sentence))
        return empty


def _people(
    row: dict[str, tuple[str, object]], number: int, mapping: Mapping, on: date, problems: list[Problem]
) -> Iterator[PersonDraft]:
    slots = dict.fromkeys(t.rpartition(".")[0] for t in row)
    for slot in slots:
        prefix = f"{slot}." if slot else ""
        if not any(
            cleaning.text(value)
            for target, (_h, value) in row.items()
            if target.startswith(prefix) and _is_person(target, slot)
        ):
            continue
        person = PersonDraft(number)
        if f"{prefix}full_name" in row:
            person.first_name, person.last_name = _read(
                row, f"{prefix}full_name", number, problems,
                lambda v: cleaning.full_name(v, last_first=mapping.last_first), ("", ""),
            )  # fmt: skip
        person.last_name = _read(row, f"{prefix}last_name", number, problems, cleaning.name, "") or person.last_name
        person.first_name = _read(row, f"{prefix}first_name", number, problems, cleaning.name, "") or person.first_name
        person.pesel = _read(row, f"{prefix}pesel", number, problems, cleaning.pesel, "")
        person.born_on = _read(row, f"{prefix}born_on", number, problems, cleaning.day, None)
        person.sex = _read(row, f"{prefix}sex", number, problems, cleaning.sex, "U")
        person.phone = cleaning.text(row.get(f"{prefix}phone", ("", None))[1])
        person.role = SLOT_ROLES.get(slot, "") or cleaning.role(row.get("role", ("", None))[1])
        _agree(person, row, prefix, number, on, problems)
        yield person


def _is_person(target: str, slot: str) -> bool:
    return target.rpartition(".")[0] == slot and target not in (
        "family_key", "family_name", "address", "street", "postal_code", "town", "role",
    )  # fmt: skip


def _agree(
    person: PersonDraft, row: dict[str, tuple[str, object]], prefix: str, number: int, on: date, problems: list[Problem]
) -> None:
    """PESEL against birth date and sex; what PESEL knows fills what is missing."""
    heading = row.get(f"{prefix}born_on", ("",))[0]
    if person.pesel:
        born_on, sex = cleaning.pesel_facts(person.pesel)
        if person.born_on and person.born_on != born_on:
            problems.append(
                Problem(number, heading, person.born_on.strftime("%d.%m.%Y"),
                        Sentence("Data urodzenia nie zgadza się z numerem PESEL (%(born_on)s).", {"born_on": f"{born_on:%d.%m.%Y}"}))
            )  # fmt: skip
        if person.sex != "U" and person.sex != sex:
            problems.append(
                Problem(
                    number,
                    row.get(f"{prefix}sex", ("",))[0],
                    SEXES[person.sex],
                    Sentence("Płeć nie zgadza się z numerem PESEL."),
                )
            )
        person.born_on, person.sex = person.born_on or born_on, sex
    if person.born_on and (person.born_on > on or person.born_on.year < on.year - 120):
        problems.append(
            Problem(number, heading, f"{person.born_on:%d.%m.%Y}", Sentence("Data urodzenia jest niemożliwa."))
        )
    if not person.role:
        young = (
            person.born_on is not None
            and person.born_on.replace(year=min(person.born_on.year + ADULT, 9999), day=min(person.born_on.day, 28))
            > on
        )
        person.role = "CHILD" if young else "PARENT"


def _key(row: dict[str, tuple[str, object]], people: list[PersonDraft]) -> str:
    key = cleaning.text(row.get("family_key", ("", None))[1])
    if key:
        return key.casefold()
    if "family_key" in row:
        return ""
    named = cleaning.text(row.get("family_name", ("", None))[1])
    place = "".join(cleaning.text(row.get(t, ("", None))[1]) for t in ("address", "street", "town"))
    surname = named or (people[0].last_name if people else "")
    if not surname and not place:
        return ""
    if not place and people:
        return "|".join(people[0].identity())
    return f"{fold(surname)}|{fold(place)}"


def _family_name(row: dict[str, tuple[str, object]], people: list[PersonDraft]) -> str:
    named = cleaning.name(row.get("family_name", ("", None))[1])
    return named or (people[0].last_name if people else "")


def _address(row: dict[str, tuple[str, object]], family: FamilyDraft) -> None:
    for target in ("street", "postal_code", "town"):
        value = cleaning.text(row.get(target, ("", None))[1])
        if value and not getattr(family, target):
            setattr(family, target, value)
    whole = cleaning.text(row.get("address", ("", None))[1])
    if whole and not family.street:
        street, _comma, rest = whole.partition(",")
        family.street = street.strip()
        words = rest.split()
        if words and words[0].replace("-", "").isdigit():
            family.postal_code, words = words[0], words[1:]
        family.town = family.town or " ".join(words)


def _join(family: FamilyDraft, people: list[PersonDraft]) -> None:
    known = {p.identity(): p for p in family.people}
    for person in people:
        same = known.get(person.identity())
        if same is None:
            known[person.identity()] = person
            family.people.append(person)
            continue
        told = Sentence("Ta osoba powtarza się w tej rodzinie; wczytana będzie raz.")
        if person.phone and same.phone and person.phone != same.phone:
            told = Sentence(
                "Ta osoba powtarza się w tej rodzinie z innym telefonem (%(phone)s); wczytana będzie raz, z pierwszym.",
                {"phone": person.phone},
            )
        same.phone = same.phone or person.phone
        name = f"{person.first_name} {person.last_name}".strip()
        family.problems.append(Problem(person.row, "", name, told, blocking=False))


def _check(family: FamilyDraft) -> None:
    first = family.rows[0] if family.rows else 0
    if not family.people:
        family.problems.append(Problem(first, "", family.name, Sentence("W wierszu nie ma żadnej osoby.")))
    for person in family.people:
        if not person.last_name:
            family.problems.append(Problem(person.row, "", person.first_name, Sentence("Brakuje nazwiska.")))
    family.name = family.name or next((p.last_name for p in family.people if p.last_name), "")
