"""Which column is what: the fields an import can fill, and a guess from the headings offices really use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, field

from gniazdo.exchange.rules.sentences import told
from gniazdo.kernel.legal import Sentence
from gniazdo.kernel.speech import say, says

PERSON_FIELDS = {
    "full_name": says("Nazwisko i imię (razem)"),
    "last_name": says("Nazwisko"),
    "first_name": says("Imię"),
    "pesel": says("PESEL"),
    "born_on": says("Data urodzenia"),
    "sex": says("Płeć"),
    "role": says("Rola w rodzinie"),
    "phone": says("Telefon"),
}
FAMILY_FIELDS = {
    "family_key": says("Numer rodziny / teczki"),
    "family_name": says("Nazwa rodziny"),
    "address": says("Adres (w jednej kolumnie)"),
    "street": says("Ulica i numer"),
    "postal_code": says("Kod pocztowy"),
    "town": says("Miejscowość"),
}
SLOTS = {
    "": Sentence("osoba w wierszu"),
    "mother": Sentence("matka"),
    "father": Sentence("ojciec"),
    **{f"child{n}": Sentence("dziecko %(number)s", {"number": n}) for n in range(1, 13)},
}
SLOT_FIELD = says("%(who)s: %(what)s")
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

    def missing(self) -> list[Sentence]:
        """What must still be pointed at before a dry run, in words."""
        targets = {t.split(".")[-1] for t in self.columns.values()}
        if not targets & {"full_name", "last_name"}:
            return [Sentence("Wskaż kolumnę z nazwiskiem (osobno albo razem z imieniem).")]
        return []


def targets() -> dict[str, str]:
    """Every target with its label in the reader's language, for the mapping screen."""
    made = {name: say(label) for name, label in FAMILY_FIELDS.items()}
    for slot in SLOTS:
        made.update(slot_targets(slot))
    return made


def slot_targets(slot: str) -> dict[str, str]:
    """The targets of one person of the row with their labels: „matka: data urodzenia”."""
    if not slot:
        return {name: say(label) for name, label in PERSON_FIELDS.items()}
    who = told(SLOTS[slot])
    fields = {name: _lowered(say(label)) for name, label in PERSON_FIELDS.items() if name != "role"}
    return {f"{slot}.{name}": say(SLOT_FIELD) % {"who": who, "what": what} for name, what in fields.items()}


def _lowered(label: str) -> str:
    """Without its capital, unless it is an abbreviation (PESEL)."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


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
