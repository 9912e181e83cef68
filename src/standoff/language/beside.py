"""Ties that the words right beside a figure show ("12 hurt in blast", "kills 5"): a small model misreads headlines."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.language import syntax
from standoff.language.grammar import listed
from standoff.language.ties import Ground, Tie
from standoff.language.victims import Victims
from standoff.model import CountKind

TOLL = 120
"""Words before a figure among which its toll is looked for."""


class Beside(Ground):
    """Reads ties off the words before and after a candidate."""

    def ties(self, victims: Victims) -> Iterator[Tie]:
        for read in (self._state_after, self._verb_before, self._toll_before, self._noun_counted):
            tie = read(victims)
            if tie is not None:
                yield tie

    def _state_after(self, victims: Victims) -> Tie | None:
        """ "31 dead", "12 hurt in blast", "31 people, including 11 children, were feared killed"."""
        doc, at, passive, hops = self.doc, victims.end, False, 0
        limit = min(doc[victims.head].sent.end, len(doc), at + 24)
        while at < limit:
            token = doc[at]
            lower = token.lower_
            kind = self.losses.states.get(lower)
            if kind is CountKind.CASUALTIES and self.fatal(token):
                kind = CountKind.KILLED
            if kind is CountKind.CASUALTIES and any(
                t.lower_ in {"dead", "death"} for t in doc[at + 1 : min(at + 3, limit)]
            ):
                kind = CountKind.KILLED
            if kind is not None:
                if not self.fits(victims, kind) or not (
                    passive or lower in listed("plain_states") or self.no_object(token)
                ):
                    return None
                if not passive and self.pair_takes_object(token):
                    return None  # "the officer shot and killed a man"
                weak = lower in self.losses.weak and kind is CountKind.CASUALTIES
                rank = 3 if hops else 2 if weak else 0
                return Tie(victims, self.joined(token, kind), self._governor_of_state(victims, token), rank, weak)
            if lower == "and" and not passive and hops < 2 and at + 1 < limit and at + 1 in self.phrases.at:
                # "left a nurse and a driver injured": what is told of the second holds for both, if nothing else is told.
                at, hops = self.phrases.at[at + 1].end, hops + 1
                continue
            if lower in {",", "(", "—", "–", "-"} and at == victims.end and not passive:
                after = self._past_aside(at, limit)
                if after is None:
                    return None
                at = after
                continue
            if lower in self.losses.words["passive"]:
                passive = True
            elif token.tag_ not in {"RB", "RBR", "``", "''"} and not self.losses.within("between", lower):
                return None
            at += 1
        return None

    def _past_aside(self, at: int, limit: int) -> int | None:
        """Past an insertion ("people, including 11 children, were"): where the sentence goes on after its second comma."""
        closing = {"(": ")"}.get(self.doc[at].text, self.doc[at].text)
        for index in range(at + 1, min(limit, at + 14)):
            if self.doc[index].text == closing:
                following = self.doc[index + 1].lower_ if index + 1 < limit else ""
                return index + 1 if following in self.losses.words["passive"] | {"have", "had", "has"} else None
        return None

    def _governor_of_state(self, victims: Victims, token: Token) -> int:
        if token.lower_ in listed("states"):
            for index in range(victims.start - 1, max(-1, victims.start - 4), -1):
                if self.losses.within("leave", self.doc[index].lower_):
                    return index
        return token.i

    def _verb_before(self, victims: Victims) -> Tie | None:
        """ "kills 5", "killing at least 31", "shot down 25 drones"."""
        doc, at = self.doc, victims.start - 1
        while at >= 0 and (
            doc[at].tag_ in {"RB", "RP", "``", "DT", "PRP$"} or doc[at].lower_ in listed("between_verb_and_figure")
        ):
            at -= 1
            if victims.start - at > 4:
                return None
        if at < 0 or (doc[at].sent.start != doc[victims.start].sent.start and "\n" in doc[at : victims.start].text):
            return None
        verb = doc[at]
        if victims.quantity is None and not (verb.pos_ == "VERB" or verb.tag_ in {"VBG", "VBZ"}):
            return None
        for entry, shape in self.losses.verbs.get(verb.lower_, ()):
            if entry.subject or not self.with_words(verb, entry) or not self.fits(victims, entry.kind, entry.victims):
                continue
            if shape == "past" and syntax.children(verb, "auxpass"):
                return None
            if shape != "past" and verb.tag_ in {"NN", "NNS"} and at > 0 and doc[at - 1].tag_ in {"DT", "PRP$"}:
                return None
            kind = self.fate(verb, entry)
            return Tie(victims, self.together(verb, kind), verb.i, 1, entry.weak and kind is entry.kind)
        return None

    def _toll_before(self, victims: Victims) -> Tie | None:
        """ "The death toll rose to at least 31", "the number of dead in the week to 530"."""
        if victims.quantity is None or not (victims.bare or victims.person or victims.noun in self.losses.nouns):
            return None
        # No toll stands further before its figure than this: see the 90 characters below.
        start = max(self.doc[victims.head].sent.start, victims.start - TOLL)
        left = self.doc[start : victims.start].text_with_ws
        if not self.losses.link.search(left):
            return None
        for kind, pattern in self.losses.tolls:
            matches = list(pattern.finditer(left))
            if matches and len(left) - matches[-1].end() < 90:
                offset = self.doc[start].idx + matches[-1].end() - 1
                between = [t for t in self.doc[start : victims.start] if t.idx > offset]
                # "from 40 to 58": the older figure stands between.
                others = {
                    id(self.phrases.at[t.i])
                    for t in between
                    if t.i in self.phrases.at and self.phrases.at[t.i].quantity is not None
                }
                if len(others) > 1:
                    continue
                noun = next((t for t in self.doc[start : victims.start] if t.idx <= offset < t.idx + len(t)), None)
                if noun is not None:
                    return Tie(victims, kind, noun.i, 0, total=True)
        return None

    def _noun_counted(self, victims: Victims) -> Tie | None:
        """ "31 deaths", "40 casualties", "31 bodies": the figure's own noun is the loss."""
        entry = self.losses.nouns.get(victims.noun)
        if entry is None or not entry.counted or victims.quantity is None:
            return None
        head = self.doc[victims.head]
        if head.lemma_.lower() in {"life"} and not self.light(head):
            return None
        governor = head.head.i if self.light(head) else head.i
        return Tie(victims, entry.kind, governor, 0)
