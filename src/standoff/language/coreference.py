"""Who a noun phrase refers to: by name, role, demonym, capital, and by what was said before.

:class:`Resolver` answers ``resolve(token)`` for the head of a noun phrase with the parties it refers to.
It reads left to right and guesses only where English news leaves little doubt; otherwise the party is unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.language import control, extensions, home, parties, places, quotes, strangers, syntax
from standoff.language.grammar import listed
from standoff.language.losses import of_craft
from standoff.language.syntax import any_of
from standoff.model import BLOCS, OFFICIAL, Mention, Party
from standoff.model import Span as TextSpan

extensions.register()

NEAREST = 24
"""Other mentions of a word that are looked at for whose it is."""

PERSON_PRONOUNS = any_of("he she him her his hers himself herself")
THING_PRONOUNS = frozenset({"it", "its", "itself"})
ATTACKING = listed("attacking")
OPPOSING = listed("opposing")
UNARMED = (("CVL",), ("MED",), ("JRN",), ("EDU",), ("REF",), ("REL",), ("LAB",), ("AGR",), ("BUS",))
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = any_of("we us our ours i me my mine ourselves myself")
PAIR_NOUNS = listed("pair_nouns")
# A compound after a party's name that says who rules or helps, not who acts: "rebel-held", "Russian-backed".
NOT_OWNER = listed("not_owner")
OF_THE_PLACE = listed("of_the_place")
"""Titles that are borne where things happen."""
OF_MANY_STATES = listed("of_many_states")
"""Before a role these say that its bearers are of several states: "Western leaders", "foreign troops"."""
CHARGES = listed("charges")
ENTERED = listed("entered")
WITHIN = any_of("in into inside across over near throughout")
DAYS = listed("days")
VEHICLE_WORDS = frozenset(w for entry in lexicon.load("cues").get("vehicles", []) for w in entry["words"])


class Role:
    """What the lexicon says of a role noun."""

    __slots__ = ("head", "person", "sector", "speaker", "unknown_armed", "victim")

    def __init__(self, sector: str, person: bool, victim: bool, unknown_armed: bool, speaker: bool, head: bool) -> None:
        self.sector, self.person, self.victim = sector, person, victim
        self.unknown_armed, self.speaker, self.head = unknown_armed, speaker, head


@cache
def roles() -> dict[str, Role]:
    """Role nouns by their words (lower case, singular or multi-word)."""
    found: dict[str, Role] = {}
    data = lexicon.load("roles")
    for table in ("role", "head", "outlet_word"):
        for entry in data.get(table, []):
            sector = entry.get("sector", "JRN" if table == "outlet_word" else "GOV")
            for word in entry.get("words", []):
                key = word.lower()
                if key.startswith("the "):
                    key = key[4:]
                found.setdefault(
                    key,
                    Role(
                        sector,
                        entry.get("kind") == "person",
                        bool(entry.get("victim")),
                        bool(entry.get("unknown_armed")),
                        bool(entry.get("speaker")),
                        table == "head",
                    ),
                )
    return found


def role_of(token: Token) -> Role | None:
    """The role that a noun names, with its compound where that is more telling ("police officer")."""
    table = roles()
    left = token.nbor(-1) if token.i > 0 else None
    if token.lower_ in {"committee", "committees"} and left is not None and left.lower_ == "resistance":
        return table.get("activist")  # Sudan's neighbourhood bodies bear no arms
    if token.lower_ in {"house", "houses"} and not token.text.istitle():
        return None  # homes; the chamber has a capital
    # "The suspected attack" names no suspect, "a guarded post" no guard.
    participle = token.tag_ in {"VBN", "VBD", "VBG"}
    lower = token.lower_
    # A capital at the head of a sentence makes a name of "Rebels", which has no singular.
    capital = (lower.removesuffix("s"),) if token.pos_ == "PROPN" else ()
    for lemma in (lower,) if participle else (token.lemma_.lower(), lower, *capital):
        if left is not None:
            for before in (left.lower_, left.lemma_.lower()):
                found = table.get(f"{before} {lemma}")
                if found:
                    return found
        found = table.get(lemma)
        if found and lemma in listed("flown_or_fought") and left is not None and of_craft(left):
            return table["jet"]
        if found and found.sector == "MIL" and left is not None and left.lower_ in REBELLIOUS:
            return table["rebel"]  # "five rebel soldiers"
        if found:
            return found
    return None


REBELLIOUS = listed("rebellious")


def mention(party: Party, doc: Doc, start: int, end: int) -> Mention:
    span = doc[start:end]
    return Mention(party, span.text, TextSpan(span.start_char, span.end_char))


ARMIES = listed("armies")
"""What stands after a state's name where its own forces are meant: "Israeli Air Force"."""
APPARATUS = any_of("GOV MIL COP SPY")
"""Sectors of a state that act as the state itself."""
STATE_NAMES = any_of("state adjective people regional capital seat")
"""Kinds of names that say no more than which state."""


