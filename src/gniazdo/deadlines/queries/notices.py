"""What a worker has not been told yet in the application: due days inside their warning time, and those that have passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from gniazdo.access.rules import Actor
from gniazdo.deadlines.models import DeadlineRow, DueNotice
from gniazdo.deadlines.queries.board import WARNED, Filters, due_rows
from gniazdo.deadlines.queries.declaring import DEADLINES
from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Post

MOST = 500


@dataclass(frozen=True, slots=True)
class Told:
    """One notice to be given: of which due day, near (SOON) or past (LATE), in what words, leading where."""

    declaration: str
    subject_id: UUID
    due_on: date
    stage: str
    title: str
    url: str


def untold(actor: Actor, *, on: date) -> list[Told]:
    """The worker's rows (own, of those stood in for, of the role) that entered a stage they were not told of. No names."""
    rows = due_rows(actor, on=on, filters=Filters("mine", WARNED))[:MOST]
    known = set(
        DueNotice.objects.system()
        .filter(post_id=actor.post_id)
        .values_list("declaration", "subject_id", "due_on", "stage")
    )
    found = []
    for row in rows:
        deadline = DEADLINES.get(row.declaration)
        if deadline is None:
            continue
        stage = "LATE" if row.due_on < on else "SOON"
        if (row.declaration, row.subject_id, row.due_on, stage) not in known:
            known.add((row.declaration, row.subject_id, row.due_on, stage))
            found.append(_told(row, stage, say(deadline.label)))
    return found


def _told(row: DeadlineRow, stage: str, label: str) -> Told:
    what = f"{label}, {row.case.case_mark}" if row.case else label
    pattern = (
        gettext("Po terminie: %(what)s (%(day)s)") if stage == "LATE" else gettext("Zbliża się: %(what)s, do %(day)s")
    )
    query = f"?rodzina={row.family_id}&dni=365" if row.family_id else ""
    return Told(
        row.declaration, row.subject_id, row.due_on, stage, pattern % {"what": what, "day": f"{row.due_on:%d.%m.%Y}"},
        reverse("deadlines:board") + query,
    )  # fmt: skip


def unsent_title(post: Post, *, on: date, error: str, refused: bool) -> str:
    """That the day's letter to this post did not go out: with the fault for those who mind the server, without it for its reader."""
    told = {"day": f"{on:%d.%m.%Y}", "who": str(post.user), "error": error}
    if not error:
        return gettext("Nie udało się wysłać listu o terminach z %(day)s. Zajrzyj na listę terminów.") % told
    if refused:
        return (
            gettext(
                "Serwer poczty odrzucił adres: %(who)s (list o terminach z %(day)s, %(error)s). Popraw adres e-mail konta."
            )
            % told
        )
    return (
        gettext(
            "Listy o terminach z %(day)s nie wyszły mimo ponawiania: %(error)s. Sprawdź serwer poczty i ustawienie GNIAZDO_SMTP."
        )
        % told
    )
