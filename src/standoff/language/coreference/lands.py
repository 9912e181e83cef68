"""Of which state a role without a name is: "the army", "rebels", "residents", "the prime minister"."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from standoff.language import home, parties, places, strangers, syntax
from standoff.language.coreference.pairs import Pairs
from standoff.language.coreference.roles import Role, role_of, roles
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import BLOCS, OFFICIAL, Mention, Party

NEAREST = 24
"""Other mentions of a word that are looked at for whose it is."""
OPPOSING = listed("opposing")
OF_MANY_STATES = listed("of_many_states")
"""Before a role these say that its bearers are of several states: "Western leaders", "foreign troops"."""
ARMIES = listed("armies")
"""What stands after a state's name where its own forces are meant: "Israeli Air Force"."""


class Lands(Pairs):
    """Asks one sign after another for the state of a bare role."""

    def _bare_role(self, head: Token, role: Role) -> tuple[Mention, ...]:
        """A role without a name: "the army", "rebels", "residents", "the prime minister"."""
        doc = self.doc
        start = head.left_edge.i if head.i - head.left_edge.i < 8 else head.i

        def here(party: Party) -> tuple[Mention, ...]:
            return (mention(party, doc, start, head.i + 1),)

        nobody = here(Party("UNK", (role.sector,), head.text))
        definite = any(t.lower_ in syntax.DEFINITE for t in doc[start : head.i]) or head.pos_ == "PROPN"
        if head.lemma_.lower() in {"diplomat", "source"} and not definite:
            return nobody
        if head.tag_ in {"NNS", "NNPS"} and role.person and definite and (several := self._several(head)):
            return several
        if head.lemma_.lower() == "drone" and (head.i == 0 or role_of(head.nbor(-1)) is None):
            # Both sides fly them: "hit by drones" says nothing of whose they were.
            return ()
        if role.sector == "REB" and role.unknown_armed and not definite:
            country = self._nearby_country(head)
            unknown = any(t.lower_ in listed("unknown") for t in doc[start : head.i])
            if head.lemma_.lower() in listed("gunmen") or unknown or not country:
                return nobody
        of_many = OF_MANY_STATES & {t.lower_ for t in doc[max(start, head.i - 3) : head.i]}
        if of_many and not any(f"{word} {head.lemma_.lower()}" in roles() for word in of_many):
            return nobody
        if definite and (described := self._only_group(head, role)) is not None:
            return here(described)
        if definite and (earlier := self._earlier(head, role)) is not None:
            return here(earlier)
        if strangers.strange(head):
            return nobody
        country = (
            self.at_home(head, role)
            or self._only_army(role)
            or self._quoting(head, role)
            or self._own_institution(head, role)
            or self._elsewhere(head, role)
            or self._of_what_was_hit(head, role)
            or self._telling_state(head, role)
            or self._nearby_country(head)
        )
        if country is not None and role.sector in {"GOV", "MIL"} and country in (other := self._opposed(head)):
            country = next((code for code, _ in self._stated.most_common() if code not in other), None)
        return nobody if country is None else here(Party(country, (role.sector,), head.text))

    def at_home(self, head: Token, role: Role) -> str | None:
        """ "The ministry", "police" of a paper's own country, in a text that is about it; a body named with its state before is that
        state's."""
        if role.sector not in OFFICIAL or role.victim or not home.bare(head) or self._in_quotes(head):
            return None
        if strangers.strange(head):  # "enemy aircraft" of a paper at home are those of the other side
            return None
        land = home.speaks_of(self.doc, self._stated)
        if not land:
            return None
        earlier = self._earlier(head, role)
        return land if earlier is None or earlier.code == land else None

    def _only_army(self, role: Role) -> str | None:
        """ "The army", "air force sorties", in a text that speaks of the forces of one state alone."""
        if role.sector != "MIL" or role.person:
            return None
        if self._armies is None:
            self._armies = set()
            for name in self.doc.spans.get(parties.KEY, []):
                party = parties.party_of_name(name)
                if party.code in BLOCS or {"REB", "PRE"} & set(party.sectors):
                    continue
                after = self.doc[name.end].lower_ if name.end < len(self.doc) else ""
                owns = name.label_ in {"adjective", "state"} and after in ARMIES
                if owns or (name.label_ == "institution" and "MIL" in party.sectors):
                    self._armies.add(party.code)
        return next(iter(self._armies)) if len(self._armies) == 1 else None

    def _quoting(self, head: Token, role: Role) -> str | None:
        """ ""Indian forces fired", the Foreign Office said": of the state that acted or spoke last, which is not one it
        speaks of."""
        if role.sector not in {"GOV", "MIL"} or role.victim or head.dep_ != "nsubj" or self._in_quotes(head):
            return None
        sent = head.sent
        quoted = {
            parties.party_of_name(name).code
            for name in self.doc.spans.get(parties.KEY, [])
            if sent.start <= name.start < head.i and self._in_quotes(name.root)
        }
        if not quoted:
            return None
        for name in reversed(self.doc.spans.get(parties.KEY, [])):
            if name.start >= sent.start or name.label_ not in {"state", "capital", "seat", "person", "adjective"}:
                continue
            party = parties.party_of_name(name)
            holder = name.root.head if name.label_ == "adjective" else name.root
            if holder.dep_ != "nsubj" or self._in_quotes(name.root) or "REB" in party.sectors:
                continue
            return party.code if party.code in self._stated and party.code not in quoted else None
        return None

    def _own_institution(self, head: Token, role: Role) -> str | None:
        """ "President X asked parliament": a state's body beside its official is of the same state."""
        if (
            role.sector not in {"LEG", "JUD", "COP", "GOV", "MIL"}
            or role.victim
            or head.dep_ in any_of("nsubj nsubjpass appos dep")
        ):
            return None
        subj = self._subject_above(head)
        if subj is None:
            return None
        found = [m.party for m in self.resolve(subj)]
        if len(found) == 1 and found[0].code in self._stated and "REB" not in found[0].sectors:
            return found[0].code
        return None

    def _elsewhere(self, head: Token, role: Role) -> str | None:
        """ "Six sailors" in a report whose other sailors are all Ukrainian."""
        if not role.victim or role.sector not in {"MIL", "COP", "REB"}:
            return None
        codes: set[str] = set()
        # The nearest ones: a report that has more of one word is a list of losses.
        same = sorted(self._by_lemma()[head.lemma], key=lambda at: abs(at - head.i))[:NEAREST]
        for at in same:
            if at != head.i and at not in self._busy:
                codes |= {m.party.code for m in self.owner(self.doc[at]) if m.party.code in self._stated}
        return codes.pop() if len(codes) == 1 else None

    def _by_lemma(self) -> dict[int, list[int]]:
        if self._lemmas is None:
            self._lemmas = defaultdict(list)
            for token in self.doc:
                self._lemmas[token.lemma].append(token.i)
        return self._lemmas

    def _of_what_was_hit(self, head: Token, role: Role) -> str | None:
        """ "Two sailors were killed in an attack on a Saudi frigate": those aboard are of the state whose ship it is."""
        if not role.victim or role.sector != "MIL":
            return None
        verb = head.head
        if head.dep_ not in {"nsubjpass", "dobj"} or verb.lemma_.lower() not in listed("hurting"):
            return None
        for token in verb.subtree:
            if token.lower_ not in {"on", "against", "at"} or token.head.lemma_.lower() not in listed("attacks"):
                continue
            hit = syntax.child(token, "pobj")
            named = self.owner(hit) if hit is not None else ()
            codes = {m.party.code for m in named if "REB" not in m.party.sectors} - BLOCS
            if len(codes) == 1:
                return codes.pop()
        return None

    def _telling_state(self, head: Token, role: Role) -> str | None:
        """ "Ukraine said 12 civilians were killed": nobody is named who did it, and no place: the teller's own."""
        if not role.victim or role.sector == "REB" or head.dep_ not in {"nsubjpass", "nsubj"}:
            return None
        deed = head.head
        if syntax.agent(deed) is not None or (head.dep_ == "nsubj" and deed.lemma_.lower() not in {"die", "perish"}):
            return None
        said = deed.head
        if deed.dep_ != "ccomp" or said.pos_ != "VERB" or said.i == deed.i:
            return None
        clause = self.doc[deed.left_edge.i : deed.right_edge.i + 1]
        placed = any(clause.start <= s.start < clause.end for s in self.doc.spans.get(places.KEY, []))
        if placed and role.sector not in {"MIL", "COP"}:
            return None
        teller = syntax.subject(said)
        found = [m.party for m in self.resolve(teller)] if teller is not None and teller.i != head.i else []
        return found[0].code if len(found) == 1 and found[0].code in self._stated else None

    def _nearby_country(self, head: Token) -> str | None:
        """Country for a role that names none: the place beside it, else where the document's events lie."""
        sent = head.sent
        clause = head.head.subtree if head.head.pos_ in {"VERB", "AUX"} else ()
        own = {t.i for t in clause}
        best: tuple[bool, int, str] | None = None
        for span in syntax.overlapping(self.doc, places.KEY, sent.start_char, sent.end_char):
            if span.start < sent.start or span.end > sent.end or span._.place is None or not span._.place.country:
                continue
            if self._beside_hyphen(span):
                continue
            first = span.root
            while first.dep_ == "conj" and first.head.i != first.i:
                first = first.head
            if first.dep_ in {"nsubj", "poss", "dobj"} or (
                first.dep_ == "pobj" and first.head.lower_ in {"by", "to", "with", "between"}
            ):
                continue
            near = (span.start not in own, abs(span.start - head.i), span._.place.country)
            if best is None or near < best:
                best = near
        return best[2] if best is not None else self.place_country

    def _opposed(self, head: Token) -> set[str]:
        """ "The ministry said it condemns Cambodia": the states that a body speaks against are not its own."""
        if head.dep_ != "nsubj":
            return set()
        return {
            parties.party_of_name(name).code
            for token in head.head.subtree
            if token.dep_ == "dobj"
            and token.head.lemma_.lower() in OPPOSING
            and (name := parties.name_at(token)) is not None
        }
