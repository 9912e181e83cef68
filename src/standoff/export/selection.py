"""What of a store is exported, and how an export is written: files in a fixed order, and a manifest beside them.

The same store, query and version give the same bytes. A format is an object with a ``name``, a line on what it is for, and
``parts``: its files, each written as its records come. Formats of other packages join by the entry point group
``standoff.exporters``.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import FileIO, TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO, cast

import standoff
from standoff.errors import SettingsError, StandoffError
from standoff.model import SCHEMA_VERSION, AuxMode, Claim, Dispute, Document, Incident, Link, Reconciliation, Verdict
from standoff.reconcile import accounts, dossier
from standoff.reconcile.dossier import Dossier
from standoff.records import Record, dumps
from standoff.store import Store
from standoff.store import query as _query
from standoff.store.browse import ClaimRow, Order, Wanted
from standoff.wording import Names

MANIFEST = "manifest.json"
NOT_EVENTS = frozenset({AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.ATTEMPTED})
"""What a claim with one of these tells of did not happen, or not yet; data sets of events leave it out."""


@dataclass(frozen=True, slots=True)
class Told:
    """One incident with everything that is told of it."""

    dossier: Dossier
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]

    @property
    def deeds(self) -> list[Claim]:
        """Claims that something happened, neither denied nor still to come; who only accuses tells of another's deed."""
        held = [c for c in self.claims.values() if not NOT_EVENTS & set(c.aux)]
        return [c for c in held if c.event not in ("ACCUSE", "REJECT")] or held


