"""Forms of persons and families: fields come from the models, so labels and word lists are stated once."""

from gniazdo.people.forms.nouns import NOUNS, Noun
from gniazdo.people.forms.people import FamilyForm, FamilyNameForm, MemberForm, MergeForm, PersonForm, PersonRows

__all__ = ["NOUNS", "FamilyForm", "FamilyNameForm", "MemberForm", "MergeForm", "Noun", "PersonForm", "PersonRows"]
