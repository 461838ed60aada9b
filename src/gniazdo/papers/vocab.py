"""Word lists of papers."""

from gniazdo.kernel.vocab import Word, WordList

SHEET_STATES = WordList(
    "papers.sheet_state",
    "Stan karty",
    Word("draft", "szkic"),
    Word("final", "gotowa"),
    Word("signed", "podpisana"),
    Word("void", "unieważniona"),
    Word("replaced", "zastąpiona nową wersją"),
)

LETTER_STATES = WordList(
    "papers.letter_state",
    "Stan pisma",
    Word("draft", "projekt"),
    Word("issued", "zarejestrowane"),
    Word("sent", "wysłane"),
    Word("delivered", "doręczone"),
    Word("void", "anulowane"),
)

DIRECTIONS = WordList("papers.direction", "Kierunek", Word("out", "wychodzące"), Word("in", "przychodzące"))

CHANNELS = WordList(
    "papers.channel",
    "Sposób przekazania",
    Word("hand", "osobiście"),
    Word("post", "pocztą"),
    Word("registered", "listem poleconym"),
    Word("edelivery", "e-Doręczenia"),
    Word("epuap", "ePUAP"),
    Word("email", "e-mailem"),
    Word("phone", "telefonicznie"),
    Word("internal", "obieg wewnętrzny"),
)

LOCAL_KINDS = WordList(
    "papers.local_kind",
    "Rodzaj pytania instytucji",
    Word("text", "krótki tekst"),
    Word("long", "dłuższy tekst"),
    Word("yesno", "tak / nie"),
    Word("choice", "jedna odpowiedź z listy"),
    Word("many", "kilka odpowiedzi z listy"),
    Word("day", "data"),
    Word("number", "liczba"),
)
