"""Questions that point at something else: people, workers, files, evidence, fixed values, and tables of simple questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar
from uuid import UUID

from gniazdo.kernel.vocab import WordList
from gniazdo.papers.rules.questions import Names, Question, Sentence, label_in, says, text_of


def _is_uuid(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class PersonPick(Question):
    """One member of the family, kept as the person's id."""

    kind: ClassVar[str] = "person"

    def check(self, value: Any) -> Sentence | None:
        return None if _is_uuid(value) else says("Wybierz osobę z rodziny.")

    def show(self, value: Any, names: Names) -> str:
        return names.get(str(value), "osoba spoza listy") if value else ""


@dataclass(frozen=True)
class PostPick(PersonPick):
    """One worker of the institution, kept as the post's id."""

    kind: ClassVar[str] = "post"

    def check(self, value: Any) -> Sentence | None:
        return None if _is_uuid(value) else says("Wybierz pracownika.")


@dataclass(frozen=True)
class PeoplePick(Question):
    """Members of the family, kept as a list of ids."""

    kind: ClassVar[str] = "people"

    def parse(self, raw: Any) -> Any:
        return [text_of(one) for one in (raw if isinstance(raw, list | tuple) else [raw]) if text_of(one)]

    def check(self, value: Any) -> Sentence | None:
        good = isinstance(value, list) and all(_is_uuid(one) for one in value)
        return None if good else says("Wybierz osoby z rodziny.")

    def show(self, value: Any, names: Names) -> str:
        return ", ".join(names.get(str(one), "osoba spoza listy") for one in value or [])


@dataclass(frozen=True)
class Fixed(Question):
    """A value put by the prefill that the writer sees and does not change: the name of the row's area or child."""

    words: WordList | tuple[tuple[str, str], ...] = ()
    _: KW_ONLY
    kind: ClassVar[str] = "fixed"

    def show(self, value: Any, names: Names) -> str:
        text = str(value or "")
        return names.get(text) or (label_in(self.words, text) if self.words else text)


@dataclass(frozen=True)
class Attachment(Question):
    """Files attached to this question; the answer is a list of their ids, kept by the attaching verb."""

    kind: ClassVar[str] = "attachment"

    def parse(self, raw: Any) -> Any:
        return [text_of(one) for one in (raw if isinstance(raw, list | tuple) else [raw]) if text_of(one)]

    def check(self, value: Any) -> Sentence | None:
        return None if isinstance(value, list) else says("Dołącz plik.")

    def show(self, value: Any, names: Names) -> str:
        return ", ".join(names.get(str(one), "plik") for one in value or [])


@dataclass(frozen=True)
class Insert(Question):
    """Evidence the writer ticks: `provider(actor, record)` gives (id, text) or (id, text, source). What is ticked is kept
    as {"id", "text", "source"} at that moment, so the paper shows what was chosen and where it came from."""

    provider: Callable[..., Any] | None = None
    _: KW_ONLY
    kind: ClassVar[str] = "insert"

    def parse(self, raw: Any) -> Any:
        return [text_of(one) for one in (raw if isinstance(raw, list | tuple) else [raw]) if text_of(one)]

    def check(self, value: Any) -> Sentence | None:
        good = isinstance(value, list) and all(isinstance(one, dict) and one.get("id") for one in value)
        return None if good else says("Wybierz wpisy z listy.")

    def show(self, value: Any, names: Names) -> str:
        return "\n".join(
            f"{one.get('text', '')} [{one['source']}]" if one.get("source") else str(one.get("text", ""))
            for one in value or []
            if isinstance(one, dict)
        )


@dataclass(frozen=True)
class Info(Question):
    """Words to read, not a question; the label is the text."""

    kind: ClassVar[str] = "info"
    asks: ClassVar[bool] = False

    def check(self, value: Any) -> Sentence | None:
        return None


@dataclass(frozen=True)
class Table(Question):
    """Rows of simple questions. `rows` are prefilled ones (a tuple of dicts); empty rows are dropped when saved."""

    columns: tuple[Question, ...] = ()
    _: KW_ONLY
    min_rows: int = 0
    max_rows: int = 60
    rows: tuple[Mapping[str, Any], ...] = ()
    fixed_rows: bool = False
    kind: ClassVar[str] = "table"

    def check(self, value: Any) -> Sentence | None:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return says("Tej tabeli nie da się odczytać.")
        if len(value) < self.min_rows:
            return says("Wypełnij co najmniej %(least)s wiersz(e).", least=self.min_rows)
        return says("Najwyżej %(most)s wierszy.", most=self.max_rows) if len(value) > self.max_rows else None
