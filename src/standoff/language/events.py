"""What happened: verb frames, event nouns and speech acts, with the parties that stand in them.

The component ``standoff_events`` writes :class:`Event` records to ``doc._.frames``. An event is found by a row of
``lexicon/frames.toml`` (verbs), ``lexicon/event_nouns.toml`` (nouns) or ``lexicon/predicates.toml`` (judgements,
promises, refusals). The coding rules are PLOVER's (codebook, sections on the sixteen types); who says it is
:mod:`standoff.language.attribution`, whether it is said to be so :mod:`standoff.language.modality`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.language import coreference, extensions, frames, parties, places, syntax, unnamed, unreal
from standoff.language.event import BYSTANDERS, Event, keys_of, of_known, predicates, union
from standoff.language.folding import Folding
from standoff.language.frames import Frame
from standoff.language.grammar import listed
from standoff.language.judgements import Judgements
from standoff.language.sides import Sides
from standoff.language.syntax import any_of
from standoff.language.unnamed import Unnamed
from standoff.model import Mention, Party

extensions.register()

RAGING = listed("raging")
# Acts done towards someone even where the frame's own place for the recipient is empty.
TOWARDS = frozenset("AGREE SUPPORT CONCEDE AID RETREAT SANCTION PROTEST REJECT MOBILIZE REQUEST".split())
ANSWERS = listed("answers")


VESSELS = listed("vessels")
"""They arrive without paying a visit."""


BLOODLESS = listed("bloodless")
"""What targets and hits without force."""
EXERCISES = listed("exercises")


class Reader(Judgements):
    """Reads one token after another for the event it carries."""

    def read(self, token: Token) -> Event | None:
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in any_of("VBG VBN VBD VBZ VBP VB"):
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
        if (
            token.dep_ == "conj"
            and token.head.pos_ in {"NOUN", "ADJ"}
            and any(c.dep_ == "det" for c in token.head.children)
        ):
            return True  # "the dead and wounded"
        if token.i and token.nbor(-1).text == "-" and token.dep_ not in {"ROOT", "ccomp", "relcl"}:
            return True  # "the war-wounded"
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

    def verb(self, token: Token) -> Event | None:
        speaker = self.speakers(token)
        special = self.judgement(token, speaker) or self.untrue(token, speaker) or self.responsibility(token, speaker)
        if special is not None:
            return special
        frame = frames.find(token)
        promise = self.promise(token, speaker, frame)
        if promise is not None:
            return promise
        for frame in frames.matches(token):
            event = None if unreal.is_unreal(token, frame) else self.from_frame(token, frame, speaker)
            if event is not None:
                return event
        return None

    def from_frame(self, token: Token, frame: Frame, speaker: tuple[Mention, ...]) -> Event | None:
        doer = syntax.doer(token)
        obj = syntax.direct_object(token)
        passive = syntax.is_passive(token)
        if doer is None and not passive and token.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
            doer = self.adjacent_subject(token)
        # "The shelling left 100 civilians wounded": its subject is who suffered.
        left = frame.loss and token.dep_ == "ccomp" and token.head.lemma_.lower() in {"leave", "see"} and obj is None
        if left or token.lemma_.lower() in listed("dying"):
            obj, doer = doer, None
        if frame.loss and obj is None and doer is not None and token.tag_ in {"VBN", "VBD"} and token.dep_ != "conj":
            role = coreference.role_of(doer)
            if (role is not None and role.victim) or doer.lower_ in listed("uncounted"):
                obj, doer = doer, None  # "with three others killed in the blasts"
        actor = self.actor(doer, speaker) or (self.in_statement_of(token, speaker) if passive and doer is None else ())
        if frame.subjects and not self.subject_fits(doer, actor, frame):
            return None
        if frame.act == "speech" and not self.speech_fits(token, frame, doer, obj):
            return None
        if frame.event == "ASSAULT" and doer is not None and doer.lemma_.lower() in BLOODLESS:
            return None  # "sanctions targeting the general"
        recipient = self.recipient(token, frame, obj, speaker)
        if passive and doer is None and not actor and frame.event == "ASSAULT":
            actor = self.fired_from(token, speaker)
        if frame.act == "speech" and any(self._platform(m) for m in recipient):
            clause = syntax.child(token, "ccomp")
            named = self.parties(syntax.doer(clause), speaker) if clause is not None else ()
            recipient = coreference.others(self.doc, named, actor)
        reciprocal = frame.reciprocal
        if token.lemma_.lower() == "fall" and not self._overrun(token, doer):
            return None
        if frame.subject == "recipient":
            struck = self.target(doer, speaker) if doer is not None else ()
            if doer is not None and not struck and unnamed.can_be_hit(doer):
                struck = (unnamed.as_told(doer),)
            actor, recipient = self.from_under(token, frame, speaker), (actor if keys_of(actor) else struck or actor)
            if frame.event == "ACCUSE" and not actor:
                return None  # "the attack drew condemnation": nobody's yet
        if frame.foil:
            actor, recipient = self.foiled(obj, speaker) or recipient, actor or speaker
            if not actor and not recipient:
                return None
        if frame.reciprocal:
            if passive and doer is None and speaker and self.with_whom(token, speaker):
                actor = speaker  # "Hamas said a truce had been reached with Israel"
            met = union(
                self.with_whom(token, speaker),
                self.parties(obj, speaker) if frame.event == "CONSULT" or frame.event == "ASSAULT" else (),
            )
            # Those of one state who meet, or fight, each other are two all the same.
            actor = (*actor, *coreference.others(self.doc, met, actor))
            if frame.event == "CONSULT" and any("JRN" in m.party.sectors for m in actor):
                return None  # "speaking with state television"
            recipient = ()
            if frame.event == "ASSAULT" and token.lemma_ == "fight" and obj is not None and not actor:
                return None
        if (
            recipient
            and not coreference.others(self.doc, recipient, actor)
            and frame.event in {"COERCE", "SANCTION", "MOBILIZE", "RETREAT"}
        ):
            # "Closed its border with Armenia": the thing is one's own, the act is towards another.
            recipient = self.after_prepositions(token, obj, ("with", "on", "against", "to", "from", "in"), speaker)
            recipient = coreference.others(self.doc, recipient, actor)
        if (
            frame.event == "ASSAULT"
            and doer is not None
            and doer.pos_ == "PRON"
            and keys_of(actor) == keys_of(recipient)
        ):
            # "shot down a Russian plane after it entered Turkish airspace": nobody invades themselves.
            actor = self.other_side(doer, actor) or actor
        if (
            recipient
            and frame.event == "ASSAULT"
            and keys_of(recipient) <= keys_of(actor)
            and not any(parties.name_at(t) for m in recipient for t in self.tokens_of(m))
            and any(self._fights(t) or t.lower_ in {"them", "it", "him"} for m in recipient for t in self.tokens_of(m))
        ):
            # "Russian forces had wounded six sailors": not their own; the speaker's, where the speaker is a side.
            recipient = tuple(m for m in speaker if m.party.key not in keys_of(actor) | BYSTANDERS)
        if not recipient and frame.act == "speech" and (frame.promise or frame.event == "REJECT"):
            recipient = coreference.others(self.doc, self.complement(token, speaker), actor)
        if not recipient and not reciprocal and frame.event in TOWARDS and not frame.foil:
            recipient = self.beside(token, frame.event, actor, speaker)
        if frame.event in any_of("SANCTION CONSULT COOPERATE AGREE SUPPORT AID") and not actor:
            if not (frame.event == "SANCTION" and passive):
                return None
        if frame.event == "CONSULT" and frame.reciprocal and (len(actor) < 2 or not keys_of(actor)):
            return None
        if frame.event in {"COOPERATE"} and not recipient and len(actor) < 2:
            return None
        if (
            frame.event in {"SUPPORT", "CONSULT", "AGREE"}
            and token.dep_ == "acl"
            and token.tag_ == "VBN"
            and not coreference.others(self.doc, recipient, actor)
        ):
            if frame.event == "SUPPORT" or len(actor) < 2 or passive:
                return None  # "forces backed by Armenia", "a truce brokered by Russia": which, not what was done
        if frame.event == "SUPPORT" and obj is not None and obj.lower_.endswith(("self", "selves")):
            return None  # "we must defend ourselves"
        kind = frame.event
        if kind == "MOBILIZE" and token.dep_ == "acl" and token.tag_ == "VBN" and doer is None:
            return None  # "US forces stationed in South Korea": which ones, not what was done
        if frame.promise and self.gives_way(token):
            kind = "CONCEDE"
        if frame.promise and self._promises_harm(token):
            kind = "THREATEN"
        if kind == "MOBILIZE" and len(keys_of(actor)) > 1 and any(t.lemma_.lower() in EXERCISES for t in token.subtree):
            kind = "COOPERATE"  # held together, it is an exercise of friends
        if not recipient and kind == "COERCE" and obj is not None:
            recipient = self.own_people(obj, actor)
        event = Event(
            token,
            kind,
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

    @staticmethod
    def _overrun(token: Token, doer: Token | None) -> bool:
        """ "The town fell to the rebels", "a hilltop post had fallen"; not prices, shells, governments or silence."""
        if doer is None or syntax.children(token, "acomp", "dobj", "npadvmod", "oprd"):
            return False
        place = doer.ent_type_ in {"GPE", "LOC", "FAC"}
        held = doer.lemma_.lower() in places.KINDS | listed("posts")
        posts = held or any(o.lemma_.lower() in listed("parts_of_posts") for _, o in syntax.prepositional(doer, "of"))
        return place or posts

    @staticmethod
    def _fights(token: Token) -> bool:
        role = coreference.role_of(token)
        before = coreference.role_of(token.nbor(-1)) if token.i else None
        if before is not None and before.victim and before.sector == "CVL":
            return False  # "a refugee convoy"
        return role is not None and role.sector in {"MIL", "COP", "REB", "SPY"}

    @staticmethod
    def gives_way(token: Token) -> bool:
        """ "Promised to withdraw": an announced retreat is CONCEDE (PLOVER, section RETREAT); "agreed to" stays AGREE."""
        verb = syntax.child(token, "xcomp")
        if verb is None or token.lemma_.lower() in listed("consenting"):
            return False
        frame = frames.find(verb)
        return frame is not None and frame.event == "RETREAT" and "withdraw" in frame.modes

    def own_people(self, obj: Token, actor: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Protesters and activists whom a state's own police detain are of that state, where nothing else is said."""
        noun = frames.content_noun(obj)
        role = coreference.role_of(noun)
        if role is None or not role.victim:
            return ()
        states = [
            m.party for m in actor if set(m.party.sectors) & {"COP", "GOV", "MIL", "JUD"} and m.party.code != "UNK"
        ]
        return tuple(
            coreference.mention(Party(state.code, ("CVL",), noun.text), self.doc, noun.i, noun.i + 1)
            for state in states[:1]
        )

    def in_statement_of(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """ "The charge was denied in a statement (released) by the rebels"."""
        for _, noun in syntax.prepositional(token, "in", "by"):
            if noun.lemma_.lower() not in coreference.VEHICLE_WORDS:
                continue
            for node in (noun, *syntax.children(noun, "acl")):
                for _, whose in syntax.prepositional(node, "by", "from", "of"):
                    return self.parties(whose, speaker)
        return ()

    def subject_fits(self, doer: Token | None, actor: tuple[Mention, ...], frame: Frame) -> bool:
        if doer is None or ("person" in frame.subjects and doer.lemma_.lower() in VESSELS):
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
        lemma = token.lemma_.lower()
        if frame.event == "REQUEST":
            if lemma == "seek" and obj is None and any(c.dep_ == "xcomp" for c in token.children):
                return False  # "seeks to end the fighting" asks nobody
            if (
                lemma in listed("asking")
                and obj is None
                and not any(c.dep_ in {"ccomp", "xcomp"} for c in token.children)
            ):
                return False
            if (
                lemma in {"push", "press"}
                and obj is not None
                and not any(
                    c.dep_ in {"ccomp", "xcomp"}
                    or (c.dep_ == "prep" and c.lower_ in {"for", "to", "on", "over", "into"})
                    for c in token.children
                )
            ):
                return False  # "pushed the rebels out of the town"
        if token.lemma_.lower() == "allege" and obj is None:
            # "Alleged that X attacked" accuses X; "alleged that 200 were killed" accuses nobody.
            clause = syntax.child(token, "ccomp")
            doers = (syntax.doer(clause), syntax.agent(clause)) if clause is not None else ()
            if not any(self.parties(d, ()) for d in doers if d is not None):
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
            and not any(
                c.dep_ in {"xcomp", "dobj", "ccomp"} and c.lemma_.lower() not in listed("not_telling")
                for c in token.children
            )
        ):
            return False  # "declined to comment" rejects nothing
        if doer is None and syntax.is_passive(token) and self.in_statement_of(token, ()):
            return True
        if doer is None:
            return (
                syntax.is_passive(token)
                and token.dep_ in {"ROOT", "conj", "relcl", "ccomp"}
                and token.lemma_.lower() in listed("blaming")
            )
        noun = frames.noun_frame(doer)
        return noun is None

    def _platform(self, named: Mention) -> bool:
        """ "Alleged on Facebook": where it was said, not to whom."""
        at = self.tokens_of(named)
        before = self.doc[at[0].i - 1].lower_ if at and at[0].i else ""
        return named.party.code == "MNC" and before in {"on", "via", "through"}

    def _promises_harm(self, token: Token) -> bool:
        """ "Pledged to retaliate": what is promised is no kindness."""
        clause = syntax.child(token, "xcomp")
        if token.lemma_.lower() not in listed("promising") or clause is None:
            return False
        lemma = clause.lemma_.lower()
        return lemma in ANSWERS or lemma in listed("avenging")

    def _warns_of_own_act(self, token: Token, obj: Token | None) -> bool:
        """A warning that threatens: to someone, against something, of an answer; not one that a state of things is bad."""
        if any(c.dep_ == "prep" and c.lower_ == "against" for c in token.children):
            return True
        for _, noun in syntax.prepositional(token, "of", "about"):
            words = {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children)}
            return bool(words & ANSWERS) or frames.noun_frame(noun) is not None
        for clause in syntax.children(token, "ccomp"):
            modal = any(
                c.dep_ == "aux" and c.lower_ in any_of("will would 'll could may might") for c in clause.children
            )
            if not modal:
                return False
            words = {t.lemma_.lower() for t in clause.subtree}
            return bool(words & ANSWERS or words & {w for w, e in predicates("promise").items() if e == "THREATEN"})
        return obj is not None

    def noun(self, token: Token) -> Event | None:
        frame = frames.noun_frame(token)
        if frame is None or token.dep_ in {"compound", "nmod"} or parties.name_at(token) is not None:
            return None
        if unreal.only_thought_of(token):
            return None
        speaker = self.speakers(token)
        if frame.event == "CONSULT":
            return self.call(token, frame, speaker)
        if frame.reciprocal:
            found: tuple[Mention, ...] = ()
            for _, obj in syntax.prepositional(token, *frame.recipient):
                found = union(found, self.parties(obj, speaker))
            if not found:
                found = self._fighting(token, speaker)
            owners = self._possessors(token, speaker)
            found = union(found, owners) if found else owners
            found = of_known(found)
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
        if frame.reciprocal and token.dep_ in any_of("nsubj attr dobj") and token.head.pos_ in {"VERB", "AUX"}:
            # "Fighting broke out on Monday near X": when and where stand by the verb.
            low, high = self.clause(token.head)
            event.start, event.end = min(event.start, low), max(event.end, high)
        return event

    def _fighting(self, token: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Sides of a fight that the clause names: "clashes erupted between X and Y", "X and Y were locked in battle"."""
        verb = token.head
        if token.dep_ in any_of("nsubj nsubjpass dobj attr") and verb.pos_ in {"VERB", "AUX"}:
            found: tuple[Mention, ...] = ()
            for prep in [verb, *verb.children]:
                for _, obj in syntax.prepositional(prep, "between"):
                    found = union(found, self.parties(obj, speaker))
            return found
        if token.dep_ == "pobj" and verb.lower_ == "in" and verb.head.lemma_.lower() in listed("taking_part"):
            return self.parties(syntax.doer(verb.head) or syntax.direct_object(verb.head), speaker)
        return ()

    def call(self, token: Token, frame: frames.NounFrame, speaker: tuple[Mention, ...]) -> Event | None:
        """A call or talks: named sides, or the subject of a sentence that a call opens ("In a call to X, Y said")."""
        lemma = token.lemma_.lower()
        before = [t.lower_ for t in self.doc[max(token.sent.start, token.i - 3) : token.i]]
        by_phone = any(t in {"phone", "telephone"} for t in before)
        sides: tuple[Mention, ...] = ()
        for _, obj in syntax.prepositional(token, "between", "with", "to"):
            sides = union(sides, self.parties(obj, speaker))
        if lemma == "call" and not by_phone and (not sides or any(t.lower_ in {"for", "on"} for t in token.rights)):
            return None
        if syntax.child(token, "det") is not None and syntax.child(token, "det").lower_ == "the" and not sides:  # type: ignore[union-attr]
            return None
        sides = union(sides, tuple(m for m in self._possessors(token, speaker)))
        if token.dep_ == "pobj" and token.head.lower_ in {"in", "during", "at"}:
            verb = token.head.head
            if verb.pos_ in {"VERB", "AUX"}:
                sides = union(self.parties(syntax.subject(verb), speaker), sides)
        if token.dep_ in {"dobj", "obj"} and token.head.pos_ == "VERB":
            return None
        sides = of_known(sides)
        if len({m.party.key for m in sides}) < 2:
            return None
        modes = ("phone",) if by_phone else frame.modes
        event = Event(token, "CONSULT", modes, sides, (), True, noun=True, anchors=[token], rule=lemma)
        self.extent(event)
        return event


class EventCoder:
    """Finds events; needs every other component but modality before it."""

    def __call__(self, doc: Doc) -> Doc:
        reader, folding = Reader(doc), Folding(doc)
        found = [event for token in doc if (event := reader.read(token)) is not None]
        found.extend(reader.deontic(found))
        found = folding.attach_counts(found)
        found = folding.merge(found)
        found = folding.without_mentions(found)
        Sides(doc).complete(found)
        Unnamed(doc).complete(found)
        # What nobody does to nobody is no claim, but for an attack, whose place may be all that is told.
        found = [event for event in found if event.event == "ASSAULT" or event.actors or event.recipients]
        found.sort(key=lambda e: (e.trigger.i, e.event))
        doc._.frames = found
        return doc


@Language.factory("standoff_events")
def create(nlp: Language, name: str) -> EventCoder:
    """Make the component (spaCy factory ``standoff_events``)."""
    return EventCoder()
