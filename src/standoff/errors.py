"""Errors that a user can see. Each names the input, the place and the mend in one line."""

from __future__ import annotations


class StandoffError(Exception):
    """Base of every error that standoff raises on purpose.

    ``what`` is the input or setting at fault, ``why`` what is wrong with it, ``mend`` what to do about it.
    """

    def __init__(self, what: str, why: str, mend: str = "") -> None:
        self.what, self.why, self.mend = what, why, mend
        super().__init__(f"{what}: {why}" + (f"; {mend}" if mend else ""))

    def __reduce__(self) -> tuple[type[StandoffError], tuple[str, str, str]]:
        """Errors cross to other processes with their parts."""
        return type(self), (self.what, self.why, self.mend)


class InputError(StandoffError):
    """A document that cannot be read."""

    after: float | None = None
    """Seconds after which its server asks to be asked again; None where it says nothing."""


class ModelError(StandoffError):
    """The spaCy pipeline asked for is missing or unfit."""


class ReaderFault(StandoffError):
    """The model named as reader cannot be asked: no answer, no key, no money left. Every further report would meet it too."""


class StoreError(StandoffError):
    """The store cannot be opened, or is of another version."""


class StoreFault(StoreError):
    """The database itself fails: no disk, no right to write, no connection. Every further document would meet it too."""


class SettingsError(StandoffError):
    """A setting or option that cannot be used."""


class LexiconError(StandoffError):
    """An entry of the lexicon or the ontology that is not well formed."""
