"""Claims of what a model answered: each value is found again in the report, or dropped and counted.

Who speaks decides what a claim is. So a claim whose source is not in the report goes with it; one that loses an actor, a figure
or a place keeps the rest, and unknown stays unknown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standoff import confidence, ontology
from standoff.ingest import unseen
from standoff.language.contexts import contexts
from standoff.model import (
    AuxMode,
    Claim,
    Count,
    CountKind,
    Document,
    Dropped,
    Mention,
    Party,
    Source,
    Span,
    Trigger,
)
from standoff.readers import borne
from standoff.readers.ground import Ground
from standoff.readers.tables import Tables

LONGEST_CLAUSE = 1200
"""Characters; more is no clause."""
LONGEST_PHRASE = 400
MOST = 40
"""Parties, sources or figures of one claim."""
MOST_DROPPED = 1000
"""Values of one answer that the report does not bear out; the claims after so many are not looked at."""
LONGEST_SAID = 2 * LONGEST_CLAUSE
"""Characters of what a model says in one place."""

SAYING = frozenset({1, 3})
"""Quad classes of what is done by saying it."""

NOT_THERE = "not in the report"
ADDRESSED = "stands in words addressed to a machine"


class _Refused(Exception):
    """A claim cannot stand; the reason has been noted."""


@dataclass
class Builder:
    """Makes claims of one report from the answers about its parts."""

    document: Document
    reader: str
    tables: Tables
    passages: tuple[Span, ...] = ()
    """Words addressed to a machine, which are no ground for anything."""
    values: int = 0
    dropped: list[Dropped] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ground = Ground(self.document.text)

    def claims(self, answered: Iterable[dict[str, Any]], part: Span) -> list[Claim]:
        """The claims of one answer, whose quotations are looked for in its part of the report first."""
        found: list[Claim] = []
        answered, before = list(answered), len(self.dropped)
        for number, raw in enumerate(answered):
            if len(self.dropped) - before > MOST_DROPPED:
                self.drop("claims", f"{len(answered) - number} more, after too much that is not in the report")
                break
            try:
                found.append(self._claim(raw, part))
            except _Refused:
                continue
        return found

    def drop(self, what: str, why: str, words: object = "") -> None:
        self.dropped.append(Dropped(what, why, _clean(str(words)[:200])))

    # -- one claim -----------------------------------------------------------------------------------------------------

    def _claim(self, raw: dict[str, Any], part: Span) -> Claim:
        clause = self._clause(raw.get("clause"), part)
        event = raw.get("event")
        self.values += 1
        if event not in ontology.event_types():
            raise self._refuse("event", "no event type", event)
        assert isinstance(event, str)
        sources = self._sources(raw.get("sources"), clause)
        aux = self._aux(raw.get("aux"))
        modes = self._modes(raw.get("modes"), event)
        actors = self._mentions(raw.get("actors"), "actor", clause)
        recipients = self._mentions(raw.get("recipients"), "recipient", clause)
        trigger = self._trigger(raw.get("word"), clause)
        actors, recipients = self._borne(event, trigger, actors, recipients, clause)
        sources = self._told(event, trigger, sources, aux, actors, clause)
        when, where = raw.get("time"), raw.get("place")
        text = clause.of(self.document.text)
        gloss = " ".join(_text(raw.get("gloss")).split())[:LONGEST_CLAUSE] if self.document.language != "en" else ""
        claim = Claim(
            id="",
            doc=self.document.id,
            event=event,
            trigger=trigger,
            span=clause,
            text=text,
            modes=modes,
            contexts=contexts(gloss or text, event, modes),
            actors=actors,
            recipients=recipients,
            sources=sources,
            aux=aux,
            counts=self._counts(raw.get("figures"), clause),
            when=self._phrase(when, "time", clause, lambda span, said: self.tables.when(span, said, aux)),
            where=self._phrase(where, "place", clause, self.tables.where),
            targets=self._targets(raw.get("target"), clause),
            reader=self.reader,
            gloss=gloss,
        )
        return replace(claim, id=identity(claim, self.document), confidence=confidence.of(claim))

    def _borne(
        self, event: str, trigger: Trigger, actors: tuple[Mention, ...], recipients: tuple[Mention, ...], clause: Span
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """The sides that a claim's own sentence does not contradict; a claim whose type or sides it contradicts goes."""
        words, telling = self.tables.parsed(trigger.span), self.tables.telling
        if words is None or telling is None:
            return actors, recipients
        actors = self._in_sentence(actors, "actor", lambda span: telling.doer_elsewhere(span, trigger.span, clause))
        recipients = self._in_sentence(
            recipients, "recipient", lambda span: telling.sufferer_elsewhere(event, span, trigger.span, clause)
        )
        doers, sufferers = [one.span for one in actors], [one.span for one in recipients]
        contrary = borne.type_contradicted(event, words) or telling.another_type(event, trigger.span)
        if contrary or telling.no_help(event, clause):
            raise self._refuse("event", "its word names something else", f"{event}: {trigger.text}")
        lost = any(telling.lost(one, clause) for one in doers)
        fallen_on = borne.done_by_whom_it_falls_on(event, words, doers)
        read_so = any(telling.suffers(one, trigger.span) for one in doers)
        if lost or fallen_on or read_so or borne.sides_contradicted(event, words, doers, sufferers):
            raise self._refuse(
                "clause", "its sentence has the sides the other way round", clause.of(self.document.text)
            )
        if borne.another_does_it(event, words, doers):
            self.drop("actor", "its sentence names another", ", ".join(one.text for one in actors))
            actors = ()
        for one in recipients:
            if borne.suffers_itself(event, words, one.span):
                self.drop("recipient", "does it, by its sentence", one.text)
                recipients = tuple(other for other in recipients if other is not one)
        if actors and self._another(telling.sure_of("actor", trigger.span), actors):
            self.drop("actor", "its sentence names another", ", ".join(one.text for one in actors))
            actors = ()
        fallen = (*borne.suffered_by(event, words), *telling.sure_of("recipient", trigger.span))
        if recipients and self._another(fallen, recipients):
            self.drop("recipient", "its sentence names another", ", ".join(one.text for one in recipients))
            recipients = ()
        return actors, recipients

    def _another(self, places: tuple[Span, ...], given: tuple[Mention, ...]) -> bool:
        """Whether the words of a side name a party, and it is nobody of those."""
        if any(place.overlaps(one.span) for place in places for one in given):
            return False
        named = {party.key for place in places for party in self.tables.parties_in(place)}
        return bool(named) and not named & {one.party.key for one in given}

    def _in_sentence(
        self, given: tuple[Mention, ...], what: str, elsewhere: Callable[[Span], bool]
    ) -> tuple[Mention, ...]:
        kept = tuple(one for one in given if not elsewhere(one.span))
        for one in given:
            if one not in kept:
                self.drop(what, "stands in another sentence", one.text)
        return kept

    def _told(
        self,
        event: str,
        trigger: Trigger,
        sources: tuple[Source, ...],
        aux: tuple[AuxMode, ...],
        actors: tuple[Mention, ...],
        clause: Span,
    ) -> tuple[Source, ...]:
        """Who says it. A claim goes whose sentence names another, or says that it was otherwise; one of which the model left out
        who says it has our own reading of that."""
        telling = self.tables.telling
        if telling is None:
            return sources
        words = clause.of(self.document.text)
        if telling.another_says_it(trigger.span, sources):
            raise self._refuse("clause", "its sentence names another who says it", words)
        if telling.denied_otherwise(event, trigger.span, aux):
            raise self._refuse("clause", "whether it was so is otherwise in its sentence", words)
        if telling.only_thought_of(event, trigger.span, aux):
            raise self._refuse("clause", "it is to come or only could be, and is told as done", words)
        if sources:
            return sources
        own = telling.sources(trigger.span)
        if not own or (
            ontology.quad(event) in SAYING and any(one.party.key == own[-1].mention.party.key for one in actors)
        ):
            return ()  # who accuses or denies is the claim's actor, and not its source as well
        self.drop("no source", "its sentence names who says it", own[-1].mention.text)
        return own

    def _clause(self, quote: object, part: Span) -> Span:
        self.values += 1
        words = _text(quote)
        found = self._ground.find(words, within=part) or self._ground.find(words)
        if found is None:
            raise self._refuse("clause", NOT_THERE, words)
        if found.end - found.start > LONGEST_CLAUSE:
            raise self._refuse("clause", "longer than a clause", words)
        if any(found.overlaps(passage) for passage in self.passages):
            raise self._refuse("clause", ADDRESSED, words)
        return found

    def _trigger(self, word: object, clause: Span) -> Trigger:
        self.values += 1
        found = self._ground.find(_text(word), within=clause)
        if found is None or found.end - found.start > LONGEST_PHRASE:
            raise self._refuse(
                "clause", "the word that names the event is not in it", f"{word}: {clause.of(self.document.text)}"
            )
        return Trigger(found.of(self.document.text), found)

    def _sources(self, given: object, clause: Span) -> tuple[Source, ...]:
        links: list[Source] = []
        for one in _dicts(given):
            span = self._quoted(one.get("quote"), "source", clause)
            if span is None:
                raise self._refuse("clause", "its source is not in the report", clause.of(self.document.text))
            mention = self._mention(span, one.get("who"), "source")
            cue = self._cue(one.get("cue"), span, clause)
            if links and links[-1].mention.party.key == mention.party.key != "UNK":
                continue
            links.append(Source(mention, cue.of(self.document.text) if cue else "", cue))
        return tuple(links)

    def _cue(self, words: object, source: Span, clause: Span) -> Span | None:
        if not _text(words):
            return None
        self.values += 1
        near = Span(
            max(0, min(source.start, clause.start) - 200),
            min(len(self.document.text), max(source.end, clause.end) + 200),
        )
        found = self._ground.find(_text(words), near=source, within=near)
        if found is None:
            self.drop("cue", "not beside its source", words)
        return found

    def _mentions(self, given: object, what: str, clause: Span) -> tuple[Mention, ...]:
        found: dict[tuple[str, int], Mention] = {}
        for one in _dicts(given):
            span = self._quoted(one.get("quote"), what, clause)
            if span is not None:
                mention = self._mention(span, one.get("who"), what)
                found.setdefault((mention.party.key, span.start if mention.party.code == "UNK" else -1), mention)
        return tuple(found.values())

    def _mention(self, span: Span, who: object, what: str) -> Mention:
        self.values += 1
        party, refused = self.tables.party(span, _text(who))
        if refused:
            self.drop(f"who the {what} is", "a party that the report does not name", who)
        words = span.of(self.document.text)
        return Mention(party if party.name else Party(party.code, party.sectors, words), words, span)

    def _aux(self, given: object) -> tuple[AuxMode, ...]:
        said = self._known(given, "aux", {mode.value for mode in AuxMode}, "no auxiliary mode")
        return tuple(mode for mode in AuxMode if mode.value in said)

    def _modes(self, given: object, event: str) -> tuple[str, ...]:
        return tuple(self._known(given, "mode", set(ontology.event_type(event).modes), f"no mode of {event}"))

    def _known(self, given: object, what: str, known: set[str], why: str) -> list[str]:
        kept: list[str] = []
        for one in given[:MOST] if isinstance(given, list) else ():
            self.values += 1
            if isinstance(one, str) and one in known:
                kept.append(one)
            else:
                self.drop(what, why, one)
        return list(dict.fromkeys(kept))

    def _counts(self, given: object, clause: Span) -> tuple[Count, ...]:
        found: list[Count] = []
        for one in _dicts(given):
            span = self._quoted(one.get("quote"), "figure", clause)
            if span is None:
                continue
            self.values += 2
            try:
                kind = CountKind(str(one.get("kind")))
            except ValueError:
                self.drop("kind of a figure", "none that is counted", one.get("kind"))
                continue
            telling = self.tables.telling
            if telling is not None and telling.another_loss(kind, span):
                self.drop("kind of a figure", "its sentence counts another loss", f"{kind.value}: {one.get('quote')}")
                continue
            if telling is not None and telling.of_another_clause(span, clause):
                self.drop("figure", "stands in another clause", one.get("quote"))
                continue
            figure, refused = self.tables.figure(span, _whole(one.get("low")), _whole(one.get("high")))
            words = span.of(self.document.text)
            if refused:
                self.drop(
                    "figure",
                    "the number does not stand in its quotation",
                    f"{one.get('low')}–{one.get('high')}: {words}",
                )
                if not self.tables.counts(span):
                    continue
            unit = _text(one.get("unit"))[:60]
            if self.tables.english and unit.casefold() not in words.casefold():
                unit = ""
            if all((kind, span) != (count.kind, count.span) for count in found):
                found.append(Count(kind, figure.low, figure.high, figure.best, unit or _noun(words), words, span))
        return tuple(found)

    def _phrase(self, given: object, what: str, clause: Span, look_up: Any) -> Any:
        if not isinstance(given, dict) or not _text(given.get("quote")):
            return None
        span = self._quoted(given.get("quote"), what, clause)
        if span is None:
            return None
        found = look_up(span, _text(given.get("gloss")))
        if found is None:
            self.values += 1
            self.drop(what, f"no {what} to our tables", given.get("quote"))
        return found

    def _targets(self, given: object, clause: Span) -> tuple[str, ...]:
        if not _text(given):
            return ()
        span = self._quoted(given, "target", clause)
        return () if span is None else (span.of(self.document.text),)

    def _quoted(self, quote: object, what: str, clause: Span) -> Span | None:
        self.values += 1
        words = _text(quote)
        found = self._ground.find(words, near=clause) if words else None
        if found is None or found.end - found.start > LONGEST_PHRASE:
            self.drop(what, NOT_THERE if found is None else "longer than a phrase", words)
            return None
        if any(found.overlaps(passage) for passage in self.passages):
            self.drop(what, ADDRESSED, words)
            return None
        if not borne.near(what, found, clause):
            self.drop(what, "stands too far from its clause", words)
            return None
        return found

    def _refuse(self, what: str, why: str, words: object) -> _Refused:
        self.drop(what, why, words)
        return _Refused()


