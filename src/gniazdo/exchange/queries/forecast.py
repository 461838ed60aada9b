"""The dry run: what an import would do with each family of a file, recognised by its list and number, else by its adults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from gniazdo.exchange.models import ImportedFamily, ImportRun
from gniazdo.exchange.rules.households import FamilyDraft, PersonDraft, Problem
from gniazdo.exchange.rules.sources import list_key
from gniazdo.kernel.legal import Sentence
from gniazdo.kernel.speech import says
from gniazdo.orgs.queries import during
from gniazdo.people.models import Membership, Person
from gniazdo.people.rules.names import fold

Likeness = tuple[str, str, date | None]
CHANGED = Sentence("Ta rodzina była już wczytana, a dane w pliku są inne. Zmień je ręcznie.")
SAME_PESEL = says("Ten PESEL ma już w systemie osoba o nazwisku %(name)s.")
NAMESAKE = Sentence(
    "Osoba o tym imieniu, nazwisku i dacie urodzenia jest już w systemie. Jeśli to ona, wpisz w pliku jej PESEL taki jak w "
    "systemie; jeśli ktoś inny, wpisz rodzinę ręcznie."
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of one family of the file: `fate` is a word of IMPORT_FATES, `remark` says why it is left alone."""

    draft: FamilyDraft
    fate: str
    existing: dict[str, UUID] = field(default_factory=dict)
    remark: Problem | None = None

    def reasons(self) -> list[Problem]:
        """Everything there is to say about this family; what stays as it is needs no advice about its rows."""
        problems = self.draft.problems if self.fate not in ("known", "here") else []
        return [*problems, *([self.remark] if self.remark else [])]


@dataclass(frozen=True, slots=True)
class Home:
    """A family somebody of the file belongs to already; `listed` names the list it was read from, empty when typed by hand."""

    family: str
    listed: str


@dataclass(slots=True)
class _Known:
    """What is here already of the people and families of a thousand drafts."""

    done: dict[str, tuple[str, UUID]]
    persons: dict[str, tuple[UUID, str]]
    alike: dict[Likeness, UUID]
    homes: dict[UUID, Home] = field(default_factory=dict)
    members: dict[UUID, set[tuple[str, ...]]] = field(default_factory=dict)

    def person_id(self, person: PersonDraft) -> UUID | None:
        """Who it is, when they are here already."""
        if person.pesel in self.persons:
            return self.persons[person.pesel][0]
        return self.alike.get(_likeness(person))


def outlooks(run: ImportRun, drafts: list[FamilyDraft], *, on: date) -> Iterator[Outlook]:
    """What the import would do with each family, in a bounded number of queries per thousand families."""
    for start in range(0, len(drafts), 1000):
        chunk = drafts[start : start + 1000]
        known = _look_up(run, chunk, on)
        for draft in chunk:
            yield _outlook(draft, known)


def read_already(run: ImportRun, drafts: Iterable[FamilyDraft]) -> set[str]:
    """The keys of those drafts that were read from the run's list by now, by whomever."""
    rows = ImportedFamily.objects.system().filter(institution_id=run.institution_id, source=list_key(run.list_name))
    return set(rows.filter(key__in=[d.key for d in drafts]).values_list("key", flat=True))


def _outlook(draft: FamilyDraft, known: _Known) -> Outlook:
    existing = {p.pesel: known.persons[p.pesel][0] for p in draft.people if p.pesel in known.persons}
    if draft.key in known.done:
        fingerprint, family_id = known.done[draft.key]
        if fingerprint == draft.fingerprint():
            return Outlook(draft, "known", existing)
        return Outlook(draft, "changed", existing, Problem(draft.rows[0], "", draft.name, _change(draft, known.members[family_id]), False))  # fmt: skip
    wrong_number = [p for p in draft.people if p.pesel in existing and known.persons[p.pesel][1].casefold() != p.last_name.casefold()]  # fmt: skip
    home = next((h for p in draft.adults() if (h := known.homes.get(known.person_id(p) or UUID(int=0)))), None)
    if home and not wrong_number and not draft.is_blocked():
        return Outlook(draft, "here", existing, Problem(draft.rows[0], "", draft.name, _at_home(home), False))
    for person in draft.people:
        if person in wrong_number:
            told = Sentence(SAME_PESEL, {"name": known.persons[person.pesel][1]})
            draft.problems.append(Problem(person.row, "PESEL", person.pesel, told))
        elif person.pesel not in existing and _likeness(person) in known.alike:
            draft.problems.append(Problem(person.row, "", f"{person.first_name} {person.last_name}", NAMESAKE))
    return Outlook(draft, "blocked" if draft.is_blocked() else "new", existing)


