"""The first step on an empty server."""

from __future__ import annotations

import re

import pytest

from gniazdo.conf import cli
from gniazdo.orgs.models import Institution, User

NEW = ("--name", "Ośrodek Pomocy Społecznej w Nowym", "--short-name", "OPS Nowe", "--town", "Nowe")
MANAGER, ADMINISTRATOR = ("--manager", "ewa.k Ewa Kierownicza"), ("--administrator", "jan.t Jan Maria Techniczny")


def found(*arguments: str) -> int:
    try:
        cli.app(["found", *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_it_makes_an_institution_with_two_accounts_that_can_sign_in(db, capsys):
    assert found("--kind", "OPS", "--teryt", "9901022", *NEW, *MANAGER, *ADMINISTRATOR) == 0
    assert Institution.objects.system().get().short_name == "OPS Nowe"
    told = capsys.readouterr().out
    for login in ("ewa.k", "jan.t"):
        password = re.findall(rf"{login}, pierwsze hasło (\S+)", told)
        assert User.objects.get(login=login).check_password(password[0])
    assert User.objects.get(login="jan.t").last_name == "Maria Techniczny"


@pytest.mark.parametrize(
    ("kind", "teryt", "manager", "said"),
    [
        ("OPS", "12", MANAGER, "TERYT"),
        ("MOPS", "9901022", MANAGER, "Nie ma rodzaju „MOPS”. Jest: OPS (ośrodek pomocy społecznej)"),
        ("OPS", "9901022", ("--manager", "ewa"), "podaj login, imię i nazwisko"),
        ("OPS", "9901022", ("--manager", "jan.t Jan Techniczny"), "już zajęty"),
    ],
)
def test_what_is_wrong_is_said_and_leaves_nothing(db, capsys, kind, teryt, manager, said):
    assert found("--kind", kind, "--teryt", teryt, *NEW, *manager, *ADMINISTRATOR) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not Institution.objects.system().exists()
    assert not User.objects.exists()
