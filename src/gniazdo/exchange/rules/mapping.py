"""Which column is what: the fields an import can fill, and a guess from the headings offices really use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, field

PERSON_FIELDS = {
    "full_name": "Nazwisko i imię (razem)",
    "last_name": "Nazwisko",
    "first_name": "Imię",
    "pesel": "PESEL",
    "born_on": "Data urodzenia",
    "sex": "Płeć",
    "role": "Rola w rodzinie",
    "phone": "Telefon",
}
FAMILY_FIELDS = {
    "family_key": "Numer rodziny / teczki",
    "family_name": "Nazwa rodziny",
    "address": "Adres (w jednej kolumnie)",
    "street": "Ulica i numer",
    "postal_code": "Kod pocztowy",
    "town": "Miejscowość",
}
SLOTS = {
    "": "osoba w wierszu",
    "mother": "matka",
    "father": "ojciec",
    **{f"child{n}": f"dziecko {n}" for n in range(1, 13)},
}
SLOT_ROLES = {"mother": "PARENT", "father": "PARENT", **{f"child{n}": "CHILD" for n in range(1, 13)}}


@dataclass(slots=True)
class Mapping:
    """columns: heading → target ("pesel", "mother.pesel", "family_key"); last_first: how joined names are written."""

    columns: dict[str, str] = field(default_factory=dict)
    last_first: bool = True

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def per_family(self) -> bool:
        """Whether one row holds a whole family (several person slots)."""
        return any("." in target for target in self.columns.values())

    def missing(self) -> list[str]:
        """What must still be pointed at before a dry run, in words."""
        targets = {t.split(".")[-1] for t in self.columns.values()}
        if not targets & {"full_name", "last_name"}:
            return ["Wskaż kolumnę z nazwiskiem (osobno albo razem z imieniem)."]
        return []


def targets() -> dict[str, str]:
    """Every target with its label, for the mapping screen."""
    made = dict(FAMILY_FIELDS)
    for slot, slot_label in SLOTS.items():
        for name, label in PERSON_FIELDS.items():
            if slot and name == "role":
                continue
            made[f"{slot}.{name}" if slot else name] = f"{slot_label}: {label.lower()}" if slot else label
    return made


def fold(heading: str) -> str:
    """Lower case without diacritics and punctuation, single spaces."""
    plain = (
        unicodedata.normalize("NFKD", heading.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()
    )
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


WORDS = (
    ("pesel", ("pesel",)),
    ("born_on", ("data ur", "ur dnia", "urodzon", "dt ur")),
    (
        "full_name",
        (
            "nazwisko i imie",
            "imie i nazwisko",
            "nazwisko imie",
            "imie nazwisko",
            "imiona i nazwisko",
            "osoba",
            "klient",
        ),
    ),
    (
        "family_key",
        ("nr rodziny", "numer rodziny", "nr teczki", "numer teczki", "teczka", "id rodziny", "nr sprawy", "znak"),
    ),
    ("family_name", ("nazwa rodziny", "rodzina")),
    ("role", ("rola", "pokrewienstwo", "stopien pokr", "kto", "status w rodzinie")),
    ("sex", ("plec",)),
    ("phone", ("telefon", "tel", "nr tel", "kom")),
    ("postal_code", ("kod",)),
    ("town", ("miejscowosc", "miasto", "wies")),
    ("street", ("ulica", "ul")),
    ("address", ("adres", "zamieszk")),
    ("last_name", ("nazwisko",)),
    ("first_name", ("imie", "imiona")),
)
SLOT_WORDS = (("mother", ("matk", "mama", "mamy")), ("father", ("ojc", "ojciec", "tata", "taty")))


def guess(header: tuple[str, ...]) -> Mapping:
    """A first mapping from the headings: „PESEL matki”, „Dziecko 2 - data ur.”, „Nazwisko i imię”."""
    made = Mapping()
    taken: set[str] = set()
    for heading in header:
        folded = fold(heading)
        slot = next((s for s, words in SLOT_WORDS if any(w in folded for w in words)), "")
        if m := re.search(r"(?:dziecko|dziecka|dz|syn|corka) ?(\d{1,2})", folded) or re.search(
            r"(\d{1,2}) dzieck", folded
        ):
            slot = f"child{m[1]}" if f"child{m[1]}" in SLOTS else ""
        found = next((name for name, words in WORDS if any(_starts(folded, w) for w in words)), None)
        if slot and (found is None or found in FAMILY_FIELDS or found == "role"):
            found = "full_name"
        if found is None:
            continue
        target = f"{slot}.{found}" if slot else found
        if target not in taken:
            made.columns[heading] = target
            taken.add(target)
        if found == "full_name":
            made.last_first = not folded.startswith("imi")
    return made


def _starts(folded: str, word: str) -> bool:
    return re.search(rf"(?:^| ){re.escape(word)}", folded) is not None
