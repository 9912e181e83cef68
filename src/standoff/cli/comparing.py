"""Set side by side what a store holds: claims, disputes, incidents, versions, policies and parties."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.options import (
    AsCsv,
    AsJson,
    AsJsonl,
    AsTable,
    Format,
    OfParty,
    OneDoc,
    PolicyName,
    RunnerName,
    Since,
    StorePath,
    check_choice,
    check_doc,
    day_of,
    format_of,
    load_settings,
)
from standoff.cli.printing import print_claims, print_disputes, renderer, write_records
from standoff.cli.stores import existing, reconcile_again
from standoff.cli.telling import PARTIAL, note, status
from standoff.errors import InputError
from standoff.printable import many, one_line

if TYPE_CHECKING:
    from standoff.model import Claim, Document
    from standoff.reconcile.dossier import Dossier
    from standoff.store import Store


def claims(
    store: StorePath = None,
    doc: OneDoc = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print the claims of a store."""
    form = format_of(jsonl, json, csv, table)
    with existing(load_settings(store=store)) as opened:
        documents = {document.id: document for document in opened.documents()}
        check_doc(doc, documents)
        found: dict[str, list[Claim]] = {key: [] for key in documents if doc in (None, key)}
        for claim in opened.claims(doc):
            found[claim.doc].append(claim)
    print_claims([(documents[key], tuple(held)) for key, held in found.items()], form)


def disputes(
    store: StorePath = None,
    doc: OneDoc = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="count, responsibility, occurrence …")] = None,
    party: OfParty = None,
    since: Since = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="open, narrowed or settled; all by name.")] = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print where the accounts in a store part; what later reports settled is shown with --state settled or all."""
    form = format_of(jsonl, json, csv, table)
    from standoff.model import DisputeKind, DisputeState, among

    check_choice("--kind", kind, [k.value for k in DisputeKind])
    check_choice("--state", state, [*(s.value for s in DisputeState), "all"])
    start = day_of(since)
    with existing(load_settings(store=store)) as opened:
        documents = opened.documents()
        check_doc(doc, {document.id for document in documents})
        published = {document.id: document.published for document in documents}
        found = [
            dispute
            for dispute in opened.disputes()
            if doc in (None, *dispute.docs)
            and kind in (None, dispute.kind.value)
            and among(party, (position.party for position in dispute.positions))
            and (dispute.state is not DisputeState.SETTLED if state is None else state in ("all", dispute.state.value))
            and (start is None or any((day := published.get(key)) and day >= start for key in dispute.docs))
        ]
        held = opened.claims(reviewed=True)
    if not found:
        asked = any(value is not None for value in (doc, kind, party, since, state))
        note(f"no disputes in {opened.name}" + (" that are asked for" if asked else ""))
    print_disputes(found, held, documents, form)


def incidents(
    store: StorePath = None,
    party: OfParty = None,
    since: Since = None,
    policy: PolicyName = "ucdp",
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print the incidents of a store: claims of one happening, with its losses by a named policy."""
    form = format_of(jsonl, json, csv, table)
    from standoff.model import among

    start = day_of(since)
    with existing(load_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, policy)
    found = [
        one
        for one in found
        if among(party, (*one.parties, *(a.party for a in one.accounts)))
        and (start is None or (one.end is not None and one.end >= start))
    ]
    if not found:
        note(f"no incidents in {opened.name}" + (" that are asked for" if party or since else ""))
    if form is Format.TABLE:
        renderer(held, documents).incidents(found)
        return
    from standoff.records import dossier_record

    write_records(map(dossier_record, found), "incidents", form)


def incident(
    id: Annotated[str, typer.Argument(metavar="ID", help="The incident, as standoff incidents prints it.")],
    store: StorePath = None,
    policy: PolicyName = "ucdp",
    json: AsJson = False,
) -> None:
    """Set the accounts of one incident side by side."""
    with existing(load_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, policy)
    chosen = [one for one in found if one.incident.id.startswith(id)]
    if len(chosen) != 1:
        why = "begins several ids" if chosen else f"not in {opened.name}"
        raise InputError(f"incident {id!r}", why, "standoff incidents prints them")
    if json:
        from standoff.records import dossier_record

        write_records(map(dossier_record, chosen), "incidents", Format.JSON)
        return
    renderer(held, documents).incident(chosen[0])


