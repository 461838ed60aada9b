"""A family with a case that Anna works on."""

import pytest

from gniazdo.cases.tests.factories import make_case
from gniazdo.kernel.process import Move, Process, State
from gniazdo.people.tests.factories import make_family

LIFE = None


def life() -> Process:
    """A process of two states: plans do not know the case's own."""
    global LIFE
    if LIFE is None:
        LIFE = Process(
            "test.plans", "Próba planów", start="A", states=(State("A", "a"), State("B", "b")),
            moves=(Move("go", "Idź", ("A",), "B"),),
        )  # fmt: skip
    return LIFE


@pytest.fixture
def family(cast):
    return make_family(cast.institution)


@pytest.fixture
def case(cast, family):
    return make_case(family, life(), on=cast.today.replace(month=8), assistant=cast.anna)


@pytest.fixture
def anna(cast, case):
    return cast.actor("anna")


@pytest.fixture
def maria(cast, case):
    return cast.actor("maria")