@dataclass(frozen=True)
class Selection:
    """Which claims of a store, and how they are shown.

    Claims come as people corrected them, without those that they rejected (unless the query asks for these). Incidents
    come whole where at least one of their claims is chosen: an account is no account with a part of it left out.
    """

    store: Store
    wanted: Wanted = field(default_factory=Wanted)
    policy: str | None = None
    """The rule that turns figures into a range; None: the format's own."""
    texts: bool = False
    """Whole reports too, not only what claims quote of them."""
    fields: tuple[str, ...] = ()
    """Columns of a table; empty: all."""

    def by(self, otherwise: str = "ucdp") -> str:
        """The policy that was asked for, or a format's own."""
        return self.policy or otherwise

    def claims(self) -> Iterator[ClaimRow]:
        """The claims, by report and in it by their order in the text."""
        rejected = Verdict.REJECT.value in self.wanted.verdict
        for row in self.store.browse.every(self.wanted, order=Order.REPORT):
            if rejected or row.verdict is not Verdict.REJECT:
                yield row

    def of(self, id: str) -> Iterator[ClaimRow]:
        """The claims of one report that are chosen."""
        return replace(self, wanted=replace(self.wanted, doc=(id,))).claims()

    def reports(self) -> Iterator[tuple[Document, list[ClaimRow]]]:
        """The reports of the claims, each with those of its claims that are chosen; without a query, all reports."""
        if not self.wanted:
            for id in self.store.ids():
                yield self._document(id), list(self.of(id))
            return
        for id, rows in groupby(self.claims(), key=lambda row: row.claim.doc):
            yield self._document(id), list(rows)

    def incidents(self, otherwise: str = "ucdp") -> Iterator[Told]:
        """The incidents in their order, with figures by the policy asked for or by the format's own."""
        policy = self.by(otherwise)
        chosen = {row.incident for row in self.claims()} if self.wanted else None
        for one in self.store.incidents():
            if not one.links or (chosen is not None and one.id not in chosen):
                continue
            found = self.store.of_incident(one.id)
            if found is None:
                continue
            reconciliation, claims = found
            documents = {d.id: d for d in self.store.documents_of({c.doc for c in claims})}
            by_id = {c.id: c for c in claims}
            (drawn,) = dossier.draw(reconciliation, by_id, list(documents.values()), policy)
            yield Told(drawn, by_id, documents)

    def happenings(self, otherwise: str = "ucdp") -> Iterator[Told]:
        """The incidents, and then what one claim alone tells of, under the id of that claim: what data sets count."""
        yield from self.incidents(otherwise)
        policy = self.by(otherwise)
        for document, rows in self.reports():
            for row in rows:
                claim = row.claim
                if row.incident is not None or NOT_EVENTS & set(claim.aux):
                    continue
                where = claim.where.name if claim.where else ""
                alone = Incident(claim.id, (Link(claim.id, "told once", ""),), place=where)
                held = accounts.draw([alone], {claim.id: claim}, [document])
                (drawn,) = dossier.draw(Reconciliation((alone,), held), {claim.id: claim}, [document], policy)
                yield Told(drawn, {claim.id: claim}, {document.id: document})

    def disputes(self) -> Iterator[Dispute]:
        """All disputes, those that later reports settled too, of which a position rests on a claim that is chosen."""
        chosen = {row.claim.id for row in self.claims()} if self.wanted else None
        for one in self.store.disputes():
            if chosen is None or any(key in chosen for position in one.positions for key in position.claims):
                yield one

    def names(self) -> Names:
        """What the parties of the store are called."""
        return Names(self.store.browse.parties())

    def _document(self, id: str) -> Document:
        found = self.store.document(id)
        assert found is not None, id  # a claim is deleted with its document
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export. ``write`` gives how many records it wrote."""

    name: str
    write: Callable[[BinaryIO], int]


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written."""

    path: Path
    records: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export wrote, and where that is written down."""

    path: Path
    files: tuple[Written, ...]


class Exporter(Protocol):
    """One format."""

    name: str
    says: str
    """What it is and who reads it, in a line."""
    chooses_columns: bool
    """Whether some of its columns alone can be asked for."""

    def parts(self, chosen: Selection) -> Iterable[Part]:
        """Its files, in a fixed order.

        Raises:
            SettingsError: what was asked for is not in this format.
        """
        ...


def save(made_by: Exporter, chosen: Selection, into: Path, only: Sequence[str] = ()) -> Manifest:
    """Write an export; its manifest, which lies in the folder too, or beside the file.

    A format of one file is written to ``into`` itself where that has an ending and is no folder; otherwise ``into`` is a
    folder. ``only`` names the files that are wanted, without their endings. Every file is whole or not there.

    Raises:
        SettingsError: the format has no such file.
    """
    parts = select(made_by, chosen, only)
    single = len(parts) == 1 and into.suffix != "" and not into.is_dir()
    folder = into.parent if single else into
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for part in parts:
        target = into if single else folder / part.name
        target.parent.mkdir(parents=True, exist_ok=True)
        written.append(write_part(part, target))
    manifest = {
        "tool": f"standoff {standoff.__version__}",
        "schema_version": SCHEMA_VERSION,
        "format": made_by.name,
        "query": _query.written(chosen.wanted),
        "policy": chosen.policy,
        "fields": list(chosen.fields),
        "texts": chosen.texts,
        "files": [{"name": w.path.name, "records": w.records, "bytes": w.bytes, "sha256": w.sha256} for w in written],
    }
    target = into.with_name(into.name + "." + MANIFEST) if single else folder / MANIFEST
    body = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    write_part(Part(target.name, lambda out: out.write(body)), target)
    return Manifest(target, tuple(written))


def select(made_by: Exporter, chosen: Selection, only: Sequence[str] = ()) -> list[Part]:
    """The files of a format, or those of them that are wanted.

    Raises:
        SettingsError: the format has no such file.
    """
    if chosen.fields and not made_by.chooses_columns:
        raise SettingsError(made_by.name, "has its own fields, all of them", "leave --fields out, or ask for csv")
    parts = list(made_by.parts(chosen))
    stems = [part.name.partition(".")[0] for part in parts]
    for name in only:
        if name not in stems:
            raise SettingsError(f"{made_by.name} {name!r}", "not one of its files", f"one of {', '.join(stems)}")
    return [part for part, stem in zip(parts, stems, strict=True) if not only or stem in only]


@contextmanager
def text(out: BinaryIO) -> Iterator[TextIO]:
    """A stream of bytes as one of text, in UTF-8, line ends as they are written."""
    wrapped = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        yield wrapped
    finally:
        wrapped.detach()


def write_lines(records: Iterable[Record], out: BinaryIO) -> int:
    """A record a line; how many were written."""
    number = 0
    for record in records:
        number += 1
        out.write((dumps(record) + "\n").encode())
    return number


def write_array(before: str, records: Iterable[Record], after: str, out: BinaryIO) -> int:
    """A record a line, as the elements of an array that ``before`` opens and ``after`` closes; how many were written."""
    number = 0
    out.write(before.encode())
    for record in records:
        out.write((",\n" if number else "\n").encode() + dumps(record).encode())
        number += 1
    out.write(("\n" + after + "\n").encode())
    return number


def write_part(part: Part, target: Path) -> Written:
    """Write one file; it is whole or not there.

    Raises:
        StandoffError: the folder or the disk does not take it.
    """
    try:
        with tempfile.NamedTemporaryFile("w+b", dir=target.parent, prefix=".standoff-", delete=False) as out:
            try:
                stream = cast(BinaryIO, out.file)
                rows = part.write(stream)
                size = stream.seek(0, os.SEEK_END)
                stream.seek(0)
                digest = hashlib.file_digest(cast(FileIO, stream), "sha256").hexdigest()
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
        # For who wrote it alone, as a temporary file is; one that was given to others before stays theirs to read.
        if target.is_file():
            Path(out.name).chmod(target.stat().st_mode & 0o777)
        Path(out.name).replace(target)
    except OSError as error:
        raise StandoffError(str(target), error.strerror or str(error), "check the folder and its disk") from None
    return Written(target, rows, size, digest)
