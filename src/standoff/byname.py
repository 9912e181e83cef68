"""Values as people write them: "Khawaja Asif, Pakistan", "10 May 2025", "25 drones destroyed", "attack". No code is asked for.

What is read here is what :func:`shown` writes, and more ways than one are understood.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from standoff import acts, lexicon, ontology
from standoff.bounds import bound_of, is_nil
from standoff.errors import InputError
from standoff.ingest.dates import iso_day
from standoff.model import BLOCS, UNKNOWN, Bound, Claim, CountKind, Party
from standoff.wording import long_day, long_days, number, state_name

_FIGURE = re.compile(r"(?P<low>\d[\d,]*)(?:\s*(?:[-–]|to|and)\s*(?P<high>\d[\d,]*))?", re.I)
_SPAN = re.compile(r"\s*(?:/|–|\bto\b|\buntil\b)\s*")
_DAY_ONLY = re.compile(r"\d{1,2}")
_TABLES = (("states", "state"), ("organisations", "organisation"), ("armed_groups", "group"), ("persons", "person"))


def party(line: str) -> Party:
    """The party of a name: a state, a group, a person that is known; any other name is kept as it is written.

    >>> party("India").code, party("Khawaja Asif, Pakistan").code, party("Hezbollah").key
    ('IND', 'PAK', 'LBN-REB')

    Raises:
        InputError: there is no name.
    """
    name = " ".join(line.split()).strip(" ,;")
    if not any(ch.isalnum() for ch in name):
        raise InputError("party", "no name", "write it as in India, or Khawaja Asif, Pakistan")
    known = _parties().get(_folded(name))
    if known is not None:
        return known
    own, comma, of = name.rpartition(",")
    side = _parties().get(_folded(of)) if comma else None
    if side is not None:
        known = _parties().get(_folded(own))
        return known if known is not None and known.code == side.code else Party(side.code, side.sectors, own.strip())
    if comma and len(of.strip()) > 1 and of.strip()[0].isupper() and " " not in of.strip():
        raise InputError(
            f"party {name!r}", f"{of.strip()} is no state or group that is known", "name the state, or leave it out"
        )
    return UNKNOWN if name.lower() == "unknown" else Party("UNK", (), name)


def party_line(one: Party) -> str:
    """A party as it is read back: its name, and whose it is where that is not the same."""
    state = state_name(one.code)
    if one.code == "UNK":
        return one.name or "unknown"
    if not one.name or one.name in (one.code, state):
        return state or one.name or one.code
    known = _parties().get(_folded(one.name))
    if state is None or (known is not None and (known.code, known.sectors) == (one.code, one.sectors)):
        return one.name
    return f"{one.name}, {state}"


def code(kind: str, line: str) -> str:
    """The code of a word of the interface, or of the code itself.

    >>> code("event", "attack"), code("event", "ASSAULT"), code("mode", "with drones")
    ('ASSAULT', 'ASSAULT', 'drone')

    Raises:
        InputError: the word is none of them; the message says which there are.
    """
    held = acts.labels(kind)
    wanted = " ".join(line.split()).lower()
    for key, label in held.items():
        if wanted in (label.lower(), key.lower()):
            return key
    raise InputError(f"{line!r}", "not known", f"one of: {', '.join(sorted(held.values()))}")


def days(line: str) -> tuple[date, date]:
    """A day or two, whole months, whole years: "10 May 2025", "2025-05-10", "7 to 10 May 2025", "May 2025", "2024 to 2025".

    >>> days("7 to 10 May 2025")[0].isoformat(), days("10 May 2025")[1].isoformat()
    ('2025-05-07', '2025-05-10')
    >>> [day.isoformat() for day in days("January to February 2024")]
    ['2024-01-01', '2024-02-29']

    Raises:
        InputError: it is none.
    """
    whole = iso_day(line.strip())
    parts = _SPAN.split(line.strip()) if "/" in line or not whole else [line]
    if len(parts) == 2:
        last = iso_day(parts[1])
        first = iso_day(parts[0])
        if last and _DAY_ONLY.fullmatch(parts[0]) and int(parts[0]) <= last.day:
            first = last.replace(day=int(parts[0]))
        elif last and first is None:
            first = iso_day(f"{parts[0]} {last.year}")
        elif ends := _period(parts[1]):
            begins = _period(parts[0]) or _period(f"{parts[0]} {ends[1].year}")
            first, last = (begins[0] if begins else None), ends[1]
        if first and last and first <= last:
            return first, last
    elif whole:
        return whole, whole
    elif period := _period(line):
        return period
    raise InputError(f"date {line!r}", "not a day or two", "write it as in 10 May 2025, or 7 to 10 May 2025")


def _period(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year or of a month of one."""
    text = text.strip()
    if re.fullmatch(r"[12]\d{3}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    first = iso_day(f"1 {text}") if re.fullmatch(r"[A-Za-z]{3,9}\.? [12]\d{3}", text) else None
    return (first, first.replace(day=monthrange(first.year, first.month)[1])) if first else None


def figure(line: str, kinds: Sequence[CountKind]) -> tuple[CountKind, int | None, int | None, Bound, str, str]:
    """A figure: what became of them, the range, the bound, what is counted, and the words of the amount.

    ``kinds`` are those that the claim has already: "0 aircraft" is a figure of the first of them.

    >>> figure("at least 31 civilians killed", ())[:3], figure("0 aircraft", (CountKind.DESTROYED,))[1:3]
    ((<CountKind.KILLED: 'killed'>, 31, 31), (0, 0))

    Raises:
        InputError: it is none, or does not say what became of them.
    """
    text = " ".join(line.split())
    kind, rest = _kind(text)
    if kind is None and kinds:
        kind = kinds[0]
    bound = bound_of(rest)
    found = _FIGURE.search(rest)
    if found is None and not is_nil(f"{rest} "):
        nil = re.match(r"(?:no|none|zero|nil)\b", rest, re.I)
        if nil is None:
            return _vague(line, kind, rest)
        low = high = 0
        amount, unit = nil.group(), rest[nil.end() :]
    elif found is None:
        low = high = 0
        amount, unit = rest, ""
    else:
        low = int(found["low"].replace(",", ""))
        high = int(found["high"].replace(",", "")) if found["high"] else low
        amount, unit = found.group(), rest[found.end() :]
    if kind is None:
        raise _no_kind(line)
    return kind, low, high, bound, unit.strip(" ,"), amount


def _vague(line: str, kind: CountKind | None, rest: str) -> tuple[CountKind, None, None, Bound, str, str]:
    words = rest.split()
    if not words:
        raise InputError(f"figure {line!r}", "no amount", "write it as in 31 civilians killed")
    if kind is None:
        raise _no_kind(line)
    unit = words[-1] if len(words) > 1 else ""
    return kind, None, None, Bound.EXACT, unit, " ".join(words[: -1 if unit else None])


def _kind(text: str) -> tuple[CountKind | None, str]:
    for kind in CountKind:
        for word in (acts.label("loss", kind.value), kind.value):
            found = re.search(rf"\b{re.escape(word)}\b", text, re.I)
            if found:
                return kind, " ".join((text[: found.start()] + text[found.end() :]).split())
    found = re.search(r"\b(?:shot down|lost)\b", text, re.I)
    return (CountKind.DESTROYED, text.replace(found.group(), "").strip()) if found else (None, text)


def _no_kind(line: str) -> InputError:
    kinds = ", ".join(acts.labels("loss").values())
    return InputError(f"figure {line!r}", "does not say what became of them", f"add one of: {kinds}")


def country(name: str) -> str | None:
    """The code of a state's name."""
    known = _parties().get(_folded(name))
    return known.code if known is not None and state_name(known.code) and not known.sectors else None


def shown(claim: Claim, slot: str) -> str:
    """A part of a claim as people read and write it."""
    if slot in ("actor", "recipient", "sources"):
        mentions = {"actor": claim.actors, "recipient": claim.recipients}.get(
            slot, tuple(source.mention for source in claim.sources)
        )
        return "; ".join(dict.fromkeys(party_line(one.party) for one in mentions))
    if slot == "counts":
        return "; ".join(
            " ".join(part for part in (number(one), one.unit, acts.label("loss", one.kind.value)) if part)
            for one in claim.counts
        )
    if slot == "date":
        when = claim.when
        if when is None or when.start is None:
            return ""
        return long_days(when.start, when.end) if when.end and when.end != when.start else long_day(when.start)
    if slot == "event_loc":
        where = claim.where
        if where is None:
            return ""
        state = state_name(where.country or "")
        name = where.name if not state or state == where.name else f"{where.name}, {state}"
        pinned = where.geonames_id is None and where.lat is not None and where.lon is not None
        return f"{name} {where.lat:g} {where.lon:g}" if pinned and where.precision == "point" else name
    if slot == "event":
        return acts.label("event", claim.event)
    held = {"mode": claim.modes, "context": claim.contexts, "aux": tuple(one.value for one in claim.aux)}[slot]
    kind = {"mode": "mode", "context": "context", "aux": "firmness"}[slot]
    return ", ".join(context_label(one) if kind == "context" else acts.label(kind, one) for one in held)


def context_label(key: str) -> str:
    """What a subject of PLOVER's is called."""
    return key.replace("_", " ")


def context(line: str) -> str:
    """The code of a subject.

    Raises:
        InputError: there is no such subject.
    """
    key = "_".join(line.lower().split())
    if key not in ontology.contexts():
        raise InputError(f"{line!r}", "not known", f"one of: {', '.join(map(context_label, ontology.contexts()))}")
    return key


def everybody(names: Mapping[str, Sequence[tuple[str, int]]]) -> list[str]:
    """Names to pick from: those of a store that stand for somebody known, most often first, then the states."""
    told = sorted(
        ((n, name, key) for key, held in names.items() for name, n in held if name and name != key and key != "UNK"),
        key=lambda item: (-item[0], item[1]),
    )
    found = [party_line(Party(key.partition("-")[0], (), name)) for _, name, key in told[:300]]
    states = [entry["name"] for entry in lexicon.load("states")["state"]]
    return list(dict.fromkeys([*found, *states]))


def _folded(name: str) -> str:
    return re.sub(
        r"[^\w]+", " ", name.lower().replace("the ", "", 1) if name.lower().startswith("the ") else name.lower()
    ).strip()


@cache
def _parties() -> Mapping[str, Party]:
    found: dict[str, Party] = {}
    for table, kind in _TABLES:
        for entry in lexicon.load(table)[kind]:
            sector = entry.get("sector", ())
            sectors = (sector,) if isinstance(sector, str) else tuple(sector)
            if table == "states":
                sectors = ()
            elif table == "armed_groups" and "REB" not in sectors and not sectors:
                sectors = ("REB",)
            one = Party(entry["code"], sectors, entry["name"])
            for name in (entry["name"], *entry.get("names", ())):
                found.setdefault(_folded(name), one)
            if table == "states":
                found.setdefault(_folded(entry["code"]), one)
    for bloc in sorted(BLOCS - {"UNK"}):
        found.setdefault(_folded(bloc), Party(bloc, (), ""))
    return found
