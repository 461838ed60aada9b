"""The demo county whole: the lived history of exchange and, from its neighbour reports, the copies of reports as sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gniazdo.exchange.library.demo import build
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for
from gniazdo.reports.actions import freeze_report
from gniazdo.reports.queries import REPORTS
from gniazdo.reports.rules import last_full, period_of


def build_county(
    *, families: int, progress: Callable[[int, int], None] = lambda n, total: None, today: date | None = None
) -> None:
    """Build the demo county and freeze its last two reports of each kind."""
    today = today or clock.today()
    build(families=families, progress=progress, today=today)
    heads = Post.objects.system().filter(role_grants__role="manager", institution__kind="OPS", user__is_demo=True)
    for head in heads.select_related("user").order_by("pk"):
        freeze_last(head, today=today)


def freeze_last(head: Post, *, today: date) -> None:
    """The last two periods of every report as the head sent them, three weeks after each ended."""
    for report in REPORTS.values():
        year, number = last_full(report.kind, on=today)
        before = last_full(report.kind, on=period_of(report.kind, year, number).since)
        for y, n in (before, (year, number)):
            end = period_of(report.kind, y, n).until
            assert end is not None
            sent = min(end + timedelta(days=20), today)
            with clock.stopped(clock.moment(sent, 12)):
                actor = actor_for(head.user, on=sent, post_id=head.pk)
                assert actor is not None
                note = "Wysłano w systemie statystycznym."
                freeze_report(actor, None, report=report, year=y, number=n, note=note)
