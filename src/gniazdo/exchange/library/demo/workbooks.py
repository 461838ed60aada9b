"""Three files as offices really keep them, made by the generator: something to try the import on. Nobody in them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gniazdo.exchange.library.demo.invent import Invented, InventedFamily, Inventor, pesel
from gniazdo.exchange.library.demo.sheets import ods

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
PESELS: tuple[Callable[[str], object], ...] = (
    int,  # a number: the zero of those born 2000–2009 is gone
    lambda p: p,
    lambda p: f"{p[:6]} {p[6:]}",
    lambda p: p.lstrip("0"),
    float,
    lambda p: f"{int(p)},00",  # a CSV of a column with decimals
)


def write_examples(folder: Path, *, on: date, town: str = "Dębowo", postal_code: str = "99-001") -> list[Path]:
    """Write the three files; returns their paths. The same day gives the same people."""
    folder.mkdir(parents=True, exist_ok=True)
    inventor = Inventor(SEED)
    families = [inventor.family(on, town, postal_code) for _n in range(36)]
    for family in families[1::4]:  # parents whose PESEL begins with a zero
        mother = family.people[0]
        mother.born_on = date(2000 + len(family.name) % 6, 3, 1 + len(family.street) % 27)
        mother.pesel = pesel(mother.born_on, "F", 100 + len(family.street) * 7 + families.index(family))
        family.people[1:] = [p for p in family.people[1:] if p.role != "CHILD" or p.born_on.year > 2018]
    made = {
        "asystenci 2026 (kopia).xlsx": one_per_row(families[:14]),
        "rodziny wsparcie.csv": family_per_row(families[14:26]),
        "lista-z-sekretariatu.ods": repeated_with_errors(families[26:]),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made]


def _role(person: Invented) -> str:
    if person.role == "CHILD":
        return "córka" if person.sex == "F" else "syn"
    return {"PARENT": "matka" if person.sex == "F" else "ojciec", "STEP": "konkubent"}.get(person.role, "babcia")


def _income(number: int) -> str:
    """An amount as people type it, with a space or a comma or „zł”."""
    return (f"{900 + number * 7},50 zł", f"1 {100 + number},5", f"{800 + number},00", "b/d")[number % 4]


def one_per_row(families: list[InventedFamily]) -> bytes:
    """XLSX: a title, one person in a row, blank family cells, PESEL six ways, days six ways, the heading repeated, a sum below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    head = ["L.p.", "Nr teczki", "Nazwisko i imię", "PESEL", "Data ur.", "Kto", "Adres", "tel.", "Dochód na os."]
    sheet.append(["RODZINY OBJĘTE ASYSTĄ – stan na dziś"])
    sheet.append([])
    sheet.append(head)
    number = 0
    for n, family in enumerate(families, 1):
        if n == 8:
            sheet.append([])
            sheet.append(head)
        for m, person in enumerate(family.people):
            number += 1
            surname = person.last_name.upper() if n % 3 else person.last_name
            sheet.append([
                number,
                f"AR/{n}" if m == 0 else None,
                f"{surname} {person.first_name}{'  ' if n % 5 == 0 else ''}",
                PESELS[number % len(PESELS)](person.pesel) if number % 7 else "-",
                KINDS[number % len(KINDS)](person.born_on),
                _role(person),
                f"{family.street}, {family.postal_code} {family.town}" if m == 0 else None,
                family.phone if m == 0 else "brak",
                _income(number) if m == 0 else None,
            ])  # fmt: skip
    sheet.append([])
    sheet.append(["RAZEM", None, f"rodzin {len(families)}", None, None, f"osób {number}"])
    sheet.column_dimensions["C"].width = 28
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def family_per_row(families: list[InventedFamily]) -> bytes:
    """CSV in Windows-1250 with semicolons: a family in a row, children in columns; a family twice, with its new telephone."""
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
    head.append("Przyznane świadczenie")
    rows: list[list[str]] = [head]
    for number, family in enumerate(families, 201):
        mother = next(p for p in family.people if p.role == "PARENT" and p.sex == "F")
        father = next((p for p in family.people if p.role == "PARENT" and p.sex == "M"), None)
        row = [
            str(number), family.street, family.postal_code, family.town, f"{mother.last_name.upper()} {mother.first_name}",
            str(PESELS[number % len(PESELS)](mother.pesel)), family.phone,
            f"{father.last_name} {father.first_name}" if father else "nie dotyczy", str(int(father.pesel)) if father else "-",
        ]  # fmt: skip
        for m, child in enumerate(p for p in family.people if p.role == "CHILD"):
            row += [f"{child.last_name} {child.first_name}", str(KINDS[1 + (number + m) % 3](child.born_on))]
        rows.append(row + [""] * (len(head) - 1 - len(row)) + [_income(number)])
    rows.append([*rows[3][:6], "600 100 200", *rows[3][7:]])
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1250")


def repeated_with_errors(families: list[InventedFamily]) -> bytes:
    """ODS: a household written twice and differently, a wrong PESEL, a day that does not exist, a date against the PESEL."""
    rows: list[list[object]] = []
    for n, family in enumerate(families):
        mine: list[list[object]] = []
        for m, person in enumerate(family.people):
            sex = ("kobieta", "K")[m % 2] if person.sex == "F" else ("mężczyzna", "M")[m % 2]
            number = PESELS[(n + m) % 5](person.pesel)
            mine.append([family.name, person.last_name, person.first_name, number, KINDS[(n + m) % len(KINDS)](person.born_on), sex, family.town, family.street])  # fmt: skip
        rows += mine
        if n == 2:
            rows += [[family.name.upper(), f"{row[1]} ", *row[2:7], f"  {family.street}"] for row in mine]
    starts = {row[7]: n for n, row in reversed(list(enumerate(rows)))}
    wrong, missing, other = (starts[family.street] for family in families[5:8])
    right = families[5].people[0].pesel
    rows[wrong][3] = right[:-1] + str((int(right[-1]) + 1) % 10)
    rows[missing][3:5] = ["", "31.02.2015"]
    rows[other][4] = "1.01.1980"
    head: list[object] = [
        "Rodzina",
        "Nazwisko",
        "Imię",
        "PESEL",
        "Data urodzenia",
        "Płeć",
        "Miejscowość",
        "Ulica",
        "Kwota zasiłku",
    ]
    return ods("Arkusz1", [head, *([*row, 100.5 + n] for n, row in enumerate(rows))])
