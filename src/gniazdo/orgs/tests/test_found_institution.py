"""The first step on an empty server."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from gniazdo.orgs.models import Institution, User

NEW = ("--kind", "OPS", "--name", "Ośrodek Pomocy Społecznej w Nowym", "--short-name", "OPS Nowe", "--town", "Nowe")
PEOPLE = ("--manager", "ewa.k:Ewa:Kierownicza", "--administrator", "jan.t:Jan:Techniczny")


def test_it_makes_an_institution_with_two_accounts_that_can_sign_in(db):
    out = io.StringIO()
    call_command("found_institution", *NEW, "--teryt", "9901022", *PEOPLE, stdout=out)
    assert Institution.objects.system().get().short_name == "OPS Nowe"
    password = out.getvalue().splitlines()[0].rsplit(" ", 1)[1]
    assert User.objects.get(login="ewa.k").check_password(password)


def test_a_wrong_teryt_leaves_nothing(db):
    with pytest.raises(CommandError, match="TERYT"):
        call_command("found_institution", *NEW, "--teryt", "12", *PEOPLE, stdout=io.StringIO())
    assert not Institution.objects.system().exists()
