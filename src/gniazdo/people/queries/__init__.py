"""Reads of persons and families, by purpose."""

from gniazdo.people.queries.card import FamilyCard, family_card
from gniazdo.people.queries.duplicates import (
    Lookalike,
    duplicates_of,
    proof_of_search,
    suggested_duplicates,
    was_searched,
)
from gniazdo.people.queries.families import (
    FamilyHeader,
    MemberChip,
    age_words,
    families_page,
    family_header,
    family_members,
    family_of_id,
)
from gniazdo.people.queries.find import Found, find_people, find_people_in
from gniazdo.people.queries.persons import PersonPage, person_of_id, person_page
from gniazdo.people.queries.pictures import family_ecomap, family_genogram, moments_of, tie_words
from gniazdo.people.queries.secrets import has_secret_address, read_secret_address

__all__ = [
    "FamilyCard",
    "FamilyHeader",
    "Found",
    "Lookalike",
    "MemberChip",
    "PersonPage",
    "age_words",
    "duplicates_of",
    "families_page",
    "family_card",
    "family_ecomap",
    "family_genogram",
    "family_header",
    "family_members",
    "family_of_id",
    "find_people",
    "find_people_in",
    "has_secret_address",
    "moments_of",
    "person_of_id",
    "person_page",
    "proof_of_search",
    "read_secret_address",
    "suggested_duplicates",
    "tie_words",
    "was_searched",
]
