"""Who a person is: by a title, an apposition, a name that was given before, or whom the text speaks for."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Span, Token

from standoff.language import parties, syntax
from standoff.language.coreference.owners import Owners
from standoff.language.coreference.roles import Role, role_of
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import BLOCS, PEOPLE, Mention, Party

OF_THE_PLACE = listed("of_the_place")
"""Titles that are borne where things happen."""


def _whose(name: Span) -> bool:
    """ "A spokesman for Machar's faction", "an aide to Putin": a person by whom another is placed."""
    before = name.doc[name.start - 1].lower_ if name.start else ""
    return before in {"for", "of", "to"} and parties.party_of_name(name).code != "UNK"


class Persons(Owners):
    """Gives every person the party that the text states."""

    def _read_persons(self) -> None:
        """Give every person the party that a title or an apposition states, and carry it to later bare surnames."""
        for span in self.doc.spans.get(parties.KEY, []):
            if span.label_ != "person":
                continue
            party = parties.party_of_name(span)
            stated = self._stated_country(span)
            if stated is not None and stated.code in BLOCS and party.code != "UNK":
                party = Party(
                    stated.code, stated.sectors, party.name
                )  # an envoy of the African Union, whatever his state
            if party.code == "UNK":
                surname = span[-1].text
                known = self.persons.get(span.text) or self.persons.get(surname)
                if known is not None and not stated:
                    party = Party(known.code, known.sectors, known.name)
                elif stated:
                    party = Party(stated.code, stated.sectors, span.text)
                elif (body := self._body_of(span)) is not None:
                    party = Party(body.code, body.sectors, span.text)
                else:
                    party = Party(self._country_by_context(span), ("GOV",) if self._titled(span) else (), span.text)
            span._.parties = (party,)
            self.persons[span.text] = party
            self.persons.setdefault(span[-1].text, party)
            if len(span) > 1 and len(span[0]) > 3:
                self.persons.setdefault(span[0].text, party)

    def _body_of(self, span: Span) -> Party | None:
        """ "Agency spokesman Mahmud Bassal": of the agency that the text named before."""
        if span.start < 2:
            return None
        body = self.doc[span.start - 2]
        role = role_of(body)
        if role_of(self.doc[span.start - 1]) is None or role is None or role.person or body.ent_type_ == "PERSON":
            return None
        found = self._earlier(body, role)
        return found if found is not None and found.code != "UNK" else None

    def _titled(self, span: Span) -> bool:
        """Whether an office stands before a name; "resident" and "trader" are none."""
        before = [t for t in self.doc[max(span.sent.start, span.start - 4) : span.start] if t.pos_ in {"NOUN", "PROPN"}]
        return any(role.sector not in PEOPLE for t in before if (role := role_of(t)) is not None)

    def _stated_country(self, span: Span) -> Party | None:
        """The party in a person's title or apposition: "Indian Prime Minister X", "X, Syria's envoy", "X of Hamas"."""
        i = span.start - 1
        sector: tuple[str, ...] = ()
        steps = 0
        floor = span.sent.start
        while i >= floor and steps < 8:
            token = self.doc[i]
            found = parties.name_at(token)
            if found is not None and found.label_ != "person":
                party = parties.party_of_name(found)
                between = self.doc[found.end : span.start]
                plain = all(
                    (t.pos_ in any_of("NOUN PROPN ADJ PUNCT PART CCONJ") or t.lower_ in {"of", "for"})
                    and t.text not in {",", ";"}
                    for t in between
                )
                office = (
                    found.label_ == "group" and found.end == span.start and role_of(self.doc[found.end - 1]) is not None
                )
                if office or (plain and any(role_of(t) is not None for t in between)):
                    armed = {"REB", "PRE"} & set(party.sectors)
                    return Party(party.code, party.sectors if armed else sector or party.sectors, party.name)
                return None
            role = role_of(token)
            if role is not None and not sector:
                sector = (role.sector,)
            if (
                token.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ"}
                or (token.pos_ == "ADP" and token.lower_ not in {"of", "for"})
                or token.text in {",", ";", ":", '"', "”"}
            ):
                break
            i -= 1
            steps += 1
        if (before := self._office_before(span)) is not None:
            return before
        # After the name: ", a spokesman for Jaish al-Islam," / ", Germany's chancellor," / "of the X"
        j = span.end
        while j < span.sent.end and j < span.end + 2 and self.doc[j].tag_ == "NNP" and span.root.head.i == j:
            j += 1  # the rest of a name of which the model knew a part
        if j < len(self.doc) and self.doc[j].text in {",", "(", "-", "–", "—"}:
            role_seen: Role | None = None
            candidate: Party | None = None
            for token in self.doc[j + 1 : min(j + 14, span.sent.end)]:
                if token.text in any_of(", ) ; – — .") or (token.pos_ in {"VERB", "AUX"}):
                    break
                role_seen = role_seen or role_of(token)
                found = parties.name_at(token)
                if found is None or not (candidate is None or found.label_ == "group"):
                    continue
                if found.label_ != "person" or _whose(found):
                    named = parties.party_of_name(found)  # "leader of the Nigerian group Boko Haram": of the group
                    candidate = named if named.code != "UNK" else candidate
            if role_seen is not None and candidate is not None:
                sectors = candidate.sectors if "REB" in candidate.sectors else (role_seen.sector,)
                return Party(candidate.code, sectors, candidate.name)
        elif j + 1 < len(self.doc) and self.doc[j].lower_ in {"of", "from"}:
            for token in self.doc[j + 1 : min(j + 5, span.sent.end)]:
                found = parties.name_at(token)
                if found is not None and found.label_ not in {"person"}:
                    return parties.party_of_name(found)
        return None

    def _office_before(self, span: Span) -> Party | None:
        """ "A Somali military officer, Col. Ahmed Ali, said": the party of the office that the name stands beside."""
        office = span.root.head
        role = role_of(office)
        if span.root.dep_ != "appos" or office.i >= span.start or role is None or not role.person:
            return None
        for token in self.doc[office.left_edge.i : office.i]:
            found = parties.name_at(token)
            if found is not None and found.label_ != "person":
                party = parties.party_of_name(found)
                return Party(party.code, party.sectors if "REB" in party.sectors else (role.sector,), party.name)
        return None

    def _acting(self) -> tuple[list[int], list[Span]]:
        """The names that do or own something, and where each begins, in the order of the text."""
        if self._named_acting is None:
            found = sorted(
                (
                    name
                    for name in self.doc.spans.get(parties.KEY, [])
                    if name.label_ not in {"outlet", "adjective", "people_group", "regional"}
                    if self.doc[name.end - 1].dep_ in {"nsubj", "poss"} or name.root.dep_ == "nsubj"
                ),
                key=lambda name: name.start,
            )
            self._named_acting = [name.start for name in found], found
        return self._named_acting

    def _country_by_context(self, span: Span) -> str:
        """For an official with no stated country: the state whose voice the text was last giving."""
        if not self._titled(span):
            return "UNK"
        sent = span.sent
        quoted = self._quoted_states(sent)
        starts, acting = self._acting()
        for at in range(bisect_left(starts, sent.start) - 1, -1, -1):
            code = parties.party_of_name(acting[at]).code
            if code in self._stated and code not in quoted:
                return code
        following = [
            s
            for s in syntax.overlapping(self.doc, parties.KEY, sent.start_char, sent.end_char)
            if span.end <= s.start < sent.end
        ]
        for name in following:
            if parties.party_of_name(name).code in quoted:
                continue
            if name.root.dep_ in {"nsubj", "nsubjpass"} and parties.party_of_name(name).code in self._stated:
                return parties.party_of_name(name).code
        if len(self._stated) == 1:
            return self._stated.most_common(1)[0][0]
        # "Army spokesman Colonel X", "Regional governor Y": of the country that the text is about.
        title = {t.lower_ for t in self.doc[max(sent.start, span.start - 5) : span.start]}
        return (self.place_country or "UNK") if title & OF_THE_PLACE else "UNK"

    def _named(self, name: Span, head: Token) -> tuple[Mention, ...]:
        party = parties.party_of_name(name)
        if party.code == "UNK" and name.label_ == "person":
            appositive = syntax.child(head, "appos")
            if appositive is not None:
                found = self._one(appositive, ())
                if found and found[0].party.code != "UNK":
                    code = self._not_spoken_of(found[0].party.code, appositive)
                    return (
                        mention(
                            Party(code, found[0].party.sectors, party.name),
                            self.doc,
                            name.start,
                            name.end,
                        ),
                    )
        return (mention(party, self.doc, name.start, name.end),)

    def _not_spoken_of(self, code: str, office: Token) -> str:
        """ "Thai troops fired first," a field commander said: an officer of no stated state is not of the one he speaks of."""
        if any(parties.name_at(t) is not None for t in office.subtree):
            return code
        spoken_of = self._quoted_states(office.sent)
        if code not in spoken_of:
            return code
        return next((other for other, _ in self._stated.most_common() if other not in spoken_of), code)
