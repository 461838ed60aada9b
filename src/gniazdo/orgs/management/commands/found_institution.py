"""Enters a new institution with its first manager and administrator: the first step on an empty server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gniazdo.access.rules import Refusal
from gniazdo.kernel import clock
from gniazdo.orgs.actions import create_account, found_institution
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import system_actor
from gniazdo.orgs.vocab import INSTITUTION_KINDS


class Command(BaseCommand):
    help = "Zakłada instytucję z kontem kierownika i administratora; hasła pokazuje raz."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, choices=sorted(INSTITUTION_KINDS.codes()))
        parser.add_argument("--name", required=True)
        parser.add_argument("--short-name", required=True)
        parser.add_argument("--teryt", required=True)
        parser.add_argument("--town", required=True)
        parser.add_argument("--manager", required=True, help="login:Imię:Nazwisko")
        parser.add_argument("--administrator", required=True, help="login:Imię:Nazwisko")

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        institution = Institution(
            kind=options["kind"], name=options["name"], short_name=options["short_name"], teryt=options["teryt"],
            town=options["town"],
        )  # fmt: skip
        actor = system_actor(institution)
        try:
            with transaction.atomic():
                found_institution(actor, institution, on=today)
                for role, title in (("manager", "kierownik jednostki"), ("administrator", "administrator")):
                    login, first, last = ([*options[role].split(":"), "", ""])[:3]
                    made = create_account(
                        actor, None, login=login, first_name=first, last_name=last, role=role, title=title,
                        contract="EMPLOYMENT", since=today, authorised_on=today, secrecy_signed_on=today,
                    )  # fmt: skip
                    self.stdout.write(f"{title}: login {made.post.user.login}, pierwsze hasło {made.password}")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
