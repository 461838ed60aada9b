"""Nightly jobs of the room."""

from __future__ import annotations

from crontask import cron
from django.tasks import task

from gniazdo.access.models import JournalEntry
from gniazdo.kernel import clock
from gniazdo.orgs.actions import purge_journal
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import system_actor


@cron("20 2 * * *")  # type: ignore[untyped-decorator]
@task
def purge_old_journal() -> int:
    """Delete journal entries past their period in every institution, and those of no institution after two years."""
    today = clock.today()
    gone = 0
    for institution in Institution.objects.system().order_by("pk"):
        gone += purge_journal(system_actor(institution), institution, on=today)
    edge = today.replace(year=today.year - 2, day=min(today.day, 28))
    gone += JournalEntry.objects.filter(institution_id=None, at__date__lt=edge).delete()[0]
    return gone
