"""Who reads a report: our own reader, a named model, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from standoff.errors import InputError, ReaderFault, SettingsError
from standoff.ingest import english
from standoff.model import Claim, Document, Reading
from standoff.readers import both
from standoff.settings import BOTH, OWN, Settings

if TYPE_CHECKING:
    from standoff.readers.named import Named

Own = Callable[[Document], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """One report, read: the claims that stand, and each reading by itself."""

    claims: tuple[Claim, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Choice:
    """The readers of a run."""

    named: Named | None = None
    own: bool = True
    model: str = Settings.model_fields["model"].default
    code: Own | None = None
    """How our own reader reads, where not in this process: see :mod:`standoff.coding`."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who reads an English report."""
        return (*([self.named.name] if self.named else []), *([OWN] if self.own else []))

    def of(self, document: Document) -> tuple[str, ...]:
        """Who reads this report: our own reader knows English alone."""
        return tuple(name for name in self.names if name != OWN or document.language == english.ENGLISH)

    def unread(self, document: Document, why: str) -> tuple[Reading, ...]:
        """In place of their readings, where they have not read a report: why."""
        return tuple(
            Reading(document.id, name, where=self.named.client.settings.address, fault=why)
            if self.named is not None and name == self.named.name
            else Reading(document.id, name, self.model, fault=why)
            for name in self.of(document)
        )

    def failing(self, fault: ReaderFault) -> Choice:
        """The same readers, of whom the model cannot be asked any more: nothing is sent."""
        return self if self.named is None else replace(self, named=self.named.failing(fault))

    def read(self, document: Document) -> Read:
        """Read a report.

        Raises:
            InputError: it cannot be read with this choice, as one in another language with our own reader.
            ReaderFault: the named model cannot be asked.
        """
        if not self.of(document):
            name = document.provenance.name if document.provenance else document.id
            why = f"written in {english.named(document.language)}, not English"
            raise InputError(
                name,
                why,
                "give an English report, or name a language model as its reader; standoff add keeps it uncoded",
            )
        own = self._own(document) if OWN in self.of(document) else None
        if self.named is None:
            assert own is not None
            return Read(own.claims, (own,))
        asked = self.named.read(document)
        if own is None:
            return Read(asked.claims, (asked,))
        return Read(both.together(asked.claims, own.claims), (asked, own))

    def _own(self, document: Document) -> Reading:
        return Reading(document.id, OWN, self.model, claims=(self.code or self._here)(document))

    def _here(self, document: Document) -> tuple[Claim, ...]:
        from standoff import claims
        from standoff.language import pipeline

        return claims.from_doc(pipeline.annotate(document, self.model), document)


def setting(names: Sequence[str]) -> str:
    """What the setting ``reader`` says where these are to read a report; empty for nobody.

    >>> setting(["big", "standoff"]), setting(["big"]), setting([])
    ('both:big', 'big', '')
    """
    other = next((name for name in names if name != OWN), "")
    return f"{BOTH}:{other}" if other and OWN in names else other


def choose(settings: Settings, *, share: float = 1.0, code: Own | None = None) -> Choice:
    """The readers that the settings name.

    Raises:
        SettingsError: there is no such reader, or its address cannot be asked.
    """
    name, _, which = settings.reader.partition(":")
    if settings.reader == OWN:
        return Choice(model=settings.model, code=code)
    from standoff.readers.named import reader

    if name != BOTH:
        return Choice(reader(settings.reader, settings, share=share), own=False, model=settings.model)
    if not which:
        if len(settings.readers) != 1:
            why = "names no model" if not settings.readers else "could be any of several models"
            known = ", ".join(f"both:{one}" for one in sorted(settings.readers))
            raise SettingsError(
                "reader 'both'", why, f"name one: {known}" if known else "describe one in standoff.toml"
            )
        which = next(iter(settings.readers))
    return Choice(reader(which, settings, share=share), own=True, model=settings.model, code=code)
