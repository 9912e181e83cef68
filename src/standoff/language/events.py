"""What happened: verb frames, event nouns and speech acts, with the parties that stand in them.

The component ``standoff_events`` writes :class:`Event` records to ``doc._.frames``. An event is found by a row of
``lexicon/frames.toml`` (verbs), ``lexicon/event_nouns.toml`` (nouns) or ``lexicon/predicates.toml`` (judgements,
promises, refusals). The coding rules are PLOVER's (codebook, sections on the sixteen types); who says it is
:mod:`standoff.language.attribution`, whether it is said to be so :mod:`standoff.language.modality`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff import lexicon
from standoff.language import attribution, coreference, counts, extensions, frames, parties, places, syntax
from standoff.language.coreference import Resolver, resolver
from standoff.language.frames import Frame
from standoff.model import Mention, Party, Statement
from standoff.model import Span as TextSpan

extensions.register()

LOCATIVE = ("in", "at", "near", "inside", "on", "across", "outside", "around", "over", "into", "within", "throughout")
RAGING = frozenset(
    {
        "rage",
        "erupt",
        "continue",
        "break",
        "flare",
        "intensify",
        "resume",
        "escalate",
        "persist",
        "start",
        "begin",
        "spread",
    }
)
# Acts done towards someone even where the frame's own place for the recipient is empty.
TOWARDS = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "AID", "RETREAT", "SANCTION", "PROTEST", "REJECT", "MOBILIZE", "REQUEST"}
)
PACTS = frozenset(
    {
        "ceasefire",
        "cease-fire",
        "truce",
        "agreement",
        "deal",
        "resolution",
        "treaty",
        "accord",
        "sanction",
        "ruling",
        "ban",
        "order",
        "law",
    }
)
ANSWERS = frozenset(
    "response retaliation consequence reprisal action war step measure strike attack answer act force punishment revenge "
    "repercussion retribution sanction price cost escalation reaction destruction catastrophe".split()
)
TERRITORY = frozenset({"territory", "soil", "airspace", "water", "land", "side", "border"})
AFTER = frozenset(
    {"after", "following", "amid", "since", "despite", "before", "over", "because", "due", "until", "during"}
)


@dataclass(slots=True)
class Event:
    """One event in the parse, before it becomes a claim. Token indices count in the Doc."""

    trigger: Token
    event: str
    modes: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    reciprocal: bool = False
    speech: bool = False
    noun: bool = False
    aux: set[str] = field(default_factory=set)
    start: int = 0
    end: int = 0
    anchors: list[Token] = field(default_factory=list)
    """Words of the same event: its noun and its verb; figures that hang on them are its figures."""
    counts: list[counts.LossCount] = field(default_factory=list)
    statements: tuple[Statement, ...] = ()
    targets: tuple[str, ...] = ()
    frame: Frame | None = None
    rule: str = ""


@cache
def predicates(table: str) -> dict[str, str]:
    """Words of one table of ``lexicon/predicates.toml`` with the event (or auxiliary mode) they carry."""
    return {
        word: entry.get("event", entry.get("aux", ""))
        for entry in lexicon.load("predicates")[table]
        for word in entry["words"]
    }


class EventCoder:
    """Finds events; needs every other component but modality before it."""

    def __call__(self, doc: Doc) -> Doc:
        found: list[Event] = []
        reader = _Reader(doc)
        for token in doc:
            event = reader.read(token)
            if event is not None:
                found.append(event)
        found.extend(reader.deontic(found))
        found = reader.attach_counts(found)
        found = reader.merge(found)
        found = reader.without_mentions(found)
        reader.complete(found)
        found.sort(key=lambda e: (e.trigger.i, e.event))
        doc._.frames = found
        return doc


class _Reader:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.resolver: Resolver = resolver(doc)
        self.losses: dict[int, list[counts.LossCount]] = {}
        for span in doc.spans.get(counts.KEY, []):
            loss = span._.quantity
            if loss is not None:
                self.losses.setdefault(loss.governor, []).append(loss)

    # ------------------------------------------------------------------ one token

    def read(self, token: Token) -> Event | None:
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBG", "VBN", "VBD", "VBZ", "VBP", "VB"}:
            if token.dep_ in {"aux", "auxpass", "amod", "compound"} or self._participle_noun(token):
                return None
            if (
                token.tag_ == "VBG"
                and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
                and frames.noun_frame(token) is not None
            ) and not any(c.dep_ in {"dobj", "obj"} for c in token.children):
                return self.noun(token)
            return self.verb(token)
        if token.pos_ in {"NOUN", "PROPN"}:
            return self.headline_verb(token) or self.noun(token)
        if token.pos_ == "ADJ" and token.dep_ in {"acomp", "ROOT", "ccomp", "conj", "attr"}:
            return self.adjective(token)
        return None

    @staticmethod
    def _participle_noun(token: Token) -> bool:
        """ "The injured", "those killed": people, not a happening of its own."""
        if token.tag_ != "VBN":
            return False
        if any(c.dep_ == "det" for c in token.children) and token.dep_ not in {
            "relcl",
            "ccomp",
            "ROOT",
            "conj",
            "advcl",
        }:
            return True
        if token.dep_ == "acl" and token.head.lower_ in {"those", "all", "ones", "people"}:
            return not any(c.dep_ in {"agent", "prep"} for c in token.children)
        return False

    def headline_verb(self, token: Token) -> Event | None:
        """A verb that the tagger took for a noun, as in headlines: "Syria strikes kill 12"."""
        if token.tag_ in {"NNS", "NN"} and frames.noun_frame(token) is None and token.dep_ == "ROOT":
            lower = token.lower_
            if (
                lower.endswith("s")
                and lower[:-1] in frames.by_verb()
                and any(c.dep_ in {"nsubj", "dobj"} for c in token.children)
            ):
                return self.verb(token)
        return None

    def speakers(self, token: Token) -> tuple[Mention, ...]:
        """Who is quoted at a token: the innermost source."""
        statements = attribution.chain(self.doc, token.idx, token.idx)
        return tuple(s.mention for s in statements[-1].sources) if statements else ()

    def parties(self, token: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return self.resolver.resolve(token, speaker)

    # ------------------------------------------------------------------ verbs

    def verb(self, token: Token) -> Event | None:
        speaker = self.speakers(token)
        special = self.judgement(token, speaker) or self.responsibility(token, speaker)
        if special is not None:
            return special
        frame = frames.find(token)
        promise = self.promise(token, speaker, frame)
        if promise is not None:
            return promise
        for frame in frames.matches(token):
            event = None if self.unreal(token, frame) else self.from_frame(token, frame, speaker)
            if event is not None:
                return event
        return None

    def from_frame(self, token: Token, frame: Frame, speaker: tuple[Mention, ...]) -> Event | None:
        doer = syntax.doer(token)
        obj = syntax.direct_object(token)
        passive = syntax.is_passive(token)
        if doer is None and not passive and token.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
            doer = self.adjacent_subject(token)
        if token.lemma_.lower() in {"die", "perish", "suffocate"}:
            obj, doer = doer, None
        actor = self.actor(doer, speaker)
        if frame.subjects and not self.subject_fits(doer, actor, frame):
            return None
        if frame.act == "speech" and not self.speech_fits(token, frame, doer, obj):
            return None
        recipient = self.recipient(token, frame, obj, speaker)
        reciprocal = frame.reciprocal
        if frame.subject == "recipient":
            actor, recipient = self.from_under(token, speaker), actor or self.parties(doer, speaker)
        if frame.foil:
            actor, recipient = self.foiled(obj, speaker) or recipient, actor or speaker
            if not actor and not recipient:
                return None
        if frame.reciprocal:
            actor = _union(
                actor,
                self.with_whom(token, speaker),
                self.parties(obj, speaker) if frame.event == "CONSULT" or frame.event == "ASSAULT" else (),
            )
            recipient = ()
            if frame.event == "ASSAULT" and token.lemma_ == "fight" and obj is not None and not actor:
                return None
        if (
            recipient
            and _keys(recipient) <= _keys(actor)
            and frame.event in {"COERCE", "SANCTION", "MOBILIZE", "RETREAT"}
        ):
            # "Closed its border with Armenia": the thing is one's own, the act is towards another.
            recipient = self.after_prepositions(token, obj, ("with", "on", "against", "to", "from", "in"), speaker)
            recipient = tuple(m for m in recipient if m.party.key not in _keys(actor))
        if (
            recipient
            and frame.event == "ASSAULT"
            and _keys(recipient) <= _keys(actor)
            and not any(parties.name_at(t) for m in recipient for t in self.tokens_of(m))
        ):
            # "Russian forces had wounded six sailors": not their own; the speaker's, where the speaker is a side.
            recipient = tuple(m for m in speaker if m.party.key not in _keys(actor) and m.party.code != "UNK")
        if not recipient and not reciprocal and frame.event in TOWARDS and not frame.foil:
            recipient = self.beside(token, actor, speaker)
        if frame.event in {"SANCTION", "CONSULT", "COOPERATE", "AGREE", "SUPPORT", "AID"} and not actor:
            if not (frame.event == "SANCTION" and passive):
                return None
        if frame.event == "CONSULT" and frame.reciprocal and len(_keys(actor)) < 2:
            return None
        if frame.event in {"COOPERATE"} and not recipient and len(actor) < 2:
            return None
        if frame.leave and obj is not None and not self._leaves(token):
            return None
        event = Event(
            token,
            frame.event,
            self.modes(token, frame, obj),
            actor,
            recipient,
            reciprocal,
            speech=frame.act == "speech",
            frame=frame,
            aux=set(frame.aux),
            anchors=[token],
            rule=" ".join(frame.patterns[0]),
        )
        if obj is not None:
            noun = frames.content_noun(obj)
            if frames.noun_frame(noun) is not None and frame.event == "ASSAULT":
                event.anchors.append(noun)
            event.targets = self.words_of(obj)
        self.extent(event)
        return event

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
        return self.parties(noun, speaker)

    def noun_actor(self, noun: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who does what an event noun names: "Indian strikes", "India's strikes", "strikes by India", or "claimed by"."""
        by = syntax.agent(noun)
        if by is not None:
            return self.parties(by, speaker)
        owners = tuple(m for m in self._possessors(noun, speaker))
        if owners:
            return owners
        for c in noun.children:
            if c.dep_ in {"acl", "relcl"}:
                by = syntax.agent(c)
                if by is None and c.lemma_.lower() in {"believe", "suspect", "think", "say", "report", "presume"}:
                    by = next((o for t in c.subtree for _, o in syntax.prepositional(t, "by")), None)
                if by is not None:
                    return self.parties(by, speaker)
                if c.dep_ == "relcl" and c.lemma_ in {
                    "commit",
                    "carry",
                    "conduct",
                    "launch",
                    "perpetrate",
                    "mount",
                    "wage",
                }:
                    return self.parties(syntax.child(c, "nsubj"), speaker)
        return ()

    def _possessors(self, noun: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for c in noun.children:
            if c.dep_ == "poss":
                found.extend(self.parties(c, speaker))
        if found:
            return tuple(found)
        for token in self.doc[max(noun.left_edge.i, noun.i - 6) : noun.i]:
            name = parties.name_at(token)
            if name is None or token.i != name.start or name.start <= noun.i < name.end:
                continue
            if name.label_ == "capital" or not self.resolver._qualifies(name, noun):
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
                if role is not None and role.sector in {"REB", "MIL", "COP"}:
                    found.extend(self.resolver._bare_role(c, role))
        return tuple(found)

    def subject_fits(self, doer: Token | None, actor: tuple[Mention, ...], frame: Frame) -> bool:
        if doer is None:
            return False
        if "person" in frame.subjects and self.resolver._is_person(doer):
            return True
        if any(set(m.party.sectors) & frame.subjects for m in actor):
            return True
        role = coreference.role_of(doer)
        if role is not None and role.sector in frame.subjects:
            return True
        return bool(actor) and bool({"GOV", "MIL"} & frame.subjects) and parties.name_at(doer) is not None

    def speech_fits(self, token: Token, frame: Frame, doer: Token | None, obj: Token | None) -> bool:
        """Acts of speech are done by those who can speak, and are about something."""
        if frame.event == "REQUEST":
            lemma = token.lemma_.lower()
            if lemma in {
                "ask",
                "order",
                "seek",
                "press",
                "push",
                "propose",
                "recommend",
                "invite",
                "instruct",
                "advise",
                "encourage",
            } and obj is None and not any(c.dep_ in {"ccomp", "xcomp"} for c in token.children):
                return False
        if (
            frame.event == "THREATEN"
            and token.lemma_.lower() in {"warn", "caution"}
            and not self._warns_of_own_act(token, obj)
        ):
            return False
        if frame.event == "REJECT" and any(
            c.lower_ in {"nor", "neither"} for c in (*token.children, *token.head.children)
        ):
            return False
        if (
            frame.event == "REJECT"
            and token.lemma_.lower() in {"refuse", "decline"}
            and not any(c.dep_ in {"xcomp", "dobj", "ccomp"} for c in token.children)
        ):
            return False
        if doer is None:
            return (
                syntax.is_passive(token)
                and token.dep_ in {"ROOT", "conj", "relcl", "ccomp"}
                and token.lemma_.lower()
                in {"accuse", "blame", "suspect", "charge", "indict", "criticize", "criticise", "condemn"}
            )
        noun = frames.noun_frame(doer)
        return noun is None

    def _warns_of_own_act(self, token: Token, obj: Token | None) -> bool:
        """A warning that threatens: to someone, against something, of an answer; not one that a state of things is bad."""
        if any(c.dep_ == "prep" and c.lower_ == "against" for c in token.children):
            return True
        for _, noun in syntax.prepositional(token, "of", "about"):
            words = {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children)}
            return bool(words & ANSWERS) or frames.noun_frame(noun) is not None
        for clause in syntax.children(token, "ccomp"):
            modal = any(
                c.dep_ == "aux" and c.lower_ in {"will", "would", "'ll", "could", "may", "might"}
                for c in clause.children
            )
            if not modal:
                return False
            words = {t.lemma_.lower() for t in clause.subtree}
            return bool(words & ANSWERS or words & {w for w, e in predicates("promise").items() if e == "THREATEN"})
        return obj is not None

    def with_whom(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: tuple[Mention, ...] = ()
        for node in (token, *syntax.children(token, "dobj", "obj", "prep")):
            for prep, obj in syntax.prepositional(node, "with", "against", "between", "to", "and", "alongside"):
                if prep.lower_ == "alongside":
                    continue
                found = _union(found, self.parties(obj, speaker))
        direct = syntax.direct_object(token)
        if direct is not None:
            for _, inner in syntax.prepositional(frames.content_noun(direct), "with", "against", "between"):
                found = _union(found, self.parties(inner, speaker))
        return found

    def from_under(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who dealt what the subject suffered: "came under fire from rebels", "suffered losses at the hands of X"."""
        for node in token.subtree:
            for prep, obj in syntax.prepositional(node, "from", "by"):
                if prep.i > token.i:
                    found = self.parties(obj, speaker)
                    if found:
                        return found
        return ()

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
        return self.parties(noun, speaker)

    # ------------------------------------------------------------------ recipients

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
            return self.parties(target, speaker)
        if kind == "with":
            return self.with_whom(token, speaker)
        found: tuple[Mention, ...] = ()
        if kind == "owner" and obj is not None:
            return self.parties(obj, speaker)
        if kind == "obj" and obj is not None:
            found = self.target(frames.content_noun(obj), speaker)
        preps = frame.preps or (("on", "against", "at", "in", "into") if kind == "prep" else ())
        if not found and preps:
            found = self.after_prepositions(token, obj, preps, speaker)
        if not found and frame.event in {"ASSAULT", "COERCE"} and not frame.reciprocal:
            found = self.place_party(token, obj)
        return found

    def target(self, obj: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        found: tuple[Mention, ...] = ()
        for item in syntax.conjuncts(obj):
            nominal = frames.noun_frame(item)
            if nominal is not None and nominal.event == "ASSAULT":
                continue
            found = _union(found, tuple(m for m in self.resolver._one(item, speaker) if m.party.code != "UNK"))
            if not found:
                for c in item.children:
                    if c.dep_ in {"appos"} and c.i > item.i:
                        found = _union(found, tuple(m for m in self.parties(c, speaker) if m.party.code != "UNK"))
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
            if not found:
                found = self.place_of_name(item)
        return found

    def place_of_name(self, token: Token) -> tuple[Mention, ...]:
        """A place that is hit stands for the state it lies in."""
        for span in self.doc.spans.get(places.KEY, []):
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
        if obj is not None:
            found = tuple(m for m in self.resolver.owner(frames.content_noun(obj), speaker) if m.party.code != "UNK")
            if found and frames.noun_frame(frames.content_noun(obj)) is None:
                return found
        return ()

    def place_party(self, token: Token, obj: Token | None) -> tuple[Mention, ...]:
        """Targets and victims without a party of their own take the state of the place (GOLD rule 2)."""
        low, high = self.clause(token)
        where = places.event_place(self.doc, low, high)
        if where is None or not where.country:
            return self.territory(low, high)
        return (Mention(Party(where.country, (), where.name), where.text, where.span),)

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
        if token.lemma_.lower() in {"blame", "pin", "lay"}:
            for node in (token, *([obj] if obj is not None else [])):
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
        for node in nodes:
            for item in node.subtree:
                if frames.noun_frame(item) is not None or item.pos_ == "NOUN":
                    found = tuple(m for m in self.noun_actor(item, speaker) if m.party.code != "UNK")
                    if found:
                        return found
        for node in nodes:
            for item in node.subtree:
                for _, origin in syntax.prepositional(item, "from", "by"):
                    found = tuple(m for m in self.parties(origin, speaker) if m.party.code != "UNK")
                    if found and origin.i > token.i:
                        return found
        for node in nodes:
            if frames.noun_frame(node) is not None or (node.dep_ == "pobj" and node.head.lower_ in {"in", "over"}):
                continue
            found = tuple(m for m in self.parties(node, speaker) if m.party.code != "UNK")
            if found:
                return found
        return ()

    def _account(self, noun: Token) -> bool:
        return noun.lemma_.lower() in predicates("account")

    def asked(self, token: Token, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who is asked to do it."""
        doc = self.doc
        if obj is not None:
            noun = frames.content_noun(obj)
            found = tuple(m for m in self.resolver.resolve(noun, speaker) if m.party.code != "UNK")
            if found and (
                parties.name_at(noun) is not None or coreference.role_of(noun) is not None or noun.pos_ == "PRON"
            ):
                return found
        for _, noun in syntax.prepositional(token, "on", "upon", "to", "from", "with"):
            found = tuple(m for m in self.parties(noun, speaker) if m.party.code != "UNK")
            if found and noun.pos_ in {"PROPN", "NOUN", "PRON"}:
                return found
        for clause in syntax.children(token, "ccomp", "xcomp", "advcl"):
            subj = syntax.child(clause, "nsubj", "nsubjpass")
            if subj is not None:
                found = tuple(m for m in self.parties(subj, speaker) if m.party.code != "UNK")
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
                found = tuple(m for m in self.parties(inner, speaker) if m.party.code != "UNK")
                if found:
                    return found
            owned = tuple(m for m in self.resolver.owner(inner, speaker) if m.party.code != "UNK")
            if owned:
                return owned
            break
        if obj is not None:
            return tuple(m for m in self.resolver.owner(frames.content_noun(obj), speaker) if m.party.code != "UNK")
        return ()

    def beside(self, token: Token, actor: tuple[Mention, ...], speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The first party named among what an act is about: "agreed to give the agency access"."""
        keys = _keys(actor)
        for item in self.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + 25)]:
            if item.dep_ in {"compound", "amod", "punct"} or item.pos_ not in {"NOUN", "PROPN"}:
                continue
            if any(
                a.dep_ in {"ccomp", "advcl", "parataxis", "relcl"} and a.i > token.i
                for a in item.ancestors
                if a.i > token.i
            ):
                continue
            name = parties.name_at(item)
            if name is not None and name.label_ == "outlet":
                continue
            found = tuple(
                m
                for m in self.resolver._one(item, speaker)
                if (name is not None or m.party.code != "UNK")
                and m.party.key not in keys
                and not any(m.span.overlaps(a.span) for a in actor)
            )
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
            return tuple(m for m in self.parties(noun, speaker) if m.party.code != "UNK")
        return tuple(m for m in self.resolver.owner(noun, speaker) if m.party.code != "UNK")

    def threatened(self, token: Token, obj: Token | None, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        for deed in syntax.children(token, "xcomp"):
            aimed = syntax.direct_object(deed)
            found = self.target(frames.content_noun(aimed), speaker) if aimed is not None else ()
            found = found or self.after_prepositions(deed, None, ("against", "on", "at"), speaker)
            if found:
                return found
        if obj is not None:
            found = tuple(m for m in self.resolver.resolve(frames.content_noun(obj), speaker) if m.party.code != "UNK")
            if found:
                return found
        for _, noun in syntax.prepositional(token, "against", "of", "on", "to", "about", "over"):
            found = tuple(m for m in self.noun_actor(noun, speaker) if m.party.code != "UNK")
            if found:
                return found
            found = tuple(m for m in self.parties(noun, speaker) if m.party.code != "UNK")
            if found:
                return found
        return ()

    # ------------------------------------------------------------------ nouns

    def noun(self, token: Token) -> Event | None:
        frame = frames.noun_frame(token)
        if frame is None or token.dep_ in {"compound", "nmod"} or parties.name_at(token) is not None:
            return None
        if self._only_thought_of(token):
            return None
        speaker = self.speakers(token)
        if frame.event == "CONSULT":
            return self.call(token, frame, speaker)
        if frame.reciprocal:
            found: tuple[Mention, ...] = ()
            for _, obj in syntax.prepositional(token, *frame.recipient):
                found = _union(found, self.parties(obj, speaker))
            owners = self._possessors(token, speaker)
            found = _union(found, owners) if found else owners
            found = tuple(m for m in found if m.party.code != "UNK")
            raging = (
                token.dep_ == "nsubj" and token.head.lemma_.lower() in RAGING and not found and token.lemma_ != "war"
            )
            if len({m.party.key for m in found}) < 2 and not raging:
                return None
            event = Event(
                token, frame.event, frame.modes, found, (), True, noun=True, anchors=[token], rule=token.lemma_
            )
        else:
            actor = self.noun_actor(token, speaker)
            recipient: tuple[Mention, ...] = ()
            for wanted in frame.recipient:
                for _, obj in syntax.prepositional(token, wanted):
                    recipient = recipient or self.target(frames.content_noun(obj), speaker)
                if recipient:
                    break
            if frame.event in {"ASSAULT"} and not recipient:
                recipient = self.place_party(token, None)
            event = Event(
                token, frame.event, (*frame.modes,), actor, recipient, noun=True, anchors=[token], rule=token.lemma_
            )
        event.modes = (
            tuple(dict.fromkeys((*event.modes, *self.modes(token, None, None))))
            if event.event == "ASSAULT"
            else event.modes
        )
        self.extent(event)
        return event

    def _only_thought_of(self, token: Token) -> bool:
        """A deed warned of, feared, ruled out or wished for, not one told of."""
        words = {c.lower_ for c in token.children}
        if words & {"any", "further", "future", "possible", "potential", "another", "no"} and token.dep_ in {
            "pobj",
            "dobj",
            "obj",
            "nsubj",
            "attr",
        }:
            return True
        at = token
        for _ in range(6):
            head = at.head
            if at.dep_ == "pobj" and head.lower_ in {"against", "without", "of", "for", "to", "from", "into"}:
                above = head.head.lemma_.lower()
                if head.lower_ in {"against", "without"} and above in {
                    "warn",
                    "caution",
                    "guard",
                    "protect",
                    "advise",
                    "defend",
                }:
                    return True
                if above in {
                    "threat",
                    "risk",
                    "fear",
                    "possibility",
                    "danger",
                    "prospect",
                    "plan",
                    "call",
                    "demand",
                    "end",
                    "halt",
                    "stop",
                    "responsibility",
                    "prevent",
                    "warning",
                    "cessation",
                }:
                    return above != "responsibility"
            if at.dep_ in {"dobj", "obj"} and head.lemma_.lower() in {
                "prevent",
                "avoid",
                "avert",
                "stop",
                "halt",
                "end",
                "cease",
                "fear",
                "plan",
                "threaten",
                "consider",
                "oppose",
                "renounce",
                "justify",
            }:
                return True
            if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in at.children):
                return True
            if head.i == at.i or at.dep_ in {"relcl", "ROOT"}:
                return False
            at = head
        return False

    def call(self, token: Token, frame: frames.NounFrame, speaker: tuple[Mention, ...]) -> Event | None:
        """A call or talks: named sides, or the subject of a sentence that a call opens ("In a call to X, Y said")."""
        lemma = token.lemma_.lower()
        before = [t.lower_ for t in self.doc[max(token.sent.start, token.i - 3) : token.i]]
        by_phone = any(t in {"phone", "telephone"} for t in before)
        sides: tuple[Mention, ...] = ()
        for _, obj in syntax.prepositional(token, "between", "with", "to"):
            sides = _union(sides, self.parties(obj, speaker))
        if lemma == "call" and not by_phone and (not sides or any(t.lower_ in {"for", "on"} for t in token.rights)):
            return None
        if syntax.child(token, "det") is not None and syntax.child(token, "det").lower_ == "the" and not sides:  # type: ignore[union-attr]
            return None
        sides = _union(sides, tuple(m for m in self._possessors(token, speaker)))
        if token.dep_ == "pobj" and token.head.lower_ in {"in", "during", "at"}:
            verb = token.head.head
            if verb.pos_ in {"VERB", "AUX"}:
                sides = _union(self.parties(syntax.subject(verb), speaker), sides)
        if token.dep_ in {"dobj", "obj"} and token.head.pos_ == "VERB":
            return None
        sides = tuple(m for m in sides if m.party.code != "UNK")
        if len({m.party.key for m in sides}) < 2:
            return None
        modes = ("phone",) if by_phone else frame.modes
        event = Event(token, "CONSULT", modes, sides, (), True, noun=True, anchors=[token], rule=lemma)
        self.extent(event)
        return event

    # ------------------------------------------------------------------ judgements, responsibility, promises

    def adjective(self, token: Token) -> Event | None:
        feeling = predicates("feeling").get(token.lower_)
        if feeling is None:
            return None
        speaker = self.speakers(token)
        return self.felt(token, feeling, speaker)

    def felt(self, token: Token, feeling: str, speaker: tuple[Mention, ...]) -> Event | None:
        verb = token if syntax.child(token, "nsubj", "nsubjpass") is not None else token.head
        subj = syntax.child(verb, "nsubj", "nsubjpass")
        if subj is None:
            return None
        actor = self.parties(subj, speaker)
        if not actor:
            return None
        recipient = self.accused(token, None, speaker)
        event = Event(
            token,
            feeling,
            ("disapprove",) if feeling == "ACCUSE" else (),
            actor,
            recipient,
            speech=True,
            anchors=[token],
            rule="feeling",
        )
        self.extent(event)
        return event

    def judgement(self, token: Token, speaker: tuple[Mention, ...]) -> Event | None:
        """ "Called these moves unlawful"; "the strikes violated our sovereignty"; "it is unacceptable that ..."."""
        lemma = token.lemma_.lower()
        if token.lower_ in predicates("feeling") and token.tag_ == "VBN":
            return self.felt(token, predicates("feeling")[token.lower_], speaker)
        if lemma in predicates("naming"):
            label = self._label(token)
            if label is None:
                return None
            actor = self.parties(syntax.doer(token), speaker)
            if not actor:
                return None
            recipient: tuple[Mention, ...] = ()
            for node in [
                *syntax.children(token, "dobj", "obj", "ccomp"),
                *[c for o in syntax.children(token, "ccomp") for c in syntax.children(o, "nsubj")],
            ]:
                recipient = recipient or self.accused(
                    token, node if node.pos_ in {"NOUN", "PROPN", "PRON"} else None, speaker
                )
            event = Event(
                token, "ACCUSE", ("disapprove",), actor, recipient, speech=True, anchors=[token], rule="label"
            )
            self.extent(event)
            return event
        if lemma == "be" and speaker:
            for attr in syntax.children(token, "acomp", "attr"):
                words = {attr.lemma_.lower(), *(c.lemma_.lower() for c in syntax.conjuncts(attr))}
                if words & set(predicates("label")) and not any(c.dep_ == "neg" for c in token.children):
                    subj = syntax.child(token, "nsubj")
                    recipient = self.accused(token, subj, speaker)
                    for clause in syntax.children(token, "ccomp"):
                        inner = syntax.child(clause, "nsubj")
                        if inner is not None and not recipient:
                            recipient = self.parties(inner, speaker)
                    event = Event(
                        token,
                        "ACCUSE",
                        ("disapprove",),
                        speaker,
                        recipient,
                        speech=True,
                        anchors=[token],
                        rule="judgement",
                    )
                    self.extent(event)
                    return event
        if (
            lemma in predicates("offending")
            and speaker
            and token.dep_ not in {"relcl", "xcomp", "acl"}
            and not any(c.dep_ == "neg" for c in token.children)
        ):
            subj = syntax.subject(token)
            obj = syntax.direct_object(token)
            if obj is None or subj is None:
                return None
            if lemma == "constitute" and obj.lemma_.lower() not in predicates("label"):
                return None
            recipient = self.accused(token, subj, speaker)
            if {m.party.key for m in recipient} == {m.party.key for m in speaker}:
                recipient = ()
            if frames.noun_frame(subj) is None and not recipient and lemma not in {"violate", "constitute"}:
                return None
            event = Event(
                token, "ACCUSE", ("disapprove",), speaker, recipient, speech=True, anchors=[token], rule="offending"
            )
            self.extent(event)
            return event
        return None

    def _label(self, token: Token) -> Token | None:
        labels = predicates("label")
        if token.lemma_.lower() == "call" and any(
            c.dep_ == "prep" and c.lower_ in {"on", "for", "upon"} for c in token.children
        ):
            return None
        nodes = syntax.children(token, "oprd", "acomp", "attr", "ccomp", "xcomp", "advcl")
        nodes += [obj for _, obj in syntax.prepositional(token, "as")]
        if token.lemma_.lower() in {"call", "brand", "label", "term", "deem", "dub"}:
            nodes += syntax.children(token, "dobj", "obj")
        for node in nodes:
            for head in syntax.conjuncts(node):
                for c in (head, *syntax.children(head, "amod", "compound", "attr", "acomp", "conj")):
                    if c.i > token.i and (c.lemma_.lower() in labels or c.lower_ in labels):
                        return c
        return None

    def responsibility(self, token: Token, speaker: tuple[Mention, ...]) -> Event | None:
        """Responsibility laid on someone or refused, and accounts called untrue, with "be", "bear", "have", "reflect"."""
        lemma = token.lemma_.lower()
        negative = any(c.dep_ == "neg" for c in token.children)
        subj = syntax.subject(token)
        if subj is None or not speaker:
            return None
        keys = {m.party.key for m in speaker}
        held = self._responsible(token, lemma)
        if held is not None:
            named = self.parties(subj, speaker)
            if not named:
                return None
            same = bool({m.party.key for m in named} & keys)
            if negative or held == "none":
                if not same:
                    return None
                event = Event(token, "REJECT", (), speaker, (), speech=True, anchors=[token], rule="not responsible")
            else:
                if same:
                    return None
                event = Event(
                    token, "ACCUSE", ("allege",), speaker, named, speech=True, anchors=[token], rule="responsible"
                )
            self.extent(event)
            return event
        if negative and lemma in {"apply", "bind", "cover", "extend", "concern"} and subj.lemma_.lower() in PACTS:
            event = Event(token, "REJECT", (), speaker, (), speech=True, anchors=[token], rule="untrue")
            self.extent(event)
            return event
        if subj.lemma_.lower() in predicates("account"):
            untrue = lemma == "be" and any(
                {c.lemma_.lower(), *(x.lemma_.lower() for x in c.children)} & set(predicates("untrue"))
                for c in syntax.children(token, "acomp", "attr")
            )
            unmatched = negative and (
                lemma in predicates("matching")
                or (
                    lemma == "be"
                    and any(c.lemma_.lower() in predicates("matching") for c in syntax.children(token, "acomp", "attr"))
                )
            )
            if (untrue and not negative) or unmatched:
                event = Event(
                    token,
                    "REJECT",
                    (),
                    speaker,
                    self.owner_of(subj, speaker),
                    speech=True,
                    anchors=[token],
                    rule="untrue",
                )
                self.extent(event)
                return event
        return None

    def _responsible(self, token: Token, lemma: str) -> str | None:
        if lemma == "be":
            for c in token.children:
                if c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in {
                    "responsible",
                    "culpable",
                    "guilty",
                    "complicit",
                    "accountable",
                }:
                    return "some"
                if c.dep_ in {"prep", "advmod"} and c.lower_ == "behind":
                    return "some"
                if c.dep_ == "xcomp" and c.lemma_.lower() == "blame":
                    return "some"
            return None
        if lemma in {"bear", "carry", "share"}:
            obj = syntax.child(token, "dobj", "obj")
            return "some" if obj is not None and obj.lemma_.lower() in {"responsibility", "blame", "guilt"} else None
        if lemma in {"have", "play"}:
            obj = syntax.child(token, "dobj", "obj")
            if obj is None:
                return None
            none = any(c.lower_ == "no" for c in obj.children)
            if (
                obj.lemma_.lower() in {"role", "part", "hand", "involvement", "responsibility", "link", "connection"}
                and none
            ):
                return "none"
            if obj.lower_ == "nothing" and "do" in {t.lemma_.lower() for t in token.subtree}:
                return "none"
        if lemma == "involve" and syntax.is_passive(token):
            return "some"
        return None

    def promise(self, token: Token, speaker: tuple[Mention, ...], frame: Frame | None) -> Event | None:
        """What a speaker says it will do, will not let happen, or has the right to do."""
        lemma = token.lemma_.lower()
        governor = token.head
        vowing = token.dep_ == "xcomp" and governor.lemma_.lower() in {
            "vow",
            "pledge",
            "promise",
            "swear",
            "threaten",
            "agree",
            "refuse",
            "undertake",
            "commit",
        }
        if any(
            c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"}
            for a in (token, *token.ancestors)
            for c in a.children
        ):
            return None
        if vowing or (governor.lower_ == "right" and governor.head.lemma_.lower() == "reserve"):
            return None
        if not speaker:
            return None
        modal = next(
            (
                c
                for c in token.children
                if c.dep_ == "aux" and c.lower_ in {"will", "would", "'ll", "’ll", "shall", "ll", "wo", "'d"}
            ),
            None,
        )
        right = (
            token.dep_ in {"acl", "xcomp", "relcl"}
            and token.tag_ == "VB"
            and governor.lemma_.lower() in {"right", "ready", "prepared", "determined"}
        )
        if modal is None and token.dep_ == "conj" and governor.pos_ == "VERB" and token.tag_ == "VB":
            modal = next(
                (c for c in governor.children if c.dep_ == "aux" and c.lower_ in {"will", "would", "'ll", "shall"}),
                None,
            )
            if modal is not None:
                return None
        if modal is None and not right:
            return None
        if (
            modal is not None
            and token.dep_ in {"advcl", "relcl"}
            and any(c.lower_ in {"if", "unless"} for c in token.children)
        ):
            return None
        negative = any(c.dep_ == "neg" for c in token.children)
        subj = syntax.subject(token)
        named = self.parties(subj, speaker) if subj is not None else ()
        same = bool({m.party.key for m in named} & {m.party.key for m in speaker})
        passive_call = lemma in {"call", "urge", "demand"}
        if passive_call:
            return None
        if right:
            kind: str | None = "THREATEN" if predicates("promise").get(lemma) == "THREATEN" else None
            named = named or speaker
            same = True
        elif negative:
            kind = predicates("refusal").get(lemma)
        else:
            kind = predicates("promise").get(lemma)
            if kind is None and frame is not None:
                kind = {
                    "ASSAULT": "THREATEN",
                    "COERCE": "THREATEN",
                    "SANCTION": "THREATEN",
                    "MOBILIZE": "AGREE",
                    "AID": "AGREE",
                    "RETREAT": "AGREE",
                    "COOPERATE": "AGREE",
                    "CONSULT": "AGREE",
                }.get(frame.event)
        if kind is None:
            if (
                lemma == "continue"
                and subj is not None
                and subj.lemma_.lower()
                in {"fight", "operation", "war", "struggle", "offensive", "campaign", "battle", "strike", "attack"}
                and not negative
            ):
                kind, same, named = "THREATEN", True, speaker
            else:
                return None
        if not same:
            return None
        event = Event(
            token,
            kind,
            ("violence",) if kind == "THREATEN" and not negative else (),
            speaker,
            (),
            speech=True,
            anchors=[token],
            rule="promise",
        )
        obj = syntax.direct_object(token)
        if kind == "THREATEN" and obj is not None:
            event.recipients = tuple(
                m for m in self.target(obj, speaker) if m.party.key not in {s.party.key for s in speaker}
            )
        self.extent(event)
        return event

    def deontic(self, found: list[Event]) -> Iterator[Event]:
        """ "They must enforce the resolution": what a speaker says another ought to do is a request."""
        taken = {e.trigger.i for e in found}
        for token in self.doc:
            if token.dep_ != "aux" or token.lower_ not in {"should", "must", "ought"}:
                continue
            verb = token.head
            speaker = self.speakers(verb)
            if not speaker or verb.i in taken:
                continue
            cue_lemma = self._cue_lemma(verb)
            if cue_lemma in {"urge", "demand", "call", "ask", "request", "warn", "order"}:
                continue
            subj = syntax.subject(verb)
            if subj is None or (verb.dep_ == "conj" and verb.head.i in taken):
                continue
            named = self.parties(subj, speaker)
            if any(m.party.key in {s.party.key for s in speaker} and m.party.code != "UNK" for m in named):
                continue
            if not named and not syntax.is_passive(verb):
                continue
            event = Event(
                verb,
                "REQUEST",
                (),
                speaker,
                tuple(m for m in named if m.party.code != "UNK"),
                speech=True,
                anchors=[verb],
                rule="ought",
            )
            if any(
                c.dep_ == "advcl" and any(g.lower_ == "if" for g in c.children) and c.i < verb.i for c in verb.children
            ):
                event.aux.add("hypothetical")
            self.extent(event)
            taken.add(verb.i)
            yield event

    def _cue_lemma(self, token: Token) -> str:
        statements = attribution.chain(self.doc, token.idx, token.idx)
        return statements[-1].cue.lower().removesuffix("ed").removesuffix("s") if statements else ""

    # ------------------------------------------------------------------ what is not an event here

    def unreal(self, token: Token, frame: Frame) -> bool:
        """Infinitives of purpose, wish, request or threat: nothing has happened; the governing act is the event."""
        if frame.act == "speech" and token.dep_ not in {"xcomp", "advcl", "ccomp", "acl"}:
            return False
        at = token
        for _ in range(5):
            if at.dep_ == "conj" and at.head.pos_ in {"VERB", "AUX", "ADJ"}:
                if any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children):
                    break
                at = at.head
                continue
            break
        infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in at.children) or at.tag_ == "VB"
        governor = at.head
        lemma = governor.lemma_.lower()
        if at.dep_ in {"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"} and infinitive:
            has_perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in at.children)
            if has_perfect:
                return False
            modal = any(c.dep_ == "aux" and c.lower_ in syntax.MODALS for c in at.children)
            if at.dep_ == "relcl" and not any(c.lower_ == "to" for c in at.children):
                return modal
            if at.dep_ == "ccomp" and modal:
                if lemma in {"urge", "demand", "request", "ask", "insist", "warn", "recommend", "propose"}:
                    return True
                wished = any(
                    c.dep_ == "aux" and c.lower_ in {"could", "may", "might", "can", "should", "must"}
                    for c in at.children
                )
                return wished and frame.act != "speech"
            if (
                lemma
                in {
                    "continue",
                    "begin",
                    "start",
                    "manage",
                    "proceed",
                    "claim",
                    "help",
                    "dare",
                    "resume",
                    "rush",
                    "go",
                    "move",
                    "use",
                    "be",
                    "appear",
                    "seem",
                }
                and at.dep_ == "xcomp"
            ):
                if lemma == "be":
                    return not frame.act
                return False
            return lemma not in predicates("trying")
        if at.dep_ == "pcomp" and governor.lower_ in {
            "from",
            "without",
            "against",
            "for",
            "to",
            "before",
            "instead",
            "of",
        }:
            verb = governor.head
            if governor.lower_ in {"from", "without", "against", "before", "instead"}:
                return True
            return (
                verb.lemma_.lower()
                in {
                    "call",
                    "push",
                    "plan",
                    "risk",
                    "threaten",
                    "capable",
                    "intention",
                    "plot",
                    "idea",
                    "threat",
                    "possibility",
                    "charge",
                    "suspicion",
                    "warn",
                    "aim",
                    "hope",
                    "chance",
                    "purpose",
                    "way",
                    "cost",
                    "prospect",
                    "danger",
                }
                and verb.lemma_.lower() != "accuse"
            )
        clause = at
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "lest"} for c in clause.children):
            return not any(c.lower_ == "whether" for c in clause.children)
        if any(
            c.dep_ == "aux" and c.lower_ in {"could", "may", "might", "can", "should", "must"} for c in clause.children
        ):
            has_perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in clause.children)
            return not has_perfect and frame.act != "speech"
        for ancestor in (token, *token.ancestors):
            if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "lest"} for c in ancestor.children):
                return True
            if ancestor.lower_ == "case" and ancestor.head.lower_ == "in":
                return True
            if ancestor.dep_ in {"xcomp"} and ancestor.head.lemma_.lower() in {"urge", "ask", "call"}:
                return True
        return False

    def _leaves(self, token: Token) -> bool:
        if token.lemma_.lower() in {"expel", "banish", "kick"}:
            return True
        return any(t.lemma_.lower() in {"leave", "depart", "quit", "go", "out"} for t in token.subtree)

    # ------------------------------------------------------------------ extent, modes, words

    def clause(self, token: Token) -> tuple[int, int]:
        """Tokens of a clause: the subtree of its verb without clauses that tell something else."""
        holes: set[int] = set()
        for c in token.children:
            if c.dep_ in {"ccomp", "parataxis", "advcl"} or (c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"}):
                holes |= {t.i for t in c.subtree}
        start, end = syntax.subtree_range(token, frozenset(holes))
        sent = token.sent
        return max(start, sent.start), min(end, sent.end)

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
        from standoff.language import weapons

        low, high = self.clause(token)
        words = [t.lemma_.lower() for t in self.doc[low:high]]
        return tuple(dict.fromkeys((*base, *weapons.modes(words))))

    def words_of(self, noun: Token) -> tuple[str, ...]:
        """Nouns that say what was hit, as the text has them."""
        found = []
        for item in syntax.conjuncts(noun):
            words = [
                t
                for t in self.doc[item.left_edge.i : item.i + 1]
                if t.pos_ in {"ADJ", "NOUN", "PROPN"} and t.i >= item.i - 3
            ]
            found.append(" ".join(t.text for t in words) or item.text)
        return tuple(found)

    # ------------------------------------------------------------------ figures and merging

    def attach_counts(self, found: list[Event]) -> list[Event]:
        """Give every figure to the event whose word governs it; a figure without one is an event by itself."""
        for governor, losses in sorted(self.losses.items()):
            token = self.doc[governor]
            event = self._event_at(found, token)
            if event is None:
                event = self.loss_event(token, losses)
                if event is None:
                    continue
                found.append(event)
            event.counts.extend(losses)
        return found

    def _event_at(self, found: list[Event], token: Token) -> Event | None:
        best = next(
            (e for e in found if token.i == e.trigger.i and e.event in {"ASSAULT", "COERCE", "RETREAT", "SANCTION"}),
            None,
        )
        if best is not None:
            return best
        return next((e for e in found if any(a.i == token.i for a in e.anchors) and not e.speech), None)

    def loss_event(self, token: Token, losses: list[counts.LossCount]) -> Event | None:
        """ "The toll rose to 31", "left 31 dead", "12 bodies were found": losses told without a verb of force."""
        kinds = {loss.kind.value for loss in losses}
        if kinds <= {"missing", "displaced"}:
            return None
        speaker = self.speakers(token)
        event = Event(
            token,
            "COERCE" if kinds <= {"arrested"} else "ASSAULT",
            ("arrest",) if kinds <= {"arrested"} else (),
            anchors=[token],
            rule="figure",
        )
        verb = token
        for _ in range(4):
            if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
                break
            verb = verb.head
        subj = syntax.doer(verb) if verb.pos_ in {"VERB", "AUX"} else None
        if subj is not None and frames.noun_frame(frames.content_noun(subj)) is not None:
            event.actors = self.noun_actor(frames.content_noun(subj), speaker)
            event.anchors.append(frames.content_noun(subj))
        for loss in losses:
            if loss.victim is not None and not event.recipients:
                event.recipients = self.target(self.doc[loss.victim], speaker)
        if not event.recipients:
            event.recipients = self.place_party(verb, None)
        event.modes = self.modes(verb, None, None)
        self.extent(event)
        return event

    def merge(self, found: list[Event]) -> list[Event]:
        """One clause, one claim for each event type (GOLD rules 9 and 13): fold nouns and loss verbs into their event."""
        found.sort(key=lambda e: e.trigger.i)
        dropped: set[int] = set()
        for event in found:
            if event.speech and not event.noun and event.trigger.dep_ == "conj":
                # "violated the truce and jeopardised the talks" is one judgement.
                twin = next(
                    (
                        e
                        for e in found
                        if e.trigger.i == event.trigger.head.i and e.event == event.event and e.rule == event.rule
                    ),
                    None,
                )
                if (
                    twin is not None
                    and _keys(twin.actors) == _keys(event.actors)
                    and (not event.recipients or _keys(event.recipients) == _keys(twin.recipients))
                ):
                    dropped.add(id(event))
                    continue
            if event.speech and event.event in {"ACCUSE", "REJECT", "THREATEN", "SUPPORT"}:
                above = {t.i for t in event.trigger.ancestors}
                if any(
                    e is not event
                    and e.event == event.event
                    and e.trigger.i in above
                    and _keys(e.actors) == _keys(event.actors)
                    and e.start <= event.trigger.i < e.end
                    for e in found
                ):
                    dropped.add(id(event))
                    continue
            if event.event != "ASSAULT" or id(event) in dropped:
                continue
            host = self._host(
                event, [e for e in found if id(e) not in dropped and e is not event and e.event == "ASSAULT"]
            )
            if host is None:
                continue
            self.fold(host, event)
            dropped.add(id(event))
        return [e for e in found if id(e) not in dropped]

    def _host(self, event: Event, others: list[Event]) -> Event | None:
        token = event.trigger
        by_token = {a.i: e for e in others for a in e.anchors}
        if event.noun:
            # "strikes killed", "were killed in strikes", "launched strikes on".
            if token.dep_ in {"nsubj", "nsubjpass", "dobj", "obj"} or (token.dep_ == "conj" and token.head.i in by_token):
                head = token.head
                if token.dep_ != "conj" and self._is_loss_or_same(by_token.get(head.i), event):
                    return by_token[head.i]
                if token.dep_ == "conj" and by_token[head.i].noun:
                    return by_token[head.i]
            if token.dep_ == "pobj" and token.head.lower_ in {
                "in",
                "by",
                "during",
                "from",
                "with",
                "through",
                "as",
                "via",
                "of",
            }:
                above = token.head.head
                if above.i in by_token:
                    return by_token[above.i]
            for other in others:
                if not other.noun and (subj := syntax.subject(other.trigger)) is not None and subj.i == token.i:
                    return other
            for c in token.children:
                if c.dep_ in {"relcl", "acl"} and c.i in by_token and self._same_happening(by_token[c.i], event):
                    return by_token[c.i]
            if token.dep_ in {"pobj"} and token.head.dep_ == "agent" and token.head.head.i in by_token:
                return by_token[token.head.head.i]
            if token.dep_ in {"attr"} and token.head.dep_ != "ccomp":
                subj = syntax.child(token.head, "nsubj")
                if subj is not None and subj.i in by_token:
                    return None
            return None
        head = token.head
        for other in others:
            if (
                other.frame is not None
                and other.frame.foil
                and token.dep_ == "acl"
                and token.head.i in {t.i for t in other.trigger.subtree}
                and token.head.dep_ in {"dobj", "obj", "nsubjpass", "conj"}
            ):
                return other
        loss = (event.frame is not None and event.frame.loss) or event.rule == "figure" or bool(event.counts)
        if loss:
            # "The attack left 100 people dead and 400 wounded": all of it hangs on "left".
            for above in list(token.ancestors)[:3]:
                if above.lemma_.lower() == "leave" and above.i in by_token and above.sent == token.sent:
                    return by_token[above.i]
        damage = token.lemma_.lower() in {
            "damage",
            "destroy",
            "wound",
            "injure",
            "hurt",
            "kill",
            "cause",
            "hit",
            "strike",
            "burn",
            "wreck",
        }
        if token.dep_ in {"conj", "advcl", "xcomp", "acl", "relcl", "dep"} and head.i in by_token:
            host = by_token[head.i]
            destroyed = any(c.kind.value == "destroyed" for c in event.counts + host.counts)
            if token.dep_ == "conj":
                both_losses = bool(event.counts and host.counts) and not destroyed
                if syntax.child(token, "nsubj", "nsubjpass") is None or not event.counts or both_losses:
                    if (loss or damage) and not (destroyed and event.counts and host.counts):
                        return host if self._compatible(host, event) else None
                return None
            if token.dep_ in {"advcl", "xcomp"} and token.tag_ == "VBG" and (loss or damage):
                return host
            if token.dep_ in {"relcl", "acl"} and (loss or damage) and not host.noun:
                return host
        if token.dep_ == "pcomp" and head.lower_ in {"in", "by", "while"} and head.head.i in by_token:
            return by_token[head.head.i]
        if token.dep_ == "relcl" and loss:
            # "An attack in the Pahalgam area of Kashmir, where 24 tourists were killed"
            for above in head.ancestors:
                if (
                    above.i in by_token
                    and any(a.i == above.i for a in by_token[above.i].anchors)
                    and above.pos_ == "NOUN"
                ):
                    return by_token[above.i]
                if above.pos_ in {"VERB", "AUX"}:
                    break
        if event.counts and not event.noun:
            earlier = self._list_before(event, others)
            if earlier is not None:
                return earlier
        if (
            token.dep_ == "advcl"
            and event.actors
            and not event.counts
            and head.i in by_token
            and by_token[head.i].counts
        ):
            # "Twelve people were killed when the militia attacked the village."
            if any(c.lower_ in {"when", "as", "after"} for c in token.children) and not by_token[head.i].actors:
                return by_token[head.i]
        if event.counts and not event.actors:
            # "killed 31 civilians, injured 57 others": a list that the parser broke.
            for other in others:
                gap = self.doc[other.end : token.i] if other.end <= token.i else None
                if (
                    gap is not None
                    and len(gap) <= 3
                    and other.counts
                    and other.trigger.sent == token.sent
                    and self._compatible(other, event)
                ) and all(t.is_punct or t.lower_ in {"and", "also"} for t in gap) and not any(
                    c.kind.value == "destroyed" for c in event.counts
                ):
                    return other
        return None

    def _list_before(self, event: Event, others: list[Event]) -> Event | None:
        """The loss told just before in one list: "two dead and two wounded", "22 were killed and hundreds injured"."""
        token = event.trigger
        for other in others:
            if (
                not other.counts
                or other.trigger.sent != token.sent
                or other.trigger.i >= token.i
                or not self._compatible(other, event)
            ):
                continue
            if any(c.kind.value in {"destroyed", "displaced"} for c in (*event.counts, *other.counts)):
                continue
            between = self.doc[other.trigger.i + 1 : token.i]
            if len(between) > 10 or any(
                t.pos_ == "VERB" or t.text == ";" or t.lower_ in {"while", "but"} for t in between
            ):
                continue
            if _keys(event.actors) and _keys(other.actors) and _keys(event.actors) != _keys(other.actors):
                continue
            return other
        return None

    @staticmethod
    def _compatible(host: Event, event: Event) -> bool:
        kinds = {c.kind for c in host.counts} & {c.kind for c in event.counts}
        return not kinds

    @staticmethod
    def _is_loss_or_same(host: Event | None, event: Event) -> bool:
        return host is not None and host.event == event.event

    @staticmethod
    def _same_happening(host: Event, event: Event) -> bool:
        return host.event == event.event

    def fold(self, host: Event, event: Event) -> None:
        """Take over what the folded event knows and the host does not."""
        if not host.actors and event.actors:
            host.actors = event.actors
        if event.noun and event.actors and not event.reciprocal and not host.noun:
            named = [m for m in event.actors if m.party.code != "UNK"]
            host.actors = tuple(named) or host.actors
        if not host.recipients or (event.counts and not host.counts and event.recipients):
            host.recipients = event.recipients or host.recipients
        host.modes = tuple(dict.fromkeys((*host.modes, *event.modes)))
        host.anchors.extend(event.anchors)
        known = {(c.kind, c.low, c.high) for c in host.counts}
        host.counts.extend(c for c in event.counts if (c.kind, c.low, c.high) not in known)
        host.targets = host.targets or event.targets
        host.start, host.end = min(host.start, event.start), max(host.end, event.end)

    def without_mentions(self, found: list[Event]) -> list[Event]:
        """Leave out bare re-mentions of what is told elsewhere (GOLD rule 10)."""
        kept: list[Event] = []
        told: list[Event] = []
        for event in sorted(found, key=lambda e: e.trigger.i):
            if self._asked_not_told(event):
                continue
            if self._echo(event, found):
                continue
            if event.rule == "figure" and all(c.vague for c in event.counts) and not event.actors:
                continue
            if event.event in {"ASSAULT", "COERCE", "PROTEST", "CONSULT"} and not event.counts:
                if event.noun and not self._worth_telling(event, told):
                    continue
                if not event.noun and self._background(event, told):
                    continue
            kept.append(event)
            told.append(event)
        return kept

    @staticmethod
    def _echo(event: Event, found: list[Event]) -> bool:
        """A participle of loss beside the event that carries the figures: "left 100 people killed and 400 wounded"."""
        loss = event.frame is not None and event.frame.loss
        if not loss or event.counts or event.actors or event.trigger.tag_ != "VBN":
            return False
        if any(c.dep_ == "auxpass" for c in event.trigger.children):
            return False
        return any(
            e is not event
            and e.counts
            and e.trigger.sent == event.trigger.sent
            and abs(e.trigger.i - event.trigger.i) < 12
            for e in found
        )

    @staticmethod
    def _asked_not_told(event: Event) -> bool:
        """ "Did not say how many people were killed": nothing is told."""
        token = event.trigger
        for c in token.subtree:
            if (
                c.lower_ == "how"
                and c.i + 1 < len(token.doc)
                and token.doc[c.i + 1].lower_ in {"many", "much"}
                and c.i < token.i
            ):
                return True
        return False

    def _worth_telling(self, event: Event, told: list[Event]) -> bool:
        token = event.trigger
        if token.dep_ == "attr" and token.head.lemma_ == "be":
            subj = syntax.child(token.head, "nsubj")
            return subj is not None and (frames.noun_frame(subj) is not None or subj.lower_ in {"it", "this", "that"})
        known = [m for m in (*event.actors, *event.recipients) if m.party.code != "UNK"]
        if event.reciprocal and not known and event.event == "ASSAULT":
            # "Fierce battles were raging": the sides are those the text last told of.
            last = next(
                (e for e in reversed(told) if e.event == "ASSAULT" and len(_keys(e.actors) | _keys(e.recipients)) > 1),
                None,
            )
            if last is None:
                return False
            event.actors = _union(last.actors, last.recipients)
            return True
        if not known:
            return False
        det = next((c.lower_ for c in token.children if c.dep_ in {"det", "poss"}), "")
        definite = det in {"the", "that", "this", "these", "those", "such"} or any(
            c.dep_ == "poss" for c in token.children
        )
        if event.reciprocal:
            return not any(e.event == event.event and _keys(e.actors) == _keys(event.actors) for e in told)
        in_background = token.dep_ == "pobj" and token.head.lower_ in AFTER
        actors = _keys(event.actors)
        repeated = any(
            e.event == event.event and (not actors or _keys(e.actors) & actors or not e.actors) for e in told
        )
        has_time = any(True for s in self.doc.spans.get("standoff_times", []) if event.start <= s.start < event.end)
        if in_background and (repeated or not has_time):
            return False
        if repeated and (definite or not has_time):
            return False
        explicit_actor = bool(actors)
        explicit_target = any(p.lower_ in {"on", "against"} for p, _ in syntax.prepositional(token))
        if explicit_actor or has_time:
            return True
        # "An explosion at a mosque": told for the first time, with its own place.
        own_place = any(p.lower_ in LOCATIVE for p, _ in syntax.prepositional(token))
        return not definite and (explicit_target or (own_place and not in_background))

    def _background(self, event: Event, told: list[Event]) -> bool:
        """A verb of force in a subordinate aside that adds nothing: "after suffering losses"."""
        token = event.trigger
        if token.dep_ == "pcomp" and token.head.lower_ in AFTER:
            return True
        loss = event.frame is not None and event.frame.loss
        if (
            loss
            and token.dep_ == "relcl"
            and not event.actors
            and syntax.agent(token) is None
            and frames.noun_frame(token.head) is None
        ):
            return True
        if not event.actors and not event.recipients:
            return not loss and syntax.agent(token) is None
        return False

    # ------------------------------------------------------------------ what only the whole document shows

    def complete(self, found: list[Event]) -> None:
        """Name the other side where a speech act leaves it out but the document has named it: who accused, who is opposed."""
        for event in found:
            event.statements = attribution.chain(self.doc, event.trigger.idx, event.trigger.idx)
        found.sort(key=lambda e: e.trigger.i)
        scene = self._scene()
        for index, event in enumerate(found):
            if event.event == "ASSAULT" and not event.recipients and not event.reciprocal and scene is not None:
                event.recipients = (scene,)
            if event.event == "REJECT" and not event.recipients:
                event.recipients = self._accuser(found[:index], event)
            if event.event == "ACCUSE" and not event.recipients:
                event.recipients = self._doer_of_condemned(found[:index], event)
            if event.event in {"THREATEN", "REJECT", "ACCUSE"} and not event.recipients:
                event.recipients = self._opponent(found, event)

    def _scene(self) -> Mention | None:
        """The state where all but a few of the document's towns and regions lie: whose people a nameless target is."""
        counts: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        for span in self.doc.spans.get(places.KEY, []):
            where = span._.place
            if where is not None and where.country and where.precision != "country":
                counts[where.country] += 1
                party = Party(where.country, (), where.name)
                first.setdefault(where.country, coreference.mention(party, self.doc, span.start, span.end))
        if not counts:
            return None
        country, n = counts.most_common(1)[0]
        return first[country] if n >= 2 and n / counts.total() >= 0.7 else None

    @staticmethod
    def _doer_of_condemned(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        """ "Condemned the attack": whoever the text last told to have done one."""
        obj = syntax.direct_object(event.trigger)
        if obj is None:
            return ()
        noun = frames.content_noun(obj)
        if frames.noun_frame(noun) is None and noun.lemma_.lower() not in {"seizure", "move", "act", "action", "incident"}:
            return ()
        for other in reversed(earlier):
            if other.event in {"ASSAULT", "COERCE", "SANCTION"} and _keys(other.actors) and not other.reciprocal:
                return tuple(m for m in other.actors if m.party.key not in _keys(event.actors))
        return ()

    @staticmethod
    def _accuser(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        keys = _keys(event.actors)
        for other in reversed(earlier):
            if other.event == "ACCUSE" and _keys(other.recipients) & keys:
                return tuple(m for m in other.actors if m.party.key not in keys)
        return ()

    def _opponent(self, found: list[Event], event: Event) -> tuple[Mention, ...]:
        keys = _keys(event.actors)
        near = sorted(found, key=lambda e: abs(e.trigger.i - event.trigger.i))
        for other in near:
            if other is event or other.event not in {"ASSAULT", "ACCUSE", "SANCTION", "COERCE", "THREATEN"}:
                continue
            if _keys(other.recipients) & keys:
                rivals = tuple(m for m in other.actors if m.party.key not in keys and m.party.code != "UNK")
                if rivals:
                    return rivals
            if _keys(other.actors) & keys:
                rivals = tuple(m for m in other.recipients if m.party.key not in keys and m.party.code != "UNK")
                if rivals:
                    return rivals
        return ()


def _keys(mentions: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(m.party.key for m in mentions) - {"UNK"}


def _union(*groups: tuple[Mention, ...]) -> tuple[Mention, ...]:
    found: dict[str, Mention] = {}
    for group in groups:
        for item in group:
            found.setdefault(item.party.key if item.party.code != "UNK" else f"UNK{item.span.start}", item)
    return tuple(found.values())


def text_span(doc: Doc, start: int, end: int) -> TextSpan:
    span = doc[start:end]
    return TextSpan(span.start_char, span.end_char)


@Language.factory("standoff_events")
def create(nlp: Language, name: str) -> EventCoder:
    """Make the component (spaCy factory ``standoff_events``)."""
    return EventCoder()
