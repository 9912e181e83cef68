"""Rules that say what a user waits for, and what of it has come about: each thing is raised once.

A file of rules is TOML::

    [[alert]]
    name = "figures of the strait"
    when = "dispute"              # a dispute has come up
    kind = "count"                # of this kind; without it, of any
    parties = ["Russia", "Ukraine"]

    [[alert]]
    name = "it heats up"
    when = "tension"              # the tension of a day is over a level
    parties = ["RUS", "UKR"]
    over = 6.0

    [[alert]]
    name = "tolls"
    when = "toll"                 # a later report moves a figure by more than so many
    loss = "killed"
    by = 10
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standoff.analysis import study
from standoff.analysis.deeds import ALL
from standoff.analysis.series import Step
from standoff.days import shift
from standoff.errors import InputError
from standoff.model import AuxMode, Claim, CountKind, Dispute, DisputeKind, DisputeState, among
from standoff.reconcile import policies
from standoff.reconcile.accounts import holders
from standoff.reconcile.policies import Figure
from standoff.records import Record
from standoff.store import Store
from standoff.wording import QUESTIONS, Names, clip

LATELY = 14
"""Days before the last one told of in which tension is looked at: what was long ago is no alert."""
LARGEST = 500_000
"""Bytes of a file of rules."""
MOST = 500
"""Rules of a file: each looks through the store."""
_WORDS = 200


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]


class DisputeRule(_Rule):
    """A dispute has come up."""

    when: Literal["dispute"]
    kind: DisputeKind | None = None
    parties: Annotated[tuple[str, ...], Field(max_length=2)] = ()


class TensionRule(_Rule):
    """The tension between two parties is over a level; with ``sure``, the lower end of its interval is."""

    when: Literal["tension"]
    parties: Annotated[tuple[str, str], Field()]
    over: float
    sure: bool = False


class TollRule(_Rule):
    """A report moves an incident's figure of a loss, by a policy, by more than so many."""

    when: Literal["toll"]
    loss: CountKind = CountKind.KILLED
    by: Annotated[int, Field(ge=0)] = 0
    policy: str = "ucdp"
    parties: Annotated[tuple[str, ...], Field(max_length=2)] = ()


Rule = Annotated[DisputeRule | TensionRule | TollRule, Field(discriminator="when")]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    alert: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a rule waits for and that has come about."""

    key: str
    """The rule and what it found: the same thing has the same key."""
    rule: str
    says: str
    day: date
    claims: tuple[str, ...]
    incident: str | None = None
    dispute: str | None = None


def load(path: Path) -> tuple[Rule, ...]:
    """The rules of a file.

    Raises:
        InputError: it cannot be read, or a rule is not well formed; the message names the rule and the field.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(str(path), "not a regular file", "name a file of rules")
        with path.open("rb") as file:
            held = file.read(LARGEST + 1)
        if len(held) > LARGEST:
            raise InputError(str(path), f"larger than {LARGEST // 1_000} kB", "keep the rules that you wait for")
        given = tomllib.loads(held.decode())
        if isinstance(alerts := given.get("alert"), list) and len(alerts) > MOST:
            raise InputError(
                str(path), f"{len(alerts):,} rules, and {MOST} are looked at", "part it into several files"
            )
        rules = _File.model_validate(given).alert
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "name a file of rules") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"not TOML: {error}", "mend the file") from None
    except RecursionError:
        raise InputError(str(path), "not TOML: nested too deep", "mend the file") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = [part for part in first["loc"] if part not in ("dispute", "tension", "toll")]
        number = next((part + 1 for part in place if isinstance(part, int)), None)
        field = place[-1] if place and isinstance(place[-1], str) else ""
        where = f"{path}: rule {number}" if number else str(path)
        what = (
            f"{field}: {first['msg'][:1].lower()}{first['msg'][1:]}"
            if field and field != "alert"
            else first["msg"].lower()
        )
        raise InputError(where, what, "see docs/analysis.md for the fields of each rule") from None
    for rule in rules:
        if isinstance(rule, TollRule):
            policies.policy(rule.policy)
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise InputError(str(path), f"two rules are called {name!r}", "give each a name of its own")
    return rules


def check(store: Store, rules: Sequence[Rule]) -> list[Alert]:
    """All that the rules find in a store, whether it was raised before or not, rule by rule.

    Raises:
        InputError: a rule names a party that the store does not know.
    """
    known = store.browse.parties()
    found: list[Alert] = []
    for rule in rules:
        try:
            parties = tuple(study.party(known, one) for one in rule.parties)
        except InputError:
            continue  # nobody has told of that party yet
        if isinstance(rule, DisputeRule):
            found += _disputes(store, rule, frozenset(parties), Names(known))
        elif isinstance(rule, TensionRule):
            found += _tension(store, rule, parties, Names(known))
        else:
            found += _tolls(store, rule, frozenset(parties), Names(known))
    return found


