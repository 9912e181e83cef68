"""Who "the group", "the alliance", "the sources" and "the statement" are: bodies that were named before."""

from __future__ import annotations

from spacy.tokens import Token

from standoff import lexicon
from standoff.language import parties
from standoff.language.coreference.persons import Persons
from standoff.language.coreference.roles import Role
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.model import Mention, Party


class Bodies(Persons):
    """Finds a named body by a noun for its kind."""

    def _same_kind(self, head: Token, lemma: str) -> tuple[Mention, ...]:
        """A definite noun for a named body: the latest one of its kind before it."""
        wanted = lexicon.load("grammar")["named_before"]["kinds"].get(lemma, ("organisation",))
        if not any(t.lower_ in {"the", "this", "that"} for t in self.doc[head.left_edge.i : head.i]):
            return ()
        before = [
            name
            for name in self.doc.spans.get(parties.KEY, [])
            if name.end <= head.i
            and (name.label_ in wanted or lemma in name.text.lower())
            and not (lemma in listed("blocs") and parties.party_of_name(name).code in {"NGO", "UNO"})
        ]
        # "The group" is an armed one where the text has named one, whoever else it has named since.
        kinds = sorted(before, key=lambda name: (name.label_ == "group", name.start), reverse=True)
        return tuple(mention(parties.party_of_name(name), self.doc, head.i, head.i + 1) for name in kinds[:1])

    def _only_group(self, head: Token, role: Role) -> Party | None:
        """ "The militants", in a text that has named one armed group so far."""
        if role.sector != "REB" or head.lemma_.lower() not in listed("fighters"):
            return None
        named = {
            parties.party_of_name(name)
            for name in self.doc.spans.get(parties.KEY, [])
            if name.end <= head.i and head.i - name.end < 150 and name.label_ == "group"
        }
        armed = {party for party in named if "REB" in party.sectors}
        return next(iter(armed)) if len(armed) == 1 else None

    def _led_before(self, head: Token) -> tuple[Mention, ...]:
        """ "The alliance", after "the Saudi-led coalition"."""
        for token in reversed(self.doc[: head.i]):
            if token.lemma_.lower() not in {"coalition", "alliance"} or token.i in self._busy or token.i < 3:
                continue
            leader = parties.name_at(self.doc[token.i - 3]) if token.nbor(-1).lower_ == "led" else None
            if leader is not None and (party := parties.party_of_name(leader)).code != "UNK":
                return (mention(Party(party.code, ("MIL",), party.name), self.doc, head.i, head.i + 1),)
        return ()

    def _issuer(self, head: Token) -> tuple[Mention, ...]:
        """Whose statement it is: its owner, else the party that the text last quoted from a statement.

        A statement that is spoken of within a quotation is another one.
        """
        quotes = self.doc._.quotes or ()
        for token in reversed(self.doc[max(0, head.i - 200) : head.i]):
            if token.lemma_.lower() == head.lemma_.lower() and token.i not in self._busy:
                if self._in_quotes(token) and not self._in_quotes(head):
                    continue
                found = self.owner(token)
                if found:
                    return self._as(head, found)
        for statement in reversed(self.doc._.statements or []):
            if statement.cue_span.end > head.idx or not statement.sources or statement.attitude:
                continue
            if not any(q.span.covers(statement.cue_span) for q in quotes):
                return self._as(head, (statement.sources[0].mention,))
        return ()

    def _same_sources(self, head: Token) -> tuple[Mention, ...]:
        """ "Lebanese security sources said … The sources said": the same."""
        if not any(c.lower_ in {"the", "these", "those"} for c in head.lefts):
            return ()
        for token in reversed(self.doc[max(0, head.i - 400) : head.i]):
            if token.lower_ == head.lower_ and (owners := self.owner(token)):
                return self._as(head, owners)
        return ()

    def _unnamed(self, head: Token) -> tuple[Mention, ...]:
        """A proper name that the lexicon does not hold: named in the text, of unknown party."""
        if head.ent_type_ not in {"ORG", "GPE", "NORP", "PERSON", "FAC"} and head.pos_ != "PROPN":
            return ()
        start = head.i
        while (
            start > head.left_edge.i
            and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN", "NUM"}
            and start > head.i - 6
        ):
            start -= 1
        return (mention(Party("UNK", (), self.doc[start : head.i + 1].text), self.doc, start, head.i + 1),)
