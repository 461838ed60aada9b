"""Three files as offices really keep them, made by the generator: something to try the import on. Nobody in them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gniazdo.exchange.library.demo.invent import Invented, InventedFamily, Inventor

SEED = 1863
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
WORDS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
Dated = Callable[[date], object]
KINDS: tuple[Dated, ...] = (
    lambda d: d,
    lambda d: f"{d.day}.{d.month:02d}.{d.year} r.",
    lambda d: f"{d.day} {WORDS[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {ROMAN[d.month - 1]} {d.year}",
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: d.isoformat(),
)


def write_examples(folder: Path, *, on: date, town: str = "Dębowo", postal_code: str = "99-001") -> list[Path]:
    """Write the three files; returns their paths. The same day gives the same people."""
    folder.mkdir(parents=True, exist_ok=True)
    inventor = Inventor(SEED)
    families = [inventor.family(on, town, postal_code) for _n in range(36)]
    made = {
        "asystenci 2026 (kopia).xlsx": one_per_row(families[:14]),
        "rodziny wsparcie.csv": family_per_row(families[14:26]),
        "lista-z-sekretariatu.csv": repeated_with_errors(families[26:]),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made]


def _role(person: Invented) -> str:
    if person.role == "CHILD":
        return "córka" if person.sex == "F" else "syn"
    return {"PARENT": "matka" if person.sex == "F" else "ojciec", "STEP": "konkubent"}.get(person.role, "babcia")


def one_per_row(families: list[InventedFamily]) -> bytes:
    """XLSX: a title above the table, one person in a row, blank family cells, PESEL as a number, dates of six kinds, capitals."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["RODZINY OBJĘTE ASYSTĄ – stan na dziś"])
    sheet.append([])
    sheet.append(["L.p.", "Nr teczki", "Nazwisko i imię", "PESEL", "Data ur.", "Kto", "Adres", "tel."])
    number = 0
    for n, family in enumerate(families, 1):
        for m, person in enumerate(family.people):
            number += 1
            surname = person.last_name.upper() if n % 3 else person.last_name
            sheet.append([
                number,
                f"AR/{n}" if m == 0 else None,
                f"{surname} {person.first_name}{'  ' if n % 5 == 0 else ''}",
                int(person.pesel) if number % 7 else "-",
                KINDS[number % len(KINDS)](person.born_on),
                _role(person),
                f"{family.street}, {family.postal_code} {family.town}" if m == 0 else None,
                family.phone if m == 0 else "brak",
            ])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def family_per_row(families: list[InventedFamily]) -> bytes:
    """CSV in Windows-1250 with semicolons: a family in a row, children in columns."""
    head = [
        "Nr rodziny",
        "Ulica",
        "Kod pocztowy",
        "Miejscowość",
        "Matka",
        "PESEL matki",
        "Telefon matki",
        "Ojciec",
        "PESEL ojca",
    ]
    for n in range(1, 6):
        head += [f"Dziecko {n}", f"Dziecko {n} data ur."]
    rows: list[list[str]] = [head]
    for number, family in enumerate(families, 201):
        mother = next(p for p in family.people if p.role == "PARENT" and p.sex == "F")
        father = next((p for p in family.people if p.role == "PARENT" and p.sex == "M"), None)
        row = [
            str(number), family.street, family.postal_code, family.town, f"{mother.last_name} {mother.first_name}", mother.pesel, family.phone,
            f"{father.last_name} {father.first_name}" if father else "nie dotyczy", father.pesel if father else "-",
        ]  # fmt: skip
        for child in [p for p in family.people if p.role == "CHILD"]:
            row += [f"{child.last_name} {child.first_name}", child.born_on.strftime("%d.%m.%Y")]
        rows.append(row + [""] * (len(head) - len(row)))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1250")


def repeated_with_errors(families: list[InventedFamily]) -> bytes:
    """CSV in UTF-8: a household written twice, a wrong PESEL, a day that does not exist, a date that disagrees with the PESEL."""
    rows: list[list[str]] = [["Rodzina", "Nazwisko", "Imię", "PESEL", "Data urodzenia", "Płeć", "Miejscowość", "Ulica"]]
    for n, family in enumerate(families):
        for person in family.people:
            sex = "K" if person.sex == "F" else "M"
            rows.append(
                [
                    family.name,
                    person.last_name,
                    person.first_name,
                    person.pesel,
                    f"{person.born_on:%Y-%m-%d}",
                    sex,
                    family.town,
                    family.street,
                ]
            )
        if n == 2:
            rows += [row[:] for row in rows[-len(family.people) :]]
    starts = {row[7]: n for n, row in reversed(list(enumerate(rows)))}
    wrong, missing, other = (starts[family.street] for family in families[5:8])
    rows[wrong][3] = rows[wrong][3][:-1] + str((int(rows[wrong][3][-1]) + 1) % 10)
    rows[missing][3:5] = ["", "31.02.2015"]
    rows[other][4] = "1.01.1980"
    out = io.StringIO()
    csv.writer(out, delimiter=",", lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
