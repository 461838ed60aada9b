"""Word lists of institutions and people at work."""

from gniazdo.kernel.vocab import Word, WordList

INSTITUTION_KINDS = WordList(
    "orgs.institution_kind",
    "Rodzaj instytucji",
    Word("OPS", "ośrodek pomocy społecznej", "ustawa o pomocy społecznej art. 110"),
    Word("CUS", "centrum usług społecznych", "ustawa o realizowaniu usług społecznych przez CUS"),
    Word("PCPR", "powiatowe centrum pomocy rodzinie", "ustawa o pomocy społecznej art. 112"),
    Word("MOPR", "miejski ośrodek pomocy rodzinie (miasto na prawach powiatu)"),
    Word("ORG", "organizator rodzinnej pieczy zastępczej", "uwrspz art. 76"),
    Word("NGO", "podmiot, któremu zlecono zadanie", "uwrspz art. 190"),
)

ROLES = WordList(
    "orgs.role",
    "Rola w systemie",
    Word("secretary", "sekretariat"),
    Word("social_worker", "pracownik socjalny"),
    Word("assistant", "asystent rodziny", "uwrspz art. 12–17"),
    Word("specialist", "specjalista"),
    Word("coordinator", "koordynator rodzinnej pieczy zastępczej", "uwrspz art. 77–79"),
    Word("team_leader", "kierownik zespołu"),
    Word("manager", "kierownik jednostki"),
    Word("dpo", "inspektor ochrony danych", "RODO art. 37–39"),
    Word("administrator", "administrator techniczny"),
)

CONTRACT_KINDS = WordList(
    "orgs.contract_kind",
    "Forma zatrudnienia",
    Word("TASK", "umowa o pracę, zadaniowy czas pracy", "uwrspz art. 17 ust. 2"),
    Word("EMPLOYMENT", "umowa o pracę, podstawowy czas pracy"),
    Word("SERVICE", "umowa o świadczenie usług (zlecenie)", "uwrspz art. 17 ust. 2"),
    Word("CIVIL", "umowa cywilnoprawna specjalisty"),
)

ABSENCE_KINDS = WordList(
    "orgs.absence_kind",
    "Rodzaj nieobecności",
    Word("LEAVE", "urlop wypoczynkowy"),
    Word("SICK", "zwolnienie lekarskie"),
    Word("TRAINING", "szkolenie"),
    Word("SUSPENDED", "zawieszenie w czynnościach", "uwrspz art. 13"),
    Word("OTHER", "inna nieobecność"),
)

JRWA_USES = WordList(
    "orgs.jrwa_use",
    "Do czego służy klasa z wykazu akt",
    Word("ASSISTANCE", "asysta rodzinna"),
    Word("REPORTS", "sprawozdania"),
    Word("COURT", "korespondencja z sądem"),
    Word("OTHER", "inne"),
)
