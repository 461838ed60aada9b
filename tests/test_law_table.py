"""Each clock beside the act it comes from, typed by hand: a number changed by mistake in the code is seen here.

Kept apart from the declarations on purpose. Who changes a row has the text of the act open.
"""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.deadlines.queries import DEADLINES
from gniazdo.kernel import legal
from gniazdo.kernel.terms import Counting

KPA, FACT = Counting.ADMINISTRATIVE, Counting.FACTUAL
ON = date(2026, 11, 18)

# id, term in Polish or "" where the act gives no number, the local setting that then does, act, mark, counting
TABLE = [
    ("C-ASSIST-01", "14 dni roboczych", "", "art. 11 ust. 1", "verified: UW24, WYW21", FACT),
    ("C-ASSIST-02", "", "assistance.application_days", "art. 11 ust. 2–3", "verified: UW24", FACT),
    ("C-ASSIST-03", "", "assistance.assignment_days", "art. 11 ust. 4", "verified: UW24", FACT),
    ("C-ASSIST-04", "", "assistance.plan_days", "art. 15 ust. 1 pkt 1 i ust. 3", "verified: UW24", FACT),
    ("C-ASSIST-05", "6 miesięcy", "", "art. 15 ust. 1 pkt 15", "verified: UW24", FACT),
    ("C-ASSIST-06", "", "assistance.monitoring_months", "art. 15 ust. 1 pkt 16", "verified: UW24", FACT),
    ("C-ASSIST-07", "w dniu wyznaczonym", "", "art. 15 ust. 1 pkt 17", "verified: UW24", FACT),
    ("C-ASSIST-08", "w dniu wyznaczonym", "", "Kodeks rodzinny i opiekuńczy art. 109 § 4", "verified: KRO23", FACT),
    ("C-ASSIST-09", "niezwłocznie", "", "art. 17 ust. 5", "verified: UW24", FACT),
    ("C-ASSIST-10", "5 lat", "", "art. 12 ust. 4", "verified: UW24", FACT),
    ("C-GEN-01", "7 dni", "", "art. 190a", "verified: UW24", FACT),
    ("C-SW-01", "6 miesięcy", "", "ustawa o pomocy społecznej art. 107", "verified: UPS24, WYW21", FACT),
    ("C-COMM-01", "do 31.03 każdego roku", "", "art. 179 ust. 1", "verified: UW24", FACT),
    ("C-COMM-02", "3 lata", "", "art. 176 pkt 1", "verified: UW24", FACT),
    ("C-ZZ-01", "12 miesięcy", "", "„Za życiem” art. 10 ust. 4", "verified: ZZ24", KPA),
    ("C-ZZ-02", "do 30.04 każdego roku", "", "„Za życiem” art. 13 ust. 2", "verified: ZZ24", FACT),
    ("C-KPA-01", "1 miesiąc", "", "administracyjnego art. 35", "verified: KPA24", KPA),
    ("C-KPA-02", "w dniu wyznaczonym", "", "administracyjnego art. 36", "verified: KPA24", KPA),
    ("C-KPA-03", "7 dni", "", "administracyjnego art. 37", "verified: KPA24", KPA),
    ("C-KPA-04", "7 dni", "", "administracyjnego art. 64", "verified: KPA24", KPA),
    ("C-KPA-05", "14 dni", "", "administracyjnego art. 129", "verified: KPA24", KPA),
    ("C-KPA-06", "7 dni", "", "administracyjnego art. 133", "verified: KPA24", KPA),
    ("C-KPA-07", "7 dni", "", "administracyjnego art. 141", "verified: KPA24", KPA),
    ("C-KPA-08", "7 dni", "", "administracyjnego art. 58", "verified: KPA24", KPA),
    ("C-KPA-09", "14 dni", "", "administracyjnego art. 44", "verified: KPA24", KPA),
    ("C-STD-01", "2 lata", "", "na tle seksualnym art. 22c", "verified: STD23", FACT),
    ("C-STD-02", "niezwłocznie", "", "na tle seksualnym art. 22i", "verified: STD23", FACT),
    ("C-STD-03", "30 dni", "", "na tle seksualnym art. 22j", "verified: STD23", FACT),
    ("C-STD-04", "1 dzień przed", "", "na tle seksualnym art. 21; uwrspz art. 7b", "verified: STD23, UW24", FACT),
    ("C-DATA-01", "2 lata", "", "Krajowe Ramy Interoperacyjności § 20", "verified: KRI24", FACT),
    ("C-DATA-02", "1 rok", "", "Krajowe Ramy Interoperacyjności § 19", "verified: KRI24", FACT),
]  # fmt: skip

