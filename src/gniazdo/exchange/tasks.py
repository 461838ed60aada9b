"""Background job of the import: families of a mapped file, one after another."""

from __future__ import annotations

from uuid import UUID

from django.tasks import task

from gniazdo.exchange.actions import carry_out, note_progress
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.rules.reading import Unreadable
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for


@task
def read_in(run_id: str, post_id: str) -> int:
    """Read the file in as that post; how many families were looked at. What stops it is told on the run's screen."""
    today = clock.today()
    run = ImportRun.objects.system().get(pk=UUID(run_id))
    post = Post.objects.system().select_related("user").get(pk=UUID(post_id))
    actor = actor_for(post.user, on=today, post_id=post.pk)
    if actor is None or run.state == "DONE":
        return 0
    try:
        return carry_out(actor, run, on=today).done
    except Unreadable as error:
        note_progress(actor, run, state="FAILED", done=run.done, trouble=str(error))
    except Exception:
        note_progress(
            actor, run, state="FAILED", done=run.done,
            trouble="Wczytywanie przerwał błąd programu. Rodziny już wczytane zostają; możesz wczytywać dalej.",
        )  # fmt: skip
        raise
    return 0
