"""Background jobs of the import: reading a mapped file in, going on after a killed worker, forgetting abandoned files."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from crontask import cron
from django.tasks import task

from gniazdo.exchange.actions import carry_out, forget_file, note_progress
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.queries import days_kept
from gniazdo.exchange.rules.unpacking import Unreadable
from gniazdo.kernel import clock
from gniazdo.kernel.legal import Sentence
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for, system_actor

STALLED = timedelta(minutes=10)
GONE = Sentence("Osoba, która rozpoczęła wczytywanie, nie ma już dostępu. Kto ma prawo, może wczytywać dalej.")


@task
def read_in(run_id: str, post_id: str) -> int:
    """Read the file in as that post; how many families were looked at. What stops it is told on the run's screen."""
    today = clock.today()
    run = ImportRun.objects.system().get(pk=UUID(run_id))
    post = Post.objects.system().select_related("user").get(pk=UUID(post_id))
    actor = actor_for(post.user, on=today, post_id=post.pk)
    if run.state == "DONE":
        return 0
    if actor is None:
        # Whoever began it has left: nobody's rights are left to read it in with, and it must not be planned again for ever.
        note_progress(system_actor(run.institution), run, state="FAILED", done=run.done, trouble=GONE)
        return 0
    try:
        return carry_out(actor, run, on=today).done
    except Unreadable as error:
        note_progress(actor, run, state="FAILED", done=run.done, trouble=error.sentence)
    except Exception:
        note_progress(
            actor, run, state="FAILED", done=run.done,
            trouble=Sentence("Wczytywanie przerwał błąd programu. Rodziny już wczytane zostają; możesz wczytywać dalej."),
        )  # fmt: skip
        raise
    return 0


@cron("*/10 * * * *")  # type: ignore[untyped-decorator]
@task
def resume_stalled() -> int:
    """Plan again every import that stopped saying how far it is: its worker was killed. Families already in stay as they are."""
    stalled = ImportRun.objects.system().filter(state="RUNNING", moved_at__lt=clock.now() - STALLED).defer("content")
    again = list(stalled.select_related("institution").order_by("pk")[:20])
    for run in again:
        note_progress(system_actor(run.institution), run, state="RUNNING", done=run.done)
        read_in.enqueue(run_id=str(run.pk), post_id=str(run.by_id))
    return len(again)


@cron("10 3 * * *")  # type: ignore[untyped-decorator]
@task
def forget_abandoned() -> int:
    """Throw away files that nobody read to the end for as many days as their institution keeps them (`exchange.kept_days`)."""
    waiting = ImportRun.objects.system().filter(content__isnull=False).exclude(state="RUNNING").order_by("pk")
    forgotten = 0
    for institution_id in waiting.order_by().values_list("institution_id", flat=True).distinct():
        days = days_kept(institution_id, on=clock.today())
        why = Sentence(
            "Pliku nie wczytano do końca przez %(n)s dni, więc został usunięty. Wczytaj go od nowa.", {"n": days}
        )
        old = waiting.filter(institution_id=institution_id, created_at__lt=clock.now() - timedelta(days=days))
        for run in old.select_related("institution").defer("content")[:500]:
            forget_file(system_actor(run.institution), run, why=why)
            forgotten += 1
    return forgotten