# id, input of `gniazdo law`, term
VARIANTS = [
    ("C-ASSIST-01", "urgent", "2 dni robocze"),
    ("C-SW-01", "dps_or_fee", "12 miesięcy"),
    ("C-KPA-01", "complicated", "2 miesiące"),
    ("C-KPA-01", "appeal", "1 miesiąc"),
    ("C-KPA-03", "decide", "7 dni"),
    ("C-KPA-09", "second_notice", "7 dni"),
]

# What the institution sets where no act gives a number: setting, default, unit, mark that says how sure we are.
SETTINGS = [
    ("assistance.application_days", 0, "working_days", "author: R-TIME-05"),
    ("assistance.assignment_days", 14, "days", "author: R-ASSIST-03"),
    ("assistance.plan_days", 60, "days", "author: R-ASSIST-09"),
    ("assistance.monitoring_months", 6, "months", "recalled: R-ASSIST-17"),
    ("deadlines.grace_days", 1, "working_days", "author: R-TIME-05"),
]

# id, the days its versions began (only the day of the text read: "≥"), what starts it, whose it is
BEGINNINGS = [
    ("C-ASSIST-01", ["15.11.2021"], "ośrodek dowiedział się o rodzinie", "social_worker"),
    ("C-ASSIST-02", ["08.06.2012"], "wywiad przeprowadzono", "social_worker"),
    ("C-ASSIST-03", ["08.06.2012"], "kierownik otrzymał wniosek", "manager"),
    ("C-ASSIST-04", ["01.01.2012"], "przydzielono asystenta", "assistant"),
    ("C-ASSIST-05", ["01.01.2012"], "przydział asystenta albo poprzednia ocena", "assistant"),
    ("C-ASSIST-06", ["01.01.2012"], "zakończono pracę z rodziną", "assistant"),
    ("C-ASSIST-07", ["01.01.2012"], "sąd zażądał opinii", "assistant"),
    ("C-ASSIST-08", ["01.01.2012"], "postanowienie sądu", "assistant"),
    ("C-ASSIST-09", ["16.01.2024", "01.01.2025"], "wezwanie sądu", "manager"),
    ("C-ASSIST-10", ["01.01.2012"], "zatwierdzenie programu", "podmiot szkolący"),
    ("C-GEN-01", ["01.01.2012"], "żądanie otrzymano lub wysłano", "sąd, organ, jednostka"),
    ("C-SW-01", ["15.11.2021"], "poprzednia aktualizacja", "social_worker"),
    ("C-COMM-01", ["01.01.2012"], "koniec roku", "manager"),
    ("C-COMM-02", ["01.01.2012"], "początek programu", "manager"),
    ("C-ZZ-01", ["01.01.2017"], "urodzenie, objęcie opieką lub przysposobienie dziecka", "rodzic, opiekun"),
    ("C-ZZ-02", ["01.01.2017"], "koniec roku", "wojewoda"),
    ("C-KPA-01", ["≥01.04.2024"], "wniosek doręczono albo wszczęto z urzędu", "manager"),
    ("C-KPA-02", ["≥01.04.2024"], "termin załatwienia sprawy nie będzie dotrzymany", "social_worker"),
    ("C-KPA-03", ["≥01.04.2024"], "ponaglenie otrzymano", "manager"),
    ("C-KPA-04", ["≥01.04.2024"], "wezwanie doręczono", "wnioskodawca"),
    ("C-KPA-05", ["≥01.04.2024"], "decyzję doręczono", "strona"),
    ("C-KPA-06", ["≥01.04.2024"], "odwołanie otrzymano", "manager"),
    ("C-KPA-07", ["≥01.04.2024"], "postanowienie doręczono", "strona"),
    ("C-KPA-08", ["≥01.04.2024"], "przyczyna uchybienia ustała", "strona"),
    ("C-KPA-09", ["≥01.04.2024"], "pismo złożono w placówce pocztowej lub urzędzie", "secretary"),
    ("C-STD-01", ["15.02.2024"], "standardy przyjęto", "manager"),
    ("C-STD-02", ["15.02.2024"], "śmierć lub ciężki uszczerbek na zdrowiu dziecka", "manager"),
    ("C-STD-03", ["15.02.2024"], "żądanie zespołu", "manager"),
    ("C-STD-04", ["15.02.2024"], "dopuszczenie do pracy", "manager"),
    ("C-DATA-01", ["23.05.2024"], "wpis w dzienniku", "administrator"),
    ("C-DATA-02", ["23.05.2024"], "poprzedni audyt", "dpo"),
]  # fmt: skip

