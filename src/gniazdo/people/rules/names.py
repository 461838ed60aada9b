"""Names as people type them and as Poland orders them: folding, sort key, one-letter deletions, distance of typos."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

POLISH = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_ODD = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_CODE = {letter: f"{n:02d}" for n, letter in enumerate(POLISH, 20)} | {str(d): f"{d + 10}" for d in range(10)}
_VARIANTS: dict[str, str] = {}
for _letter in POLISH:
    _base = unicodedata.normalize("NFKD", _letter.translate(_ODD))[0]
    _VARIANTS[_base] = _VARIANTS.get(_base, "") + _letter
KEY_LENGTH = 200


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without diacritics, anything but letters and digits made one space: "Żółć-Łoś" → "zolc los"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ODD))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def _letter_code(letter: str) -> str:
    if letter in _CODE:
        return _CODE[letter]
    base = fold(letter)
    if not base:
        return "01"
    return "".join(_CODE.get(c, f"98{ord(c) % 10000:04d}") for c in base)


@lru_cache(maxsize=20_000)
def polish_key(text: str) -> str:
    """A key of digits that sorts like the Polish alphabet under every collation: ł after l, ź and ż after z."""
    return "".join(_letter_code(c) for c in unicodedata.normalize("NFC", text.casefold().strip()))


def sort_key(last: str, first: str = "") -> str:
    """The stored key of a person: surname, then first name; a shorter surname stands first (Nowak before Nowakowska)."""
    return (polish_key(last) + "00" + polish_key(first))[:KEY_LENGTH]


def key_prefixes(word: str, *, most: int = 32) -> list[str]:
    """Keys under which names starting with a folded word may stand, in Polish order; empty when there would be too many."""
    letters = [_VARIANTS.get(c, c) for c in fold(word)]
    count = 1
    for variants in letters:
        count *= len(variants)
    if not letters or count > most:
        return []
    return sorted(polish_key("".join(choice)) for choice in product(*letters))


def tokens(*parts: str) -> list[str]:
    """The distinct folded words of names, in order: what a search may hit."""
    return list(dict.fromkeys(word for part in parts for word in fold(part).split() if word))


def deletions(word: str) -> set[str]:
    """The word itself and every form with one letter left out; two words a typo apart share one of these."""
    return {word} | ({word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) > 3 else set())


def after(prefix: str) -> str:
    """The first text after all that start with `prefix` (of a–z and 0–9), or "" when there is none."""
    while prefix:
        last = prefix[-1]
        if last != "z":
            return prefix[:-1] + ("a" if last == "9" else chr(ord(last) + 1))
        prefix = prefix[:-1]
    return ""


def distance(a: str, b: str, *, most: int = 2) -> int:
    """Damerau-Levenshtein distance (insert, delete, change, swap of neighbours), cut off above `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def word_hits(word: str, token: str) -> bool:
    """Whether a typed folded word means the token: its beginning, or the whole with one typo (words of four letters up)."""
    return token.startswith(word) or (len(word) >= 4 and distance(word, token, most=1) <= 1)
