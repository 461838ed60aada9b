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
IMPORT_FATES = WordList(
    "exchange.import_fate",
    "Co się stanie z rodziną z pliku",
    Word("new", "do wczytania"),
    Word("known", "już wczytana"),
    Word("changed", "wczytana, w pliku inne dane"),
    Word("here", "już w systemie, spoza tego wykazu"),
    Word("blocked", "do poprawy w pliku"),
)
