"""The reader of a name: asks its model about a report, part by part, and makes claims of what the report bears out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from standoff import withdrawn
from standoff.errors import InputError, ReaderFault, SettingsError
from standoff.language import pipeline
from standoff.model import Claim, Document, Reading
from standoff.readers import addressed, prompt
from standoff.readers.answers import Answers, Kept
from standoff.readers.build import Builder, settled
from standoff.readers.client import Client, Refused, TooLong, tokens, way
from standoff.readers.meter import Meter
from standoff.readers.parse import Answered, parse
from standoff.readers.parts import Part, cut, halves
from standoff.readers.tables import Tables
from standoff.settings import BOTH, OWN, ReaderSettings, Settings

MOST_PEOPLE = 40
"""Of who is who that goes along with the next part."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What reading some reports would take; nothing is sent to know it."""

    reports: int = 0
    parts: int = 0
    kept: int = 0
    """Parts whose answer is there already."""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def __add__(self, other: Estimate) -> Estimate:
        mine = (self.reports, self.parts, self.kept, self.tokens_in, self.tokens_out, self.cost)
        theirs = (other.reports, other.parts, other.kept, other.tokens_in, other.tokens_out, other.cost)
        return Estimate(*(a + b for a, b in zip(mine, theirs, strict=True)))  # type: ignore[arg-type]


@dataclass
class Named:
    """A language model as a reader. One of a run: it counts what it takes."""

    client: Client
    model: str = pipeline.DEFAULT_MODEL
    """The spaCy pipeline that the tables use."""

    @property
    def name(self) -> str:
        return self.client.name

    @property
    def meter(self) -> Meter:
        return self.client.meter

    def read(self, document: Document) -> Reading:
        """One report, read whole.

        Raises:
            ReaderFault: the model cannot be asked, or the run may not cost more.
            InputError: this report could not be read with it.
        """
        passages = addressed.find(document.text)
        builder = Builder(document, self.name, Tables(document, self.model, passages), passages)
        claims: list[Claim] = []
        people: list[tuple[str, str]] = []
        warnings = [f"words addressed to a machine: “{_short(passage.of(document.text))}”" for passage in passages]
        taken: list[Kept] = []
        waiting = list(cut(document.text, self.client.settings.part))
        parts = 0
        while waiting:
            part = waiting.pop(0)
            try:
                kept, answered = self._answer(document, part, people)
            except TooLong:
                waiting[:0] = self._smaller(document, part)
                continue
            taken.append(kept)
            if (kept.finish == "length" or not answered.whole) and len(two := halves(document.text, part)) > 1:
                waiting[:0] = two  # it did not fit: what broke off may be anything, so all of it is asked for again
                continue
            if kept.finish == "length" or not answered.whole:
                warnings.append(f"an answer broke off at character {part.span.end}: claims may be missing")
            parts += 1
            builder.values += answered.broken
            for _ in range(answered.broken):
                builder.drop("claim", "not well formed")
            if answered.more:
                builder.drop("claims", f"{answered.more} more than one part of a report has")
            claims += builder.claims(answered.claims, part.span)
            people = _known([*people, *answered.people], document)
        found = withdrawn.strike(settled(claims), document)
        self.meter.read(builder.values, len(builder.dropped))
        return Reading(
            doc=document.id,
            reader=self.name,
            model=self.client.settings.model,
            prompt=f"{prompt.version()} ({prompt.fingerprint()})",
            where=self.client.settings.address,
            at=max(datetime.fromisoformat(one.at) for one in taken),
            tokens_in=sum(one.tokens_in for one in taken),
            tokens_out=sum(one.tokens_out for one in taken),
            cost=sum(self.meter.cost(one.tokens_in, one.tokens_out) for one in taken),
            parts=parts,
            values=builder.values,
            dropped=tuple(builder.dropped),
            warnings=tuple(warnings),
            claims=found,
        )

    def failing(self, fault: ReaderFault) -> Named:
        """The same reader, which is not asked any more; what it answered before is still there."""
        return replace(self, client=replace(self.client, fault=fault))

    def estimate(self, document: Document) -> Estimate:
        """What a report would take. Later parts carry who is who along, which adds some tokens to this."""
        found = Estimate(reports=1)
        for part in cut(document.text, self.client.settings.part):
            messages = self._messages(document, part, [])
            if self.client.known(messages) is not None:
                found += Estimate(parts=1, kept=1)
                continue
            sent = sum(tokens(message["content"]) for message in messages)
            # A claim takes about three times the tokens of the words that it is made of.
            back = min(self.client.settings.answer, 3 * tokens(part.span.of(document.text)) + 50)
            found += Estimate(parts=1, tokens_in=sent, tokens_out=back, cost=self.meter.cost(sent, back))
        return found

    def _answer(self, document: Document, part: Part, people: list[tuple[str, str]]) -> tuple[Kept, Answered]:
        name = document.provenance.name if document.provenance else document.id
        messages = self._messages(document, part, people)
        held = self.client.known(messages)
        if held is not None and (answered := parse(held.text)) is not None:
            self.meter.had()
            return held, answered
        text = ""
        for _ in range(2):  # a model that is asked twice and gives no JSON does not read
            kept = self.client.ask(messages, name)
            answered = parse(kept.text)
            if answered is not None:
                self.client.keep(messages, kept)
                return kept, answered
            if kept.finish == "length":
                raise TooLong
            text = kept.text
        why = f"{self.name} answered with no claims record: “{_short(text)}”"
        raise Refused(name, why, "read it with standoff, or with another model")

    def _messages(self, document: Document, part: Part, people: list[tuple[str, str]]) -> prompt.Messages:
        words = part.span.of(document.text)
        return prompt.messages(document, words, part.before.of(document.text), people)

    def _smaller(self, document: Document, part: Part) -> tuple[Part, ...]:
        two = halves(document.text, part)
        if len(two) > 1:
            return two
        name = document.provenance.name if document.provenance else document.id
        why = f"too long for {self.name} even in parts of {part.span.end - part.span.start} characters"
        raise InputError(name, why, "use a model with a longer context, or raise its answer setting")


def reader(name: str, settings: Settings, *, share: float = 1.0) -> Named:
    """The reader of a name in the settings. ``share`` is the part of its price limit and of its requests a minute that this one may take.

    Raises:
        SettingsError: there is no such reader, or its address cannot be asked.
    """
    held = settings.readers.get(name)
    if held is None:
        known = ", ".join((OWN, *sorted(settings.readers), *([BOTH] if settings.readers else [])))
        mend = f"name one of {known}, or describe it in standoff.toml under [readers.{name}]"
        raise SettingsError(f"reader {name!r}", "not in the settings", mend)
    held = held.model_copy(update={"price_limit": held.price_limit * share, "a_minute": held.a_minute * share})
    log = Path(settings.fetch_log).expanduser() if settings.fetch_log else None
    fetcher = way(name, held, offline=settings.offline, proxy=settings.proxy, log=log)
    folder = Path(settings.answers).expanduser() if settings.answers else None
    return Named(Client(name, held, fetcher, Answers(folder), Meter(name, held)), settings.model)


def _known(people: list[tuple[str, str]], document: Document) -> list[tuple[str, str]]:
    """Who is who, each once, of names that the report has: a model's fancy is not carried on."""
    held = {quote: who[:120] for quote, who in people if 1 < len(quote) < 80 and quote in document.text}
    return list(held.items())[-MOST_PEOPLE:]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 100 else words[:99] + "…"


def described(settings: ReaderSettings) -> str:
    """A reader in a few words: the model, and where a report is sent."""
    return f"{settings.model} at {settings.address}"