def itself(doc: Doc, one: Mention, other: Mention) -> bool:
    """Whether two mentions are one party, so that it would do something to itself.

    Two persons or offices of a state are two, and so are the state and its opposition, courts, parliament or people; a
    state is one with its forces and with who governs it.
    """
    if one.span.overlaps(other.span):
        return True
    if one.party.code == "UNK" or one.party.key != other.party.key:
        return False
    ends = [doc.char_span(m.span.start, m.span.end, alignment_mode="expand") for m in (one, other)]
    if any(span is None or span.root.pos_ == "PRON" for span in ends):
        return True
    if _kind(one) != _kind(other):
        return False
    if any(t.dep_ == "poss" and t.pos_ == "PRON" for span in ends if span is not None for t in span.root.children):
        return True  # "its jets"
    return one.party.name == other.party.name or any(_bare_state(span) for span in ends if span is not None)


def _whose(name: Span) -> bool:
    """ "A spokesman for Machar's faction", "an aide to Putin": a person by whom another is placed."""
    before = name.doc[name.start - 1].lower_ if name.start else ""
    return before in {"for", "of", "to"} and parties.party_of_name(name).code != "UNK"


def _bare_state(span: Span) -> bool:
    names = [parties.name_at(token) for token in span if not token.is_stop and not token.is_punct]
    return all(name is not None and name.label_ in STATE_NAMES for name in names)


def _kind(item: Mention) -> str:
    first = item.party.sectors[0] if item.party.sectors else "GOV"
    return "GOV" if first in APPARATUS else first


