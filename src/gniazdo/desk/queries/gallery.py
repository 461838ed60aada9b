"""Reading the gallery of components: it shows invented data, but only to those who work here."""

from __future__ import annotations

from gniazdo.access.queries import anyone_here, reads
from gniazdo.access.rules import Actor


@reads("desk.gallery.view", label="Wzornik części ekranu", who=anyone_here)
def gallery_shown(actor: Actor) -> None:
    """Nothing of the institution is read."""
