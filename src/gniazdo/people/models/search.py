"""The index of names: words of names, their one-letter deletions and whose they are. Derived; rebuilt from persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models

from gniazdo.orgs.models import Institution
from gniazdo.people.models.person import Person
from gniazdo.people.rules import names


class NameToken(models.Model):
    """A distinct folded word of names in one institution."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=90)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "text"], name="token_once")]

    def __str__(self) -> str:
        return self.text


class TokenDeletion(models.Model):
    """A word with at most one letter left out, and the word it comes from."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=90)
    text = models.CharField(max_length=90)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "key", "text"], name="deletion_once")]

    def __str__(self) -> str:
        return f"{self.key} ← {self.text}"


class PersonToken(models.Model):
    """A word of a person's names."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens", db_index=False)
    text = models.CharField(max_length=90)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "text"], name="person_token_once")]
        indexes: ClassVar = [models.Index(fields=["institution", "text", "person"], name="person_token_text")]

    def __str__(self) -> str:
        return self.text


def words_of(person: Person) -> list[str]:
    """The folded words under which a person is found."""
    return names.tokens(person.first_name, person.second_name, person.last_name, person.family_name)


def fill_keys(person: Person) -> None:
    """Set the stored keys of a person from their names and PESEL; every verb that writes a name calls it before saving."""
    person.sort_key = names.sort_key(person.last_name, person.first_name)
    person.fold_first = names.fold(person.first_name)[:60]
    person.fold_last = names.fold(person.last_name)[:90]
    person.pesel_reversed = person.pesel[::-1]


def index_names(persons: Sequence[Person], *, fresh: bool) -> None:
    """Write the index rows of persons of one institution in at most five statements; `fresh` ones have none yet."""
    if not persons:
        return
    institution_id = persons[0].institution_id
    if not fresh:
        PersonToken.objects.filter(person__in=[p.pk for p in persons]).delete()
    rows = [(p.pk, word) for p in persons for word in words_of(p)]
    words = {word for _pk, word in rows}
    old = NameToken.objects.filter(institution_id=institution_id, text__in=words).values_list("text", flat=True)
    new = sorted(words - set(old))
    _put(NameToken, ("text",), [(word,) for word in new], institution_id)
    _put(
        TokenDeletion,
        ("key", "text"),
        [(k, word) for word in new for k in sorted(names.deletions(word))],
        institution_id,
    )
    pk = Person._meta.pk.get_db_prep_value
    _put(PersonToken, ("person_id", "text"), [(pk(p, connection), word) for p, word in rows], institution_id)


def _put(
    model: type[models.Model], columns: tuple[str, ...], rows: list[tuple[Any, ...]], institution_id: UUID
) -> None:
    """Insert index rows past the ORM (an import writes hundreds of thousands); a row already there is left alone."""
    if not rows:
        return
    quote = connection.ops.quote_name
    owner = Institution._meta.pk.get_db_prep_value(institution_id, connection)
    listed = ", ".join(quote(c) for c in ("institution_id", *columns))
    marks = ", ".join(["%s"] * (len(columns) + 1))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(owner, *row) for row in rows])
