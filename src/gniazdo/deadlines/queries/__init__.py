"""Deadlines read and computed: declarations, computing for any day, rows for the board, My Day and the command line."""

from gniazdo.deadlines.queries.board import (
    HORIZON,
    LATE,
    MOST,
    Counts,
    Filters,
    Line,
    Row,
    counts,
    due_for,
    due_rows,
    family_rows,
    fingerprint,
    first_lines,
    lines,
    next_lines,
    page_after,
    post_of_key,
    was_reminded,
)
from gniazdo.deadlines.queries.computing import compute, extensions_of, touched_families
from gniazdo.deadlines.queries.declaring import DEADLINES, Deadline, Scope, Step
from gniazdo.deadlines.queries.law import law_entries

__all__ = [
    "DEADLINES",
    "HORIZON",
    "LATE",
    "MOST",
    "Counts",
    "Deadline",
    "Filters",
    "Line",
    "Row",
    "Scope",
    "Step",
    "compute",
    "counts",
    "due_for",
    "due_rows",
    "extensions_of",
    "family_rows",
    "fingerprint",
    "first_lines",
    "law_entries",
    "lines",
    "next_lines",
    "page_after",
    "post_of_key",
    "touched_families",
    "was_reminded",
]
