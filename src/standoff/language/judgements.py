"""What a speaker does by saying it: condemns, blames, refuses blame, promises, threatens, asks."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.language import attribution, frames, syntax
from standoff.language.arguments import Arguments
from standoff.language.event import Event, of_known, predicates
from standoff.language.frames import Frame
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention

PACTS = listed("pacts")


ANSWERS = frozenset({"not responsible", "responsible", "untrue"})
"""Rules by which a speaker calls an account untrue, or lays a deed to somebody or from itself."""


def _owed(token: Token) -> Token | None:
    """The verb of what somebody ought to do: "must stop", "need to stop"."""
    if token.dep_ == "aux" and token.lower_ in {"should", "must", "ought"}:
        return token.head
    if token.pos_ == "VERB" and token.lower_ in {"need", "needs"} and not any(c.dep_ == "neg" for c in token.children):
        return next((c for c in syntax.children(token, "xcomp") if c.pos_ == "VERB"), None)
    return None


class Judgements(Arguments):
    """Speech acts read from what is said: feelings, labels, responsibility, promises, duties."""

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
        if token.lemma_.lower() in listed("calling"):
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
        bearer = self._bearer(token, subj)
        if held is not None or bearer is not None:
            named = self.parties(bearer or subj, speaker)
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
            return self._with_cue(event)
        if negative and lemma in listed("applying") and subj.lemma_.lower() in PACTS:
            event = Event(token, "REJECT", (), speaker, (), speech=True, anchors=[token], rule="untrue")
            return self._with_cue(event)
        unmatched = (
            negative
            and subj.lemma_.lower() in predicates("account")
            and (
                lemma in predicates("matching")
                or (
                    lemma == "be"
                    and any(c.lemma_.lower() in predicates("matching") for c in syntax.children(token, "acomp", "attr"))
                )
            )
        )
        return self._untrue(token, subj, speaker, speaker) if unmatched else None

    def untrue(self, token: Token, speaker: tuple[Mention, ...]) -> Event | None:
        """An account called untrue: "the report was false", "called the claim a fabrication", "no truth to the report"."""
        one = attribution.untrue_at(token)
        if one is None:
            return None
        judges = speaker if one.judge is None else self.parties(one.judge, speaker)
        return self._untrue(token, one.account, judges, speaker)

    def _untrue(
        self, token: Token, account: Token, judges: tuple[Mention, ...], speaker: tuple[Mention, ...]
    ) -> Event | None:
        if not judges:
            return None
        owners = {m.party.key: m for m in self.owner_of(account, speaker)}
        whose = tuple(m for key, m in owners.items() if key not in {j.party.key for j in judges})
        event = Event(token, "REJECT", (), judges, whose, speech=True, anchors=[token], rule="untrue")
        return self._with_cue(event)

    def _bearer(self, token: Token, subj: Token) -> Token | None:
        """On whom it is said to rest: "responsibility lies with X", "the attack was the work of X", "was not its doing"."""
        if token.lemma_.lower() == "be":
            done = next((c for c in syntax.children(token, "attr") if c.lemma_.lower() in predicates("doing")), None)
            if done is not None and frames.noun_frame(subj) is not None:
                whose = syntax.child(done, "poss")
                return whose or next((noun for _, noun in syntax.prepositional(done, "of")), None)
        if token.lemma_.lower() not in listed("resting"):
            return None
        if subj.lemma_.lower() not in listed("fault"):
            return None
        return next((noun for _, noun in syntax.prepositional(token, "with", "on", "upon", "to")), None)

    def _responsible(self, token: Token, lemma: str) -> str | None:
        if lemma == "be":
            for c in token.children:
                if c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in listed("to_blame"):
                    return "some"
                if c.dep_ in {"prep", "advmod"} and c.lower_ == "behind":
                    return "some"
                if c.dep_ == "xcomp" and c.lemma_.lower() == "blame":
                    return "some"
            return None
        if lemma in listed("bearing"):
            obj = syntax.child(token, "dobj", "obj")
            return "some" if obj is not None and obj.lemma_.lower() in listed("guilt") else None
        if lemma in listed("playing"):
            obj = syntax.child(token, "dobj", "obj")
            if obj is None:
                return None
            none = any(c.lower_ == "no" for c in obj.children)
            if obj.lemma_.lower() in predicates("part") and none:
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
        vowing = token.dep_ == "xcomp" and governor.lemma_.lower() in listed("vowing")
        if any(map(syntax.supposed, (token, *token.ancestors))):
            return None
        if vowing or (governor.lower_ == "right" and governor.head.lemma_.lower() == "reserve"):
            return None
        if not speaker:
            return None
        modal = next(
            (c for c in token.children if c.dep_ == "aux" and c.lower_ in any_of("will would 'll ’ll shall ll wo 'd")),
            None,
        )
        right = (
            token.dep_ in {"acl", "xcomp", "relcl"}
            and token.tag_ == "VB"
            and governor.lemma_.lower() in listed("ready")
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
        negative = any(c.dep_ == "neg" for c in token.children)
        subj = syntax.subject(token)
        named = self.parties(subj, speaker) if subj is not None else ()
        same = bool({m.party.key for m in named} & {m.party.key for m in speaker})
        passive_call = lemma in listed("calls")
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
            if kind == "AGREE" and frame is not None and frame.event == "ASSAULT":
                kind = None  # "will open fire"
            if kind is None and frame is not None:
                kind = {
                    "ASSAULT": "THREATEN",
                    "COERCE": "THREATEN",
                    "SANCTION": "THREATEN",
                    "MOBILIZE": "AGREE",
                    "AID": "AGREE",
                    "RETREAT": "CONCEDE" if "withdraw" in frame.modes else "AGREE",
                    "COOPERATE": "AGREE",
                    "CONSULT": "AGREE",
                }.get(frame.event)
        if kind is None:
            if lemma == "continue" and subj is not None and subj.lemma_.lower() in listed("struggles") and not negative:
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
        elif kind in {"AGREE", "CONCEDE"}:
            # "It will send 500 million euros to Ukraine": whom the deed would reach.
            reached = self.recipient(token, frame, obj, speaker) if frame is not None and not frame.reciprocal else ()
            event.recipients = tuple(
                m for m in reached if m.party.code != "UNK" and m.party.key not in {s.party.key for s in speaker}
            ) or self.beside(token, kind, speaker, speaker)
        self.extent(event)
        return event

    def deontic(self, found: list[Event]) -> Iterator[Event]:
        """ "They must enforce the resolution": what a speaker says another ought to do is a request."""
        taken = {e.trigger.i for e in found}
        for token in self.doc:
            verb = _owed(token)
            if verb is None:
                continue
            speaker = self.speakers(verb)
            if not speaker or verb.i in taken:
                continue
            cue_lemma = self._cue_lemma(verb)
            if cue_lemma in listed("demanding"):
                continue
            subj = syntax.subject(verb)
            if subj is None or (verb.dep_ == "conj" and verb.head.i in taken):
                continue
            named = self.parties(subj, speaker)
            if any(m.party.key in {s.party.key for s in speaker} and m.party.code != "UNK" for m in named):
                continue
            if not named and not syntax.is_passive(verb) and subj.lemma_.lower() not in listed("everyone"):
                continue
            event = Event(
                verb,
                "REQUEST",
                (),
                speaker,
                of_known(named),
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

    def _with_cue(self, event: Event) -> Event:
        """A judgement's words, from or up to the word by which it is said: the learned reader has the act there."""
        self.extent(event)
        told = attribution.chain(self.doc, event.trigger.idx, event.trigger.idx)
        cue = self.doc.char_span(told[-1].cue_span.start, told[-1].cue_span.end) if told else None
        if cue is not None and cue.root.sent.start == event.trigger.sent.start:
            event.start, event.end = min(event.start, cue.start), max(event.end, cue.end)
        return event

    def _cue_lemma(self, token: Token) -> str:
        statements = attribution.chain(self.doc, token.idx, token.idx)
        return statements[-1].cue.lower().removesuffix("ed").removesuffix("s") if statements else ""
