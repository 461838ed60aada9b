"""The life of one version of a plan."""

from gniazdo.kernel.process import Move, Process, State

PLAN_VERSION = Process(
    "plans.version",
    "Wersja planu",
    start="draft",
    states=(
        State("draft", "szkic"),
        State("agreed", "uzgodniona z rodziną"),
        State("submitted", "przekazana do zatwierdzenia"),
        State("approved", "zatwierdzona", active=True),
        State("superseded", "zastąpiona nowszą", final=True),
    ),
    moves=(
        Move("agree", "Zapisz uzgodnienie z rodziną", ("draft",), "agreed"),
        Move("submit", "Przekaż do zatwierdzenia", ("agreed",), "submitted"),
        Move("return", "Zwróć do poprawy", ("agreed", "submitted"), "draft", needs_reason=True),
        Move("approve", "Zatwierdź", ("submitted",), "approved"),
        Move("supersede", "Zastąp nową wersją", ("approved",), "superseded"),
    ),
)
