"""Invents people: names put together from syllables, PESELs with a right check digit, addresses of places that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

WOMEN = (
    "Agnieszka", "Aleksandra", "Alicja", "Beata", "Celina", "Dorota", "Edyta", "Ewelina", "Gabriela", "Halina", "Iwona", "Joanna",
    "Justyna", "Kamila", "Karolina", "Katarzyna", "Kinga", "Lidia", "Łucja", "Magdalena", "Marta", "Monika", "Natalia", "Patrycja",
    "Paulina", "Renata", "Sylwia", "Urszula", "Wioletta", "Żaneta",
)  # fmt: skip
MEN = (
    "Adrian", "Andrzej", "Arkadiusz", "Bartosz", "Czesław", "Damian", "Dariusz", "Grzegorz", "Hubert", "Jacek", "Janusz", "Kamil",
    "Konrad", "Krzysztof", "Łukasz", "Maciej", "Marcin", "Mariusz", "Mateusz", "Mirosław", "Paweł", "Przemysław", "Rafał", "Robert",
    "Sebastian", "Sławomir", "Tomasz", "Wojciech", "Zbigniew", "Zdzisław",
)  # fmt: skip
GIRLS = (
    "Alicja", "Amelia", "Antonina", "Blanka", "Hanna", "Jagoda", "Julia", "Kaja", "Klara", "Laura", "Lena", "Liliana", "Łucja", "Maja",
    "Marcelina", "Nadia", "Nikola", "Oliwia", "Pola", "Róża", "Wiktoria", "Zofia", "Zuzanna",
)  # fmt: skip
BOYS = (
    "Adam", "Aleksander", "Antoni", "Borys", "Dawid", "Fabian", "Filip", "Franciszek", "Igor", "Jakub", "Jan", "Kacper", "Leon", "Maciej",
    "Maksymilian", "Mikołaj", "Natan", "Oskar", "Oliwier", "Stanisław", "Szymon", "Tymon", "Wiktor", "Żegota",
)  # fmt: skip
STEMS = (
    "Bocian", "Brzezin", "Chrustow", "Czapl", "Dąbrów", "Drozd", "Dzięciel", "Gawrań", "Głuszc", "Gniazdow", "Grzywacz", "Jaskół", "Jastrzęb",
    "Kaczyń", "Kawczyń", "Kosów", "Kruczyń", "Krzyżodzib", "Kuropatw", "Lelk", "Łozin", "Łęczak", "Mewiń", "Muchołów", "Orlik", "Perkoz", "Pliszk",
    "Pokrzew", "Przepiór", "Pustułk", "Raniuszek", "Rybitw", "Sikor", "Skowron", "Słonk", "Sójczyń", "Srok", "Strzyż", "Szczygł", "Szpakow", "Ślepow",
    "Świstun", "Trznadl", "Turkawk", "Wilg", "Wron", "Zięb", "Zimorod", "Żołn", "Żuraw",
)  # fmt: skip
ENDINGS = (
    ("ski", "ska"),
    ("owski", "owska"),
    ("icki", "icka"),
    ("ak", "ak"),
    ("czyk", "czyk"),
    ("ewicz", "ewicz"),
    ("ek", "ek"),
    ("ko", "ko"),
)
STREETS = (
    "Lipowa", "Klonowa", "Brzozowa", "Leśna", "Polna", "Ogrodowa", "Szkolna", "Kolejowa", "Młyńska", "Nadrzeczna", "Słoneczna", "Krótka", "Długa",
    "Ptasia", "Łąkowa", "Źródlana", "Cegielniana", "Topolowa",
)  # fmt: skip
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def pesel(born_on: date, sex: str, serial: int) -> str:
    """A PESEL with a right check digit for that birth date and sex; `serial` 0–999."""
    century = {18: 80, 19: 0, 20: 20, 21: 40}[born_on.year // 100]
    digits = f"{born_on.year % 100:02d}{born_on.month + century:02d}{born_on.day:02d}{serial % 1000:03d}"
    digits += str((serial // 7 * 2 + (0 if sex == "F" else 1)) % 10)
    check = (10 - sum(int(d) * w for d, w in zip(digits, PESEL_WEIGHTS, strict=True)) % 10) % 10
    return digits + str(check)


@dataclass(slots=True)
class Invented:
    """An invented human being."""

    first_name: str
    last_name: str
    sex: str
    born_on: date
    pesel: str
    role: str


@dataclass(slots=True)
class InventedFamily:
    """An invented family living at an invented address."""

    name: str
    street: str
    postal_code: str
    town: str
    phone: str
    people: list[Invented] = field(default_factory=list)


class Inventor:
    """Makes people from a seed: the same seed, the same county."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - play, not secrets
        self._serial = self.random.randrange(1000)

    def surname(self) -> tuple[str, str]:
        """(masculine, feminine) forms of one surname."""
        stem = self.random.choice(STEMS)
        his, hers = self.random.choice(ENDINGS)
        return stem + his, stem + hers

    def person(self, first_names: tuple[str, ...], last_name: str, sex: str, born_on: date, role: str) -> Invented:
        self._serial += 1
        return Invented(
            self.random.choice(first_names), last_name, sex, born_on, pesel(born_on, sex, self._serial), role
        )

    def born(self, on: date, youngest: float, oldest: float) -> date:
        """A birth date that makes someone between the two ages (years) on that day."""
        days = int(self.random.uniform(youngest, oldest) * 365.25)
        return on - timedelta(days=days)

    def family(self, on: date, town: str, postal_code: str) -> InventedFamily:
        """A family as the field meets them: mostly mothers, one to five children, sometimes a partner or grandmother."""
        r = self.random
        his, hers = self.surname()
        made = InventedFamily(
            name=hers if hers.endswith("a") else his,
            street=f"ul. {r.choice(STREETS)} {r.randint(1, 90)}" + (f"/{r.randint(1, 30)}" if r.random() < 0.6 else ""),
            postal_code=postal_code,
            town=town,
            phone=f"5{r.randint(0, 9)}{r.randint(0, 9)} {r.randint(100, 999)} {r.randint(100, 999)}",
        )
        mother_born = self.born(on, 19, 44)
        made.people.append(self.person(WOMEN, hers, "F", mother_born, "PARENT"))
        if r.random() < 0.62:
            made.people.append(
                self.person(MEN, his, "M", self.born(on, 21, 50), "PARENT" if r.random() < 0.75 else "STEP")
            )
        if r.random() < 0.12:
            made.people.append(self.person(WOMEN, self.surname()[1], "F", self.born(on, 52, 70), "GRANDPARENT"))
        oldest = min(17.0, (on - mother_born).days / 365.25 - 17)
        days: list[date] = []
        for _ in range(r.choices((1, 2, 3, 4, 5), (28, 33, 22, 11, 6))[0]):
            born = self.born(on, 0.2, max(oldest, 0.6))
            if any(abs((born - other).days) < 300 for other in days):
                continue  # no mother has two children within ten months
            days.append(born)
            sex = r.choice("FM")
            last = hers if sex == "F" else his
            made.people.append(self.person(GIRLS if sex == "F" else BOYS, last, sex, born, "CHILD"))
        return made