def others(doc: Doc, found: tuple[Mention, ...], than: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Of the mentions found those that are none of the others named."""
    return tuple(m for m in found if not any(itself(doc, m, one) for one in than))


class Resolver:
    """Parties of noun phrases in one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._cache: dict[int, tuple[Mention, ...]] = {}
        self._busy: set[int] = set()
        self._lemmas: dict[int, list[int]] | None = None
        self._armies: set[str] | None = None
        self._named_acting: tuple[list[int], list[Span]] | None = None
        self.persons: dict[str, Party] = {}
        self._stated = self._count_states()
        self._where: tuple[tuple[int, int, int], str | None] | None = None
        self._read_persons()

    # ------------------------------------------------------------------ document-wide knowledge

    def _count_states(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for span in self.doc.spans.get(parties.KEY, []):
            party = parties.party_of_name(span)
            if (
                len(party.code) == 3
                and party.code not in any_of("UNK UNO EUR IGO NGO ISM IMG MNC")
                and (span.label_ != "outlet")
            ):
                counts[party.code] += 1
        return counts

    def _beside_hyphen(self, span: Span) -> bool:
        """ "The Iran-aligned Houthis" are not in Iran; nor does a pronoun after "a Pakistan-based group" mean Pakistan."""
        after = self.doc[span.end : span.end + 2]
        return len(after) == 2 and after[0].text in {"-", "–"} and after[1].lower_ in NOT_OWNER

    @property
    def place_country(self) -> str | None:
        """Country where most of the document's towns lie; where it names none, the one it speaks of in most sentences."""
        spans = self.doc.spans
        of = (len(spans.get(places.KEY, ())), len(spans.get(parties.KEY, ())), len(self._stated))
        if self._where is None or self._where[0] != of:  # asked for again and again, of the whole document
            self._where = (of, self._place_country())
        return self._where[1]

    def _place_country(self) -> str | None:
        towns: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        for span in self.doc.spans.get(places.KEY, []):
            where = span._.place
            if where is None or not where.country or self._beside_hyphen(span):
                continue
            named = parties.name_at(span.root)
            if (
                named is not None
                and named.label_ in {"capital", "seat"}
                and span.root.dep_ in {"nsubj", "poss", "pobj"}
            ):
                if span.root.dep_ != "pobj" or span.root.head.lower_ not in WITHIN:
                    continue  # "Washington accused": a government, not where things happened
            if where.precision != "country":
                towns[where.country] += 2
                continue
            towns[where.country] += 1
            if (span.root.dep_ == "dobj" and span.root.head.lemma_ in ENTERED) or (
                span.root.dep_ == "pobj" and span.root.head.lower_ in WITHIN
            ):
                spoken[where.country] += 1
        if any(n > 1 for n in towns.values()):
            return towns.most_common(1)[0][0]
        # A country may only be spoken of: its armies and rebels count too. Of equals, the one named first.
        told = {
            (span.sent.start, parties.party_of_name(span).code)
            for span in self.doc.spans.get(parties.KEY, [])
            if parties.party_of_name(span).code in self._stated
            and span.label_ != "outlet"
            and not self._beside_hyphen(span)
        }
        spoken.update(code for _, code in told)
        first = list(self._stated)
        return max(
            spoken,
            key=lambda code: (spoken[code], -first.index(code) if code in first else -len(first), code),
            default=None,
        )

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
        before = self.doc[max(span.sent.start, span.start - 4) : span.start]
        return any(role_of(t) is not None and t.pos_ in {"NOUN", "PROPN"} for t in before)

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

    # ------------------------------------------------------------------ resolving

    def resolve(self, token: Token | None, speaker: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """Parties that a noun phrase refers to, its coordinated parts included.

        ``speaker`` is who is quoted around the phrase: "we", "our", and "it" in reported speech mean them.
        An unknown but named actor ("gunmen") comes back as one mention of UNK; nothing at all as ().
        """
        if token is None:
            return ()
        found: list[Mention] = []
        for head in syntax.conjuncts(token):
            for item in self._one(head, speaker):
                if all(item.party.key != m.party.key or item.party.code == "UNK" for m in found):
                    found.append(item)
        return tuple(found)

    def _one(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        if head.i in self._busy:
            return ()
        if not speaker and head.i in self._cache:
            return self._cache[head.i]
        self._busy.add(head.i)
        try:
            result = self._read(head, speaker)
        finally:
            self._busy.discard(head.i)
        if not speaker:
            self._cache[head.i] = result
        return result

    def _read(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        lower = head.lower_
        relative = syntax.antecedent(head)
        if relative is not None and relative.i != head.i:
            return self._one(relative, speaker)
        gloss = self._gloss(head)
        if gloss is not None:
            return self._as(head, self.resolve(gloss))
        if lower in SPEAKER_PRONOUNS and head.text != "US":
            return self._as(head, speaker) if speaker else self._author(head)
        if lower in PERSON_PRONOUNS:
            return self._as(head, self._person_before(head, speaker) or speaker[:1])
        if lower in THING_PRONOUNS:
            return self._as(head, self._thing_before(head, speaker))
        if lower in PLURAL_PRONOUNS:
            return self._as(head, self._plural_before(head, speaker))
        if lower in {"other", "another"} and head.i > 0 and self.doc[head.i - 1].lower_ in {"each", "one"}:
            verb = next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
            subj = syntax.subject(verb) if verb is not None else None
            return self._as(head, self.resolve(subj)) if subj is not None and subj.i != head.i else ()
        if lower == "two" and not any(c.lower_ in {"the", "these", "those"} for c in head.children):
            return ()  # "only two wounded"
        if lower in {"both", "each", "either", "neither", "two"} and head.dep_ not in {
            "amod",
            "det",
            "nummod",
            "predet",
        }:
            return self._pair(head)
        name = parties.name_at(head)
        if name is not None and self._is_head(name, head):
            return self._named(name, head)
        if head.pos_ in any_of("NOUN PROPN ADJ NUM DET PRON X VERB"):
            return self._noun(head, speaker)
        return ()

    def _gloss(self, head: Token) -> Token | None:
        """ "They (SPLM-IO forces) attacked us": what the writer puts in brackets after a pronoun."""
        at = head.i + 1
        if head.pos_ != "PRON" or at + 1 >= len(self.doc) or self.doc[at].text not in {"(", "["}:
            return None
        inside: list[Token] = []
        for token in self.doc[at + 1 : at + 8]:
            if token.text in {")", "]"}:
                return inside[-1] if inside else None
            inside.append(token)
        return None

    @staticmethod
    def _is_head(name: Span, head: Token) -> bool:
        """A name is what the phrase is about unless it only qualifies a noun that follows it."""
        return name.root.i == head.i or name.start <= head.i < name.end

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

    def _quoted_states(self, sent: Span) -> set[str]:
        """States named between the quotation marks of a sentence."""
        marks = [
            quote
            for quote in quotes.of(self.doc)
            if quote.span.start < sent.end_char and quote.span.end > sent.start_char
        ]
        return {
            parties.party_of_name(name).code
            for name in self.doc.spans.get(parties.KEY, [])
            if name.start >= sent.start and name.end <= sent.end
            if any(quote.span.start <= name.start_char and name.end_char <= quote.span.end for quote in marks)
        }

    def _as(self, head: Token, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The same parties, mentioned here."""
        return tuple(mention(m.party, self.doc, head.i, head.i + 1) for m in mentions)

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
        for span in self.doc.spans.get(places.KEY, []):
            if span.start <= token.i < span.end and span._.place is not None and span._.place.country:
                party = self._holder(span, head) or Party(span._.place.country, (), span._.place.name)
                return (mention(party, self.doc, span.start, span.end),)
        return ()

    @staticmethod
    def _adjective(head: Token) -> bool:
        return any((name := parties.name_at(c)) is not None and name.label_ == "adjective" for c in head.lefts)

    def _held(self, token: Token, head: Token) -> tuple[Mention, ...]:
        """ "The health directorate in Idlib": of whoever holds the place, where that is not its state."""
        for span in self.doc.spans.get(places.KEY, []):
            if span.start <= token.i < span.end:
                party = self._holder(span, head)
                return (mention(party, self.doc, span.start, span.end),) if party is not None else ()
        return ()

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

    def _noun(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        doc = self.doc
        lemma = head.lemma_.lower()
        role = role_of(head)
        if role is not None and role.sector == "MIL" and not role.victim:
            makers = [
                role_of(t) for t in head.lefts if t.dep_ in {"compound", "amod"} and t.lemma_.lower() != "fighter"
            ]
            armed = (told for told in makers if told is not None and told.sector == "REB" and not told.unknown_armed)
            role = next(armed, role)  # "a suspected rebel naval base"
        start = max(head.left_edge.i, head.i - 8)
        owners = self.owner(head, speaker)
        if owners and role is not None:
            return tuple(
                Mention(
                    self._with_role(m.party, role, head),
                    doc[min(self._token_at(m), head.i) : head.i + 1].text if self._token_at(m) <= head.i else m.text,
                    TextSpan(doc[self._token_at(m)].idx, head.idx + len(head))
                    if self._token_at(m) <= head.i
                    else m.span,
                )
                for m in owners
            )
        if lemma in PAIR_NOUNS and any(
            t.lower_ in {"both", "two", "either", "each", "neither"} for t in doc[start : head.i]
        ):
            pair = self._pair(head)
            if pair:
                return pair
        if owners and lemma in listed("own_groups"):
            # "The Palestinian group": the one of theirs that the text has named.
            named = self._same_kind(head, "group")
            if named and {m.party.code for m in named} == {m.party.code for m in owners}:
                return named
        if owners:
            return owners
        if lemma in {"coalition", "alliance"} and (led := self._led_before(head)):
            return led
        if lemma in listed("armed_groups") and (
            named := tuple(m for m in self._same_kind(head, "group") if "REB" in m.party.sectors)
        ):
            return named  # "the rebel movement's spokesman"
        if lemma in VEHICLE_WORDS:
            # "A rebel statement", "an army report": of whoever the word before it names.
            for maker in head.lefts:
                told = role_of(maker) if maker.dep_ in {"compound", "amod"} else None
                if (
                    told is not None
                    and told.sector in {"REB", "MIL", "COP", "GOV"}
                    and not told.victim | told.speaker | told.unknown_armed
                ):
                    return self._bare_role(maker, told)
                if told is not None and told.sector == "REB":
                    return self._bare_role(maker, told)
            return self._issuer(head)
        appositive = syntax.child(head, "appos")
        if appositive is not None and parties.name_at(appositive) is not None:
            found = self._one(appositive, speaker)
            if found and found[0].party.code != "UNK":
                return found
        compound = next(
            (t for t in reversed(list(doc[start : head.i])) if parties.name_at(t) is None and role_of(t)), None
        )
        if role is None and compound is not None and compound.dep_ in {"compound", "amod", "poss"}:
            role = role_of(compound)
            if role is not None and role.unknown_armed:
                # "Terrorist camps" says what the speaker calls them, not whose they are.
                role = None
        if role is None:
            if lemma == "source" and (told_before := self._same_sources(head)):
                return told_before
            if lemma in listed("named_before"):
                body = self._same_kind(head, lemma) or self._unnamed(head)
                if not body and lemma in listed("watching"):
                    return (mention(Party("NGO", ("HRI",), head.text), doc, start, head.i + 1),)
                return body
            return self._unnamed(head)
        if (
            speaker
            and role.sector == "MIL"
            and not role.victim
            and "MIL" in speaker[0].party.sectors
            and head.dep_ in {"nsubj", "compound", "poss"}
            and not any(parties.name_at(t) for t in doc[start : head.i])
        ):
            # "The army spokesman said air force sorties had struck": his own.
            return self._as(
                head, tuple(mention(self._with_role(m.party, role, head), doc, head.i, head.i + 1) for m in speaker[:1])
            )
        if (
            speaker
            and role.sector in {"MIL", "GOV", "COP"}
            and head.i - 1 >= 0
            and doc[head.i - 1].lower_ in {"its", "our", "his"}
        ):
            return tuple(mention(self._with_role(m.party, role, head), doc, head.i - 1, head.i + 1) for m in speaker)
        return self._bare_role(head, role)

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

    def _token_at(self, item: Mention) -> int:
        span = self.doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
        return span.start if span is not None else 0

    @staticmethod
    def _with_role(party: Party, role: Role, head: Token) -> Party:
        if {"REB", "PRE"} & set(party.sectors) or party.code in any_of("UNO EUR IGO NGO ISM IMG MNC"):
            return party
        sectors = (role.sector,) if role.sector else party.sectors
        if head.lemma_.lower() in {"coalition", "alliance"}:
            sectors = ("MIL",)  # "the Saudi-led coalition" opposes nobody at home
        return Party(party.code, sectors, party.name)

    def _bare_role(self, head: Token, role: Role) -> tuple[Mention, ...]:
        """A role without a name: "the army", "rebels", "residents", "the prime minister"."""
        doc = self.doc
        start = head.left_edge.i if head.i - head.left_edge.i < 8 else head.i
        earlier = self._earlier(head, role)
        definite = any(t.lower_ in syntax.DEFINITE for t in doc[start : head.i]) or head.pos_ == "PROPN"
        if head.lemma_.lower() in {"diplomat", "source"} and not definite:
            return (mention(Party("UNK", (role.sector,), head.text), doc, start, head.i + 1),)
        if head.tag_ in {"NNS", "NNPS"} and role.person and definite and (several := self._several(head)):
            return several
        if head.lemma_.lower() == "drone" and (head.i == 0 or role_of(head.nbor(-1)) is None):
            # Both sides fly them: "hit by drones" says nothing of whose they were.
            return ()
        if role.sector == "REB" and role.unknown_armed and not definite:
            country = self._nearby_country(head)
            unknown = any(t.lower_ in listed("unknown") for t in doc[start : head.i])
            if head.lemma_.lower() in listed("gunmen") or unknown or not country:
                return (mention(Party("UNK", ("REB",), head.text), doc, start, head.i + 1),)
        of_many = OF_MANY_STATES & {t.lower_ for t in doc[max(start, head.i - 3) : head.i]}
        if of_many and not any(f"{word} {head.lemma_.lower()}" in roles() for word in of_many):
            return (mention(Party("UNK", (role.sector,), head.text), doc, start, head.i + 1),)
        if definite and (described := self._only_group(head, role)) is not None:
            return (mention(described, doc, start, head.i + 1),)
        if definite and earlier is not None:
            return (mention(earlier, doc, start, head.i + 1),)
        if strangers.strange(head):
            return (mention(Party("UNK", (role.sector,), head.text), doc, start, head.i + 1),)
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
        if country is None:
            return (mention(Party("UNK", (role.sector,), head.text), doc, start, head.i + 1),)
        return (mention(Party(country, (role.sector,), head.text), doc, start, head.i + 1),)

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

    def _own_institution(self, head: Token, role: Role) -> str | None:
        """ "President X asked parliament": a state's body beside its official is of the same state."""
        if (
            role.sector not in {"LEG", "JUD", "COP", "GOV", "MIL"}
            or role.victim
            or head.dep_ in any_of("nsubj nsubjpass appos dep")
        ):
            return None
        verb = next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        subj = syntax.subject(verb) if verb is not None else None
        if subj is None or subj.i == head.i:
            return None
        found = [m.party for m in self.resolve(subj)]
        if len(found) == 1 and found[0].code in self._stated and "REB" not in found[0].sectors:
            return found[0].code
        return None

    def _same_sources(self, head: Token) -> tuple[Mention, ...]:
        """ "Lebanese security sources said … The sources said": the same."""
        if not any(c.lower_ in {"the", "these", "those"} for c in head.lefts):
            return ()
        for token in reversed(self.doc[max(0, head.i - 400) : head.i]):
            if token.lower_ == head.lower_ and (owners := self.owner(token)):
                return self._as(head, owners)
        return ()

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

    def _same_kind(self, head: Token, lemma: str) -> tuple[Mention, ...]:
        """A definite noun for a named body: the latest one of its kind before it."""
        wanted = lexicon.load("grammar")["named_before"]["kinds"].get(lemma, ("organisation",))
        if not any(t.lower_ in {"the", "this", "that"} for t in self.doc[head.left_edge.i : head.i]):
            return ()
        before = [
            name
            for name in self.doc.spans.get(parties.KEY, [])
            if name.end <= head.i
            and name.label_ in wanted
            and not (lemma in listed("blocs") and parties.party_of_name(name).code in {"NGO", "UNO"})
        ]
        # "The group" is an armed one where the text has named one, whoever else it has named since.
        kinds = sorted(before, key=lambda name: (name.label_ == "group", name.start), reverse=True)
        return tuple(mention(parties.party_of_name(name), self.doc, head.i, head.i + 1) for name in kinds[:1])

    def _led_before(self, head: Token) -> tuple[Mention, ...]:
        """ "The alliance", after "the Saudi-led coalition"."""
        for token in reversed(self.doc[: head.i]):
            if token.lemma_.lower() not in {"coalition", "alliance"} or token.i in self._busy or token.i < 3:
                continue
            leader = parties.name_at(self.doc[token.i - 3]) if token.nbor(-1).lower_ == "led" else None
            if leader is not None and (party := parties.party_of_name(leader)).code != "UNK":
                return (mention(Party(party.code, ("MIL",), party.name), self.doc, head.i, head.i + 1),)
        return ()

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

    def _doer_of_clause(self, head: Token) -> tuple[Mention, ...]:
        verb = next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        subj = syntax.subject(verb) if verb is not None else None
        if subj is None or subj.i == head.i or head.i in {t.i for t in subj.subtree}:
            return ()
        return self.resolve(subj)

    # ------------------------------------------------------------------ pronouns

    def _candidates(self, head: Token, reach: int = 120) -> list[Token]:
        """Nouns and names before a pronoun, nearest sentence first, subjects before others within a sentence."""
        sents = list(syntax.sentences(self.doc, head.i - reach, head.i + 1))
        ordered: list[Token] = []
        for sent in reversed(sents):
            nouns = [
                t
                for t in sent
                if t.i < head.i
                and t.pos_ in {"NOUN", "PROPN"}
                and t.dep_ not in {"compound", "amod", "nmod"}
                and not self._beside_hyphen(self.doc[t.i : t.i + 1])
            ]
            subjects = [t for t in nouns if t.dep_ in {"nsubj", "nsubjpass"}]
            subjects.sort(key=lambda t: (not _governs(t, head), t.i if sent.end <= head.i else -t.i))
            others = [t for t in reversed(nouns) if t.dep_ not in {"nsubj", "nsubjpass"}]
            ordered.extend(subjects + others)
        return ordered

    def _is_person(self, token: Token) -> bool:
        name = parties.name_at(token)
        if name is not None:
            return bool(name.label_ == "person")
        role = role_of(token)
        return role is not None and role.person and token.tag_ in {"NN", "NNP"}

    def _person_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        for token in self._candidates(head):
            if self._is_person(token):
                found = self._one(token, ())
                if found:
                    return found[:1]
            # "the Assad regime ... his forces": the person whose regime it is.
            for whose in token.children:
                name = parties.name_at(whose) if whose.dep_ in {"compound", "poss"} else None
                if name is not None and name.label_ == "person":
                    return self._as(head, self._named(name, whose))
        return ()

    def _accused(self, head: Token) -> tuple[Mention, ...]:
        """ "Rejected accusations by the rebels that its troops had killed": whoever rejects them, not who makes them."""
        at = head
        for _ in range(8):
            if at.dep_ in {"acl", "ccomp", "relcl"} and at.head.lemma_.lower() in CHARGES:
                verb = at.head.head
                if verb.lemma_.lower() in listed("rejecting"):
                    return self.resolve(syntax.subject(verb))
                return ()
            if at.head.i == at.i:
                return ()
            at = at.head
        return ()

    def _thing_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        accused = self._accused(head)
        if accused:
            return accused
        doer = self._doer_beside(head)
        own = {m.party.key for m in self.resolve(doer)} if doer is not None else set()
        if speaker and speaker[0].party.key not in own:
            return speaker[:1]
        for token in self._candidates(head):
            if doer is not None and token.i == doer.i:
                continue
            name = parties.name_at(token)
            if name is not None and name.label_ in {"person", "adjective", "people"}:
                continue
            role = role_of(token)
            if name is None and (role is None or role.person) and token.lemma_.lower() not in VEHICLE_WORDS:
                continue
            found = self._one(token, ())
            if found and found[0].party.key not in own:
                return found[:1]
        return ()

    def _doer_beside(self, head: Token) -> Token | None:
        """The subject of the verb that a pronoun is the object of: nobody but "itself" is both."""
        verb = head.head.head if head.dep_ == "pobj" else head.head
        if head.dep_ not in {"dobj", "obj", "pobj", "dative"} or verb.pos_ != "VERB" or head.lower_ == "itself":
            return None
        found = syntax.doer(verb)
        return found if found is not None and found.i not in self._busy and found.pos_ != "PRON" else None

    def _plural_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        quoted = bool(speaker) and self._in_quotes(head)
        own = {m.party.key for m in speaker}
        attacks = head.dep_ == "nsubj" and head.head.lemma_.lower() in ATTACKING
        for token in self._candidates(head):
            plural = token.tag_ in {"NNS", "NNPS"} or len(syntax.conjuncts(token)) > 1
            name = parties.name_at(token)
            role = role_of(token)
            body = attacks and role is not None and not role.person and role.sector in {"MIL", "REB", "COP"}
            if not plural and not body and (name is None or name.label_ not in {"group", "organisation"}):
                continue
            found = self.resolve(token)
            if quoted and any(m.party.key in own for m in found):
                continue  # in one's own words "they" are others
            if attacks and found and all(m.party.sectors[:1] in UNARMED for m in found):
                continue  # who was bombed has not bombed
            if found:
                return found
        return () if quoted else speaker

    def _in_quotes(self, token: Token) -> bool:
        return any(q.span.start <= token.idx < q.span.end for q in self.doc._.quotes or ())

    def _author(self, head: Token) -> tuple[Mention, ...]:
        """ "We" outside quotation: the party in whose name the document speaks."""
        scores: Counter[str] = Counter()
        by_key: dict[str, Party] = {}
        performative = listed("speaking_for_oneself")
        for token in self.doc:
            if token.lemma_.lower() not in performative or token.tag_ not in {"VBZ", "VBP", "VBD"}:
                continue
            subj = syntax.child(token, "nsubj")
            if subj is None or subj.lower_ in SPEAKER_PRONOUNS:
                continue
            for item in self._one(subj, ()):
                if item.party.code != "UNK":
                    scores[item.party.key] += 1
                    by_key[item.party.key] = item.party
        if not scores:
            return ()
        best = scores.most_common(1)[0][0]
        return (mention(by_key[best], self.doc, head.i, head.i + 1),)


def _governs(token: Token, head: Token) -> bool:
    """True when a subject's clause contains the pronoun's clause."""
    return any(ancestor.i == token.head.i for ancestor in head.ancestors)


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
