"""What data sets of events want of an incident: two sides, one place, one day, each with how exactly it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.export.selection import Told
from standoff.model import Claim, CountKind, Mention, Party, Where
from standoff.reconcile.policies import Estimate
from standoff.wording import Names, state_name

_FINEST = ("point", "city", "region", "area", "country")
CIVILIAN = frozenset(
    {"CVL", "JRN", "EDU", "MED", "REL", "BUS", "LAB", "REF", "AGR", "SOC", "HRI", "ENV", "PTY", "OPP", "ELI"}
)
_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "who", "him", "her", "them", "his", "its", "their"})
ARMED = frozenset({"MIL", "REB", "PRE", "COP", "SPY", "PRM", "UAF", "CRM"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts and who suffers. Where accounts name different ones, all stand there, the most told first."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]


def sides(told: Told) -> Sides:
    """The sides of an incident by every account of it."""
    return Sides(
        _named([m.party for c in told.deeds for m in c.actors]),
        _named([m.party for c in told.deeds for m in c.recipients]),
    )


def _named(parties: Sequence[Party]) -> tuple[Party, ...]:
    """One party for each account's key, the most told first; of a key the party that is named most."""
    keys = Counter(p.key for p in parties if p.code != "UNK" or p.name)
    names = Counter(p for p in parties)
    order = sorted(keys, key=lambda key: (-keys[key], key))
    return tuple(max((p for p in names if p.key == key), key=lambda p: (names[p], p.name)) for key in order)


def called(parties: Sequence[Party], names: Names) -> str:
    """Names of parties, those that accounts differ on with a stroke between."""
    return " / ".join(dict.fromkeys(party_name(p, names) for p in parties))


def party_name(party: Party, names: Names) -> str:
    """A party by its own name; people and forces that have none by whose they are."""
    state = state_name(party.code)
    if is_civil(party) and (not party.name or party.name.islower()):
        return f"Civilians ({state})" if state else "Civilians"
    if party.name and party.name not in (party.code, state):
        return party.name
    if state and party.sectors[:1] in (("MIL",), ("COP",)):
        return f"{'Military' if party.sectors[0] == 'MIL' else 'Police'} forces of {state}"
    return names.party(party.key)


def spoken(mention: Mention, names: Names) -> str:
    """Who speaks, as the report has it; where it has a pronoun, who that is."""
    words = " ".join(mention.text.split())
    return party_name(mention.party, names) if words.lower() in _PRONOUNS else words


def is_state(party: Party) -> bool:
    """A state, or something of it: forces, a government, its people."""
    return state_name(party.code) is not None and not {"REB", "PRE"} & set(party.sectors)


def is_civil(party: Party) -> bool:
    return bool(CIVILIAN & set(party.sectors)) and not ARMED & set(party.sectors)


def is_armed(party: Party) -> bool:
    return bool(ARMED & set(party.sectors))


def place(told: Told) -> Where | None:
    """Where it was: of its place the most exact reading; where none is likely it, the state of most places that are named."""
    found = [c.where for c in told.deeds if c.where is not None]
    same = [w for w in found if w.name == told.dossier.place]
    if not same:
        return _country(found)
    order = {name: at for at, name in enumerate(_FINEST)}
    return min(same, key=lambda w: (w.lat is None, order.get(w.precision, 9)))


def _country(found: Sequence[Where]) -> Where | None:
    named = Counter(w.country for w in found if w.country)
    code = min(named, key=lambda c: (-named[c], c), default=None)
    name = state_name(code) if code and 2 * named[code] > len(found) else None
    if name is None:
        return None
    one = next(w for w in found if w.country == code)
    return replace(one, name=name, lat=None, lon=None, geonames_id=None, precision="country")


def days(told: Told) -> tuple[date | None, date | None, bool]:
    """Its first and last day, and whether they are told; where they are not, the day of the earliest report stands in."""
    start, end = told.dossier.start, told.dossier.end
    if start is not None:
        return start, end or start, True
    reported = min((d.published for d in told.documents.values() if d.published), default=None)
    return reported, reported, False


def figure(told: Told, kind: CountKind) -> Estimate | None:
    """What the policy makes of one kind of loss; None where no figure is told."""
    found: Mapping[CountKind, Estimate] = dict(told.dossier.figures)
    return found.get(kind)


def quotation(claim: Claim, told: Told, names: Names) -> str:
    """Who says it, where, and in which words."""
    said = " citing ".join(spoken(s.mention, names) for s in claim.sources) or "The report itself"
    document = told.documents.get(claim.doc)
    where = ", ".join(
        part
        for part in (
            (document.outlet or document.title or document.id) if document else claim.doc,
            document.published.isoformat() if document and document.published else "",
        )
        if part
    )
    return f"{said} ({where}): \u201c{' '.join(claim.text.split())}\u201d"


def told_by(told: Told, names: Names) -> list[str]:
    """Who is quoted on what happened."""
    return list(dict.fromkeys(spoken(c.sources[0].mention, names) for c in told.deeds if c.sources))


def outlets(told: Told) -> list[str]:
    """The outlets whose reports tell of it; a report whose outlet is not known by its id."""
    return sorted({d.outlet or d.domain or d.id for d in told.documents.values()})


def apart(told: Told, names: Names) -> str:
    """In which points the accounts part, with each party's position."""
    return "; ".join(
        f"{d.kind.value}: " + " / ".join(f"{names.party(p.party)}: {names.value(p.value)}" for p in d.positions)
        for d in told.dossier.disputes
    )
