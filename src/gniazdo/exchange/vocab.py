"""Word lists and local settings of the exchange."""

from gniazdo.kernel.legal import parameter
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

KEPT_DAYS = parameter(
    "exchange.kept_days",
    "Ile dni czeka plik importu, którego nie wczytano do końca",
    default=30,
    why="Przepisy nie podają liczby; pliku z danymi osobowymi nie trzyma się dłużej, niż to potrzebne (RODO art. 5 ust. 1 lit. e). "
    "Po tym czasie plik jest usuwany, a ślad po nim zostaje.",
    mark="author: ustawienie lokalne",
    unit="days",
)
