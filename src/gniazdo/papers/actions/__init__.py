"""Verbs of papers: sheets, signatures, drafts, files, letters and what an institution changes in its papers."""

from gniazdo.papers.actions.drafts import discard_draft, discard_drafts_of, forget_drafts, save_draft
from gniazdo.papers.actions.files import attach_file, attach_scan, remove_file, sweep_files
from gniazdo.papers.actions.letters import (
    edit_letter,
    mark_delivered,
    mark_sent,
    receive_letter,
    register_letter,
    void_letter,
    write_letter,
)
from gniazdo.papers.actions.local import (
    add_local_question,
    drop_template,
    hide_word,
    move_local_question,
    retire_local_question,
    set_wording,
    upload_template,
)
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
    "NotComplete", "add_local_question", "attach_file", "attach_scan", "discard_draft", "discard_drafts_of",
    "drop_template", "edit_letter", "finalise_sheet", "forget_drafts", "hide_word", "mark_delivered", "mark_sent", "move_local_question", "receive_letter",
    "record_signature", "register_letter", "remove_file", "reopen_sheet", "replace_sheet", "retire_local_question",
    "save_draft", "save_sheet", "set_wording", "sign_sheet", "start_sheet", "sweep_files", "upload_template", "void_letter",
    "void_sheet", "write_letter",
]  # fmt: skip
