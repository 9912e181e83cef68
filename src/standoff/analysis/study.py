"""Everything that is drawn of two parties from a store, in one place: what the command, the pages and the report show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.analysis import deeds as _deeds
from standoff.analysis import outlook as _outlook
from standoff.analysis import reciprocity as _reciprocity
from standoff.analysis import series as _series
from standoff.analysis import tension as _tension
from standoff.analysis.deeds import ALL, Dyad
from standoff.analysis.outlook import Outlook
from standoff.analysis.reciprocity import Answering
from standoff.analysis.series import Series, Step, Weighing
from standoff.analysis.tension import Change, Tension
from standoff.errors import InputError, SettingsError
from standoff.reconcile import policies, voices
from standoff.store import Store
from standoff.store.tellings import Telling, coverage, tellings
from standoff.wording import Names, state_name

DAILY, WEEKLY = 120, 1000
"""Days up to which a series is drawn by day, and by week, where nobody chose."""


@dataclass(frozen=True, slots=True)
class Study:
    """Two parties over time."""

    series: Series
    tension: Mapping[str, Tension]
    """By account."""
    changes: tuple[Change, ...]
    answers: tuple[Answering, ...]
    outlook: Outlook
    voices: Mapping[str, str]
    """The independent voice of each report that tells of the two."""
    lacking: str = ""
    """Why changes or outlook are not there, where a library is not installed."""


def draw(
    store: Store,
    dyad: Dyad,
    *,
    step: Step | None = None,
    since: date | None = None,
    until: date | None = None,
    policy: str = "ucdp",
    weighing: Weighing = Weighing.ONCE,
) -> Study | None:
    """The study of two parties; None where nothing is told of them in that time.

    Raises:
        SettingsError: no policy has that name.
    """
    policies.policy(policy)
    return of(list(tellings(store, dyad)), store, dyad, step, since, until, policy, weighing)


def of(
    told: Sequence[Telling],
    store: Store,
    dyad: Dyad,
    step: Step | None,
    since: date | None,
    until: date | None,
    policy: str,
    weighing: Weighing,
) -> Study | None:
    """The study of two parties out of tellings that were read already."""
    known = [d for d in _deeds.draw(told, dyad) if until is None or d.day <= until]
    kept = [d for d in known if since is None or d.day >= since]
    if not kept:
        return None
    docs = {one.doc for deed in known for one in deed.told}
    origins = {doc: voice.id for voice in voices.group(store.documents_of(docs)) for doc in voice.docs}
    length = ((until or kept[-1].day) - (since or kept[0].day)).days
    chosen = step or (Step.DAY if length <= DAILY else Step.WEEK if length <= WEEKLY else Step.MONTH)
    reports = coverage(store)

    def drawn(by: Step, since: date | None) -> Series:
        series = _series.draw(
            known,
            dyad,
            reports,
            step=by,
            since=since,
            until=until,
            policy=policy,
            weighing=weighing,
            voices=origins,
        )
        assert series is not None  # something is kept
        return series

    series = drawn(chosen, since)
    tension = {account: _tension.draw(series, origins, account=account) for account in (*dyad, ALL)}
    # Changes, answers and the outlook are of days, and of all that is known until then, whatever is shown.
    whole = chosen is Step.DAY and since is None
    daily = series if whole else drawn(Step.DAY, None)
    by_day = tension[ALL] if whole else _tension.draw(daily, origins)
    changes: tuple[Change, ...] = ()
    outlook, lacking = Outlook((), (), ""), ""
    try:
        changes = tuple(c for c in _tension.changes(daily, by_day) if c.day >= series.begins[0])
        outlook = _outlook.draw(daily, by_day)
    except SettingsError as error:
        lacking = str(error)
        outlook = replace(outlook, says=f"no outlook: {error.what} is {error.why}")
    return Study(series, tension, changes, _reciprocity.draw(daily), outlook, origins, lacking)


def pair(store: Store, one: str, other: str) -> Dyad:
    """Two parties by their keys, or by the names that the reports of a store have for them.

    Raises:
        InputError: the store knows no such party, or it is one party twice.
    """
    known = store.browse.parties()
    found = (party(known, one), party(known, other))
    if found[0] == found[1]:
        raise InputError(f"parties {one!r} and {other!r}", "are one party", "name two")
    return found


def party(known: Mapping[str, Sequence[tuple[str, int]]], text: str) -> str:
    """The key of a party that is given by its key, by the name of its state, or by a name that reports use.

    Raises:
        InputError: none of the known parties is called that.
    """
    wanted = " ".join(text.split()).casefold()
    for key in known:
        if key.casefold() == wanted:
            return key
    for key in known:
        if (state_name(key) or "").casefold() == wanted:
            return key
    named = {key: sum(n for name, n in names if name.casefold() == wanted) for key, names in known.items()}
    best = max(sorted(named), key=lambda key: named[key], default="")
    if best and named[best]:
        return best
    most = sorted(known, key=lambda key: (-sum(n for _, n in known[key]), key))[:8]
    words = Names(known)
    listed = ", ".join(f"{key} ({words.party(key)})" for key in most)
    raise InputError(f"party {text!r}", "nobody in this store is called that", f"the most named are {listed or 'none'}")
