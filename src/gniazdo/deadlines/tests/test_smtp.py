"""The daily letter through a real mail server: what it carries, and what happens when the server refuses or is away."""

from __future__ import annotations

import email
import email.policy
import gc
import smtplib
import socket
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.deadlines import tasks
from gniazdo.deadlines.models import ReminderSent
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.orgs.models import Notice, RoleGrant
from gniazdo.people.models import Membership
from gniazdo.people.tests.factories import make_family

START, TODAY = date(2026, 5, 4), date(2026, 11, 18)
# The mail server leaves the sockets of hung-up clients to the garbage collector; the fixture calls it while that is allowed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # the loopback of this machine
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LOGIN, PASSWORD = "gniazdo", "poczta-jednostki"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Postman:
    """Keeps what it was handed; may know no addressee."""

    def __init__(self):
        self.letters, self.knows_nobody = [], False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.knows_nobody:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 OK"


def only_ours(server, session, envelope, mechanism, told):
    good = told.login == LOGIN.encode() and told.password == PASSWORD.encode()
    return AuthResult(success=good, handled=good)


@pytest.fixture
def postman(monkeypatch):
    kept, clients = Postman(), []

    class Client(smtplib.SMTP):
        """The real one; remembered, since after a refused log-in nobody hangs up before it is collected."""

        def __init__(self, *told, **named):
            clients.append(self)
            super().__init__(*told, **named)

    monkeypatch.setattr(smtplib, "SMTP", Client)
    server = Controller(
        kept,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=only_ours,
        auth_required=True,
        auth_require_tls=False,
    )
    server.start()
    kept.server, kept.port = server, server.port
    yield kept
    for client in clients:
        client.close()
    if server.server is not None and server.loop.is_running():
        server.stop()
    gc.collect()


@pytest.fixture
def walk(cast):
    return Walk(make_family(cast.institution, "Tajni"), START).to_active(cast.anna, cast.piotr, START)


@pytest.fixture
def planned(monkeypatch):
    found = []
    monkeypatch.setattr(
        tasks.remind.__class__, "enqueue", lambda self, **kwargs: found.append((self.run_after, kwargs))
    )
    return found


