"""Rows gathered with their owner are the rows the ORM gives, field by field."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import OuterRef

from gniazdo.access.actions import system_act
from gniazdo.orgs.models import Institution, ParameterValue, Post, RoleGrant
from gniazdo.orgs.tests.factories import Cast
from gniazdo.platform.models import gathered, taken


def values(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def test_days_moments_and_ids(cast: Cast) -> None:
    """Of each owner only its own; of an owner without rows none."""
    with system_act("test"):
        RoleGrant(
            institution=cast.institution,
            post=cast.anna,
            role="specialist",
            since=date(2025, 1, 1),
            until=date(2026, 1, 1),
        ).save()
    rows = gathered(RoleGrant.objects.system().filter(post_id=OuterRef("pk")), "post_id")
    for post in Post.objects.system().annotate(grants=rows).order_by("pk"):
        found = sorted(taken(RoleGrant, post.grants), key=lambda g: g.pk)
        assert [values(g) for g in found] == [
            values(g) for g in RoleGrant.objects.system().filter(post=post).order_by("pk")
        ]
        assert not any(g.changed_fields() for g in found)
    with system_act("test"):
        RoleGrant.objects.system().filter(post=cast.anna).delete()
    alone = Post.objects.system().annotate(grants=rows).get(pk=cast.anna.pk)
    assert taken(RoleGrant, alone.grants) == []


@pytest.mark.parametrize("value", [7, True, ["a", "ą"], {"x": None}, 'słowo "w cudzysłowie"'])
def test_json(cast: Cast, value) -> None:
    with system_act("test"):
        ParameterValue(institution=cast.institution, code="cases.test", value=value, since=date(2025, 1, 1)).save()
    rows = gathered(ParameterValue.objects.system().filter(institution_id=OuterRef("pk")), "institution_id")
    here = Institution.objects.system().annotate(settings=rows).get(pk=cast.institution.pk)
    assert [values(p) for p in taken(ParameterValue, here.settings)] == [
        values(p) for p in ParameterValue.objects.system().filter(institution=cast.institution)
    ]
