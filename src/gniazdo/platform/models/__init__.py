"""What every table stands on: guarded records, privacy of fields, periods that may not overlap."""

from gniazdo.platform.models.constraints import NoOverlap, explain_integrity_error
from gniazdo.platform.models.gathered import gathered, taken
from gniazdo.platform.models.prepared import Prepared, ready_value
from gniazdo.platform.models.record import (
    Act,
    Change,
    Privacy,
    Record,
    RecordQuerySet,
    Records,
    WriteOutsideVerb,
    act_now,
    acting,
    new_id,
)

__all__ = [
    "Act",
    "Change",
    "NoOverlap",
    "Prepared",
    "Privacy",
    "Record",
    "RecordQuerySet",
    "Records",
    "WriteOutsideVerb",
    "act_now",
    "acting",
    "explain_integrity_error",
    "gathered",
    "new_id",
    "ready_value",
    "taken",
]
