"""Word lists of reports."""

from gniazdo.kernel.vocab import Word, WordList

PERIODS = WordList(
    "reports.period",
    "Okres sprawozdania",
    Word("HALF", "półrocze", "uwrspz art. 187; okresy styczeń–czerwiec i lipiec–grudzień"),
    Word("YEAR", "rok", "uwrspz art. 179"),
    Word("MONTH", "miesiąc"),
)
