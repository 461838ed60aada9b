"""Reading papers: sheets, drafts, letters, files; and setting them in print."""

from gniazdo.papers.queries.files import file_by_id, files_of_family, path_of
from gniazdo.papers.queries.guards import (
    KEEPERS,
    MANAGER,
    OWN_DRAFT,
    READERS,
    REGISTRY,
    SECRETARY,
    STARTERS,
    WORKERS,
    WRITERS,
)
from gniazdo.papers.queries.letters import (
    letter_by_id,
    letter_files,
    letter_register,
    letters_to_write,
    word_template,
    wording,
)
from gniazdo.papers.queries.sheets import (
    SignatureLine,
    draft_by_key,
    drafts_of,
    family_people,
    files_of,
    final_answers,
    hidden_words,
    localised,
    may_write,
    names_in,
    open_drafts_of_case,
    papers_of_family,
    previous_sheet,
    revisions_of,
    sheet_by_id,
    sheet_drafts_of,
    sheet_for,
    signature_strip,
    staff_names,
    startable,
)

__all__ = [
    "KEEPERS", "MANAGER", "OWN_DRAFT", "READERS", "REGISTRY", "SECRETARY", "STARTERS", "WORKERS", "WRITERS", "SignatureLine",
    "draft_by_key", "drafts_of", "family_people", "file_by_id", "files_of", "files_of_family", "final_answers",
    "hidden_words", "letter_by_id", "letter_files", "letter_register", "letters_to_write", "localised", "may_write",
    "names_in", "open_drafts_of_case", "papers_of_family", "path_of", "previous_sheet", "revisions_of", "sheet_by_id",
    "sheet_drafts_of", "sheet_for", "signature_strip", "staff_names", "startable", "word_template", "wording",
]  # fmt: skip
