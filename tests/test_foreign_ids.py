"""Every form of every role, sent back with an id of another institution in each field that carries one: nothing takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import models, transaction
from lxml import html
from test_outsider import addresses, arguments_of, filled, signed_in
from tree import told
from world import make_world

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.models import CaseFile
from gniazdo.cases.tests.factories import make_case
from gniazdo.orgs.models import Owned, Post, Team, User
from gniazdo.people.models import Family, Membership, Person
from gniazdo.people.tests.factories import make_family

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
THERE = "Zamiejscowi"
ROLES = ("anna", "maria", "sonia", "lena", "daria")


def strangers(cast) -> dict[type[models.Model], UUID]:
    """One record of the other institution for each kind that forms name."""
    family = make_family(cast.other, THERE)
    case = make_case(family, ASSISTANCE, on=cast.today, assistant=cast.olga, state="ACTIVE")
    member = Membership.objects.system().filter(family=family).order_by("id")[0]
    return {
        Family: family.pk, Person: member.person_id, Membership: member.pk, CaseFile: case.pk, Post: cast.olga.pk,
        User: cast.olga.user_id,
    }  # fmt: skip


def as_uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def model_of(pk: UUID, known: dict[UUID, type[models.Model] | None]) -> type[models.Model] | None:
    if pk not in known:
        kinds = (Family, Person, Membership, CaseFile, Post, Team, User)
        known[pk] = next((k for k in kinds if k._base_manager.filter(pk=pk).exists()), None)
    return known[pk]


def sent(form: html.FormElement) -> dict[str, object]:
    """What the form would send, with something plausible where it asks for more."""
    data: dict[str, object] = {}
    for control in form.inputs:
        name, kind = control.name, control.get("type", control.tag)
        if not name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if control.get("checked") is not None or (control.get("required") is not None and name not in data):
                data[name] = control.get("value", "on")
            continue
        value = control.value
        if control.tag == "select":
            options = [o for o in control.value_options if o]
            data[name] = value if isinstance(value, str) and value else (options[0] if options else "")
            continue
        plain = {"date": "2026-11-18", "time": "10:00", "number": "1", "email": "a@b.pl", "month": "2026-11"}
        data[name] = value or plain.get(kind, "Próba")
    return data


def carriers(form: html.FormElement) -> Iterator[tuple[str, UUID]]:
    """(field, an id it offers) for each field that carries ids."""
    seen = set()
    for control in form.inputs:
        offered = control.value_options if control.tag == "select" else [control.get("value")]
        for value in offered:
            pk = as_uuid(value)
            if pk and control.name and control.name not in seen:
                seen.add(control.name)
                yield control.name, pk


def taken(cast, foreign: dict[type[models.Model], UUID]) -> list[str]:
    """Columns of our institution's records that point at a stranger."""
    ids = set(foreign.values())
    found = []
    for model in apps.get_models():
        if not issubclass(model, Owned) or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.name in ("institution", "id") or not isinstance(field, models.ForeignKey | models.UUIDField):
                continue
            rows = model._base_manager.filter(institution=cast.institution, **{f"{field.attname}__in": ids})
            if rows.exists():
                found.append(f"{model.__name__}.{field.name}")
    return found


def neighbours(cast) -> dict[type[models.Model], UUID]:
    """The same of our own institution, of a family that an assistant has nothing to do with."""
    family = make_family(cast.institution, THERE)
    case = make_case(family, ASSISTANCE, on=cast.today, assistant=cast.adam, state="ACTIVE")
    member = Membership.objects.system().filter(family=family).order_by("id")[0]
    return {Family: family.pk, Person: member.person_id, Membership: member.pk, CaseFile: case.pk}


def fields_with_ids(cast, world, who, kinds):
    """(client, address, form, field, its kind, an id it offers) of every field of every form that carries an id of these kinds."""
    client, known = signed_in(getattr(cast, who)), {}
    for route, _pattern in addresses():
        values = {n: world.argument(n, route) for n in arguments_of(route)}
        if None in values.values():
            continue
        url = filled(route, values)
        response = client.get(url)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html") or not response.content:
            continue
        for form in html.fromstring(response.content.decode()).forms:
            if (form.method or "get").lower() != "post":
                continue
            for name, pk in carriers(form):
                kind = model_of(pk, known)
                if kind in kinds:
                    yield client, form.action or url, form, name, kind, pk


def as_said(answer, pk: object) -> str:
    """What the answer says, without what differs in every answer."""
    text = answer.content.decode(errors="ignore").replace(str(pk), "ID")
    return re.sub(r'value="[\w-]{30,}"|csrf[^>]*', "", text)


def sent_back(client, url, form, name, pk):
    """The form's answer when the field carries this id, and what the journal says of it; nothing stays."""
    with transaction.atomic():
        answer = client.post(url, {**sent(form), name: str(pk)})
        lines = list(JournalEntry.objects.filter(outcome="refused", object_id=pk))
        transaction.set_rollback(True)
    return answer, lines


@pytest.mark.parametrize("who", ROLES)
def test_no_field_takes_an_id_of_another_institution(cast, who):
    world, foreign = make_world(cast), strangers(cast)
    wrong, tried, taken_own = [], 0, 0
    for client, url, form, name, kind, pk in fields_with_ids(cast, world, who, foreign):
        tried += 1
        if sent_back(client, url, form, name, pk)[0].status_code == 302:  # the same with the id it offers
            taken_own += 1
            client.get("/powiadomienia/")  # reads the word of success away
        with transaction.atomic():
            answer = client.post(url, {**sent(form), name: str(foreign[kind])})
            bad = taken(cast, foreign)
            traced = JournalEntry.objects.filter(outcome="refused", object_id=foreign[kind])
            told_of = {(e.institution_id, e.subject_id) for e in traced}
            transaction.set_rollback(True)
        invented = uuid4()
        other, lines = sent_back(client, url, form, name, invented)
        where = f"{who} {url} {name} ({kind.__name__})"
        if bad or answer.status_code >= 500 or THERE in answer.content.decode(errors="ignore"):
            wrong.append(f"{where}: {answer.status_code} {bad}")
        if told_of != {(cast.institution.pk, None)}:
            wrong.append(f"{where}: {answer.status_code}, the journal says {told_of}")
        if answer.status_code == 200 and as_said(answer, foreign[kind]) != as_said(other, invented):
            wrong.append(f"{where}: says something else of an id that exists nowhere")
        if lines and other.status_code != 404:
            wrong.append(f"{where}: an id that exists nowhere is journalled")
    assert not wrong, told(wrong)
    assert tried
    assert taken_own or who != "maria", "no form was good enough to be taken with our own ids: the test proves nothing"


def test_no_field_takes_an_id_of_a_family_one_does_not_work_with(cast):
    world, foreign = make_world(cast), neighbours(cast)
    wrong, tried = [], 0
    for client, url, form, name, kind, _pk in fields_with_ids(cast, world, "anna", foreign):
        tried += 1
        answer, lines = sent_back(client, url, form, name, foreign[kind])
        if answer.status_code in (302, 500) or THERE in answer.content.decode(errors="ignore") or not lines:
            wrong.append(f"{url} {name} ({kind.__name__}): {answer.status_code}, {len(lines)} lines")
    assert not wrong, told(wrong)
    assert tried > 3