def versions(
    store: StorePath = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print what changed between the versions of a page: reports of one address with other words."""
    from standoff.reconcile.versions import changes
    from standoff.reconcile.versions import versions as found_in

    form = format_of(jsonl, json, csv, table)
    with existing(load_settings(store=store)) as opened:
        documents = {document.id: document for document in opened.documents()}
    pages = found_in(list(documents.values()))
    if not pages:
        note(f"no page in {opened.name} with several versions; standoff add --url says where a report was found")
    pairs = [(old, new, changes(old, new)) for held in pages for old, new in pairwise(held)]
    if form is Format.TABLE:
        renderer([], documents.values()).versions(pairs)
        return
    from standoff.records import change_record

    write_records((change_record(old, new, one) for old, new, some in pairs for one in some), "changes", form)


def policy(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Apply this one to the store.")] = None,
    store: StorePath = None,
    json: AsJson = False,
) -> None:
    """List the rules that turn the figures told of one loss into a range, or apply one to every incident of a store."""
    from standoff.reconcile import policies

    if name is not None:
        incidents(store=store, policy=name, json=json, table=not json)
        return
    if json:
        write_records(({"name": p.name, "says": p.says} for p in policies.POLICIES.values()), "policies", Format.JSON)
        return
    for rule in policies.POLICIES.values():
        typer.echo(f"{rule.name:<10}{rule.says}")
    typer.echo(f"{'ranked:…':<10}your own order of sources, as in ranked:UNO,NGO: the first that gives a figure")


def parties(store: StorePath = None, json: AsJson = False) -> None:
    """Print what became of each party's claims about others: denied, confirmed by another side, still open."""
    from dataclasses import asdict

    from standoff.reconcile import dossier

    with existing(load_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, "ucdp")
    records = dossier.records(found)
    if json:
        write_records(map(asdict, records), "parties", Format.JSON)
        return
    renderer(held, documents).records(records)


def reconcile(
    store: StorePath = None,
    bulk: Annotated[
        str | None, typer.Option("--bulk", metavar="DIR", help="Not a store: what standoff bulk wrote, by partitions.")
    ] = None,
    runner: Annotated[RunnerName, typer.Option(help="With --bulk: here, in processes, or on Ray.")] = RunnerName.POOL,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="With --bulk.")] = os.cpu_count() or 1,
    address: Annotated[str | None, typer.Option(metavar="ADDRESS", help="With --bulk: of a Ray cluster.")] = None,
    policy: PolicyName = "ucdp",
) -> None:
    """Draw incidents, accounts and disputes anew, with what people decided taken in."""
    if bulk is not None:
        from standoff.reconcile import policies
        from standoff.runners import Limits, named, reconciling

        if store is not None:
            raise typer.BadParameter("--store and --bulk exclude each other")
        policies.policy(policy)
        chosen = named(runner.value, Limits(workers, seconds=3600), address)
        with status("reconciling"):
            found = reconciling.run(Path(bulk), chosen, reconciling.Reconciling(policy))
        told = ", ".join(
            many(number, what.removesuffix("s")) for what, number in found.items() if number or what != "failures"
        )
        typer.echo(f"{one_line(bulk)}/{reconciling.FOLDER}: {told}")
        if found["failures"]:
            raise typer.Exit(PARTIAL)
        return
    with existing(load_settings(store=store)) as opened:
        reconcile_again(opened)


def _dossiers(store: Store, policy: str) -> tuple[list[Dossier], list[Claim], list[Document]]:
    from standoff.reconcile import dossier, policies

    policies.policy(policy)
    held, documents = store.claims(reviewed=True), store.documents()
    by_id = {claim.id: claim for claim in held}
    return list(dossier.draw(store.reconciliation(), by_id, documents, policy)), held, documents
