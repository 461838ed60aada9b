"""A letter's declaration: its register, signatories, data and wording, which an institution may replace. No Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gniazdo.kernel.catalogue import BadDeclaration, declare

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Letter:
    """A kind of letter sent in a case. `body` is Polish paragraphs with {named} fields; `data(actor, case, on)` fills them.

    fields: every name a body may use, with its meaning; `data` must return them all. recipient: a {field} text too.
    on_sent(actor, letter, on) runs in the transaction that marks it sent. Raises BadDeclaration when body or recipient
    names an undeclared field.
    """

    def __init__(
        self,
        id: str,
        title: str,
        *,
        fields: Mapping[str, str],
        body: tuple[str, ...],
        data: Callable[..., Mapping[str, str]],
        recipient: str = "",
        register: str = "letters",
        signatories: tuple[str, ...] = (),
        attachments: tuple[str, ...] = (),
        copies_to: tuple[str, ...] = ("a/a",),
        fulfils: str = "",
        event_kind: str = "paper",
        writers: tuple[str, ...] = ("assistant", "social_worker", "secretary", "team_leader", "manager"),
        on_sent: Callable[..., Any] | None = None,
        example: Mapping[str, str] | None = None,
    ) -> None:
        self.id, self.title, self.fields, self.body, self.data = id, title, dict(fields), body, data
        self.recipient, self.register, self.signatories, self.attachments = (
            recipient,
            register,
            signatories,
            attachments,
        )
        self.copies_to, self.fulfils, self.event_kind, self.writers = copies_to, fulfils, event_kind, writers
        self.on_sent, self.example = on_sent, dict(example or {})
        unknown = {name for text in (*body, recipient) for name in FIELD.findall(text)} - set(self.fields)
        if unknown or not body:
            raise BadDeclaration(
                f"Letter {id}: undeclared fields {sorted(unknown)}" if unknown else f"Letter {id} is empty"
            )
        declare("letter", id, title, self)
        LETTERS[id] = self

    def unknown_fields(self, text: str) -> set[str]:
        """Fields an institution's own wording names that this letter does not have."""
        return set(FIELD.findall(text)) - set(self.fields)


LETTERS: dict[str, Letter] = {}


def fill(text: str, data: Mapping[str, str]) -> str:
    """The text with {fields} replaced; an empty one leaves dots to fill by hand. Values are never read as patterns."""
    return FIELD.sub(lambda found: str(data.get(found[1]) or "…………………"), text)
