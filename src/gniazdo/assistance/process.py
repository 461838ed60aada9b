"""The family assistance case as data: every state and move from the first report to the archive. Who may move is in actions.

Two things the diagram leaves to the verbs: a worsened family in monitoring gets a new linked case (`reopen` ends the old
one), and a family bound by a court cannot resign (`rules.resignation_outcome`). The "Za życiem" variant (application,
medical certificate, catalogue of help, no interview) is not a process here yet: a known gap, see docs.
"""

from __future__ import annotations

from gniazdo.kernel.process import Move, Process, State

ASSISTANCE = Process(
    "assistance.case",
    "Asysta rodzinna",
    start="REFERRED",
    states=(
        State("REFERRED", "zgłoszona"),
        State("REJECTED", "zgłoszenie odrzucone", final=True),
        State("INTERVIEW", "wywiad i analiza"),
        State("COURT_NOTIFIED", "zawiadomiono sąd"),
        State("CLOSED_NO_SUPPORT", "zakończona bez przydziału", final=True),
        State("CLOSED_REFUSED", "zakończona – rodzina odmówiła", final=True),
        State("APPLIED", "wniosek u kierownika"),
        State("WAITING", "oczekuje na asystenta"),
        State("ASSIGNED", "przydzielono asystenta", active=True),
        State("DIAGNOSIS", "diagnoza", active=True),
        State("PLANNED", "plan do zatwierdzenia", active=True),
        State("ACTIVE", "realizacja planu", active=True),
        State("SUSPENDED", "zawieszona", active=True),
        State("TRANSFERRED", "przekazana innej jednostce", final=True),
        State("CLOSING", "zamykanie", active=True),
        State("MONITORING", "monitoring"),
        State("CLOSED", "zakończona", final=True),
        State("ARCHIVED", "w archiwum zakładowym", final=True),
    ),
    moves=(
        Move("assign_social_worker", "Skieruj do wywiadu", ("REFERRED",), "INTERVIEW", paper="referral"),
        Move("reject", "Odrzuć zgłoszenie", ("REFERRED",), "REJECTED", paper="referral_answer", needs_reason=True),
        Move("find_need", "Wystąp o asystenta", ("INTERVIEW",), "APPLIED", paper="application"),
        Move("find_no_grounds", "Zakończ: brak podstaw", ("INTERVIEW",), "CLOSED_NO_SUPPORT", needs_reason=True),
        Move("family_refuses", "Zakończ: rodzina odmawia", ("INTERVIEW",), "CLOSED_REFUSED", needs_reason=True),
        Move("notify_court", "Zawiadom sąd", ("INTERVIEW",), "COURT_NOTIFIED", paper="court_notice", needs_reason=True),
        Move("court_obliges", "Zapisz zobowiązanie sądu", ("COURT_NOTIFIED",), "APPLIED", paper="court_order"),
        Move("family_agrees", "Zapisz późniejszą zgodę rodziny", ("COURT_NOTIFIED",), "APPLIED", paper="consent"),
        Move("court_declines", "Zakończ: sąd nie zobowiązał rodziny", ("COURT_NOTIFIED",), "CLOSED_REFUSED",
             needs_reason=True),
        Move("return_application", "Zwróć wniosek do uzupełnienia", ("APPLIED",), "INTERVIEW", needs_reason=True),
        Move("assign", "Przydziel asystenta", ("APPLIED", "WAITING"), "ASSIGNED", paper="assignment_letter"),
        Move("put_on_waiting_list", "Wpisz na listę oczekujących", ("APPLIED",), "WAITING"),
        Move("refuse_application", "Odmów przydziału", ("APPLIED", "WAITING"), "CLOSED_NO_SUPPORT", needs_reason=True),
        Move("first_visit", "Zapisz pierwszą wspólną wizytę", ("ASSIGNED",), "DIAGNOSIS", paper="visit"),
        Move("finish_diagnosis", "Przedstaw plan do zatwierdzenia", ("DIAGNOSIS",), "PLANNED", paper="diagnosis"),
        Move("approve_plan", "Zatwierdź plan", ("PLANNED",), "ACTIVE", paper="family_plan"),
        Move("return_plan", "Zwróć plan do poprawy", ("PLANNED",), "DIAGNOSIS", needs_reason=True),
        Move("family_withdraws", "Zakończ: rodzina rezygnuje przed planem",
             ("APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED"), "CLOSED_REFUSED", needs_reason=True),
        Move("suspend", "Zawieś pracę", ("ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE"), "SUSPENDED", needs_reason=True),
        Move("resume", "Wznów pracę z planem", ("SUSPENDED",), "ACTIVE"),
        Move("resume_diagnosis", "Wznów pracę od diagnozy", ("SUSPENDED",), "DIAGNOSIS"),
        Move("transfer", "Przekaż innej jednostce", ("ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED"),
             "TRANSFERRED", paper="transfer_letter", needs_reason=True),
        Move("start_closing", "Rozpocznij zamykanie", ("ACTIVE", "SUSPENDED"), "CLOSING", needs_reason=True),
        Move("withdraw_closing", "Wróć do realizacji planu", ("CLOSING",), "ACTIVE", needs_reason=True),
        Move("close_to_monitoring", "Zakończ pracę i monitoruj", ("CLOSING",), "MONITORING", paper="closing_card"),
        Move("close", "Zakończ bez monitoringu", ("CLOSING",), "CLOSED", paper="closing_card"),
        Move("end_monitoring", "Zakończ monitoring", ("MONITORING",), "CLOSED", paper="monitoring_entry"),
        Move("reopen", "Wznów pracę w nowej sprawie", ("MONITORING",), "CLOSED", needs_reason=True),
        Move("archive", "Przekaż do archiwum",
             ("REJECTED", "CLOSED_NO_SUPPORT", "CLOSED_REFUSED", "TRANSFERRED", "CLOSED"), "ARCHIVED"),
    ),
)  # fmt: skip
"""Asysta rodzinna (uwrspz art. 8–17; practice of centres). `active` states count toward the limit of art. 15 ust. 4 by
default; which states count is the parameter `assistance.caseload_states`."""
