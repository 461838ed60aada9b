"""Events in the life of the institution itself that start or end its own terms."""

from gniazdo.kernel.vocab import Word, WordList

OFFICE_EVENTS = WordList(
    "deadlines.office_event",
    "Zdarzenie w jednostce",
    Word(
        "COUNCIL_REPORT", "złożono radzie gminy sprawozdanie roczne i potrzeby", "uwrspz art. 179 ust. 1", group="done"
    ),
    Word("PROGRAMME", "początek gminnego programu wspierania rodziny", "uwrspz art. 176 pkt 1", group="done"),
    Word(
        "STANDARDS",
        "przyjęto lub przejrzano standardy ochrony małoletnich",
        "ustawa z 13.05.2016 art. 22c",
        group="done",
    ),
    Word("STAFF_CHECK", "sprawdzono pracownika w rejestrach", "ustawa z 13.05.2016 art. 21", group="done"),
    Word("INCIDENT", "śmierć lub ciężki uszczerbek zdrowia dziecka", "ustawa z 13.05.2016 art. 22i", group="asked"),
    Word("TEAM_REQUEST", "zespół do spraw analizy zdarzeń zażądał akt", "ustawa z 13.05.2016 art. 22j", group="asked"),
    Word(
        "AUDIT", "przeprowadzono audyt bezpieczeństwa informacji", "Krajowe Ramy Interoperacyjności § 19", group="done"
    ),
)
ASKED = frozenset(w.code for w in OFFICE_EVENTS if w.group == "asked")
