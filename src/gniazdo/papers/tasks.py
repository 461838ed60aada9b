"""Nightly jobs of the room."""

from __future__ import annotations

from crontask import cron
from django.tasks import task

from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import system_actor
from gniazdo.papers.actions import sweep_files


@cron("50 2 * * *")  # type: ignore[untyped-decorator]
@task
def sweep_unreferenced_files() -> int:
    """Remove files that no record names and that are older than a day, in every institution."""
    gone = 0
    for institution in Institution.objects.system().order_by("pk"):
        gone += sweep_files(system_actor(institution), None, now=clock.now())
    return gone
