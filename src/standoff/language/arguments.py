"""Who stands where in an event: doers, those it is done to, and whom a speech act is aimed at."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.language import attribution, coreference, frames, parties, places, syntax, unnamed, weapons
from standoff.language.coreference import Resolver, resolver
from standoff.language.event import Event, keys_of, of_known, predicates, union
from standoff.language.frames import Frame
from standoff.language.grammar import listed
from standoff.model import FORCE, UNKNOWN, Mention, Party

TERRITORY = listed("own_land")
LOCATIVE = ("in", "at", "near", "inside", "on", "across", "outside", "around", "over", "into", "within", "throughout")


NAMES_OF_LAND = frozenset({"state", "capital"})
GIVEN = frozenset({"to", "with", "against"})
"""Prepositions that say towards whom something is, before all others."""
FORCES = listed("forces")
"""Words for a state's own after its name, before what they did: "Sudan army shelling"."""


class Arguments:
    """Parties of the events of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.resolver: Resolver = resolver(doc)

    def speakers(self, token: Token) -> tuple[Mention, ...]:
        """Who is quoted at a token: the innermost source."""
        return attribution.who_speaks(attribution.chain(self.doc, token.idx, token.idx))

    def parties(self, token: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return self.resolver.resolve(token, speaker)

    def adjacent_subject(self, token: Token) -> Token | None:
        """The name right before a verb whose subject the parser lost ("IS had carried out")."""
        i = token.i - 1
        while (
            i > token.sent.start and self.doc[i].pos_ in {"AUX", "ADV", "PART"} and parties.name_at(self.doc[i]) is None
        ):
            i -= 1
        name = parties.name_at(self.doc[i]) if i >= token.sent.start and i < token.i else None
        return (
            self.doc[i]
            if name is not None and name.label_ not in {"adjective", "regional"} and self.doc[i].dep_ != "pobj"
            else None
        )

    def actor(self, doer: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        if doer is None:
            return ()
        noun = frames.content_noun(doer)
        nominal = frames.noun_frame(noun)
        if nominal is not None and nominal.event == "ASSAULT":
            return self.noun_actor(noun, speaker)
        does = {doer.head.lemma_.lower(), *(c.lemma_.lower() for c in noun.children if c.dep_ == "relcl")}
        if noun.lemma_.lower() in places.FACILITIES and does & syntax.HARMED:
            return ()  # "the school, which killed 93": the strike did
        return self.parties(noun, speaker)

    def noun_actor(self, noun: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who does what an event noun names: "Indian strikes", "India's strikes", "strikes by India", or "claimed by"."""
        by = syntax.agent(noun)
        if by is not None:
            return self.parties(by, speaker)
        owners = tuple(m for m in self._possessors(noun, speaker))
        if owners:
            return owners
        above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else None
        if above is not None and above.lemma_.lower() in listed("faulting"):
            return self.parties(syntax.direct_object(above), speaker)
        if above is not None and above.lemma_.lower() in {"responsibility", "credit"}:
            verb = above.head
            if verb.lemma_.lower() in listed("claiming") and verb.pos_ == "VERB":
                return self.parties(syntax.doer(verb), speaker)
        for c in noun.children:
            if c.dep_ in {"acl", "relcl"}:
                by = syntax.agent(c)
                if by is None and c.lemma_.lower() in listed("supposing"):
                    by = next((o for t in c.subtree for _, o in syntax.prepositional(t, "by")), None)
                if by is not None:
                    return self.parties(by, speaker)
                if c.dep_ == "relcl" and c.lemma_ in listed("carrying_out"):
                    return self.parties(syntax.child(c, "nsubj"), speaker)
        return ()

    def _possessors(self, noun: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for c in noun.children:
            if c.dep_ == "poss" and c.ent_type_ not in {"DATE", "TIME"}:
                found.extend(self.parties(c, speaker))
        if found:
            return tuple(found)
        for token in self.doc[max(noun.left_edge.i, noun.i - 6) : noun.i]:
            name = parties.name_at(token)
            if name is None or token.i != name.start or name.start <= noun.i < name.end:
                continue
            if name.label_ == "capital":
                continue
            forces = self.doc[name.end] if name.end < noun.i else None
            if name.label_ == "state" and forces is not None and forces.lower_ in FORCES:
                # "Myanmar military air strikes": the state's forces, whatever the parser hangs them on.
                party = parties.party_of_name(name)
                owner = Party(party.code, (coreference.roles()[forces.lower_].sector,), party.name)
                found.append(coreference.mention(owner, self.doc, name.start, name.end + 1))
                continue
            if not self.resolver._qualifies(name, noun):
                continue
            if name.label_ == "state" and not name.text.isupper() and "." not in name.text and name.end != noun.i:
                # "Iraq mosque attack" is an attack in Iraq.
                continue
            party = parties.party_of_name(name)
            if party.code != "UNK":
                found.append(coreference.mention(party, self.doc, name.start, name.end))
        if found:
            return tuple(dict.fromkeys(found))
        for c in noun.children:
            if c.dep_ in {"compound", "amod"} and coreference.role_of(c) is not None:
                role = coreference.role_of(c)
                if c.lower_ in {"terrorist", "extremist"}:
                    continue  # what it is called, not whose it was
                if role is not None and role.sector in {"REB", "MIL", "COP"}:
                    found.extend(self.resolver._bare_role(c, role))
        return tuple(found)

    def with_whom(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: tuple[Mention, ...] = ()
        for node in (token, *syntax.children(token, "dobj", "obj", "prep")):
            for prep, obj in syntax.prepositional(node, "with", "against", "between", "to", "and", "alongside"):
                if prep.lower_ == "alongside":
                    continue
                found = union(found, self.parties(obj, speaker))
        direct = syntax.direct_object(token)
        if direct is not None:
            for _, inner in syntax.prepositional(frames.content_noun(direct), "with", "against", "between"):
                found = union(found, self.parties(inner, speaker))
        return found

    def from_under(self, token: Token, frame: Frame, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who dealt what the subject suffered: "came under fire from rebels", "suffered losses at the hands of X"."""
        for node in token.subtree:
            for prep, obj in syntax.prepositional(node, "from", "by", *frame.preps):
                if prep.i > token.i:
                    found = self.parties(obj, speaker)
                    if found:
                        return found
        return ()

    def fired_from(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """ "Fire was opened from a Russian police post": whose position it is; a town it came from is nobody's."""
        found: tuple[Mention, ...] = ()
        for _, origin in syntax.prepositional(token, "from"):
            role = coreference.role_of(origin)
            manned = role is not None or origin.lemma_.lower() in listed("manned")
            if manned and origin.ent_type_ not in {"DATE", "TIME"}:
                found = union(found, self.parties(origin, speaker))
        return found

    def foiled(self, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Whose attempt failed."""
        if obj is None:
            return ()
        noun = frames.content_noun(obj)
        found = self.noun_actor(noun, speaker)
        if found:
            return found
        for _, inner in syntax.prepositional(noun, "by", "from", "of"):
            found = self.parties(inner, speaker) or self.noun_actor(inner, speaker)
            if found:
                return found
        # "Foiled an attack on a ship on Monday by the Houthis", hung on the day.
        for t in self.doc[noun.i + 1 : noun.sent.end]:
            if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"acl", "relcl"}:
                break
            culprit = syntax.child(t, "pobj") if t.lower_ == "by" else None
            if culprit is not None and (named := self.parties(culprit, speaker)):
                return named
        return self.parties(noun, speaker)

    def recipient(
        self, token: Token, frame: Frame, obj: Token | None, speaker: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        kind = frame.recipient
        if kind == "none":
            return ()
        if kind in {"accused", "blamed"}:
            return self.accused(token, obj, speaker)
        if kind == "request" or frame.event == "REQUEST":
            return self.asked(token, obj, speaker)
        if kind == "rejected":
            return self.owner_of(obj, speaker)
        if kind == "threatened":
            return self.threatened(token, obj, speaker)
        if kind == "dative":
            dative = syntax.child(token, "dative")
            target = dative if dative is not None and dative.pos_ != "ADP" else None
            if target is None:
                target = next((o for p, o in syntax.prepositional(token, "to", "for")), None)
            if target is None and obj is not None:
                target = next((o for p, o in syntax.prepositional(obj, "to", "for")), None)
            found = self.parties(target, speaker)
            known = any(m.party.code != "UNK" for m in found)
            return found if known or target is None else self.place_of_name(target) or found
        if kind == "with":
            return self.with_whom(token, speaker)
        found = ()
        if kind == "owner" and obj is not None:
            return self.parties(obj, speaker)
        if kind == "obj" and obj is not None:
            found = self.target(frames.content_noun(obj), speaker)
        preps = frame.preps
        if not found and preps:
            found = self.after_prepositions(token, obj, preps, speaker)
        hits = frame.event in FORCE and not frame.reciprocal
        if not found and hits:
            found = self.place_party(token, obj)
        noun = frames.content_noun(obj) if obj is not None else None
        if noun is None or kind != "obj" or any(m.span.start <= noun.idx < m.span.end for m in found):
            return found
        if (hits and unnamed.can_be_hit(noun)) or (not found and unnamed.someone(noun)):
            # "Attacked an army camp in Mali", "freed the blogger Razan Ghazzawi": whoever they are, of the place's state.
            named = of_known(self.parties(noun, speaker))
            return named or (unnamed.as_told(noun, found[0].party.code if len(found) == 1 else UNKNOWN.code),)
        return found

    def target(self, obj: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: tuple[Mention, ...] = ()
        for item in syntax.conjuncts(obj):
            nominal = frames.noun_frame(item)
            if nominal is not None and nominal.event == "ASSAULT":
                continue
            # "shelled the Kherson region", "the town of Kidal": land belongs to no side that acts.
            land = self.place_of_kind(item) if item.lower_ in places.KINDS else ()
            found = union(found, land or of_known(self.resolver._one(item, speaker)))
            if not found and parties.name_at(item) is None:
                found = self.place_of_name(item)
            if not found:
                for c in item.children:
                    if c.dep_ in {"appos"} and c.i > item.i:
                        found = union(found, of_known(self.parties(c, speaker)))
            if not found:
                # "24 tourists - mostly Indian nationals - were killed"
                for t in self.doc[item.i + 1 : min(item.right_edge.i + 1, item.i + 8)]:
                    name = parties.name_at(t)
                    if (
                        name is not None
                        and name.label_ in {"adjective", "people"}
                        and t.pos_ in {"ADJ", "NOUN", "PROPN"}
                    ):
                        found = (coreference.mention(parties.party_of_name(name), self.doc, name.start, name.end),)
                        break
        return found

    def place_of_kind(self, kind: Token) -> tuple[Mention, ...]:
        """The place that "region", "town" or "province" is the kind of."""
        named = [c for c in kind.children if c.dep_ in {"compound", "nmod"}]
        named += [noun for _, noun in syntax.prepositional(kind, "of")]
        return next((found for token in (kind, *named) if (found := self.place_of_name(token))), ())

    def place_of_name(self, token: Token) -> tuple[Mention, ...]:
        """A place that is hit stands for the state it lies in."""
        for span in syntax.overlapping(self.doc, places.KEY, token.idx, token.idx + len(token.text)):
            if span.start <= token.i < span.end and span._.place is not None and span._.place.country:
                party = Party(span._.place.country, (), span._.place.name)
                return (coreference.mention(party, self.doc, span.start, span.end),)
        return ()

    def after_prepositions(
        self, token: Token, obj: Token | None, preps: tuple[str, ...], speaker: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        nodes = [token] + ([frames.content_noun(obj)] if obj is not None else [])
        for wanted in preps:
            for node in nodes:
                for _, noun in syntax.prepositional(node, wanted):
                    found = self.target(frames.content_noun(noun), speaker)
                    if found:
                        return found
        if "against" in preps:
            # "mobilised troops for an assault against X"
            for _, purpose in syntax.prepositional(token, "for", "ahead"):
                for _, noun in syntax.prepositional(purpose, "against", "on"):
                    found = self.target(frames.content_noun(noun), speaker)
                    if found:
                        return found
        if obj is not None:
            found = of_known(self.resolver.owner(frames.content_noun(obj), speaker))
            if found and frames.noun_frame(frames.content_noun(obj)) is None:
                return found
        return ()

    def place_party(self, token: Token, obj: Token | None) -> tuple[Mention, ...]:
        """Targets and victims without a party of their own take the state of the place (GOLD rule 2)."""
        low, high = self.clause(token)
        where = places.event_place(self.doc, low, high)
        if where is None or not where.country or self._origin(where.span.start):
            return self.territory(low, high)
        return (Mention(Party(where.country, (), where.name), where.text, where.span),)

    def _origin(self, start: int) -> bool:
        """ "Fired from Gaza": where it came from, not whom it hit."""
        at = self.doc.char_span(start, start + 1, alignment_mode="expand")
        return at is not None and any(t.lower_ == "from" for t in self.doc[max(0, at[0].left_edge.i - 1) : at.start])

    def territory(self, low: int, high: int) -> tuple[Mention, ...]:
        """ "Inside Pakistani territory": a country named by its adjective."""
        for token in self.doc[low:high]:
            if token.dep_ == "pobj" and token.head.lower_ in LOCATIVE and token.lemma_.lower() in TERRITORY:
                found = self.resolver.owner(token)
                if found:
                    return found
        return ()

    def accused(self, token: Token, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Whom an accusation names: its object, whom it is laid on, or who did what is condemned."""
        if token.lemma_.lower() in listed("laying_blame"):
            nodes = [token, *([obj] if obj is not None else [])]
            # "laid the blame for the blast on X": the parse may hang "on X" on the blast.
            nodes += [noun for node in tuple(nodes) for _, noun in syntax.prepositional(node, "for")]
            for node in nodes:
                for _, noun in syntax.prepositional(node, "on", "upon", "with"):
                    found = self.parties(noun, speaker)
                    if found:
                        return found
        if obj is not None:
            noun = frames.content_noun(obj)
            if frames.noun_frame(noun) is None and not self._account(noun):
                found = tuple(m for m in self.resolver.resolve(noun, speaker))
                if found and any(m.party.code != "UNK" for m in found):
                    return found
        for _, noun in syntax.prepositional(token, "on", "against", "upon"):
            found = self.parties(noun, speaker)
            if found:
                return found
        nodes = (
            ([obj] if obj is not None else [])
            + [
                noun
                for _, noun in syntax.prepositional(
                    token, "over", "for", "about", "at", "by", "into", "of", "in", "against", "from", "with", "to"
                )
            ]
            + syntax.children(token, "ccomp", "advcl", "xcomp", "pcomp")
        )
        for prep in syntax.children(token, "prep"):
            nodes += syntax.children(prep, "pcomp")
        struck = {t.i for node in nodes for t in self._struck(node)}
        for node in nodes:
            for item in node.subtree:
                if item.i in struck:
                    continue
                if frames.noun_frame(item) is not None or item.pos_ == "NOUN":
                    found = of_known(self.noun_actor(item, speaker))
                    if found:
                        return found
        for node in nodes:
            for item in node.subtree:
                for _, origin in syntax.prepositional(item, "from", "by"):
                    found = of_known(self.parties(origin, speaker))
                    if found and origin.i > token.i:
                        return found
        for node in nodes:
            if frames.noun_frame(node) is not None or (node.dep_ == "pobj" and node.head.lower_ in {"in", "over"}):
                continue
            found = of_known(self.parties(node, speaker))
            if found:
                return found
        return ()

    @staticmethod
    def _struck(deed: Token) -> Iterator[Token]:
        """ "The killing of an Iraqi policeman": whom a deed falls on is not who is accused of it."""
        frame = frames.noun_frame(deed)
        if frame is not None and frame.event == "ASSAULT" and not frame.reciprocal:
            for _, whom in syntax.prepositional(deed, "of", "on", "against"):
                if coreference.role_of(whom) is not None:
                    yield from whom.subtree

    def _account(self, noun: Token) -> bool:
        return noun.lemma_.lower() in predicates("account")

    def asked(self, token: Token, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who is asked to do it."""
        doc = self.doc
        if obj is not None:
            noun = frames.content_noun(obj)
            found = of_known(self.resolver.resolve(noun, speaker))
            if found and (
                parties.name_at(noun) is not None or coreference.role_of(noun) is not None or noun.pos_ == "PRON"
            ):
                return found
        for _, noun in syntax.prepositional(token, "on", "upon", "to", "from", "with"):
            found = of_known(self.parties(noun, speaker))
            if found and noun.pos_ in {"PROPN", "NOUN", "PRON"}:
                return found
        for clause in syntax.children(token, "ccomp", "xcomp", "advcl"):
            subj = syntax.child(clause, "nsubj", "nsubjpass")
            if subj is not None:
                found = of_known(self.parties(subj, speaker))
                if found:
                    return found
        # "calls for Pakistan to take steps", "the need for both to work": the parser hangs "for" variously.
        end = min(token.right_edge.i + 1, token.i + 30)
        for item in doc[token.i + 1 : end]:
            if item.lower_ != "for":
                continue
            inner = syntax.child(item, "pobj")
            if inner is None and item.dep_ == "mark":
                inner = syntax.child(item.head, "nsubj", "nsubjpass")
            if inner is None and item.i + 1 < len(doc):
                inner = next((t for t in doc[item.i + 1 : item.i + 5] if t.pos_ == "PROPN"), None)
            if inner is None:
                continue
            if parties.name_at(inner) is not None or coreference.role_of(inner) is not None:
                found = of_known(self.parties(inner, speaker))
                if found:
                    return found
            owned = of_known(self.resolver.owner(inner, speaker))
            if owned:
                return owned
            break
        if obj is not None:
            return of_known(self.resolver.owner(frames.content_noun(obj), speaker))
        return ()

    def beside(
        self, token: Token, event: str, actor: tuple[Mention, ...], speaker: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """The first party named among what an act is about: "agreed to give the agency access"."""
        near = list(self.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + 25)])
        giving = event in {"AGREE", "AID", "SUPPORT"}
        if giving:
            # "Contribute troops to the force in Somalia": to whom comes before what.
            near.sort(key=lambda t: not (t.dep_ == "dative" or (t.dep_ == "pobj" and t.head.lower_ in GIVEN)))
        for item in near:
            if item.dep_ in {"compound", "amod", "punct"} or item.pos_ not in {"NOUN", "PROPN"}:
                continue
            if any(
                a.dep_ in {"ccomp", "advcl", "parataxis", "relcl"}
                or (event == "REJECT" and a.dep_ == "acl" and self._account(a.head))
                or (giving and a.dep_ == "conj" and a.tag_ in {"VBD", "VBZ", "VBP"})
                # "Denied targeting civilians" answers whoever said so, not the civilians.
                or (a.tag_ == "VBG" and a.dep_ in {"xcomp", "pcomp"} and token.lemma_.lower() in {"deny", "dismiss"})
                for a in item.ancestors
                if a.i > token.i
            ):
                continue
            name = parties.name_at(item)
            if name is not None and name.label_ == "outlet":
                continue
            if (
                event == "PROTEST"
                and name is not None
                and name.label_ in NAMES_OF_LAND
                and item.head.lower_ in LOCATIVE
            ):
                continue  # where, not against whom
            found = tuple(m for m in self.resolver._one(item, speaker) if name is not None or m.party.code != "UNK")
            found = coreference.others(self.doc, found, actor)
            if found:
                return found
        return ()

    def tokens_of(self, item: Mention) -> list[Token]:
        span = self.doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
        return list(span) if span is not None else []

    def owner_of(self, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        if obj is None:
            return ()
        noun = frames.content_noun(obj)
        if parties.name_at(noun) is not None and parties.name_at(noun).label_ not in {"adjective"}:  # type: ignore[union-attr]
            return of_known(self.parties(noun, speaker))
        found = of_known(self.resolver.owner(noun, speaker))
        for _, whose in syntax.prepositional(noun, "from", "by"):
            # "rejected a request from X"
            found = found or of_known(self.parties(whose, speaker))
        return found

    def complement(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Towards whom what is promised, agreed or refused would be: "agreed to provide X with", "refused to meet X"."""
        for deed in syntax.children(token, "xcomp"):
            frame = frames.find(deed)
            if frame is None or deed.tag_ == "VBG":
                continue
            found = self.recipient(deed, frame, syntax.direct_object(deed), speaker)
            found = of_known(found)
            if found:
                return found
        return ()

    def threatened(self, token: Token, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        for deed in syntax.children(token, "xcomp"):
            aimed = syntax.direct_object(deed)
            found = self.target(frames.content_noun(aimed), speaker) if aimed is not None else ()
            found = found or self.after_prepositions(deed, None, ("against", "on", "at"), speaker)
            if found:
                return found
        if obj is not None:
            found = of_known(self.resolver.resolve(frames.content_noun(obj), speaker))
            if found:
                return found
        given = list(syntax.prepositional(frames.content_noun(obj), "to", "against")) if obj is not None else []
        for _, noun in (*given, *syntax.prepositional(token, "against", "of", "on", "to", "about", "over")):
            found = of_known(self.noun_actor(noun, speaker))
            if found:
                return found
            found = of_known(self.parties(noun, speaker))
            if found:
                return found
        return ()

    def clause(self, token: Token) -> tuple[int, int]:
        """Tokens of a clause: the subtree of its verb without clauses that tell something else."""
        holes: set[int] = set()
        for c in token.children:
            if c.dep_ in {"ccomp", "parataxis", "advcl"} or (c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"}):
                holes |= {t.i for t in c.subtree}
        start, end = syntax.subtree_range(token, frozenset(holes))
        sent = token.sent
        return max(start, sent.start), min(end, sent.end)

    def not_their_own(
        self, obj: Token, actor: tuple[Mention, ...], recipient: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """ "Ukraine beat back a Russian assault and destroyed six tanks": bare forces are not the destroyer's own."""
        states = {m.party.code for m in actor if not set(m.party.sectors) & {"REB", "CRM"}}
        if len(recipient) != 1 or len(states) != 1 or recipient[0].party.code not in states:
            return recipient
        noun, own = frames.content_noun(obj), recipient[0].party
        if own.sectors != ("MIL",) or any(
            parties.name_at(t) is not None or t.dep_ in {"poss", "det"} for t in noun.subtree
        ):
            return recipient
        other = self.other_side(noun, actor)
        if not other or len(other[0].party.code) != 3:
            return recipient
        theirs = Party(other[0].party.code, own.sectors, noun.text)
        return (coreference.mention(theirs, self.doc, noun.left_edge.i, noun.i + 1),)

    def other_side(self, pronoun: Token, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The party named last before a pronoun, in its sentence, that is not the one it was taken for."""
        for token in reversed(self.doc[pronoun.sent.start : pronoun.i]):
            name = parties.name_at(token)
            if name is None:
                continue
            party = parties.party_of_name(name)
            if party.code != "UNK" and party.key not in keys_of(taken):
                return (coreference.mention(party, self.doc, name.start, name.end),)
        return ()

    def extent(self, event: Event) -> None:
        token = event.trigger
        if event.speech:
            start, end = syntax.subtree_range(token)
            holes: set[int] = set()
            for c in token.children:
                if c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"} and c.i > token.i:
                    holes |= {t.i for t in c.subtree}
            start, end = syntax.subtree_range(token, frozenset(holes))
        else:
            start, end = self.clause(token)
        while start < token.i and (
            self.doc[start].is_punct or self.doc[start].is_space or self.doc[start].lower_ in {"and", "but"}
        ):
            start += 1
        while end - 1 > token.i and (self.doc[end - 1].is_space or self.doc[end - 1].text in {".", ",", ";", ":"}):
            end -= 1
        event.start, event.end = start, end

    def modes(self, token: Token, frame: Frame | None, obj: Token | None) -> tuple[str, ...]:
        base = frame.modes if frame is not None else ()
        if frame is not None and frame.event != "ASSAULT":
            return base
        low, high = self.clause(token)
        words = [t.lemma_.lower() for t in self.doc[low:high]]
        return tuple(dict.fromkeys((*base, *weapons.modes(words))))

    def words_of(self, noun: Token) -> tuple[str, ...]:
        """Nouns that say what was hit, as the text has them, without how many: "at least", "more"."""
        found = []
        for item in syntax.conjuncts(noun):
            words = [
                t
                for t in self.doc[item.left_edge.i : item.i + 1]
                if t.pos_ in {"ADJ", "NOUN", "PROPN"}
                and t.i >= item.i - 3
                and "nummod" not in (t.dep_, t.head.dep_)
                and t.tag_ not in {"JJR", "JJS"}
            ]
            found.append(" ".join(t.text for t in words) or item.text)
        return tuple(found)
