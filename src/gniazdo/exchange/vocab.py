"""Word lists of the exchange."""

from gniazdo.kernel.vocab import Word, WordList

IMPORT_STATES = WordList(
    "exchange.import_state",
    "Stan importu",
    Word("MAPPING", "przypisywanie kolumn"),
    Word("READY", "po próbie, gotowy do wczytania"),
    Word("RUNNING", "wczytywanie"),
    Word("DONE", "zakończony"),
    Word("FAILED", "przerwany"),
)
