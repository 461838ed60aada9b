"""Which family is which: by its number within a list of the office, across lists and what was typed by hand by its adults."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.access.rules import Actor
from gniazdo.exchange.actions import carry_out, map_columns, start_import
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.exchange.models import ImportedFamily, ImportRun
from gniazdo.exchange.queries import lists_read, remarks
from gniazdo.exchange.rules.sources import list_key, list_name
from gniazdo.exchange.tests.test_import_run import LIS, MOTHER, ON, SON, WILK, workbook
from gniazdo.people.models import Family, Person
from gniazdo.people.tests.factories import make_family, make_person

FATHER = pesel(date(1986, 7, 8), "M", 31)
ZUK = [["1", "Żuk Adam", FATHER, "", "ojciec", "", "Krótka 8, 99-001 Dębowo"]]


def tried(actor: Actor, rows, name: str, **more) -> ImportRun:
    run = start_import(actor, None, file_name=name, content=workbook(rows))
    return map_columns(actor, run, columns=run.mapping["columns"], last_first=True, on=ON, **more)


def read_in(actor: Actor, rows, name: str, **more) -> ImportRun:
    return carry_out(actor, tried(actor, rows, name, **more), on=ON)


def fates(run: ImportRun) -> dict[str, int]:
    return {fate: n for fate, n in run.counts.items() if n and fate != "people"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("asystenci 2026 (kopia).xlsx", "asystenci 2026"),
        ("asystenci 2026 — kopia (2).xlsx", "asystenci 2026"),
        ("Asystenci_2026_poprawione.ods", "Asystenci 2026"),
        ("asystenci 2026 stan na 24.11.2026 v2.csv", "asystenci 2026"),
        ("lista-z-sekretariatu.ods", "lista-z-sekretariatu"),
        ("kopia.xlsx", "kopia"),
        ("2026.xlsx", "2026"),
        ("popradzka ulica.xlsx", "popradzka ulica"),
    ],
)
def test_the_name_of_a_list(file, name) -> None:
    assert list_name(file).strip(" —") == name


def test_spellings_of_one_list() -> None:
    assert list_key("Asystenci – 2026") == list_key("asystenci 2026") != list_key("asystenci 2025")
    assert list_key("???")


def test_two_lists_that_number_their_families_alike_do_not_clash(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK + LIS, "rodziny Anny.xlsx")
    other = read_in(maria, ZUK, "rodziny Beaty.xlsx")
    assert (fates(other), other.problems) == ({"new": 1}, [])
    assert list(Family.objects.system().order_by("name").values_list("name", flat=True)) == ["Lis", "Wilk", "Żuk"]
    assert ImportedFamily.objects.system().filter(key="1").count() == 2
    assert sorted(lists_read(maria), reverse=True) == ["rodziny Beaty", "rodziny Anny"]


def test_the_same_list_again_whatever_the_copy_is_called_changes_nothing(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK + LIS, "Rodziny Anny.xlsx")
    again = read_in(maria, WILK + LIS + ZUK[:0], "rodziny_anny (kopia).xlsx")
    assert (again.list_name, fates(again)) == ("Rodziny Anny", {"known": 2})
    assert Family.objects.system().count() == 2


def test_a_corrected_file_of_the_list_brings_in_what_was_left_out_and_only_that(cast) -> None:
    maria = cast.actor("maria")
    wrong = [WILK[0], ["", "Wilk Jan", "44051401358", "", "syn", "", ""], *LIS]
    assert fates(read_in(maria, wrong, "Rodziny Anny.xlsx")) == {"new": 1, "blocked": 1}
    assert fates(read_in(maria, WILK + LIS, "Rodziny Anny poprawione.xlsx")) == {"known": 1, "new": 1}
    assert (Family.objects.system().count(), Person.objects.system().count()) == (2, 3)


def test_another_list_under_the_same_name_is_told_and_nothing_is_mixed(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK, "rodziny.xlsx")
    mistaken = tried(maria, ZUK, "rodziny.xlsx")
    assert fates(mistaken) == {"changed": 1}
    assert "inną rodzinę" in remarks(mistaken)[0].reason
    assert fates(map_columns(
        maria, mistaken, columns=mistaken.mapping["columns"], last_first=True, on=ON, list_name="rodziny Beaty"
    )) == {"new": 1}  # fmt: skip


def test_the_same_household_in_another_list_is_not_made_twice(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK + LIS, "rodziny Anny.xlsx")
    anna = ["77", "Wilk Anna", MOTHER, "", "matka", "", "ul. Leśna 3, 99-001 Dębowo"]
    renumbered = [anna, ["", "Wilk Ola", "", "3.04.2019", "córka", "", ""], *LIS]
    other = read_in(maria, renumbered, "zupełnie inny wykaz.xlsx")
    assert fates(other) == {"here": 2}
    assert "„Wilk” z wykazu „rodziny Anny”" in remarks(other)[0].reason
    assert not remarks(other)[0].blocking
    assert (Family.objects.system().count(), Person.objects.system().count()) == (2, 3)


def test_a_family_typed_by_hand_is_not_repeated(cast) -> None:
    father = make_person(cast.institution, "Adam", "Żuk", pesel=FATHER, sex="M", born_on=date(1986, 7, 8))
    family = make_family(cast.institution, "Żukowie")
    from gniazdo.access.actions import system_act
    from gniazdo.people.models import Membership

    with system_act("test"):
        Membership(
            institution=cast.institution, family=family, person=father, role="PARENT", since=date(2026, 1, 1)
        ).save()
    run = read_in(cast.actor("maria"), ZUK, "rodziny.xlsx")
    assert fates(run) == {"here": 1}
    assert "„Żukowie” wpisanej ręcznie" in remarks(run)[0].reason


def test_a_child_of_parted_parents_may_be_in_two_lists(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK, "rodziny Anny.xlsx")
    other = read_in(maria, [*ZUK, ["", "Wilk Jan", SON, "", "syn", "", ""]], "rodziny Beaty.xlsx")
    assert fates(other) == {"new": 1}
    assert Person.objects.system().filter(pesel=SON).count() == 1
    assert Family.objects.system().count() == 2


def test_a_father_of_two_households_of_one_list_is_one_person_and_stays_so(cast) -> None:
    maria = cast.actor("maria")
    second = [["2", *LIS[0][1:]], ["", "Żuk Adam", FATHER, "", "ojciec", "", ""]]
    assert fates(read_in(maria, ZUK + second, "rodziny.xlsx")) == {"new": 2}
    assert fates(read_in(maria, ZUK + second, "rodziny.xlsx")) == {"known": 2}
    assert (Family.objects.system().count(), Person.objects.system().count()) == (2, 2)


def test_two_workers_who_read_one_list_at_once_make_each_family_once(cast) -> None:
    maria = cast.actor("maria")
    one, two = tried(maria, WILK + LIS, "rodziny.xlsx"), tried(maria, WILK + LIS, "rodziny.xlsx")
    from gniazdo.exchange import actions

    forecast = list(actions.outlooks(two, actions.drafts_of(two, on=ON), on=ON))
    assert [o.fate for o in forecast] == ["new", "new"]
    carry_out(maria, one, on=ON)
    with pytest.MonkeyPatch.context() as patch:  # the second worked it out before the first began
        patch.setattr(actions, "outlooks", lambda *a, **k: iter(forecast))
        done = carry_out(maria, two, on=ON)
    assert (done.state, done.problems) == ("DONE", [])
    assert (Family.objects.system().count(), Person.objects.system().count()) == (2, 3)
