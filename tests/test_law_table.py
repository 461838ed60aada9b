"""Each clock beside the act it comes from, typed by hand: a number changed by mistake in the code is seen here.

Kept apart from the declarations on purpose. Who changes a row has the text of the act open.
"""

from __future__ import annotations

import pytest

from gniazdo.kernel import legal
from gniazdo.kernel.terms import Counting

KPA, FACT = Counting.ADMINISTRATIVE, Counting.FACTUAL

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
    ("C-KPA-09", "14 dni", "", "administracyjnego art. 44", "verified: KPA24", FACT),
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
    ("C-KPA-03", "decide", "7 dni"),
    ("C-KPA-09", "second_notice", "7 dni"),
]

# What the institution sets where no act gives a number: setting, default, unit, mark that says how sure we are.
SETTINGS = [
    ("assistance.application_days", 0, "working_days", "author: R-TIME-05"),
    ("assistance.assignment_days", 14, "days", "author: R-ASSIST-03"),
    ("assistance.plan_days", 60, "days", "author: R-ASSIST-09"),
    ("assistance.monitoring_months", 6, "months", "recalled: R-ASSIST-17"),
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


def test_a_local_clock_claims_no_act_s_certainty():
    for id, declared in legal.CLOCKS.items():
        if id.startswith("C-LOCAL-"):
            assert not declared.versions[-1].mark.startswith("verified"), id


def test_the_limit_of_families_changed_with_the_year_2015():
    told = [(v.value, v.article, v.mark) for v in legal.VALUES["L-01"].versions]
    assert [value for value, _article, _mark in told] == [20, 15]
    assert [f"{v.since:%d.%m.%Y}" for v in legal.VALUES["L-01"].versions] == ["01.01.2012", "01.01.2015"]
    assert all("art. 15 ust. 4" in article for _value, article, _mark in told)
