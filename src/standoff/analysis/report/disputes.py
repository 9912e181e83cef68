"""Disputes that came up, narrowed or were settled, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from standoff.acts import label
from standoff.analysis import order
from standoff.analysis.brief import Parted, Side, bare
from standoff.analysis.report import How, Part, Points, Section, Sentence
from standoff.analysis.report.sentences import QUOTED, Held, counted, day_part, named, sentence, where_and_when
from standoff.model import Dispute, DisputeKind, DisputeState, Position
from standoff.reconcile.dossier import Dossier
from standoff.wording import QUESTIONS, clip, figure, in_prose, listed, lost, sentence_case

Found = Mapping[str, Sequence[tuple[Dispute, date | None]]]
"""Disputes with the day, by what became of them in the time looked at: opened, narrowed, settled, still open."""

MOST = 12
"""That are told of each kind, the gravest first."""
_SAYS = {"accuses": "accuse", "blames": "blame", "denies": "deny", "rejects": "reject"}
"""What an answer may begin with that says already what one does who gives it, and the same of several."""
OVER = {
    DisputeKind.COUNT: "over figures",
    DisputeKind.RESPONSIBILITY: "over who did it",
    DisputeKind.OCCURRENCE: "over whether it happened",
    DisputeKind.CHARACTER: "over what it was",
    DisputeKind.OUTCOME: "over how it ended",
    DisputeKind.READOUT: "over what was said at a meeting",
}


def draw(held: Held) -> dict[str, list[tuple[Dispute, date | None]]]:
    """Disputes that came up, narrowed or were settled in this time, with the day, the gravest first."""
    shown = {one.incident.id for one in held.dossiers}
    found: dict[str, list[tuple[Dispute, date | None]]] = {"opened": [], "narrowed": [], "settled": [], "open": []}
    for one in order.gravest(sorted(held.disputes, key=lambda d: d.id)):
        if not all(key in held.claims for p in one.positions for key in p.claims):
            continue  # rests on what was published later
        if one.incident is not None and one.incident not in shown:
            continue
        opened = _opened(one)
        last = max((turn.reported for turn in one.history if turn.reported), default=None)
        fresh = last is not None and held.since <= last <= held.until
        if one.state is DisputeState.SETTLED and fresh:
            found["settled"].append((one, last))
        elif one.state is DisputeState.NARROWED and fresh:
            found["narrowed"].append((one, last))
        elif one.state is not DisputeState.SETTLED and (opened is None or held.since <= opened <= held.until):
            found["opened"].append((one, opened))
        elif one.state is not DisputeState.SETTLED and opened is not None and opened < held.since:
            found["open"].append((one, opened))
    return found


def _opened(one: Dispute) -> date | None:
    """The day on which a second party had spoken."""
    seen: set[str] = set()
    for turn in one.history:
        seen.add(turn.party)
        if len(seen) > 1:
            return turn.reported
    return max((turn.reported for turn in one.history if turn.reported), default=None)


def dispute(held: Held, one: Dispute, day: date | None, *, placed: bool = True) -> Sentence:
    """A dispute with what each side holds, those who hold the same together; ``placed`` says where and when it happened."""
    claims = [key for p in one.positions for key in p.claims]
    alike: dict[str, list[Position]] = {}
    for position in one.positions:
        alike.setdefault(position.value, []).append(position)
    happened = next((d for d in held.dossiers if d.incident.id == one.incident), None)
    lead = head(held, happened) if placed and happened is not None else ()
    title = happened.incident.title if happened is not None else ""
    parts: list[Part | str] = [*lead, _question(held, one, title), " "]
    asked = next((q for q in held.questions.get(one.incident or "", ()) if q.dispute == one.id), None)
    if asked is not None and held.titles is not None:
        parts += _sides(held, held.titles.parted(one, asked, held.claims))
    else:
        for at, sides in enumerate(alike.values()):
            first, *others = _position(held, one, sides)
            parts += ["; "] if at else []
            parts += [first if at else replace(first, text=sentence_case(first.text)), *others]
    if one.state is not DisputeState.OPEN:
        parts.append(f" ({label('state', one.state.value)})")
    if day is not None:
        parts += [" (since " if one.state is DisputeState.OPEN else " (", day_part(day, claims), ")"]
    # Each side's first claim is cited before any side's second.
    order = [
        p.claims[at]
        for at in range(max(len(p.claims) for p in one.positions))
        for p in one.positions
        if at < len(p.claims)
    ]
    return sentence(*parts, ".", cites=order)


def _sides(held: Held, parted: Parted) -> list[Part]:
    """What each side holds as the pages have it, so that a number is one in all of them; those who hold the same together."""
    alike: dict[str, list[Side]] = {}
    for side in parted.sides:
        alike.setdefault(side.value, []).append(side)
    parts: list[Part] = []
    for value, sides in alike.items():
        claims = tuple(key for side in sides for key in side.claims if key in held.claims)
        names = listed([in_prose(side.name) for side in sides])
        parts += [
            Part(f"{'; ' if parts else ''}{names if parts else sentence_case(names)}: "),
            Part(value, How.TOLD, claims),
        ]
    return parts


def _question(held: Held, one: Dispute, title: str) -> str:
    """What a dispute is about; of figures, of which loss."""
    if one.question:
        return bare(one.question, title)
    if one.kind is not DisputeKind.COUNT:
        return QUESTIONS[one.kind]
    values = {p.value for p in one.positions}
    kinds = {
        count.kind.value: None
        for p in one.positions
        for key in p.claims
        for count in held.claims[key].counts
        if figure(count).removesuffix(f" {lost(count.kind)}") in values
    }
    return f"How many {' or '.join(kinds)}?" if kinds else QUESTIONS[one.kind]


def _position(held: Held, one: Dispute, sides: Sequence[Position]) -> list[Part]:
    """What sides hold that hold the same: a party that they name, a figure, or their words."""
    claims = tuple(key for side in sides for key in side.claims)
    who = named(
        held, [side.party if side.party in held.names else held.names.party(side.party) for side in sides], claims
    )
    value = sides[0].value
    plain = " ".join(value.split())
    if one.kind is not DisputeKind.COUNT and any(
        plain in " ".join(held.claims[key].text.split()) for key in sides[0].claims
    ):
        said = f"\N{LEFT DOUBLE QUOTATION MARK}{clip(plain, QUOTED)}\N{RIGHT DOUBLE QUOTATION MARK}"
        return [*who, Part(": "), Part(said, How.TOLD, claims)]
    parties = value.split(", ")
    several = len(sides) > 1
    if one.kind is DisputeKind.RESPONSIBILITY and all(p.removeprefix("not ") in held.names for p in parties):
        own = sides[0].party in parties and not several
        others = [
            ("not " if p.startswith("not ") else "") + held.name(p.removeprefix("not "))
            for p in parties
            if not (own and p == sides[0].party)
        ]
        said = listed([*others, *(["itself"] if own else [])])
        return [*who, Part(" name " if several else " names "), Part(said, How.TOLD, claims)]
    verb, _, rest = value.partition(" ")
    if verb in _SAYS:  # "denies it", and not "says denies it"
        return [*who, Part(" "), Part(f"{_SAYS[verb] if several else verb} {rest}".strip(), How.TOLD, claims)]
    return [*who, Part(" say " if several else " says "), Part(held.names.value(value), How.TOLD, claims)]


def sections(held: Held, disputes: Found) -> Iterator[Section]:
    if not any(disputes.values()):
        return
    yield Section("Disputes", 2, ())
    for name, title in (
        ("opened", "Came up in this time"),
        ("narrowed", "Narrowed"),
        ("settled", "Settled"),
        ("open", "Still open from before"),
    ):
        if not disputes[name]:
            continue
        for heading, unsure in ((title, False), (f"{title}, but uncertain", True)):
            told = [(d, day) for d, day in disputes[name] if (d.id in held.unsure) is unsure]
            items = [dispute(held, d, day) for d, day in told[:MOST]]
            if left := [d for d, _ in told[MOST:]]:
                rest = counted([d.id for d in left], held_by(left), "more dispute", "more disputes")
                items.append(sentence("And ", rest, ", on the page Disputes."))
            if items:
                yield Section(heading, 3, (Points(tuple(items)),))


def held_by(disputes: Iterable[Dispute]) -> list[str]:
    """The claims that they rest on."""
    return [key for d in disputes for p in d.positions for key in p.claims]


def head(held: Held, one: Dossier) -> tuple[Part, ...]:
    """An incident's headline, to lead a sentence; where it has none, where and when it was."""
    title = held.heads.get(one.incident.id)
    if not title:
        return where_and_when(held, one)
    return (Part(title, How.TOLD, tuple(k for k in one.incident.claims if k in held.claims)), Part(": "))
