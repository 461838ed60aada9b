"""Turns what people type into spreadsheets into values, or says in one sentence why it cannot."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from stdnum.pl import pesel as pesel_number

from gniazdo.exchange.rules.sentences import Told
from gniazdo.kernel.speech import says

MONTHS = {
    "sty": 1, "lut": 2, "mar": 3, "kwi": 4, "maj": 5, "maja": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paź": 10, "paz": 10,
    "lis": 11, "gru": 12,
}  # fmt: skip
ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
EXCEL_EPOCH = date(1899, 12, 30)
EMPTY = {"", "-", "–", "—", "brak", "b/d", "bd", "b.d.", "nie dotyczy", "nd", "n/d", "?", "x", "null", "none"}

SHORTENED = re.compile(r"\d[.,]\d+e\+\d+", re.IGNORECASE)
ADDED_ZEROS = re.compile(r"(?<=\d{7})[.,]0{1,2}$")
NO_DAY = says("„%(value)s” nie jest datą. Wpisz na przykład 15.02.2015.")


class Unclean(Told):
    """A cell that cannot be understood; the message is for the user."""


def text(value: object) -> str:
    """A cell as trimmed text; dashes and words for nothing become nothing; whole floats lose their point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = " ".join(str(value).replace("\u00a0", " ").split())
    return "" if shown.casefold() in EMPTY else shown


def day(value: object) -> date | None:
    """A date from a date cell, an Excel serial number or Polish text (1.02.2015 r., 1 lutego 2015, 2015-02-01, 1 II 2015).

    Raises Unclean when it is none of these, or a day that does not exist.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 3_654 <= value <= 73_050:
            return EXCEL_EPOCH + timedelta(days=int(value))
        raise Unclean(NO_DAY, value=text(value))
    shown = text(value)
    if not shown:
        return None
    plain = re.sub(r"\s*(r\.?|roku|ur\.?)$", "", shown.casefold().removeprefix("ur.").strip()).strip()
    try:
        if m := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t].*)?", plain):
            return date(int(m[1]), int(m[2]), int(m[3]))
        if m := re.fullmatch(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})(?: .*)?", plain):
            return date(int(m[3]), int(m[2]), int(m[1]))
        if m := re.fullmatch(r"(\d{1,2})\.? ([a-ząćęłńóśźż]+)\.? (\d{4})", plain):
            month = ROMAN.get(m[2].upper()) or MONTHS.get(m[2]) or MONTHS.get(m[2][:3])
            if month:
                return date(int(m[3]), month, int(m[1]))
        if re.fullmatch(r"\d{5}", plain):
            return EXCEL_EPOCH + timedelta(days=int(plain))
    except ValueError:
        raise Unclean(says("Nie ma takiego dnia: „%(value)s”."), value=shown) from None
    raise Unclean(NO_DAY, value=shown)


def pesel(value: object) -> str:
    """An 11-digit PESEL; zeros lost by the spreadsheet are put back, „,00” it added is left out.

    Raises Unclean when the check digit disagrees, and when the spreadsheet kept only its first digits (9,00504E+10).
    """
    if SHORTENED.fullmatch(text(value)):
        raise Unclean(
            says("Arkusz skrócił PESEL do „%(value)s”. Nadaj kolumnie format „Tekst” i wpisz numer jeszcze raz."),
            value=text(value),
        )
    shown = re.sub(r"[\s.\-'’]", "", ADDED_ZEROS.sub("", text(value)))
    if not shown:
        return ""
    if not shown.isdigit() or len(shown) > 11:
        raise Unclean(says("PESEL „%(value)s” ma mieć 11 cyfr."), value=shown)
    # A number stored without its leading zeros: born 2000–2009 loses up to three of them.
    padded = shown.zfill(11) if len(shown) >= 8 else shown
    if not pesel_number.is_valid(padded):
        raise Unclean(says("PESEL „%(value)s” jest błędny: nie zgadza się cyfra kontrolna albo data."), value=shown)
    return padded


def pesel_facts(number: str) -> tuple[date, str]:
    """Birth date and sex ("F"/"M") that a valid PESEL carries."""
    return pesel_number.get_birth_date(number), "F" if pesel_number.get_gender(number) == "F" else "M"


def decimal(value: object) -> Decimal | None:
    """A number with a decimal comma or point, spaces as thousands, an optional „zł”. Raises Unclean otherwise."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    shown = re.sub(r"\s|zł|pln", "", text(value).casefold()).replace(",", ".")
    if not shown:
        return None
    try:
        return Decimal(shown)
    except InvalidOperation:
        raise Unclean(says("„%(value)s” nie jest liczbą."), value=text(value)) from None


def name(value: object) -> str:
    """A name as people write it: KOWALSKA-NOWAK and kowalska become Kowalska-Nowak and Kowalska; mixed case stays."""
    shown = text(value)
    if "\ufffd" in shown:
        raise Unclean(says("„%(value)s”: nie da się odczytać jednej z liter. Popraw ją w pliku."), value=shown)
    if shown and (shown.isupper() or shown.islower()):
        return re.sub(r"[^\s\-']+", lambda m: m[0][:1].upper() + m[0][1:].lower(), shown)
    return shown


def full_name(value: object, *, last_first: bool) -> tuple[str, str]:
    """(first, last) from one cell; `last_first` says how the office writes it. Raises Unclean for a single word."""
    parts = [name(word) if word.isupper() else word for word in re.sub(r"\(.*?\)|,", " ", name(value)).split()]
    if not parts:
        return "", ""
    if len(parts) == 1:
        raise Unclean(says("„%(value)s”: brakuje imienia lub nazwiska."), value=parts[0])
    return (" ".join(parts[1:]), parts[0]) if last_first else (" ".join(parts[:-1]), parts[-1])


def sex(value: object) -> str:
    """F, M or U. Raises Unclean for an unknown word."""
    shown = text(value).casefold().rstrip(".")
    if not shown:
        return "U"
    if shown in ("k", "kobieta", "kob", "f", "ż", "żeńska", "dziewczynka"):
        return "F"
    if shown in ("m", "mężczyzna", "męż", "mężcz", "męska", "chłopiec"):
        return "M"
    raise Unclean(says("Nieznana płeć „%(value)s”. Wpisz K lub M."), value=text(value))


ROLE_WORDS = {
    "PARENT": ("matka", "ojciec", "mama", "tata", "rodzic"),
    "STEP": ("konkubent", "konkubina", "partner", "partnerka", "ojczym", "macocha"),
    "GUARDIAN": ("opiekun", "opiekunka", "opiekun prawny"),
    "GRANDPARENT": ("babcia", "dziadek"),
    "CHILD": ("dziecko", "syn", "córka", "corka", "pasierb", "pasierbica"),
    "RELATIVE": ("brat", "siostra", "ciocia", "ciotka", "wujek", "krewny", "krewna"),
}


def role(value: object) -> str:
    """A family role code, OTHER for a word we do not know, empty for nothing."""
    shown = text(value).casefold()
    if not shown:
        return ""
    for code, words in ROLE_WORDS.items():
        if any(shown.startswith(word) for word in words):
            return code
    return "OTHER"
