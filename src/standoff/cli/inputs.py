"""What is named on the command line, read one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import typer

from standoff.cli.options import Format, named_columns
from standoff.cli.telling import FAILED, PARTIAL, aside, complain
from standoff.errors import InputError, StandoffError, StoreError, StoreFault
from standoff.printable import many

if TYPE_CHECKING:
    from standoff.ingest.capture import Failed
    from standoff.model import Document
    from standoff.readers.choice import Choice
    from standoff.settings import Settings

_Result = TypeVar("_Result")


class Inputs:
    """What was named on the command line, and what was said about it."""

    def __init__(
        self,
        sources: Sequence[str],
        settings: Settings,
        published: str | None = None,
        doc_id: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        columns: Sequence[str] | None = None,
        folder: str | None = None,
        stored: Mapping[str, Document] | None = None,
    ) -> None:
        from standoff.ingest.capture import Options, Said
        from standoff.ingest.dates import parse_date
        from standoff.ingest.freeze import check_id
        from standoff.ingest.sources import from_settings

        if url is not None and len(sources) > 1:
            raise typer.BadParameter("one --url for several files: add them one by one")
        if doc_id is not None and len(sources) > 1 and "{" not in doc_id:
            raise typer.BadParameter("one --doc-id for several files: use a pattern, as in '{parent}-{stem}'")
        self.sources = sources
        self._stored = stored or {}
        self._doc_id = doc_id if doc_id is None else check_id(doc_id)
        self._said = Said(outlet=outlet, url=url, published=parse_date(published))
        lie = None if folder is None else Path(folder)
        self._reader = from_settings(settings, Options(columns=named_columns(columns)), lie, apart=True)

    def read(self, source: str) -> Iterator[Document | Failed]:
        """The reports of one source, and what of it could not be read."""
        from dataclasses import replace

        if source in self._stored:
            return iter((self._stored[source],))
        given = None
        if self._doc_id is not None:
            path = Path("stdin" if source == "-" else source).absolute()
            given = self._doc_id.replace("{stem}", path.stem).replace("{parent}", path.parent.name)
        return self._reader.read(source, replace(self._said, id=given))


class Batch(Generic[_Result]):
    """Inputs worked through one after the other. One that fails is reported and counted; the rest go on."""

    def __init__(
        self, given: Inputs, work: Callable[[Document], _Result], form: Format, readers: Choice | None = None
    ) -> None:
        self._given = given
        self._named = readers.named if readers is not None else None
        self._work = work
        self._ids: dict[str, tuple[str, str]] = {}
        self.done = 0
        self.failed: list[Failed] = []
        # Lines that are written as they come would run through a moving progress bar.
        self._show_progress = sys.stderr.isatty() and (form is Format.TABLE or not sys.stdout.isatty())

    def __iter__(self) -> Iterator[tuple[Document, _Result]]:
        from standoff.ingest.capture import Failed

        for source in self._watched():
            for found in self._given.read(source):
                if isinstance(found, Failed):
                    self._fail(found)
                    continue
                name = found.provenance.name if found.provenance else found.id
                try:
                    self._check_id(found, name)
                    result = self._work(found)
                except StoreFault:
                    raise
                except (InputError, StoreError) as error:
                    self._fail(Failed(name, source, error))
                except StandoffError:
                    raise  # a fault of the model or the lexicon, which every other input would meet too
                except Exception as error:
                    if sys.flags.dev_mode:  # python -X dev -m standoff.cli shows where
                        raise
                    why = f"standoff failed on it ({error!r})"
                    self._fail(Failed(name, source, StandoffError(name, why, "please report it, with the text")))
                else:
                    self.done += 1
                    yield found, result

    def finish(self) -> None:
        """Leave with the exit code that says how it went."""
        if self.failed:
            raise typer.Exit(PARTIAL if self.done else FAILED)

    def _fail(self, failed: Failed) -> None:
        from standoff.errors import ModelError, SettingsError

        if isinstance(failed.error, ModelError | SettingsError):
            raise failed.error
        self.failed.append(failed)
        complain(str(failed.error))

    def _check_id(self, document: Document, name: str) -> None:
        """Two texts of one id would be taken for one report."""
        other, text = self._ids.setdefault(document.id, (name, document.sha256))
        if other != name and text != document.sha256:
            why = f"would have the id {document.id!r} of {other}"
            raise InputError(name, why, "tell them apart by --doc-id '{parent}-{stem}'")

    def _watched(self) -> Iterator[str]:
        if not self._show_progress:
            yield from self._given.sources
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        left = (TimeRemainingColumn(),) if self._named is not None else ()
        with Progress(*columns, *left, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=len(self._given.sources))
            for source in self._given.sources:
                yield source
                told = f"reading · {self._named.meter.told()}" if self._named is not None else "reading"
                progress.update(task, advance=1, description=told)


def readers_of(settings: Settings) -> Choice:
    """The readers of a run; a model's tells what it waits for."""
    from standoff import coding

    found = coding.readers(settings)
    if found.named is not None:
        found.named.client.tell = aside
    return found


def estimate(given: Inputs, settings: Settings, form: Format) -> None:
    """What a model would take for some inputs."""
    from standoff.readers.choice import choose
    from standoff.readers.named import Estimate

    readers = choose(settings)
    if readers.named is None:
        raise typer.BadParameter("--dry-run is for a language model: name one with --reader")
    named, found = readers.named, Estimate()
    batch = Batch(given, named.estimate, form)
    for _, one in batch:
        found += one
    cost = f", cost {found.cost:.4f}" if named.client.settings.price_in or named.client.settings.price_out else ""
    kept = f" ({found.kept} answered before)" if found.kept else ""
    told = f"{many(found.reports, 'report')} in {many(found.parts, 'question')}{kept}, about {found.tokens_in:,} tokens in, {found.tokens_out:,} out"
    typer.echo(f"{named.name}: {told}{cost}")
    batch.finish()
