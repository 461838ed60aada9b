"""Verbs of absences and substitutions."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.queries import Guard
from gniazdo.access.rules import Actor, Refusal
from gniazdo.orgs.actions.access import notify
from gniazdo.orgs.models import Absence, Post, Substitution
from gniazdo.orgs.queries import MANAGE, mine
from gniazdo.orgs.vocab import ABSENCE_KINDS

PARTY: Guard = MANAGE | mine


@action("orgs.absence.record", label="Zapisz nieobecność", who=MANAGE)
def record_absence(actor: Actor, obj: Post, *, kind: str, since: date, until: date | None = None) -> Absence:
    """Record when a post does not work (`until` is the first day back). A suspended assistant (uwrspz art. 13) keeps no
    families: the screen then says how many must be given to someone else. Raises Refusal for an overlap or dates out of order.
    """
    if kind not in ABSENCE_KINDS:
        raise Refusal(_("Nie ma takiego rodzaju nieobecności."), field="kind")
    if until is not None and until <= since:
        raise Refusal(_("Koniec nie może być przed początkiem."), field="last_on")
    if until is None and kind != "SUSPENDED":
        raise Refusal(_("Podaj ostatni dzień nieobecności."), field="last_on")
    made = Absence(institution_id=actor.institution_id, post=obj, kind=kind, since=since, until=until)
    made.save()
    return made


@action("orgs.absence.end", label="Zakończ nieobecność", who=MANAGE)
def end_absence(actor: Actor, obj: Absence, *, on: date) -> None:
    """The person is back on `on`. An absence that had not begun is removed."""
    row = lock(obj)
    if on <= row.since:
        row.delete()
        return
    row.until = on
    row.save()


@action("orgs.substitution.start", label="Ustanów zastępstwo", who=MANAGE)
def start_substitution(
    actor: Actor, obj: Post, *, stand_in: Post, since: date, until: date, reason: str = "", handover: str = ""
) -> Substitution:
    """For a period `stand_in` works with the families of the absent post `obj`; their access ends by itself.

    Both are told in the application. Raises Refusal for dates out of order or a stand-in of another institution.
    """
    if stand_in.institution_id != actor.institution_id:
        raise Refusal(_("Nie ma takiego pracownika."), field="stand_in")
    if stand_in.pk == obj.pk or stand_in.user_id == obj.user_id:
        raise Refusal(_("Nikt nie zastępuje samego siebie."), field="stand_in")
    if until <= since:
        raise Refusal(_("Koniec zastępstwa musi być po jego początku."), field="last_on")
    if (stand_in.until and stand_in.until < until) or stand_in.since > since:
        raise Refusal(_("Zastępująca osoba nie pracuje przez cały ten okres."), field="stand_in")
    made = Substitution(
        institution_id=actor.institution_id, absent=obj, stand_in=stand_in, since=since, until=until, reason=reason,
        handover=handover,
    )  # fmt: skip
    made.save()
    last = made.last_on.strftime("%d.%m.%Y")
    url = f"/instytucja/zastepstwa/{made.pk}/"
    notify(
        actor,
        stand_in,
        title=_("Zastępujesz: %(who)s, do %(last)s.") % {"who": obj.user.full_name, "last": last},
        url=url,
    )
    notify(
        actor,
        obj,
        title=_("Zastępuje Cię: %(who)s, do %(last)s.") % {"who": stand_in.user.full_name, "last": last},
        url=url,
    )
    return made


@action("orgs.substitution.end", label="Zakończ zastępstwo", who=MANAGE)
def end_substitution(actor: Actor, obj: Substitution, *, on: date) -> None:
    """End a substitution early: `on` is its first day without. One that had not begun is removed."""
    row = lock(obj)
    if row.until <= on:
        raise Refusal(_("To zastępstwo już się skończyło."))
    if on <= row.since:
        row.delete()
        return
    row.until = on
    row.save()


@action("orgs.substitution.hand_over", label="Uzupełnij notatkę zastępstwa", who=PARTY)
def hand_over(actor: Actor, obj: Substitution, *, handover: str, rev: int | None = None) -> Substitution:
    """Write what the two need to know of each other's work in the period. Raises Conflict when the other wrote first."""
    row = lock(obj, rev=rev)
    row.handover = handover
    row.save()
    return row
