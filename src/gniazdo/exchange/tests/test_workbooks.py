"""The three example files come in through the import as they are, with the guessed columns."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.exchange.actions import carry_out, map_columns, start_import
from gniazdo.exchange.library.demo.workbooks import write_examples
from gniazdo.people.models import Family, Person

ON = date(2026, 11, 18)


@pytest.mark.parametrize(("n", "families", "blocked"), [(0, 14, 0), (1, 12, 0), (2, 7, 3)])
def test_an_example_file_is_read_in(cast, tmp_path, n, families, blocked) -> None:
    maria = cast.actor("maria")
    path = write_examples(tmp_path, on=ON)[n]
    run = start_import(maria, None, file_name=path.name, content=path.read_bytes())
    run = map_columns(maria, run, columns=run.mapping["columns"], last_first=run.mapping["last_first"], on=ON)
    assert (run.counts["new"], run.counts["blocked"]) == (families, blocked), run.problems
    run = carry_out(maria, run, on=ON)
    assert Family.objects.system().count() == families, run.problems
    assert Person.objects.system().filter(born_on__isnull=True).count() == 0
    assert not Family.objects.system().filter(name="").exists()


def test_the_same_day_gives_the_same_files(tmp_path) -> None:
    one, other = write_examples(tmp_path / "a", on=ON), write_examples(tmp_path / "b", on=ON)
    assert [p.read_bytes() for p in one[1:]] == [p.read_bytes() for p in other[1:]]
