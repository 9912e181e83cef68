"""Decide by hand what is one happening and what is no dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.options import StorePath, Why, load_settings
from standoff.cli.stores import existing, reconcile_again
from standoff.errors import InputError
from standoff.printable import many

if TYPE_CHECKING:
    from standoff.model import Decision
    from standoff.store import Store


def link(
    first: Annotated[str, typer.Argument(metavar="CLAIM")],
    second: Annotated[str, typer.Argument(metavar="CLAIM")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that two claims tell of one happening. It stands in every later run; unlink takes it back."""
    from standoff.model import HandLink

    with existing(load_settings(store=store)) as opened:
        opened.decide(HandLink(first, second, True, why))
        reconcile_again(opened)


def unlink(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    others: Annotated[list[str] | None, typer.Argument(metavar="CLAIM…", help="Kept apart from these.")] = None,
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that a claim tells of another happening than the claims named, or than all now linked with it."""
    from standoff.model import HandLink

    with existing(load_settings(store=store)) as opened:
        apart = others or [key for i in opened.incidents() if claim in i.claims for key in i.claims if key != claim]
        if not apart:
            raise InputError(
                f"claim {claim!r}", "is linked with no other", "standoff incidents --json prints the links"
            )
        for other in apart:
            opened.decide(HandLink(claim, other, False, why))
        reconcile_again(opened)


def group(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Claims that tell of one happening.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Make one incident of claims: of claims that stand alone, or of two incidents by a claim of each."""
    from standoff.model import Decision, Doing

    _decided(store, lambda opened: Decision(Doing.TOGETHER, tuple(claims), reason=why))


def split(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="These tell of another happening.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Part an incident: the claims named are one of their own."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        others = tuple(key for key in _claims_of(opened, incident) if key not in claims)
        return Decision(Doing.APART, tuple(claims), others, reason=why)

    _decided(store, decide)


def move(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Where it belongs.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Put a claim into another incident, and out of the one that it is in."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        out = tuple(key for i in opened.incidents() if claim in i.claims for key in i.claims if key != claim)
        return Decision(Doing.MOVE, (claim,), out, _claims_of(opened, incident), reason=why)

    _decided(store, decide)


def name_incident(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    store: StorePath = None,
) -> None:
    """Give an incident a title of your own."""
    from standoff.model import Decision, Doing

    _decided(store, lambda opened: Decision(Doing.NAME, _claims_of(opened, incident), words=" ".join(title.split())))


def no_dispute(
    dispute: Annotated[str, typer.Argument(metavar="DISPUTE")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that a dispute is none: it is not found again while it rests on the same claims."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        wanted = opened.heir(dispute)
        for one in opened.disputes():
            if one.id == wanted:
                held = tuple(dict.fromkeys(key for position in one.positions for key in position.claims))
                return Decision(Doing.NO_DISPUTE, held, words=one.kind.value, reason=why)
        raise InputError(f"dispute {dispute!r}", "not in the store", "standoff disputes prints the ids")

    _decided(store, decide)


def undecide(
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="The last decision, unless named.")] = None,
    store: StorePath = None,
) -> None:
    """Undo what was last decided by hand about incidents and disputes."""
    from standoff.ingest.capture import now

    with existing(load_settings(store=store)) as opened:
        standing = [one.number for one in opened.decided.standing()]
        if not standing:
            raise InputError("decision", "there is none to undo", "standoff group, split, move, name make some")
        undone = opened.decided.undo(standing[-1] if number is None else number, now())
        typer.echo(f"undone: {undone.doing.value}, {many(len(undone.claims), 'claim')}")
        reconcile_again(opened)


def _decided(store: str | None, make: Callable[[Store], Decision]) -> None:
    """Keep a decision and reconcile again."""
    from standoff.ingest.capture import now

    with existing(load_settings(store=store)) as opened:
        number = opened.decided.add(make(opened), now())
        typer.echo(f"decision {number}; standoff undecide {number} takes it back")
        reconcile_again(opened)


def _claims_of(store: Store, incident: str) -> tuple[str, ...]:
    wanted = store.heir(incident)
    for one in store.incidents():
        if one.id == wanted:
            return one.claims
    raise InputError(f"incident {incident!r}", "not in the store", "standoff incidents prints the ids")
