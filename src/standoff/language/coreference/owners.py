"""Whose a noun is: "Indian drones", "the army of X", "its base", and who was said to own it before."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from standoff import lexicon
from standoff.language import control, parties, places, syntax
from standoff.language.coreference.ground import NOT_OWNER, Ground
from standoff.language.coreference.roles import Role, role_of
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention, Party

DAYS = listed("days")
VEHICLE_WORDS = frozenset(w for entry in lexicon.load("cues").get("vehicles", []) for w in entry["words"])


class Owners(Ground):
    """Finds the parties that a noun's modifiers name."""

    def owner(self, head: Token, speaker: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """Parties that a noun's modifiers name: "Indian drones", "Assad's forces", "the army of X", "its base"."""
        found: list[Mention] = []
        for c in head.children:
            if c.dep_ == "poss" and c.ent_type_ not in {"DATE", "TIME"} and c.lower_ not in DAYS:
                if (
                    c.pos_ == "PRON"
                    and head.lemma_.lower() in any_of("counterpart colleague")
                    and self._adjective(head)
                ):
                    continue  # "his Iranian counterpart" is Iran's
                named = self.resolve(c, speaker)
                found.extend(named if any(m.party.code != "UNK" for m in named) else self._land(c, head) or named)
        if found:
            group = parties.name_at(self.doc[head.i - 1]) if head.i else None
            if group is not None and group.label_ == "group" and role_of(head) is not None:
                return (
                    mention(parties.party_of_name(group), self.doc, group.start, group.end),
                )  # "Yemen's Houthi movement"
            return tuple(found)
        for token in self.doc[head.left_edge.i : head.i]:
            name = parties.name_at(token)
            if name is None or token.i != name.start or name.end > head.i + (name.end - name.start):
                continue
            if name.start <= head.i < name.end or not self._qualifies(name, head):
                continue
            if name.label_ == "outlet" and (role := role_of(head)) is not None and role.sector != "JRN":
                continue  # "told AFP gunmen attacked"
            between = {t.text for t in self.doc[name.end : head.i]}
            if between & any_of(": — –") or (")" in between and "(" not in between):
                continue  # a credit before the sentence, a headline's teller after it: "(AFP) Leaders", "— officials"
            party = parties.party_of_name(name)
            if party.code != "UNK" or name.label_ == "person":
                found.append(mention(party, self.doc, name.start, name.end))
        # The parser sometimes hangs "Indian" elsewhere: the word just before still qualifies the noun.
        if not found and head.i > 0:
            before = parties.name_at(self.doc[head.i - 1])
            if before is not None and before.label_ in {"adjective", "regional"} and before.sent == head.sent:
                found.append(mention(parties.party_of_name(before), self.doc, before.start, before.end))
        if found:
            return tuple(dict.fromkeys(found))
        for prep, obj in syntax.prepositional(head, "of", "from", "for", "by", "in", "at"):
            name = parties.name_at(obj)
            if prep.lower_ == "at":
                # "Officials at NATO headquarters", "a spokesman at the Pentagon"; but "soldiers at the airport" are nobody's.
                role = role_of(head)
                house = [n for t in obj.subtree if (n := parties.name_at(t)) is not None]
                if (
                    role is not None
                    and role.speaker
                    and house
                    and house[0].label_ in {"organisation", "seat", "institution"}
                ):
                    found.append(mention(parties.party_of_name(house[0]), self.doc, house[0].start, house[0].end))
                    break
                continue
            held = self._held(obj, head) if prep.lower_ in {"in", "of"} else ()
            if held:
                found.extend(held)
                break
            if prep.lower_ in {"in", "from"} and role_of(head) is None and head.lemma_.lower() not in VEHICLE_WORDS:
                continue
            if prep.lower_ == "in" and (name is None or name.label_ not in {"state", "capital"}):
                continue
            if prep.lower_ == "for":
                role = role_of(head)
                body = head.lemma_.lower() in listed("inquiries")
                armed = role is not None and role.person and name is not None and name.label_ == "group"
                if not body and not armed and (role is None or not role.speaker):
                    continue
            found.extend(m for m in self.resolve(obj, speaker) if m.party.code != "UNK")
            if found:
                break
        return tuple(found)

    def _land(self, token: Token, head: Token) -> tuple[Mention, ...]:
        """ "Gaza's health ministry", "Kherson's governor": offices of a place are of the state it lies in."""
        if role_of(head) is None:
            return ()
        for span in self._places_at(token):
            if span._.place is not None and span._.place.country:
                party = self._holder(span, head) or Party(span._.place.country, (), span._.place.name)
                return (mention(party, self.doc, span.start, span.end),)
        return ()

    @staticmethod
    def _adjective(head: Token) -> bool:
        return any((name := parties.name_at(c)) is not None and name.label_ == "adjective" for c in head.lefts)

    def _held(self, token: Token, head: Token) -> tuple[Mention, ...]:
        """ "The health directorate in Idlib": of whoever holds the place, where that is not its state."""
        place = next(self._places_at(token), None)
        party = self._holder(place, head) if place is not None else None
        return (mention(party, self.doc, place.start, place.end),) if place is not None and party is not None else ()

    def _places_at(self, token: Token) -> Iterator[Span]:
        return (span for span in self.doc.spans.get(places.KEY, []) if span.start <= token.i < span.end)

    def _holder(self, place: Span, head: Token) -> Party | None:
        """Who holds the place that an office or service is of, if not its state."""
        role = role_of(head)
        if role is None or role.victim or role.sector not in {"GOV", "MED", "COP"}:
            return None
        if head.lemma_.lower() in listed("hospitals"):
            return None  # hit, not heard: its people are the state's
        return control.holder(self.doc, place)

    def _qualifies(self, name: Span, head: Token) -> bool:
        end = name.end
        if end + 1 < len(self.doc) and self.doc[end].text in {"-", "–"} and end < head.i:
            return self.doc[end + 1].lower_ not in NOT_OWNER
        if end < head.i and self.doc[end].lower_ in NOT_OWNER and self.doc[end].lower_ != "armed":
            return False  # "Iran backed groups"; but "Ukrainian armed forces" are Ukraine's
        # Not a name inside a relative clause or a prepositional phrase before the head.
        return not any(
            t.pos_ in {"VERB", "ADP", "AUX"} and t.dep_ not in {"amod", "compound", "case", "prep"}
            for t in self.doc[end : head.i]
            if t.dep_ not in {"amod", "compound"}
        )

    @staticmethod
    def _with_role(party: Party, role: Role, head: Token) -> Party:
        if {"REB", "PRE"} & set(party.sectors) or party.code in any_of("UNO EUR IGO NGO ISM IMG MNC"):
            return party
        sectors = (role.sector,) if role.sector else party.sectors
        if head.lemma_.lower() in {"coalition", "alliance"}:
            sectors = ("MIL",)  # "the Saudi-led coalition" opposes nobody at home
        return Party(party.code, sectors, party.name)

    def _earlier(self, head: Token, role: Role) -> Party | None:
        """The party of an earlier mention of the same office or body."""
        lemma = head.lemma_.lower()
        for token in reversed(self.doc[max(0, head.i - 400) : head.i]):
            if token.lemma_.lower() != lemma and token.lower_ != lemma:
                continue
            if token.i in self._busy:
                continue
            name = parties.name_at(token)
            if name is not None and name.label_ == "group" and role.sector in {"MIL", "COP", "GOV"}:
                continue  # the "Army" of a rebel army's name is not "the army"
            title = self._title_bearer(token)
            if title is not None and title.code != "UNK":
                return title
            owners = self.owner(token) if name is None else ()
            if owners and owners[0].party.code != "UNK":
                return self._with_role(owners[0].party, role, head)
            cached = self._cache.get(token.i)
            if cached and cached[0].party.code != "UNK":
                return cached[0].party
        return None

    def _title_bearer(self, token: Token) -> Party | None:
        for i in range(token.i + 1, min(token.i + 4, len(self.doc))):
            name = parties.name_at(self.doc[i])
            if name is not None and name.label_ == "person":
                return parties.party_of_name(name)
            if self.doc[i].pos_ not in {"PROPN", "NOUN", "ADP", "ADJ"}:
                return None
        return None
