"""Whatever the import says to people goes through the translators: no Polish sentence stands bare in its code or pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from gniazdo.exchange.actions import map_columns, start_import
from gniazdo.exchange.queries import remarks
from gniazdo.exchange.rules.mapping import Mapping, targets
from gniazdo.exchange.rules.reading import read_table
from gniazdo.exchange.rules.sentences import from_json
from gniazdo.exchange.rules.unpacking import Unreadable
from gniazdo.exchange.tests.test_import_run import LIS, ON, mapped, workbook
from gniazdo.platform.management.commands.messages import KEYWORDS

ROOM = settings.PACKAGE / "exchange"
CODE = sorted(
    path
    for path in [*ROOM.glob("*.py"), *(ROOM / "rules").glob("*.py"), *(ROOM / "queries").glob("*.py"), *(ROOM / "library").glob("*.py"), settings.PACKAGE / "conf" / "importing.py"]
    if path.name != "backup.py"
)  # fmt: skip
PAGES = sorted((ROOM / "templates").rglob("*.html"))
RECOGNISED = {
    "MONTHS",
    "ROMAN",
    "EMPTY",
    "POLISH",
    "ROLE_WORDS",
    "WORDS",
    "SLOT_WORDS",
    "CODE_PAGES",
    "SEX_WORDS",
    "NOISE",
    "TOTAL",
}
"""Words of other people's files, compared with and never shown."""
POLISH = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”]|^[A-ZŻŁŚ]?[a-z]+(?: [\w%(),.]+){2,}[.:…]?$")
DECLARED = {"action", "reads", "role", "Word", "WordList", "parameter", "RegexValidator"}


def bare(source: str) -> Iterator[str]:
    """Polish texts of a module that nobody translates: not marked, not declared, not a docstring, not a word of a file."""
    yield from _walk(ast.parse(source), marked=False)


def _walk(node: ast.AST, *, marked: bool) -> Iterator[str]:
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
        for n, child in enumerate(node.body):
            docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if not docstring or (n and not isinstance(node, ast.Module)):
                yield from _walk(child, marked=False)
        for decorator in getattr(node, "decorator_list", []):
            yield from _walk(decorator, marked=False)
        for default in [*node.args.defaults, *node.args.kw_defaults] if isinstance(node, ast.FunctionDef) else []:
            if default is not None:
                yield from _walk(default, marked=False)
        return
    if isinstance(node, ast.Assign | ast.AnnAssign):
        names = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(name, ast.Name) and name.id in RECOGNISED for name in names):
            return
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        marked = called in KEYWORDS or called in DECLARED
        if called in ("startswith", "removeprefix", "replace", "sub", "fullmatch", "search", "match"):
            return
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not marked and POLISH.search(node.value):
        yield node.value
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, marked=marked and name != "func" and not isinstance(child, ast.JoinedStr))


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_sentence_stands_bare_in_the_code(path: Path) -> None:
    assert list(bare(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'raise Unreadable("Plik jest pusty.")',
        'x = f"„{value}” nie jest datą."',
        'x = {"a": "Nazwa rodziny"}\ny = ["Brakuje imienia lub nazwiska"]',
        'def f(why: str = "Nie ma takiego dnia"): ...',
        '_(f"Żółw {x}")',
        'print("Wierszy w pliku: " + n, "Zapisz to.", "Próba")',
    ],
)
def test_the_check_sees_a_bare_sentence(source: str) -> None:
    assert list(bare(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""Polski opis żółwia."""\nx = _("Plik jest pusty.")',
        'x = Sentence("Nie ma takiego dnia: %(d)s.", {"d": d})',
        '@action("exchange.import.start", label="Wczytaj plik do importu żółwi", who=x)\ndef f(): "Opis dla ludzi, żółw."',
        'WORDS = ("żółw",)\nif x == "żółw" or x.startswith("ż"): pass',
    ],
)
def test_the_check_lets_marked_sentences_be(source: str) -> None:
    assert list(bare(source)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_word_stands_bare_in_a_component_of_a_page(path: Path) -> None:
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    components = re.findall(
        r"\{% (?!translate|blocktranslate|url|extends|include|if|elif|for|block|load|trans)(\w+)([^%]*)%\}", text
    )
    assert [(name, said) for name, rest in components for said in re.findall(r'"([^"]*)"', re.sub(r'_\("[^"]*"\)', "", rest)) if re.search(r"[A-ZŻŁŚ]|\s", said)] == []  # fmt: skip
    outside = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", " ", text, flags=re.S), flags=re.S)  # fmt: skip
    assert re.findall(r"[^\W\d_]{3,}", outside) == []


def test_an_english_reader_meets_no_polish(cast) -> None:
    maria = cast.actor("maria")
    wrong = [["9", "Zły Jan", "123", "32.13.2015", "", "", ""], ["10", "Sam", "90010112345", "", "", "", ""]]
    run = mapped(maria, [*LIS, *wrong])
    polish = [r.reason for r in remarks(run)]
    with translation.override("en"):
        english = [r.reason for r in remarks(run)]
        shown = list(targets().values())
        missing = [from_json({"sentence": s.template}) for s in Mapping().missing()]
        with pytest.raises(Unreadable) as refused:
            read_table(b"", "pusty.csv")
        told = str(refused.value)
    assert len(polish) == len(english) >= 3
    said = [*english, *shown, *missing, told]
    assert not {*polish, "Plik jest pusty."} & set(said)
    quoted = re.compile(r"[„“\"].*?[”\"]")
    assert [s for s in said if re.search("[ąćęłńóśźż]", quoted.sub("", s))] == []
    assert "mother: date of birth" in [s.casefold() for s in shown]
    assert "mother: PESEL" in [s[:1].lower() + s[1:] for s in shown]


def test_a_remark_stays_as_it_was_told(cast) -> None:
    """A sentence of a verb, said once to whoever began, may hold a per cent sign and is not translated again."""
    run = start_import(cast.actor("maria"), None, file_name="a.xlsx", content=workbook(LIS))
    run = map_columns(cast.actor("maria"), run, columns=run.mapping["columns"], last_first=True, on=ON)
    run.problems = [
        {
            "row": 2,
            "column": "#3",
            "value": "",
            "sentence": "%(text)s",
            "values": {"text": "100 % źle"},
            "blocking": True,
        }
    ]
    assert [(r.reason, r.column) for r in remarks(run)] == [("100 % źle", "Kolumna 3 (bez nagłówka)")]
