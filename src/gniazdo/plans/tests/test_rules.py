"""What a plan lacks, how versions differ."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gniazdo.plans.rules import Content, Effect, Goal, Task, diff, gaps, sentence, when_of, with_drawn_goal
from gniazdo.plans.tests.factories import FULL


def test_a_full_plan_lacks_nothing():
    assert gaps(FULL) == []


@pytest.mark.parametrize(
    ("plan", "what"),
    [
        (replace(FULL, main_goal=" "), "cel główny"),
        (replace(FULL, until=None), "okres, na który plan jest zawarty"),
        (replace(FULL, goals=()), "zakres działań: przynajmniej jeden cel szczegółowy"),
        (replace(FULL, goals=(replace(FULL.goals[0], tasks=()),)), "zakres działań: przynajmniej jedno zadanie"),
        (replace(FULL, goals=(replace(FULL.goals[0], effects=(Effect(" "),)),)), "przewidywany efekt"),
        (replace(FULL, goals=(replace(FULL.goals[0], tasks=(Task("Coś zrobi"),)),)), "termin lub częstotliwość"),
        (replace(FULL, goals=(replace(FULL.goals[0], wording=""),)), "treść celu"),
    ],
)
def test_each_part_the_law_asks_for_is_named_when_missing(plan, what):
    assert what in [g.what for g in gaps(plan)]


def test_a_rhythm_serves_instead_of_a_day():
    plan = Content(
        "x",
        date(2026, 1, 1),
        date(2026, 7, 1),
        goals=(Goal("y", tasks=(Task("z", frequency="co tydzień"),), effects=(Effect("e"),)),),
    )
    assert gaps(plan) == []
    assert when_of(Task(due_on=date(2026, 12, 1), frequency="co tydzień")) == "do 01.12.2026, co tydzień"


def test_a_version_compared_with_itself_shows_no_change():
    known = replace(FULL, goals=tuple(replace(g, root=str(n), tasks=g.tasks[:1]) for n, g in enumerate(FULL.goals)))
    assert diff(known, known) == []


def test_added_removed_and_changed_parts_are_marked():
    old = Content("a", goals=(Goal("pierwszy", root="1", tasks=(Task("zadanie", root="t"),)), Goal("drugi", root="2")))
    new = Content("b", goals=(Goal("pierwszy lepiej", root="1"), Goal("trzeci", root="3")))
    found = {(c.how, c.what, c.before, c.after) for c in diff(old, new)}
    assert ("changed", "cel główny", "a", "b") in found
    assert ("changed", "treść celu", "pierwszy", "pierwszy lepiej") in found
    assert ("removed", "cel", "drugi", "") in found
    assert ("added", "cel", "", "trzeci") in found
    assert ("removed", "zadanie", "zadanie", "") in found


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.text(max_size=5)), unique_by=lambda x: x[0]))
def test_diff_counts_every_added_and_removed_goal(goals):
    new = Content(goals=tuple(Goal(text, root=root) for root, text in goals))
    assert sum(c.how == "added" and c.what == "cel" for c in diff(Content(), new)) == len(goals)
    assert sum(c.how == "removed" and c.what == "cel" for c in diff(new, Content())) == len(goals)


def test_a_goal_reads_as_a_sentence():
    assert sentence(Goal("dzieci śpią we własnych łóżkach"), "Ola") == "Dzieci śpią we własnych łóżkach. Dotyczy: Ola."


def test_drawing_keeps_what_stood_there():
    drawn = with_drawn_goal(FULL, area="HEALTH", wording="Leczenie", family_words="Boli mnie.")
    assert drawn.goals[:-1] == FULL.goals
    assert drawn.goals[-1].family_words == "Boli mnie."
