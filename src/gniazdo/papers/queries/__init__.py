"""Reading papers: sheets, drafts, letters, files; and setting them in print."""

from gniazdo.papers.queries.documents import (
    blank_document,
    blank_pdf,
    letter_document,
    letter_pdf,
    sample_letter_pdf,
    sheet_document,
    sheet_pdf,
)
from gniazdo.papers.queries.files import file_by_id, files_of_family, path_of, unreferenced_files
from gniazdo.papers.queries.guards import (
    KEEPERS,
    LETTER_CLERKS,
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
    letter_entry,
    letter_files,
    letter_register,
    letters_to_write,
    word_template,
    wording,
)
from gniazdo.papers.queries.local import (
    offered_words,
    own_lists,
    own_papers,
    own_question,
    own_questions,
    own_template,
    sheet_word_lists,
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
    stranger_in,
)
from gniazdo.papers.queries.word import (
    flat_answers,
    letter_fields,
    render_word,
    sample_word,
    template_bytes,
    template_names,
    word_file,
)

__all__ = ["KEEPERS", "LETTER_CLERKS", "MANAGER", "OWN_DRAFT", "READERS", "REGISTRY", "SECRETARY", "STARTERS", "WORKERS", "WRITERS", "SignatureLine", "blank_document", "blank_pdf", "draft_by_key", "drafts_of", "family_people", "file_by_id", "files_of", "files_of_family", "final_answers", "flat_answers", "hidden_words", "letter_by_id", "letter_document", "letter_entry", "letter_fields", "letter_files", "letter_pdf", "letter_register", "letters_to_write", "localised", "may_write", "names_in", "offered_words", "open_drafts_of_case", "own_lists", "own_papers", "own_question", "own_questions", "own_template", "papers_of_family", "path_of", "previous_sheet", "render_word", "revisions_of", "sample_letter_pdf", "sample_word", "sheet_by_id", "sheet_document", "sheet_drafts_of", "sheet_for", "sheet_pdf", "sheet_word_lists", "signature_strip", "staff_names", "startable", "stranger_in", "template_bytes", "template_names", "unreferenced_files", "word_file", "word_template", "wording"]  # fmt: skip