def settled(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims in the order of the text; what two answers about overlapping parts both gave is one."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.trigger.span.start, c.span.start, c.event)):
        figures = tuple((count.kind, count.span) for count in claim.counts)
        key = (
            claim.event,
            claim.trigger.span,
            claim.actor_keys,
            claim.recipient_keys,
            claim.speaker,
            claim.aux,
            figures,
        )
        kept.setdefault(key, claim)
    seen: dict[str, int] = {}
    unique = []
    for claim in kept.values():
        times = seen.get(claim.id, 0)
        seen[claim.id] = times + 1
        unique.append(replace(claim, id=f"{claim.id}-{times}") if times else claim)
    return tuple(unique)


def identity(claim: Claim, document: Document) -> str:
    """Stable, and another than our own reader gives to the same words."""
    parts = (
        document.id,
        document.sha256,
        claim.reader,
        claim.event,
        str(claim.trigger.span.start),
        ",".join(m.party.key for m in claim.actors),
        ",".join(m.party.key for m in claim.recipients),
        ",".join(s.mention.party.key for s in claim.sources),
        ",".join(claim.aux),
    )
    return "c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:15]


def _text(value: object) -> str:
    return _clean(value[:LONGEST_SAID]).strip() if isinstance(value, str) else ""


def _clean(words: str) -> str:
    """What a model says, as a report's text is frozen: without halves of characters, what moves a cursor and what turns a
    line around."""
    return unseen.taken_out(words.encode("utf-8", "replace").decode())[0]


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:MOST] if isinstance(value, list) else []


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= 2**53 else None


def _noun(words: str) -> str:
    """What a figure counts, where the model does not say it in the report's words: the last word that is one."""
    named = [word.strip(".,;:") for word in words.split() if word[:1].isalpha()]
    return named[-1] if named else "people"
