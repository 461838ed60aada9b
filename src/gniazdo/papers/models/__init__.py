"""Tables of papers: sheets, drafts, signatures, files, letters, and what an institution changes in them."""

from gniazdo.papers.models.drafts import Draft
from gniazdo.papers.models.files import StoredFile
from gniazdo.papers.models.letters import LetterRecord, PaperCounter
from gniazdo.papers.models.local import HiddenWord, LocalQuestion, LocalTemplate
from gniazdo.papers.models.sheets import SheetRecord, SheetRevision, SignatureRecord

__all__ = [
    "Draft",
    "HiddenWord",
    "LetterRecord",
    "LocalQuestion",
    "LocalTemplate",
    "PaperCounter",
    "SheetRecord",
    "SheetRevision",
    "SignatureRecord",
    "StoredFile",
]