# Clocks that only `gniazdo law` answers: nothing in the work with a family starts them.
NOT_ON_THE_BOARD = {
    "C-ASSIST-10": "the body that trains assistants has its programme approved, not the centre",
    "C-SW-01": "permanent benefits; in family support the interview is brought up to date as needed (R-SW-01)",
    "C-ZZ-01": "the parent applies for the benefit; the entry of the act „Za życiem” is a later issue",
    "C-ZZ-02": "the voivode informs the Council of Ministers",
    "C-DATA-01": "how long the journal is kept: nobody has to act",
    **dict.fromkeys(
        (f"C-KPA-0{n}" for n in range(1, 10)),
        "giving an assistant is no administrative decision (R-ASSIST-03): no event of this work starts the procedure",
    ),
}

# Sentences by which the act only advises, sets the shortest, or leaves a day to the unit: they stand in the reason.
ADVICE = [
    ("C-ASSIST-01", "niezwłocznie, najpóźniej w 2 dni robocze"),
    ("C-ASSIST-05", "nie rzadziej niż co pół roku; dzień początkowy to bezpieczna wykładnia"),
    ("C-GEN-01", "Niezwłocznie, najpóźniej w 7 dni"),
    ("C-SW-01", "według potrzeb"),
    ("C-KPA-01", "niezwłocznie"),
    ("C-KPA-04", "wezwanie może wyznaczyć dłuższy"),
    ("C-KPA-05", "nadane ostatniego dnia u operatora wyznaczonego"),
    ("C-STD-04", "dzień wcześniej to bezpieczna wykładnia"),
    ("C-DATA-01", "przepis szczególny"),
]

# Limits of the act that this work meets: id, what it says from when, article, mark
LIMITS = [
    ("L-01", {"01.01.2012": 20, "01.01.2015": 15}, "uwrspz art. 15 ust. 4", "verified: A12, UW24"),
    ("L-37", {"01.01.2012": (1, 3)}, "uwrspz art. 12 ust. 1", "verified: UW24"),
    ("L-39", {"19.08.2024": (2000, 50, 3)}, "ustawa o pomocy społecznej art. 110 ust. 11", "verified: UPS24"),
    ("L-44", {"19.08.2024": 3}, "ustawa o pomocy społecznej art. 47", "verified: UPS24"),
]


@pytest.mark.parametrize(("clock", "term", "setting", "act", "mark", "counting"), TABLE, ids=[row[0] for row in TABLE])
def test_a_clock_says_what_the_act_says(clock, term, setting, act, mark, counting):
    declared = legal.CLOCKS[clock]
    now = declared.versions[-1]
    assert (now.value.label() if now.value else "") == term
    assert declared.parameter == setting
    assert act in now.article
    assert now.mark == mark
    assert declared.counting is counting


@pytest.mark.parametrize(("clock", "given", "term"), VARIANTS)
def test_its_other_length_too(clock, given, term):
    assert legal.CLOCKS[clock].versions[-1].variants[given].label() == term


