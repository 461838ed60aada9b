"""Verbs of signing: who signed a paper, or refused, on which day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.papers.models import SheetRecord, SignatureRecord
from gniazdo.papers.queries import WRITERS


@action("papers.sheet.sign", label="Zapisz podpis na karcie", who=WRITERS)
def sign_sheet(
    actor: Actor, record: SheetRecord, *, role: str, name: str, signed_on: date, on: date, refused: bool = False,
    reason: str = "", witness: str = "", on_paper: bool = True,
) -> SignatureRecord:  # fmt: skip
    """Record that somebody signed (or refused to sign, with reason and witness) the present revision of a sheet.

    From the first signature the sheet cannot be altered. Raises Refusal for a draft, a day to come, a day before the
    sheet was made, or an unexplained refusal.
    """
    fresh = lock(record)
    if fresh.status not in ("final", "signed"):
        raise Refusal(
            _("Podpisać można tylko kartę gotową."),
            article=HOUSE,
            advice=_("Najpierw zakończ wypełnianie karty i wydrukuj ją."),
        )
    if not name.strip():
        raise Refusal(_("Podaj, kto podpisał."), field="name")
    if signed_on > on:
        raise Refusal(_("Data podpisu nie może być z przyszłości."), field="signed_on")
    if fresh.finalised_on and signed_on < fresh.finalised_on:
        raise Refusal(_("Podpis nie może być wcześniejszy niż sporządzenie karty."), field="signed_on")
    if refused and not reason.strip():
        raise Refusal(_("Podaj powód odmowy podpisu."), field="reason")
    if refused and not witness.strip():
        raise Refusal(_("Podaj świadka odmowy podpisu."), field="witness")
    made = SignatureRecord(
        institution_id=fresh.institution_id, sheet=fresh, revision=fresh.revision, role=role[:40], name=name.strip()[:150],
        signed_on=signed_on, on_paper=on_paper, refused=refused, reason=reason.strip()[:300], witness=witness.strip()[:150],
    )  # fmt: skip
    made.save()
    if not refused and fresh.status == "final":
        fresh.status = "signed"
        fresh.save()
    return made


record_signature = sign_sheet
