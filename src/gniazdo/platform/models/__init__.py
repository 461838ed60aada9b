"""What every table stands on: guarded records, privacy of fields, periods that may not overlap."""

from gniazdo.platform.models.constraints import NoOverlap, explain_integrity_error
from gniazdo.platform.models.fence import (
    Inside,
    everywhere,
    has_fence,
    lower_fence,
    outside,
    raise_fence,
    unfenced,
)
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
    "Inside",
    "NoOverlap",
    "Prepared",
    "Privacy",
    "Record",
    "RecordQuerySet",
    "Records",
    "WriteOutsideVerb",
    "act_now",
    "acting",
    "everywhere",
    "explain_integrity_error",
    "gathered",
    "has_fence",
    "lower_fence",
    "new_id",
    "outside",
    "raise_fence",
    "ready_value",
    "taken",
    "unfenced",
]