def _change(draft: FamilyDraft, members: set[tuple[str, ...]]) -> Sentence:
    """Whether the family of that number only changed, or is another family: then somebody else's list has the same name."""
    if any((p.pesel,) in members or (fold(p.last_name), fold(p.first_name)) in members for p in draft.people):
        return CHANGED
    return Sentence(
        "Pod tym numerem wczytano już z tego wykazu inną rodzinę, dlatego tej nie wczytano. Jeśli plik jest z innego wykazu, "
        "zmień kolumny i podaj nazwę wykazu; jeśli to ta sama rodzina, popraw ją ręcznie."
    )


def _at_home(home: Home) -> Sentence:
    if home.listed:
        return Sentence(
            "Dorosła osoba z tej rodziny jest już w rodzinie „%(family)s” z wykazu „%(list)s”, więc rodziny nie powtórzono. "
            "Jeśli to inna rodzina, wpisz ją ręcznie.",
            {"family": home.family, "list": home.listed},
        )
    return Sentence(
        "Dorosła osoba z tej rodziny jest już w rodzinie „%(family)s” wpisanej ręcznie, więc rodziny nie powtórzono. "
        "Jeśli to inna rodzina, wpisz ją ręcznie.",
        {"family": home.family},
    )


def _look_up(run: ImportRun, chunk: list[FamilyDraft], on: date) -> _Known:
    source = list_key(run.list_name)
    imported = ImportedFamily.objects.system().filter(institution_id=run.institution_id)
    rows = imported.filter(source=source, key__in=[d.key for d in chunk])
    done = {key: (told, family_id) for key, told, family_id in rows.values_list("key", "fingerprint", "family_id")}
    numbers = {p.pesel for d in chunk for p in d.people if p.pesel}
    found = Person.objects.system().filter(institution_id=run.institution_id, pesel__in=numbers)
    persons = {pesel: (pk, last) for pesel, pk, last in found.values_list("pesel", "pk", "last_name")}
    known = _Known(done, persons, _lookalikes(run.institution_id, chunk))
    adults = {pk for d in chunk if d.key not in done for p in d.adults() if (pk := known.person_id(p))}
    if adults:
        known.homes = _homes(run, source, adults, on)
    changed = {done[d.key][1] for d in chunk if d.key in done and done[d.key][0] != d.fingerprint()}
    if changed:
        members = Membership.objects.system().filter(institution_id=run.institution_id, family_id__in=changed)
        for family_id, *who in members.values_list(
            "family_id", "person__pesel", "person__fold_last", "person__fold_first"
        ):
            known.members.setdefault(family_id, set()).update([(who[0],)] if who[0] else [], [(who[1], who[2])])
        for family_id in changed:
            known.members.setdefault(family_id, set())
    return known


def _homes(run: ImportRun, source: str, people: set[UUID], on: date) -> dict[UUID, Home]:
    """Families these people belong to now, but for those of the run's own list: there each number is a family of its own."""
    members = Membership.objects.system().filter(during(on), institution_id=run.institution_id, person_id__in=people)
    rows = list(members.values_list("person_id", "family_id", "family__name").order_by("since", "id"))
    imported = ImportedFamily.objects.system().filter(
        institution_id=run.institution_id, family_id__in={family_id for _person, family_id, _name in rows}
    )
    origin = {family_id: told for family_id, *told in imported.values_list("family_id", "source", "run__list_name")}
    return {
        person_id: Home(name, origin.get(family_id, ["", ""])[1])
        for person_id, family_id, name in rows
        if origin.get(family_id, [""])[0] != source
    }


def _likeness(person: PersonDraft) -> Likeness:
    return fold(person.last_name)[:90], fold(person.first_name)[:60], person.born_on


def _lookalikes(institution_id: UUID, chunk: list[FamilyDraft]) -> dict[Likeness, UUID]:
    """People already here with the names and birth dates of this chunk; by name, because names are indexed."""
    people = [p for d in chunk for p in d.people if p.born_on]
    likenesses = [_likeness(p) for p in people]
    rows = Person.objects.system().filter(
        institution_id=institution_id,
        fold_last__in={last for last, _first, _born in likenesses},
        fold_first__in={first for _last, first, _born in likenesses},
        born_on__in={p.born_on for p in people},
        merged_into__isnull=True,
    )
    return {
        (last, first, born): pk
        for last, first, born, pk in rows.values_list("fold_last", "fold_first", "born_on", "pk")
    }
