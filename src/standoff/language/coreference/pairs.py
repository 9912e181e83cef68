"""Who "both sides", "the two" and "the ministers" are."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span, Token

from standoff.language import parties, syntax
from standoff.language.coreference.bodies import Bodies
from standoff.language.coreference.same import mention
from standoff.model import Mention, Party


class Pairs(Bodies):
    """Finds two by a noun for both."""

    def _pair(self, head: Token) -> tuple[Mention, ...]:
        """ "Both sides": the two parties that the text is about, of those it has named up to here.

        Whoever does something to both of them in the sentence ("X brokered a deal between the two") is neither.
        """
        if head.lower_ == "two":
            met = self._named_before(head)
            if len(met) == 2:
                return tuple(mention(party, self.doc, head.left_edge.i, head.i + 1) for party in met)
        seen: Counter[str] = Counter()
        by_key: dict[str, Party] = {}
        between = {m.party.key for m in self._doer_of_clause(head)}
        before = {parties.party_of_name(n).key for n in self.doc.spans.get(parties.KEY, []) if n.start < head.i}
        for name in self.doc.spans.get(parties.KEY, []):
            party = parties.party_of_name(name)
            if party.code == "UNK" or name.label_ in {"outlet", "people_group"} or party.code in {"UNO", "NGO"}:
                continue
            if party.key not in before - between:
                continue
            seen[party.key] += 2 if name.start < head.i else 1
            by_key.setdefault(
                party.key, Party(party.code, tuple(s for s in party.sectors if s in {"REB", "PRE"}), party.code)
            )
        ranked = [key for key, n in seen.most_common(2) if n]
        if len(ranked) < 2:
            return ()
        start = head.left_edge.i
        return tuple(mention(by_key[key], self.doc, start, head.i + 1) for key in ranked)

    def _named_before(self, head: Token) -> list[Party]:
        """Persons and states that the sentence before speaks of."""
        start = head.sent.start
        while start > 0 and self.doc[start - 1].is_space:
            start -= 1
        if start == 0:
            return []
        before = self.doc[start - 1].sent
        sides = self._between(before)
        if len(sides) == 2:
            return sides
        found = {}
        for name in self.doc.spans.get(parties.KEY, []):
            if before.start <= name.start < before.end and name.label_ in {"person", "state", "capital", "seat"}:
                party = parties.party_of_name(name)
                if party.code != "UNK":
                    found[party.key] = party
        return list(found.values())

    def _between(self, sent: Span) -> list[Party]:
        """The two sides of a fight or a meeting that a sentence tells of: "in clashes between the rebels and the army"."""
        for token in sent:
            side = syntax.child(token, "pobj") if token.lower_ == "between" else None
            if side is not None and side.i not in self._busy:
                found = {m.party.key: m.party for m in self.resolve(side) if m.party.code != "UNK"}
                if len(found) == 2:
                    return list(found.values())
        return []

    def _several(self, head: Token) -> tuple[Mention, ...]:
        """ "The ministers", after one and his counterpart were named: both."""
        found: dict[str, Party] = {}
        for token in self.doc[max(0, head.i - 120) : head.i]:
            if token.lemma_.lower() not in {head.lemma_.lower(), "counterpart"} or token.tag_ in {"NNS", "NNPS"}:
                continue
            if token.i in self._busy:
                continue
            bearer = self._title_bearer(token)
            named = (bearer,) if bearer is not None else tuple(m.party for m in self._one(token, ()))
            found.update({party.key: party for party in named if party.code != "UNK"})
        if len(found) != 2:
            return ()
        return tuple(mention(party, self.doc, head.left_edge.i, head.i + 1) for party in found.values())
