"""Word lists of case files."""

from gniazdo.kernel.vocab import Word, WordList

CASE_KINDS = WordList(
    "cases.kind",
    "Rodzaj sprawy",
    Word("ASSISTANCE", "asysta rodzinna", "uwrspz art. 11–17"),
)

WORKER_ROLES = WordList(
    "cases.worker_role",
    "Rola pracownika w sprawie",
    Word("ASSISTANT", "asystent rodziny", "uwrspz art. 11 ust. 4"),
    Word("SOCIAL_WORKER", "pracownik socjalny", "uwrspz art. 11 ust. 1"),
    Word("SPECIALIST", "specjalista"),
    Word("INTAKE", "przyjmujący zgłoszenie"),
)

EVENT_KINDS = WordList(
    "cases.event_kind",
    "Rodzaj zdarzenia na osi czasu",
    Word("state", "bieg sprawy"),
    Word("worker", "zmiana pracownika"),
    Word("visit", "wizyta i kontakt"),
    Word("plan", "plan"),
    Word("assessment", "ocena"),
    Word("paper", "karta lub pismo"),
    Word("court", "sąd"),
    Word("family", "zmiana w rodzinie"),
    Word("service", "usługa"),
    Word("note", "notatka"),
    Word("deadline", "termin"),
)
