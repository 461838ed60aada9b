"""The language in which sheets and letters are declared, and what can be computed from a declaration. No Django."""

from gniazdo.papers.rules.checking import Missing, completeness, diff, is_shown, shown_questions, validate
from gniazdo.papers.rules.collecting import blank_row, collect, merge_choice
from gniazdo.papers.rules.letters import LETTERS, Letter, fill
from gniazdo.papers.rules.picks import Attachment, Fixed, Info, Insert, PeoplePick, PersonPick, PostPick, Table
from gniazdo.papers.rules.questions import (
    AnyQuestion,
    Choice,
    Day,
    Duration,
    LongText,
    Many,
    Moment,
    Money,
    Number,
    Question,
    Scale,
    Sentence,
    Text,
    When,
    YesNo,
    is_empty,
    says,
)
from gniazdo.papers.rules.sheets import (
    SHEETS,
    Repeat,
    Section,
    Sheet,
    Signature,
    asked_by_law,
    canonical,
    newest,
    sha256_of,
    sheet_of,
    with_local,
    word_lists_of,
)

__all__ = [
    "LETTERS", "SHEETS", "AnyQuestion", "Attachment", "Choice", "Day", "Duration", "Fixed", "Info", "Insert", "Letter",
    "LongText", "Many", "Missing", "Moment", "Money", "Number", "PeoplePick", "PersonPick", "PostPick", "Question",
    "Repeat", "Scale", "Section", "Sentence", "Sheet", "Signature", "Table", "Text", "When", "YesNo", "asked_by_law", "blank_row",
    "canonical", "collect", "completeness", "diff", "fill", "is_empty", "is_shown", "merge_choice", "newest", "says",
    "sha256_of", "sheet_of", "shown_questions", "validate", "with_local", "word_lists_of",
]  # fmt: skip
