"""Legal values, clocks and local parameters over time. (Interface first; see the docstrings.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gniazdo.kernel.catalogue import declare


@dataclass(frozen=True, slots=True)
class Parameter:
    """A local setting where the law gives no number: its default, why it exists and how sure the source is."""

    id: str
    label: str
    default: Any
    why: str
    mark: str
    unit: str = ""


PARAMETERS: dict[str, Parameter] = {}


def parameter(id: str, label: str, *, default: Any, why: str, mark: str, unit: str = "") -> Parameter:
    """Declare a local setting that an institution may change from a given day (orgs.ParameterValue)."""
    made = Parameter(id, label, default, why, mark, unit)
    declare("parameter", id, label, made)
    PARAMETERS[id] = made
    return made
