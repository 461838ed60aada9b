"""Words of the referral to a specialist and of the team's meeting."""

from gniazdo.kernel.vocab import Word, WordList

SPECIALISTS = WordList(
    "assistance.specialist", "Specjalista",
    Word("PSYCHOLOGIST", "psycholog"),
    Word("CHILD_PSYCHOLOGIST", "psycholog dziecięcy"),
    Word("FAMILY_PSYCHOLOGIST", "psycholog rodzinny"),
    Word("CLINICAL", "psycholog kliniczny"),
    Word("THERAPIST", "psychoterapeuta"),
    Word("SYSTEMIC", "psychoterapeuta systemowy"),
    Word("CHILD_THERAPIST", "psychoterapeuta dzieci i młodzieży"),
    Word("PEDAGOGUE", "pedagog"),
    Word("SPECIAL", "pedagog specjalny, terapeuta pedagogiczny"),
    Word("SPEECH", "logopeda, neurologopeda"),
    Word("SI", "terapeuta integracji sensorycznej"),
    Word("SOCIO", "socjoterapeuta"),
    Word("PHYSIO", "fizjoterapeuta"),
    Word("PSYCHIATRIST", "psychiatra"),
    Word("CHILD_PSYCHIATRIST", "psychiatra dzieci"),
    Word("ADDICTION", "terapeuta uzależnień"),
    Word("MEDIATOR", "mediator"),
    Word("LAWYER", "prawnik, radca prawny"),
    Word("SEXOLOGIST", "seksuolog"),
    Word("CAREER", "doradca zawodowy"),
    Word("DIETITIAN", "dietetyk"),
    Word("INTERPRETER", "tłumacz (ukraiński, język migowy)"),
    Word("OTHER", "inny"),
    source="praktyka 3.6",
)  # fmt: skip

SERVICE_FORMS = WordList(
    "assistance.service_form", "Forma pomocy specjalisty",
    Word("CONSULT", "konsultacja"),
    Word("DIAGNOSIS", "diagnoza"),
    Word("COUNSEL", "poradnictwo"),
    Word("INDIVIDUAL", "terapia indywidualna"),
    Word("COUPLE", "terapia par"),
    Word("FAMILY", "terapia rodzinna"),
    Word("GROUP", "terapia grupowa"),
    Word("MEDIATION", "mediacja"),
    Word("WORKSHOP", "warsztat"),
    Word("CRISIS", "interwencja kryzysowa"),
    source="praktyka 3.6",
)  # fmt: skip

REFERRAL_OUTCOMES = WordList(
    "assistance.referral_outcome", "Co ustalono po skierowaniu",
    Word("WAITING", "na liście oczekujących"),
    Word("CONTRACTED", "przyjęto, zawarto kontrakt"),
    Word("REDIRECTED", "skierowano do innego specjalisty"),
    Word("NOT_INDICATED", "brak wskazań"),
    source="praktyka 2.4",
)  # fmt: skip

PRESENCE = WordList(
    "assistance.presence", "Obecność na posiedzeniu",
    Word("HERE", "obecny"),
    Word("ONLINE", "zdalnie"),
    Word("EXCUSED", "usprawiedliwiony"),
    Word("ABSENT", "nieobecny"),
    source="praktyka 1.A.15",
)  # fmt: skip
