"""Computing due rows from events for some families on any day, and finding the families an act has touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from gniazdo.deadlines.models import DeadlineExtension
from gniazdo.deadlines.queries.declaring import DEADLINES, Deadline
from gniazdo.deadlines.queries.seeing import NEVER, Scope
from gniazdo.deadlines.rules import Extended, Fact, extend
from gniazdo.people.models import Family, Membership, Person
from gniazdo.platform.models import Act, Prepared, Record


def compute(
    institution_id: UUID,
    family_ids: Sequence[UUID],
    *,
    on: date,
    deadlines: Iterable[Deadline] | None = None,
    as_known: bool = False,
) -> list[Fact]:
    """Every due row of these families as it stands at the end of the day `on`, extensions included.

    With `as_known`, from what had been written down by then; otherwise from what is known now of that day.
    """
    if not family_ids:
        return []
    scope = Scope(institution_id, family_ids, on, as_known=as_known)
    chosen = [d for d in (DEADLINES.values() if deadlines is None else deadlines) if d.of == "family"]
    return _facts(scope, chosen, lambda: extensions_of(family_ids, known=scope.known))


def compute_office(
    institution_id: UUID, *, on: date, deadlines: Iterable[Deadline] | None = None, as_known: bool = False
) -> list[Fact]:
    """Every due row of the institution itself on the day, as `compute` gives those of families."""
    scope = Scope(institution_id, [], on, as_known=as_known)
    chosen = [d for d in (DEADLINES.values() if deadlines is None else deadlines) if d.of == "institution"]
    return _facts(scope, chosen, lambda: extensions_of_office(institution_id, known=scope.known))


def _facts(scope: Scope, chosen: list[Deadline], extended: Callable[[], list[Extended]]) -> list[Fact]:
    facts = [fact for deadline in chosen for fact in deadline.compute(deadline, scope)]
    # Two events may start the same term on one day: it is one row.
    unique = {fact.identity: fact for fact in facts}
    return extend(unique.values(), extended(), scope.on) if unique else []


def extensions_of(family_ids: Sequence[UUID], *, known: datetime | None = None) -> list[Extended]:
    """Recorded extensions of these families' rows, in the order they were written."""
    rows = _EXTENSIONS.rows(families=list(family_ids), known=known or NEVER)
    return [Extended((d, family, s, start), to, on, reason) for d, family, s, start, to, on, reason in rows]


def extensions_of_office(institution_id: UUID, *, known: datetime | None = None) -> list[Extended]:
    """Recorded extensions of the institution's own rows, in the order they were written."""
    rows = DeadlineExtension.objects.system().filter(
        institution_id=institution_id, family=None, created_at__lt=known or NEVER
    )
    named = rows.order_by("on", "id").values_list("declaration", "subject_id", "starts_on", "to", "on", "reason")
    return [Extended((d, None, s, start), to, on, reason) for d, s, start, to, on, reason in named]


_EXTENSIONS = Prepared(
    lambda families, known: (
        DeadlineExtension.objects.system()
        .filter(family_id__in=families, created_at__lt=known)
        .order_by("on", "id")
        .values_list("declaration", "family_id", "subject_id", "starts_on", "to", "on", "reason")
    )
)


def touched_families(act: Act, labels: Collection[str]) -> set[UUID]:
    """The families whose records of these tables the act has made, changed or deleted."""
    families: set[UUID] = set()
    later: dict[type[Record], list[Record]] = defaultdict(list)
    for change in act.changes:
        record = change.record
        if record._meta.label_lower not in labels:
            continue
        family_id = _family_at_hand(record)
        if family_id is not None:
            families.add(family_id)
        else:
            later[type(record)].append(record)
    for model, records in later.items():
        families |= _families_by_query(model, records)
    return families


def _family_at_hand(record: Record) -> UUID | None:
    """The family a record in memory leads to without a query, if it does."""
    if isinstance(record, Family):
        return record.pk
    family_id: UUID | None = getattr(record, "family_id", None)
    if family_id is not None:
        return family_id
    path = getattr(type(record), "access_path", "") or ""
    head, _sep, tail = path.partition("__")
    if tail == "family_id" and head in record._state.fields_cache:
        return getattr(record._state.fields_cache[head], "family_id", None)
    return None


def _families_by_query(model: type[Record], records: list[Record]) -> set[UUID]:
    path = getattr(model, "access_path", "") or ""
    head, _sep, tail = path.partition("__")
    if tail:
        # Through the parent's key, so that a deleted record still finds its family.
        parent = model._meta.get_field(head).related_model
        keys = {getattr(r, f"{head}_id") for r in records}
        rows = parent._base_manager.filter(pk__in=keys).values_list(tail, flat=True)  # type: ignore[union-attr]
        return {family_id for family_id in rows if family_id is not None}
    found = (r.pk if isinstance(r, Person) else getattr(r, "person_id", None) for r in records)
    people: set[UUID] = {person_id for person_id in found if person_id is not None}
    members = Membership.objects.system().filter(person_id__in=people).values_list("family_id", flat=True)
    return set(members)
