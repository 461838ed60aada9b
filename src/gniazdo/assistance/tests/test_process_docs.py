"""The drawing of the process in the docs is the process itself."""

from __future__ import annotations

from pathlib import Path

from gniazdo.assistance.process import ASSISTANCE

PAGE = Path(__file__).resolve().parents[4] / "docs" / "generated" / "process-assistance.md"


def drawn() -> str:
    moves = "\n".join(
        f"| `{m.code}` | {m.label} | {', '.join(ASSISTANCE.label_of(s) for s in m.sources)} | {ASSISTANCE.label_of(m.target)} "
        f"| {'tak' if m.needs_reason else ''} | {f'`{m.paper}`' if m.paper else ''} |"
        for m in ASSISTANCE.moves.values()
    )
    return (
        f"# {ASSISTANCE.label}: stany i ruchy\n\nWygenerowane z `assistance/process.py`; nie zmieniaj ręcznie.\n\n"
        f"```mermaid\n{ASSISTANCE.mermaid()}```\n\n"
        f"| kod | ruch | z | do | powód | dokument |\n| --- | --- | --- | --- | --- | --- |\n{moves}\n\n"
        "Wariant „Za życiem” (wniosek, zaświadczenie, katalog wsparcia, bez wywiadu) jest świadomą luką na później.\n"
    )


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == drawn(), (
        "Zapisz na nowo: python -m gniazdo.assistance.tests.test_process_docs"
    )


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(drawn(), encoding="utf-8")
