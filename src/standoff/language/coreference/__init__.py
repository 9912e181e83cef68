"""Who a noun phrase refers to: by name, role, demonym, capital, and by what was said before.

:class:`Resolver` answers ``resolve(token)`` for the head of a noun phrase with the parties it refers to.
It reads left to right and guesses only where English news leaves little doubt; otherwise the party is unknown.
Each module of this package answers one question, and asks those before it: roles, same, ground, owners, persons, bodies,
pairs, lands, pronouns, resolver.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.language import extensions
from standoff.language.coreference.owners import DAYS, VEHICLE_WORDS
from standoff.language.coreference.pronouns import PERSON_PRONOUNS, PLURAL_PRONOUNS, SPEAKER_PRONOUNS, UNARMED
from standoff.language.coreference.resolver import Resolver
from standoff.language.coreference.roles import Role, role_of, roles
from standoff.language.coreference.same import itself, mention, others

__all__ = [
    "DAYS",
    "PERSON_PRONOUNS",
    "PLURAL_PRONOUNS",
    "SPEAKER_PRONOUNS",
    "UNARMED",
    "VEHICLE_WORDS",
    "Coreference",
    "Resolver",
    "Role",
    "create",
    "itself",
    "mention",
    "others",
    "resolver",
    "role_of",
    "roles",
]

extensions.register()


def resolver(doc: Doc) -> Resolver:
    """The document's resolver, made on first use."""
    found = doc._.resolver
    if found is None:
        found = doc._.resolver = Resolver(doc)
    result: Resolver = found
    return result


class Coreference:
    def __call__(self, doc: Doc) -> Doc:
        resolver(doc)
        return doc


@Language.factory("standoff_coreference")
def create(nlp: Language, name: str) -> Coreference:
    """Make the component (spaCy factory ``standoff_coreference``)."""
    return Coreference()
