"""What is done to a part, wherever it runs: its reports are read, gated and coded, and come back as tables of Parquet."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from standoff import claims
from standoff.errors import InputError, ReaderFault, StandoffError
from standoff.export import columnar
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Failed, Options, Reference
from standoff.language import gate, pipeline
from standoff.model import SCHEMA_VERSION, Document
from standoff.readers import prompt
from standoff.readers.choice import Choice, choose
from standoff.records import Record, claim_record, document_record, statement_record
from standoff.runners.parts import UNREAD, Item, Part, Partition
from standoff.settings import Settings

TABLES = ("claims", "statements", "documents", "failures")


@dataclass(frozen=True, slots=True)
class Coded:
    """What a part gave: a Parquet file for each table, and how many rows it has."""

    number: int
    key: str
    tables: Mapping[str, bytes]
    rows: Mapping[str, int]
    read: int
    """Reports that were parsed; the gate let the others go."""


Sign = Callable[[int, int], None]
"""Called with the first and the end of the items that are about to be worked on."""


class Work(Protocol):
    """What is done to each part, in whatever process: reading reports, or reconciling what was read."""

    def ready(self) -> None:
        """Load what it needs, or say what is missing."""
        ...

    def code(
        self, part: Part, sign: Sign | None = None, alone: bool = False, spoilt: Mapping[int, str] | None = None
    ) -> Coded:
        """Work through a part.

        ``alone`` takes items one by one, which gives the same and shows which one kills; ``spoilt`` are items that did,
        with the reason, which are set aside as failures.
        """
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """How reports are read; with the parts it decides every byte of the result."""

    model: str = pipeline.DEFAULT_MODEL
    gated: bool = True
    options: Options = field(default_factory=Options)
    asked: Settings | None = None
    """Settings that name another reader than our own; None where there is none."""
    share: float = 1.0
    """Of that reader's price limit: what one worker may spend."""

    @property
    def said(self) -> list[str]:
        """What of the reader decides the result."""
        if self.asked is None:
            return []
        held = (f"{name}={one.model}" for name, one in sorted(self.asked.readers.items()))
        return [self.asked.reader, *held, prompt.fingerprint()]

    def ready(self) -> None:
        """Load what the work needs.

        Raises:
            ModelError: the pipeline is not installed or unfit.
        """
        pipeline.load(self.model)
        columnar.arrow()
        _readers(self)
        if self.gated:
            gate.load(self.model)

    def code(
        self, part: Part, sign: Sign | None = None, alone: bool = False, spoilt: Mapping[int, str] | None = None
    ) -> Coded:
        """Read the reports of a part; see :class:`Work`."""
        tables: dict[str, list[Record]] = {name: [] for name in TABLES}
        read = 0
        step = (
            1 if alone or self.asked is not None else pipeline.SIDE_BY_SIDE
        )  # a model takes its time: each is a sign of life
        spoilt = spoilt or {}
        for start in range(0, len(part.items), step):
            items = part.items[start : start + step]
            if sign is not None:
                sign(start, start + len(items))
            documents: list[Document] = []
            for index, item in enumerate(items, start):
                if index in spoilt:
                    why = InputError(item_name(item), spoilt[index], "read it by itself with standoff extract")
                    tables["failures"].append(failure(Failed(item_name(item), item_name(item), why)))
                    continue
                for found in _documents(item, self):
                    if isinstance(found, Failed):
                        tables["failures"].append(failure(found))
                    else:
                        documents.append(found)
            read += _code(documents, self, tables)
        written = {name: _written(name, records) for name, records in tables.items()}
        return Coded(part.number, part.key, written, {name: len(records) for name, records in tables.items()}, read)


def item_name(item: Item) -> str:
    """How errors name an item."""
    if isinstance(item, Document):
        return item.provenance.name if item.provenance else item.id
    return item.name


def _documents(item: Item, job: Job) -> Iterator[Document | Failed]:
    assert not isinstance(item, Partition)  # which is no report
    if isinstance(item, Capture):
        for found in reader.read(item, job.options):
            if isinstance(found, Document | Failed):
                yield found
            elif isinstance(found, Reference):
                yield Failed(found.name, item.root, InputError(found.name, "an address, not a report", UNREAD))
    else:
        yield item


def _code(documents: Sequence[Document], job: Job, tables: dict[str, list[Record]]) -> int:
    """Read some documents side by side; where that fails, one by one, so that one which fails stops no other."""
    readers = _readers(job)
    # The gate knows English words alone: what else is read is read ungated.
    chosen = [
        d
        for d in documents
        if readers.of(d) and (d.language != "en" or not job.gated or gate.load(job.model).read(d.text).passes)
    ]
    found: dict[int, tuple[list[Record], list[Record]]] = {}  # by object: two reports may have one id
    try:
        found = _annotated(chosen, job) if readers.named is None else {}
    except Exception:
        found = {}
    if len(found) < len(chosen):
        for document in chosen:
            try:
                found |= _annotated([document], job) if readers.named is None else _asked(document, readers)
            except ReaderFault:
                raise  # every other report would meet it too
            except InputError as error:
                name = item_name(document)
                tables["failures"].append(failure(Failed(name, name, error)))
            except Exception as error:  # a fault of ours on one text
                name = item_name(document)
                why = StandoffError(name, f"standoff failed on it ({error!r})"[:300], "please report it, with the text")
                tables["failures"].append(failure(Failed(name, name, why)))
    for document in documents:
        told, said = found.get(id(document), ([], []))
        tables["claims"].extend(told)
        tables["statements"].extend(said)
        record = document_record(document) | {"parsed": id(document) in found}
        if not told:
            record["text"] = None  # nothing points into it
        tables["documents"].append(record)
    return len(found)


def _annotated(documents: Sequence[Document], job: Job) -> dict[int, tuple[list[Record], list[Record]]]:
    found = {}
    for document, doc in zip(documents, pipeline.annotate_all(documents, job.model), strict=True):
        told = [claim_record(claim, document) for claim in claims.from_doc(doc, document)]
        said = [statement_record(statement, document) for statement in pipeline.statements(doc)]
        found[id(document)] = told, said
    return found


def _asked(document: Document, readers: Choice) -> dict[int, tuple[list[Record], list[Record]]]:
    return {id(document): ([claim_record(claim, document) for claim in readers.read(document).claims], [])}


@lru_cache(maxsize=2)
def _chosen(asked: str, model: str, share: float) -> Choice:
    return choose(Settings.model_validate_json(asked), share=share) if asked else Choice(model=model)


def _readers(job: Job) -> Choice:
    """The readers of a job, one of a process: it counts what it spends."""
    return _chosen(job.asked.model_dump_json() if job.asked else "", job.model, job.share)


def failure(failed: Failed) -> Record:
    return {"name": failed.name, "why": failed.error.why, "mend": failed.error.mend, "schema_version": SCHEMA_VERSION}


def _written(name: str, records: list[Record]) -> bytes:
    out = io.BytesIO()
    columnar.write(records, columnar.bulk_tables()[name], out)
    return out.getvalue()
