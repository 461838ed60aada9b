"""Word lists of plans: areas of a family's life, states of work, who does a task, degrees of a goal."""

from gniazdo.kernel.vocab import Word, WordList

AREAS = WordList(
    "plans.area",
    "Obszar sytuacji rodziny",
    Word("HOUSING", "warunki mieszkaniowe i sanitarne", "praktyka 1.A.6"),
    Word("BUDGET", "budżet domowy i zadłużenie", "praktyka 1.A.6"),
    Word("WORK", "praca i kwalifikacje", "praktyka 1.A.6"),
    Word("HEALTH", "zdrowie, uzależnienia i stan psychiczny dorosłych", "praktyka 1.A.6"),
    Word("CARE", "opieka nad dziećmi", "praktyka 1.A.6"),
    Word("UPBRINGING", "wychowanie i więzi", "praktyka 1.A.6"),
    Word("SCHOOL", "edukacja i zachowanie dzieci", "praktyka 1.A.6"),
    Word("RELATIONS", "relacje, konflikty, przemoc w rodzinie", "praktyka 1.A.6"),
    Word("SOCIAL", "kontakty społeczne i czas wolny", "praktyka 1.A.6"),
    Word("OFFICES", "sprawy urzędowe i prawne", "praktyka 1.A.6"),
    Word("MOTIVATION", "motywacja i współpraca", "praktyka 1.A.6"),
    Word("RISK", "bezpieczeństwo dzieci", "praktyka 1.A.6"),
    source="praktyka 1.A.6",
)

DOERS = WordList(
    "plans.doer",
    "Kto wykonuje zadanie",
    Word("FAMILY", "członek rodziny"),
    Word("ASSISTANT", "asystent rodziny"),
    Word("SOCIAL_WORKER", "pracownik socjalny"),
    Word("COORDINATOR", "koordynator rodzinnej pieczy zastępczej"),
    Word("OTHER", "inna instytucja lub osoba"),
)

PROGRESS = WordList(
    "plans.progress",
    "Stan realizacji",
    Word("NOT_STARTED", "nierozpoczęte"),
    Word("IN_PROGRESS", "w trakcie"),
    Word("DONE", "wykonane"),
    Word("PARTLY", "wykonane częściowo"),
    Word("FAILED", "niewykonane"),
    Word("DROPPED", "zaniechane"),
)

PRIORITIES = WordList(
    "plans.priority", "Ważność celu", Word("1", "najpilniejszy"), Word("2", "ważny"), Word("3", "w dalszej kolejności")
)

SIGNERS = WordList(
    "plans.signer",
    "Kto podpisuje plan",
    Word("FAMILY", "dorosły członek rodziny"),
    Word("ASSISTANT", "asystent rodziny"),
    Word("SOCIAL_WORKER", "pracownik socjalny"),
    Word("COORDINATOR", "koordynator rodzinnej pieczy zastępczej"),
    Word("MANAGER", "zatwierdzający"),
)
