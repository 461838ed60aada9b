"""Compiled queries give what the ORM gives, for any values and any length of lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import F

from gniazdo.access.queries import visible
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post, RoleGrant
from gniazdo.orgs.tests.factories import Cast, actor_of
from gniazdo.platform.models import Prepared


def _query(posts, role, on, made_before):
    rows = RoleGrant.objects.system().filter(post_id__in=posts, since__lte=on, created_at__lt=made_before)
    return rows.exclude(role=role).values_list("post_id", "since", "role", "institution_id").order_by("id")


@pytest.mark.parametrize("count", [0, 1, 3, 50, 600])
def test_the_same_rows_as_the_orm(cast: Cast, count: int) -> None:
    """Several times over, with other values each time."""
    everyone = list(RoleGrant.objects.system().order_by("id").values_list("post_id", flat=True))
    posts = (everyone * 600)[:count]
    asked = Prepared(_query)
    for role in ("assistant", "manager", "nobody"):
        for on in (date(2019, 1, 1), date(2026, 1, 1)):
            values = {"posts": posts, "role": role, "on": on, "made_before": clock.now() + timedelta(days=9)}
            assert asked.rows(**values) == list(_query(**values))


@pytest.mark.parametrize("count", [1, 3, 600])
def test_several_counts_are_one_question(cast: Cast, django_assert_num_queries, count: int) -> None:
    """An argument no row can match counts nothing and keeps its place."""
    everyone = list(RoleGrant.objects.system().order_by("id").values_list("post_id", flat=True))
    asked, later = Prepared(_query), {"on": date(2026, 1, 1), "made_before": clock.now() + timedelta(days=9)}
    wanted = [
        {"posts": posts, "role": role, **later}
        for posts in ((everyone * 600)[:count], [], everyone[:2])
        for role in ("assistant", "nobody")
    ]
    expected = [len(_query(**values)) for values in wanted]
    assert len(set(expected)) > 1
    assert asked.counts(*wanted) == expected
    if count < 600:
        with django_assert_num_queries(1):
            asked.counts(*wanted)


def test_what_it_cannot_fill_in_is_refused(cast: Cast) -> None:
    """A number could be mistaken for a constant of the query."""
    asked = Prepared(lambda n: RoleGrant.objects.system().filter(rev=n).values_list("pk"))
    with pytest.raises(TypeError):
        asked.rows(n=3)


def _seen(actor, on, mine):
    rows = visible(actor, "orgs.staff.view", Post.objects.system().filter(since__lte=on))
    return (rows.filter(pk__in=actor.post_ids) if mine else rows).values_list("pk").order_by("pk")


def test_what_an_actor_sees_is_compiled_once_for_each_form(cast: Cast) -> None:
    """A manager sees the staff, assistants of either institution share the plan that shows nothing."""
    asked, on = Prepared(_seen), clock.today()
    everyone = [actor_of(post, on=on) for post in (cast.maria, cast.anna, cast.olga, cast.adam)]
    for _turn in range(2):
        for who in everyone:
            for mine in (True, False):
                assert asked.rows(actor=who, on=on, mine=mine) == list(_seen(who, on, mine))
    assert len(asked._plans) == 4


def _grants(posts, on):
    rows = (
        RoleGrant.objects.system().filter(post_id__in=posts, since__lte=on).select_related("post__user", "post__team")
    )
    return rows.annotate(of=F("post__title")).order_by("id")


def test_records_come_with_what_is_related_and_annotated(cast: Cast, django_assert_num_queries) -> None:
    """The same records as the ORM's, saved state and all, by one query."""
    asked, on = Prepared(_grants), clock.today()
    posts = [cast.anna.pk, cast.maria.pk, cast.lena.pk]
    for _turn in range(2):
        with django_assert_num_queries(1):
            found = asked.records(posts=posts, on=on)
            seen = [(r.pk, r.post.user.full_name, r.post.team and r.post.team.name, r.of, r.role) for r in found]
        expected = list(_grants(posts, on))
        assert found == expected
        assert seen == [(r.pk, r.post.user.full_name, r.post.team and r.post.team.name, r.of, r.role) for r in expected]
        assert not found[0].changed_fields()
        assert not found[0]._state.adding
    assert asked.records(posts=[], on=on) == []
    assert asked.records(posts=posts * 300, on=on) == expected