@pytest.mark.parametrize(("setting", "default", "unit", "mark"), SETTINGS)
def test_without_a_number_in_the_act_the_institution_s_setting_counts(setting, default, unit, mark):
    declared = legal.PARAMETERS[setting]
    assert (declared.default, declared.unit, declared.mark) == (default, unit, mark)


def test_every_clock_of_an_act_stands_in_the_table_and_every_variant():
    """Clocks of the institution itself (C-LOCAL-…) have no act to stand beside."""
    ours = {id for id in legal.CLOCKS if not id.startswith("C-LOCAL-")}
    assert ours == {row[0] for row in TABLE}
    assert {(id, name) for id in ours for v in legal.CLOCKS[id].versions for name in v.variants} == {
        row[:2] for row in VARIANTS
    }


@pytest.mark.parametrize(("clock", "began", "trigger", "whose"), BEGINNINGS, ids=[row[0] for row in BEGINNINGS])
def test_a_clock_begins_when_the_act_says_and_is_whose_it_is(clock, began, trigger, whose):
    declared = legal.CLOCKS[clock]
    assert [f"{'≥' if v.older else ''}{v.since:%d.%m.%Y}" for v in declared.versions] == began
    assert (declared.trigger, declared.responsible) == (trigger, whose)


def test_the_tables_speak_of_the_same_clocks():
    assert [row[0] for row in BEGINNINGS] == [row[0] for row in TABLE]


def test_each_clock_of_an_act_is_on_the_board_or_there_is_a_reason():
    board = {d.clock for d in DEADLINES.values()}
    assert {row[0] for row in TABLE} - board == set(NOT_ON_THE_BOARD)


@pytest.mark.parametrize(("clock", "said"), ADVICE)
def test_what_the_act_only_advises_stands_in_the_reason(clock, said):
    assert said in legal.explanation(clock, ON).sentence


@pytest.mark.parametrize("clock", ["C-ASSIST-02", "C-ASSIST-03", "C-ASSIST-04", "C-ASSIST-06"])
def test_without_a_number_in_the_act_the_reason_names_the_setting_and_how_sure_it_is(clock):
    setting = legal.PARAMETERS[legal.CLOCKS[clock].parameter]
    told = legal.explanation(clock, ON).sentence
    assert f"ustawienie jednostki „{setting.label}” ({legal.sureness(setting.mark)[0]})." in told
    chosen = legal.explanation(clock, ON, set_on="2026-12-15")
    assert (chosen.due_on, "ten dzień wybrała jednostka" in chosen.sentence) == (date(2026, 12, 15), True)


def test_in_2024_the_day_the_list_of_assistants_came_into_force_is_uncertain():
    marks = [legal.CLOCKS["C-ASSIST-09"].on(day).mark for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert marks == ["uncertain: R-ASSIST-15", "verified: UW24"]


@pytest.mark.parametrize(("limit", "values", "act", "mark"), LIMITS, ids=[row[0] for row in LIMITS])
def test_a_limit_says_what_the_act_says(limit, values, act, mark):
    declared = legal.VALUES[limit]
    assert {f"{v.since:%d.%m.%Y}": v.value for v in declared.versions} == values
    assert (declared.versions[-1].article, declared.versions[-1].mark) == (act, mark)
    assert "(" not in legal.explanation(limit, ON).sentence.removeprefix(declared.label)


def test_every_limit_stands_in_the_table():
    assert {id for id in legal.VALUES if id.startswith("L-")} == {row[0] for row in LIMITS}


def test_a_local_clock_claims_no_act_s_certainty():
    for id, declared in legal.CLOCKS.items():
        if id.startswith("C-LOCAL-"):
            assert not declared.versions[-1].mark.startswith("verified"), id


def test_the_limit_of_families_changed_with_the_year_2015():
    told = [(v.value, v.article, v.mark) for v in legal.VALUES["L-01"].versions]
    assert [value for value, _article, _mark in told] == [20, 15]
    assert [f"{v.since:%d.%m.%Y}" for v in legal.VALUES["L-01"].versions] == ["01.01.2012", "01.01.2015"]
    assert all("art. 15 ust. 4" in article for _value, article, _mark in told)
