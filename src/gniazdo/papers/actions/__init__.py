"""Verbs of papers: sheets, signatures, drafts, files, letters and what an institution changes in its papers."""

from gniazdo.papers.actions.drafts import discard_draft, discard_drafts_of, save_draft
from gniazdo.papers.actions.sheets import (
    NotComplete,
    finalise_sheet,
    reopen_sheet,
    replace_sheet,
    save_sheet,
    start_sheet,
    void_sheet,
)
from gniazdo.papers.actions.signatures import record_signature, sign_sheet

__all__ = [
    "NotComplete",
    "discard_draft",
    "discard_drafts_of",
    "finalise_sheet",
    "record_signature",
    "reopen_sheet",
    "replace_sheet",
    "save_draft",
    "save_sheet",
    "sign_sheet",
    "start_sheet",
    "void_sheet",
]
