"""The import through the real verbs: whole families or nothing, once, by managers, going on after a stop."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.exchange import actions
from gniazdo.exchange.actions import begin_import, carry_out, map_columns, start_import
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.exchange.models import ImportedFamily, ImportMapping, ImportRun
from gniazdo.exchange.queries import import_run
from gniazdo.orgs.queries import system_actor
from gniazdo.people.models import Address, Contact, Family, Membership, Person
from gniazdo.people.tests.factories import make_person

ON = date(2026, 11, 18)
MOTHER, SON = pesel(date(1990, 5, 4), "F", 11), pesel(date(2015, 3, 2), "M", 12)
HEADER = ["Nr rodziny", "Nazwisko i imię", "PESEL", "Data urodzenia", "Rola", "Telefon", "Adres"]
WILK = [
    ["1", "WILK Anna", MOTHER, "", "matka", "501 200 300", "ul. Leśna 3, 99-001 Dębowo"],
    ["", "Wilk Jan", int(SON), "2.03.2015", "syn", "", ""],
]
LIS = [["2", "Lis Ewa", "", "1.05.1988", "matka", "", "Polna 1, 99-001 Dębowo"]]


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in [HEADER, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mapped(actor, rows, **more) -> ImportRun:
    run = start_import(actor, None, file_name="rodziny.xlsx", content=workbook(rows))
    return map_columns(actor, run, columns=run.mapping["columns"], last_first=True, on=ON, **more)


def read_in(actor, rows) -> ImportRun:
    return carry_out(actor, mapped(actor, rows), on=ON)


def test_a_household_comes_in_whole(cast) -> None:
    run = read_in(cast.actor("maria"), WILK + LIS)
    assert (run.state, run.done, run.problems, run.content) == ("DONE", 2, [], None)
    family = Family.objects.system().get(name="Wilk")
    roles = (
        Membership.objects.system()
        .filter(family=family)
        .order_by("person__born_on")
        .values_list("person__first_name", "role")
    )
    assert list(roles) == [("Anna", "PARENT"), ("Jan", "CHILD")]
    assert Person.objects.system().get(pesel=SON).born_on == date(2015, 3, 2)
    address = Address.objects.system().get(family=family)
    assert (address.street, address.postal_code, address.town) == ("ul. Leśna 3", "99-001", "Dębowo")
    assert Contact.objects.system().get(person__pesel=MOTHER).digits == "501200300"


def test_the_dry_run_writes_nothing(cast) -> None:
    run = mapped(cast.actor("maria"), WILK + LIS)
    assert run.counts == {"new": 2, "known": 0, "changed": 0, "here": 0, "blocked": 0, "people": 3}
    assert not Family.objects.system().exists()


def test_a_second_run_changes_nothing(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, WILK + LIS)
    again = read_in(maria, WILK + LIS)
    assert again.counts["known"] == 2
    assert again.counts["new"] == 0
    assert (Family.objects.system().count(), Person.objects.system().count()) == (2, 3)


def test_a_changed_family_is_told_and_left(cast) -> None:
    maria = cast.actor("maria")
    read_in(maria, LIS)
    again = read_in(maria, [[*LIS[0][:5], "600 600 600", LIS[0][6]]])
    assert again.counts["changed"] == 1
    assert "już wczytana" in again.problems[0]["sentence"]
    assert not Contact.objects.system().exists()


def test_a_person_already_here_by_pesel_is_reused(cast) -> None:
    here = make_person(cast.institution, "Anna", "Wilk", pesel=MOTHER, sex="F", born_on=date(1990, 5, 4))
    run = read_in(cast.actor("maria"), WILK)
    assert run.problems == []
    assert Membership.objects.system().filter(person=here, family__name="Wilk").exists()
    assert Person.objects.system().count() == 2


def test_a_namesake_without_pesel_is_refused_into_the_error_file(cast) -> None:
    make_person(cast.institution, "Ewa", "Lis", sex="F", born_on=date(1988, 5, 1))
    run = read_in(cast.actor("maria"), WILK + LIS)
    assert [p["row"] for p in run.problems] == [4]
    assert "jest już w systemie" in run.problems[0]["sentence"]
    assert not Family.objects.system().filter(name="Lis").exists()
    assert Family.objects.system().filter(name="Wilk").exists()


def test_namesakes_within_one_file_are_refused_by_the_verb(cast) -> None:
    run = read_in(cast.actor("maria"), [*LIS, ["3", *LIS[0][1:6], "Inna 5, 99-001 Dębowo"]])
    assert Family.objects.system().count() == 1
    assert run.problems[0]["row"] == 3
    assert "podobnych danych" in run.problems[0]["values"]["text"]


def test_a_child_of_two_families_in_one_file_is_one_person(cast) -> None:
    shared = ["2", "Wilk Jan", SON, "", "syn", "", ""]
    run = read_in(cast.actor("maria"), WILK + LIS + [shared])
    assert run.problems == []
    assert Membership.objects.system().filter(person__pesel=SON).count() == 2
    assert Person.objects.system().filter(pesel=SON).count() == 1


def test_one_wrong_person_keeps_the_whole_family_out(cast) -> None:
    run = read_in(cast.actor("maria"), [WILK[0], ["", "Wilk Jan", "44051401358", "", "syn", "", ""], *LIS])
    assert run.problems[0]["row"] == 3
    assert run.problems[0]["column"] == "PESEL"
    assert list(Family.objects.system().values_list("name", flat=True)) == ["Lis"]


def test_a_repeated_row_is_read_once(cast) -> None:
    run = read_in(cast.actor("maria"), [*WILK, WILK[0]])
    assert Person.objects.system().count() == 2
    assert run.problems[0]["blocking"] is False


def test_a_stopped_run_goes_on(cast, monkeypatch) -> None:
    maria, real = cast.actor("maria"), actions.import_family

    def dies_at_lis(actor, run, *, outlook, on):
        if outlook.draft.name == "Lis":
            raise SystemExit
        return real(actor, run, outlook=outlook, on=on)

    run = mapped(maria, WILK + LIS)
    monkeypatch.setattr(actions, "TOGETHER", 1)
    monkeypatch.setattr(actions, "import_family", dies_at_lis)
    with pytest.raises(SystemExit):
        carry_out(maria, run, on=ON)
    assert Family.objects.system().count() == 1
    monkeypatch.setattr(actions, "import_family", real)
    run = carry_out(maria, begin_import(maria, import_run(maria, run.pk)), on=ON)
    assert run.state == "DONE"
    assert Family.objects.system().count() == 2
    assert ImportedFamily.objects.system().count() == 2


def test_a_family_that_fails_halfway_leaves_nothing(cast, monkeypatch) -> None:
    def breaks(self, **fields):
        raise RuntimeError

    monkeypatch.setattr(actions.ImportedFamily, "save", breaks)
    with pytest.raises(RuntimeError):
        read_in(cast.actor("maria"), WILK)
    assert not Family.objects.system().exists()
    assert not Person.objects.system().exists()


def test_saved_columns_come_back_with_the_next_file(cast) -> None:
    maria = cast.actor("maria")
    columns = dict.fromkeys(["Nazwisko i imię"], "full_name")
    run = start_import(maria, None, file_name="a.xlsx", content=workbook(LIS))
    map_columns(maria, run, columns=columns, last_first=False, on=ON, save_as="Nasz plik")
    assert ImportMapping.objects.system().get().name == "Nasz plik"
    again = start_import(maria, None, file_name="b.xlsx", content=workbook(WILK))
    assert again.mapping == {"columns": columns, "last_first": False}


@pytest.mark.parametrize("who", ["anna", "sonia", "lena", "daria", "artur"])
def test_others_may_not(cast, who) -> None:
    with pytest.raises(NotAllowed):
        start_import(cast.actor(who), None, file_name="a.xlsx", content=workbook(WILK))
    run = mapped(cast.actor("maria"), LIS)
    with pytest.raises(NotAllowed):
        begin_import(cast.actor(who), run)


def test_another_institution_sees_nothing_of_it(cast) -> None:
    run = mapped(cast.actor("maria"), LIS)
    with pytest.raises(NotHere):
        begin_import(cast.actor("olga"), run)
    with pytest.raises(NotHere):
        import_run(system_actor(cast.other), run.pk)


def test_wrong_moments_and_wrong_files_are_refused(cast) -> None:
    maria = cast.actor("maria")
    run = start_import(maria, None, file_name="a.xlsx", content=workbook(LIS))
    with pytest.raises(Refusal, match="Najpierw przypisz"):
        begin_import(maria, run)
    with pytest.raises(Refusal, match="nazwiskiem"):
        map_columns(maria, run, columns={"PESEL": "pesel"}, last_first=True, on=ON)
    with pytest.raises(Refusal, match="tego samego"):
        map_columns(maria, run, columns={"PESEL": "last_name", "Rola": "last_name"}, last_first=True, on=ON)
    done = read_in(maria, LIS)
    with pytest.raises(Refusal, match="już wczytany"):
        begin_import(maria, done)
    with pytest.raises(Refusal, match="25 MB"):
        start_import(maria, None, file_name="a.csv", content=b"a" * (25 * 1024 * 1024 + 1))
    with pytest.raises(Refusal, match="pusty"):
        start_import(maria, None, file_name="a.csv", content=b"  ")


def test_each_family_is_journalled_without_what_the_file_holds(cast) -> None:
    read_in(cast.actor("maria"), WILK)
    entries = JournalEntry.objects.filter(code__startswith="exchange.import")
    assert entries.filter(code="exchange.import.family", user_id=cast.maria.user_id).exists()
    assert MOTHER not in str(list(entries.values_list("changes", flat=True)))
