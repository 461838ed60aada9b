"""Tables of persons and families, by noun."""

from gniazdo.people.models.address import Address, Contact, InstitutionContact, SecretAddress, SecretAddressReader
from gniazdo.people.models.card import Consent, EcoTie, FinanceSnapshot, HazardFlag, HousingSnapshot, PastEvent
from gniazdo.people.models.kin import Kinship, ParentalAuthority
from gniazdo.people.models.merge import Merge
from gniazdo.people.models.person import Family, Membership, Person
from gniazdo.people.models.personal import (
    ChildSituation,
    DisabilityCertificate,
    HealthCard,
    LifeSituation,
    Need,
    Schooling,
)
from gniazdo.people.models.search import NameToken, PersonToken, TokenDeletion

__all__ = [
    "Address",
    "ChildSituation",
    "Consent",
    "Contact",
    "DisabilityCertificate",
    "EcoTie",
    "Family",
    "FinanceSnapshot",
    "HazardFlag",
    "HealthCard",
    "HousingSnapshot",
    "InstitutionContact",
    "Kinship",
    "LifeSituation",
    "Membership",
    "Merge",
    "NameToken",
    "Need",
    "ParentalAuthority",
    "PastEvent",
    "Person",
    "PersonToken",
    "Schooling",
    "SecretAddress",
    "SecretAddressReader",
    "TokenDeletion",
]