def raise_new(store: Store, rules: Sequence[Rule], now: datetime, *, tell: bool = False) -> list[Alert]:
    """What the rules find and what was not raised before; it is kept in the store as raised, and ``tell``s a webhook."""
    found = {alert.key: alert for alert in check(store, rules)}
    return [found[key] for key in store.alerts.keep({key: record(one) for key, one in found.items()}, now, tell=tell)]


def raised(store: Store) -> list[Alert]:
    """All that was ever raised, the latest first."""
    found = [from_record(record) for record, _ in store.alerts.all()]
    return sorted(found, key=lambda one: (one.day, one.key), reverse=True)


def record(alert: Alert) -> Record:
    """An alert as it is printed, kept and sent."""
    return {**asdict(alert), "day": alert.day.isoformat(), "claims": list(alert.claims)}


def from_record(fields: Record) -> Alert:
    """An alert as it was kept."""
    return Alert(**{**fields, "day": date.fromisoformat(fields["day"]), "claims": tuple(fields["claims"])})


def _disputes(store: Store, rule: DisputeRule, parties: frozenset[str], names: Names) -> Iterator[Alert]:
    for one in store.disputes():
        if one.state is DisputeState.SETTLED or (rule.kind is not None and one.kind is not rule.kind):
            continue
        if not all(among(party, (p.party for p in one.positions)) for party in parties):
            continue
        days = [turn.reported for turn in one.history if turn.reported is not None]
        if not days:
            continue
        said = "; ".join(f"{names.party(p.party)}: {names.value(p.value)}" for p in one.positions)
        claims = tuple(key for position in one.positions for key in position.claims)
        says = f"{QUESTIONS[one.kind]} {clip(said, _WORDS)}"
        yield Alert(f"{rule.name}/{_lasting(one)}", rule.name, says, max(days), claims, one.incident, one.id)


def _lasting(one: Dispute) -> str:
    """What stays of a dispute when more claims join it: its kind, its parties, and the claims that it began with."""
    first = {position.party: position.claims[0] for position in one.positions if position.claims}
    return "/".join((one.kind.value, *(first[party] for party in sorted(first))))


def _tension(store: Store, rule: TensionRule, parties: tuple[str, ...], names: Names) -> Iterator[Alert]:
    first, second = parties
    found = study.draw(store, (first, second), step=Step.DAY)
    if found is None:
        return
    index = found.tension[ALL]
    series = found.series
    over = (index.low if rule.sure else index.index) > rule.over
    for at, day in enumerate(series.begins):
        began = bool(over[at]) and not (at and bool(over[at - 1]))
        if not began or day < shift(series.until, -LATELY):
            continue
        claims = tuple(
            dict.fromkeys(t.claim for d in series.deeds if d.day == day and d.account == ALL for t in d.told)
        )
        says = (
            f"tension between {names.party(first)} and {names.party(second)} is {index.index[at]:.1f}"
            f" ({index.low[at]:.1f} to {index.high[at]:.1f}), over {rule.over:g}"
        )
        yield Alert(f"{rule.name}/{first}/{second}/{day.isoformat()}", rule.name, says, day, claims)


def _tolls(store: Store, rule: TollRule, parties: frozenset[str], names: Names) -> Iterator[Alert]:
    documents = {d.id: d for d in store.documents()}
    claims = {c.id: c for c in store.claims(reviewed=True)}
    outlets = {d.id: d.outlet for d in documents.values() if d.outlet}
    for incident in store.incidents():
        told = [claims[key] for key in incident.claims if key in claims]
        if not parties <= {key for c in told for key in c.actor_keys | c.recipient_keys}:
            continue
        by_day: dict[date, list[tuple[Claim, Figure]]] = defaultdict(list)
        for claim in told:
            published = documents[claim.doc].published
            if published is None or {AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
                continue
            for count in claim.counts:
                if count.kind is rule.loss:
                    figures = [Figure(count, party, claim.doc, published) for party in holders(claim, outlets)]
                    by_day[published] += [(claim, one) for one in figures]
        before: int | None = None
        known: list[Figure] = []
        for day in sorted(by_day):
            known += [figure for _, figure in by_day[day]]
            estimate = policies.estimate(known, rule.policy)
            now = estimate.best if estimate.best is not None else estimate.high
            if before is not None and now is not None and abs(now - before) > rule.by:
                moved = tuple(dict.fromkeys(claim.id for claim, _ in by_day[day]))
                says = f"{rule.loss.value}: from {before:,} to {now:,} by {policies.called(rule.policy)}"
                where = [c.where.name for c in told if c.where is not None]
                says += f", {where[0]}" if where else ""
                yield Alert(f"{rule.name}/{rule.loss.value}/{moved[0]}", rule.name, says, day, moved, incident.id)
            before = now if now is not None else before
