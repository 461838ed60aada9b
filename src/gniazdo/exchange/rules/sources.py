"""Which list of the office a file is: „asystenci 2026 (kopia).xlsx” and „asystenci 2026 poprawiony.ods” are one list."""

from __future__ import annotations

import re

from gniazdo.exchange.rules.mapping import fold

NOISE = re.compile(
    r"\((?:kopia|copy|\d+)\)|(?:^|(?<=[\s_\-]))(?:kopia|copy|popraw\w*|popr|nowy|nowa|nowe|ostateczn\w*|final|wersja ?\d*|v ?\d+|stan na"
    r"|\d{1,2}[.\-_]\d{1,2}[.\-_]\d{4}|\d{4}[.\-_]\d{2}[.\-_]\d{2})(?=$|[\s_\-.()])",
    re.IGNORECASE,
)
LONGEST = 80


def list_name(file_name: str) -> str:
    """The name of the list a file of that name holds: without its ending, „kopia”, „poprawiony”, the day it was saved."""
    stem = file_name.rpartition(".")[0] or file_name
    plain = " ".join(NOISE.sub(" ", stem).replace("_", " ").split()).strip(" -–.,")
    return (plain if fold(plain) else " ".join(stem.split()))[:LONGEST]


def list_key(name: str) -> str:
    """What two spellings of one list's name have in common."""
    return fold(name)[:LONGEST] or name.strip()[:LONGEST]