def by(settings, port, password=PASSWORD):
    told = {"host": "127.0.0.1", "port": port, "username": LOGIN, "password": password, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": told}}


def send(cast):
    return tasks.remind.call(post_id=str(cast.anna.pk), day=TODAY.isoformat())


def test_the_letter_arrives_and_carries_marks_and_days_only(cast, walk, postman, settings, planned):
    by(settings, postman.port)
    assert send(cast)
    assert planned == []
    (envelope,) = postman.letters
    assert envelope.rcpt_tos == [cast.anna.user.email]
    letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
    text = letter.get_content()
    assert walk.case.case_mark in text
    whole = text + str(letter["subject"]) + str(list(letter.items()))
    people = [m.person for m in Membership.objects.system().filter(family=walk.case.family).select_related("person")]
    said = {"Tajni", *(p.first_name for p in people), *(p.pesel for p in people if p.pesel)}
    assert people
    assert not [word for word in said if word in whole]
    assert not letter.is_multipart()


@pytest.mark.parametrize("fault", ["wrong password", "server down"])
def test_an_unsent_letter_is_not_noted_and_is_tried_again(cast, walk, postman, settings, planned, fault):
    by(settings, postman.port, "nie-to-haslo" if fault == "wrong password" else PASSWORD)
    if fault == "server down":
        postman.server.stop()
    assert send(cast) is False
    assert postman.letters == []
    assert not ReminderSent.objects.system().exists()
    ((later, again),) = planned
    assert later is not None
    assert again == {"post_id": str(cast.anna.pk), "day": TODAY.isoformat(), "attempt": 2}


def test_after_the_last_attempt_the_job_fails_loudly(cast, walk, postman, settings, planned):
    by(settings, postman.port, "nie-to-haslo")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        tasks.remind.call(post_id=str(cast.anna.pk), day=TODAY.isoformat(), attempt=5)
    assert planned == []


def titles(post):
    return list(Notice.objects.system().filter(post=post).order_by("pk").values_list("title", flat=True))


def give_up(post):
    with pytest.raises(smtplib.SMTPException) as raised:
        tasks.remind.call(post_id=str(post.pk), day=TODAY.isoformat(), attempt=5)
    return raised.value


def test_given_up_the_worker_and_the_administrator_are_told_in_the_application(cast, walk, postman, settings, planned):
    by(settings, postman.port, "nie-to-haslo")
    assert send(cast) is False
    assert not Notice.objects.system().exists(), "told before the last attempt"
    give_up(cast.anna)
    assert titles(cast.anna) == ["Nie udało się wysłać listu o terminach z 18.11.2026. Zajrzyj na listę terminów."]
    (said,) = titles(cast.artur)
    assert said.startswith("Listy o terminach z 18.11.2026 nie wyszły mimo ponawiania: SMTPAuthenticationError 535.")
    assert "GNIAZDO_SMTP" in said
    told = Notice.objects.system().order_by("pk")
    assert {n.post_id for n in told} == {cast.anna.pk, cast.artur.pk}
    assert not any(word in n.title for n in told for word in ("Tajni", walk.case.case_mark))
    assert {n.post_id: n.url for n in told} == {cast.anna.pk: reverse("deadlines:board"), cast.artur.pk: ""}
    assert JournalEntry.objects.filter(code="deadlines.reminder.unsent", object_kind="orgs.notice").count() == 2


def test_one_fault_of_the_server_is_one_line_for_the_administrator(cast, walk, postman, settings, planned):
    Walk(make_family(cast.institution, "Drudzy"), START).to_active(cast.adam, cast.piotr, START)
    by(settings, postman.port, "nie-to-haslo")
    for post in (cast.anna, cast.adam, cast.anna):
        give_up(post)
    assert [len(titles(p)) for p in (cast.anna, cast.adam, cast.artur)] == [1, 1, 1]


def test_a_refused_address_is_told_with_whose_it_is(cast, walk, postman, settings, planned):
    by(settings, postman.port)
    postman.knows_nobody = True
    assert isinstance(give_up(cast.anna), smtplib.SMTPRecipientsRefused)
    (said,) = titles(cast.artur)
    assert f"odrzucił adres: {cast.anna.user}" in said
    assert "example.invalid" not in said


def test_without_an_administrator_the_manager_is_told_and_each_in_their_own_language(
    cast, walk, postman, settings, planned
):
    with system_act("test"):
        grant = RoleGrant.objects.system().get(post=cast.artur)
        grant.until = TODAY
        grant.save()
    cast.maria.user.language = "en"
    cast.maria.user.save()
    by(settings, postman.port, "nie-to-haslo")
    give_up(cast.anna)
    assert titles(cast.artur) == []
    assert titles(cast.maria)[0].startswith("Deadline letters of 18.11.2026")
    assert titles(cast.anna)[0].startswith("Nie udało się")


def test_a_fault_in_telling_does_not_hide_the_first_one(cast, walk, postman, settings, planned, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("baza nie odpowiada")

    monkeypatch.setattr(tasks, "tell_unsent", broken)
    by(settings, postman.port, "nie-to-haslo")
    assert isinstance(give_up(cast.anna), smtplib.SMTPAuthenticationError)
    assert "could not be told" in caplog.text


def test_the_second_attempt_sends_it_once(cast, walk, postman, settings, planned):
    by(settings, postman.port, "nie-to-haslo")
    assert send(cast) is False
    by(settings, postman.port)
    assert tasks.remind.call(**planned[0][1])
    assert tasks.remind.call(**planned[0][1]) is False
    assert len(postman.letters) == 1
