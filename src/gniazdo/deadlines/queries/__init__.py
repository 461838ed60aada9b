"""Deadlines read and computed: declarations, computing for any day, rows for the board, My Day and the command line."""

from gniazdo.deadlines.queries.board import (
    HORIZON,
    LATE,
    Counts,
    Filters,
    Line,
    counts,
    due_for,
    due_rows,
    family_rows,
    fingerprint,
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
    "Counts",
    "Deadline",
    "Filters",
    "Line",
    "Scope",
    "Step",
    "compute",
    "counts",
    "due_for",
    "due_rows",
    "extensions_of",
    "family_rows",
    "fingerprint",
    "law_entries",
    "lines",
    "next_lines",
    "page_after",
    "post_of_key",
    "touched_families",
    "was_reminded",
]
