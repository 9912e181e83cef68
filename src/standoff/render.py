"""Claims, statements and disputes for the eye: tables on a terminal, plain and always alike in a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO, TypeVar

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from standoff import acts, byname
from standoff.model import (
    UNKNOWN,
    Account,
    Answer,
    AuxMode,
    Claim,
    Dispute,
    DisputeKind,
    DisputeState,
    Document,
    Mention,
    Position,
    Question,
    Reading,
    Source,
    Span,
    Statement,
)
from standoff.printable import many, printable
from standoff.reconcile import policies
from standoff.reconcile.accounts import holders
from standoff.reconcile.dossier import Dossier, Record
from standoff.reconcile.soundness import SOUND
from standoff.reconcile.versions import Change
from standoff.reconcile.voices import Corroboration
from standoff.store.intake import Failure, Feed
from standoff.wording import QUESTIONS, Names, clip, dates, days, figure, heard, speaker, state_name

if TYPE_CHECKING:
    from standoff.analysis.alerts import Alert
    from standoff.analysis.study import Study

_Item = TypeVar("_Item")

PIPE_WIDTH = 100
WIDEST = 140
_QUOTE = 260

# The parties named most often get a colour each, in this order; the rest stay plain.
_PALETTE = ("cyan", "magenta", "yellow", "green", "blue", "bright_red")

_AUX_STYLE = {
    AuxMode.NEGATION: "bold red",
    AuxMode.ATTEMPTED: "yellow",
    AuxMode.HYPOTHETICAL: "blue",
    AuxMode.FUTURE: "blue",
    AuxMode.HISTORICAL: "dim",
}


def console(out: TextIO) -> Console:
    """A console on a stream. Away from a terminal it has one width and no colour, so that output can be compared."""
    width = None if out.isatty() else PIPE_WIDTH
    made = Console(file=out, width=width, highlight=False, emoji=False, markup=False, soft_wrap=False)
    if made.width > WIDEST:
        made.width = WIDEST
    return made


class Renderer:
    """Draws claims and disputes of one set of documents: a party has one name and one colour throughout."""

    def __init__(self, out: TextIO | Console, claims: Iterable[Claim], documents: Iterable[Document] = ()) -> None:
        self._console = out if isinstance(out, Console) else console(out)
        self._claims = {claim.id: claim for claim in claims}
        self._documents = {document.id: document for document in documents}
        self._colours = _colours(self._claims.values())
        self._names = _names(self._claims.values())

    def claims(self) -> None:
        """All claims, a table a report, in the order of the text."""
        for doc, claims in _by_document(self._claims.values()):
            self._print(self._header(doc), Text(), self._claims_table(doc, claims), Text())

    def statements(self, document: Document, statements: Sequence[Statement]) -> None:
        """Who is said to say what, in one report."""
        table = _table(("who says", 3), ("how", 2), ("what", 7))
        for statement in statements:
            how = Text(_clean(statement.cue), style="italic")
            marks = [mark for mark in (statement.stance.value, "quoted" if statement.quoted else "") if mark]
            how.append("\n" + ", ".join(mark for mark in marks if mark != "neutral"), style="dim")
            how.rstrip()
            words = " … ".join(span.of(document.text) for span in statement.content)
            table.add_row(self._chain(statement.sources), how, Text(f"“{clip(_clean(words), _QUOTE)}”"))
        self._print(self._header(document.id), Text(), table, Text())

    def disputes(self, disputes: Sequence[Dispute]) -> None:
        """Each dispute as a panel: one column a position, with what it holds and the words that say so."""
        for dispute in disputes:
            self._print(self._dispute(dispute), Text())

    def incidents(self, dossiers: Sequence[Dossier]) -> None:
        """A line an incident: what, when and where, between whom, how well told, with what losses."""
        table = _table(
            ("incident", 18), ("what · between whom", 32), ("when · where", 20), ("told by", 12), ("losses", 22)
        )
        for one in dossiers:
            what = Text(_clean(one.incident.title) or acts.label("event", one.event), style="bold")
            what.append("\n" + ", ".join(_clean(self._name(p)) for p in one.parties), style="dim")
            if one.incident.likely < SOUND:
                what.append("\nuncertain", style="yellow")
            told = Text(f"{many(len(one.docs), 'report')}\n{many(len(one.voices), 'voice')}", style="dim")
            if one.disputes:
                told.append(f"\n{many(len(one.disputes), 'dispute')}", style="yellow")
            name = Text(one.incident.id)
            if one.incident.under:
                name.append(f"\nafter {one.incident.under}", style="dim")
            table.add_row(name, what, _span_of_days(one), told, self._losses(one))
        self._print(table, Text())

    def documents(self, readers: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """The reports, each with where it came from and who read it."""
        table = _table(("report", 3), ("published", 2), ("outlet", 2), ("title", 5), ("language", 2), ("read by", 2))
        for document in self._documents.values():
            published = document.published.isoformat() if document.published else ""
            how = document.provenance.date_method if document.provenance else None
            day = f"{published}\nfound in {how}" if published and how else published
            table.add_row(
                _clean(document.id),
                day,
                _clean(document.outlet or document.domain or ""),
                _clean(document.title or ""),
                document.language,
                _clean(", ".join(readers.get(document.id, ())) or ("" if document.language == "en" else "nobody")),
            )
        self._print(table)

    def readings(self, readings: Sequence[Reading]) -> None:
        """Who read which report, where, for how much, and what of it was not taken."""
        table = _table(
            ("report", 3), ("reader", 2), ("model", 3), ("where", 3), ("tokens", 2), ("not in the report", 2), ("", 4)
        )
        for one in readings:
            tokens = f"{one.tokens_in:,} + {one.tokens_out:,}" if one.tokens_in else ""
            cost = f"\n{one.cost:.4f}" if one.cost else ""
            dropped = f"{len(one.dropped)} of {one.values}" if one.values else ""
            cells = (one.doc, one.reader, one.model, one.where or "this machine", tokens + cost, dropped)
            table.add_row(
                *map(_clean, cells),
                _clean("; ".join(([f"not read: {one.fault}"] if one.fault else []) + list(one.warnings))),
            )
        self._print(table)

    def failures(self, failures: Sequence[Failure]) -> None:
        """Inputs that could not be read."""
        table = _table(("input", 4), ("why", 4), ("what to do", 4), ("tries", 1))
        for one in failures:
            table.add_row(_clean(one.source), _clean(one.why), _clean(one.mend), str(one.tries))
        self._print(table)

    def feeds(self, feeds: Sequence[Feed]) -> None:
        """Feeds that are watched."""
        table = _table(("feed", 5), ("outlet", 2), ("every", 1), ("next", 2), ("read", 1), ("waiting", 1), ("", 3))
        for one in feeds:
            due = "paused" if one.paused else one.due.strftime("%Y-%m-%d %H:%M")
            fault = f"{one.fault} ({many(one.failures, 'time')})" if one.fault else ""
            table.add_row(
                _clean(one.url),
                _clean(one.outlet or ""),
                f"{one.every} s",
                due,
                str(one.read),
                str(one.waiting),
                _clean(fault),
            )
        self._print(table)

    def versions(self, pairs: Sequence[tuple[Document, Document, Sequence[Change]]]) -> None:
        """Page by page, what each version says otherwise than the one before it."""
        for before, after, changes in pairs:
            head = Text(_clean(after.url or after.id), style="bold")
            self._print(Rule(head, style="dim", align="left"), Text())
            table = _table((before.id, 56), (after.id, 56))
            for change in changes:
                old, new = (
                    Text(_clean(span.of(document.text)) if span is not None else "–", style=style)
                    for document, span, style in ((before, change.before, "red"), (after, change.after, "green"))
                )
                table.add_row(old, new)
            self._print(table, Text())

    def incident(self, one: Dossier) -> None:
        """The accounts of one incident side by side, and what follows from them, each with the rule it follows by."""
        head = Text(f"{_clean(one.incident.title) or acts.label('event', one.event)} ", style="bold")
        head.append(
            " · ".join(part for part in (_clean(one.place), dates(one.start, one.end), one.incident.id) if part)
        )
        self._print(Rule(head, style="dim", align="left"), Text())
        if one.incident.under:
            self.note(f"told as following {one.incident.under}, and as a part of it")
        for some in _few(one.accounts, 4):
            self._print(self._side_by_side(some), Text())
        if one.figures:
            table = _table(("loss", 10), ("low", 6), ("best", 6), ("high", 6), ("by which rule", 60))
            for kind, figure in one.figures:
                shown = ["–" if n is None else f"{n:,}" for n in (figure.low, figure.best, figure.high)]
                table.add_row(
                    acts.label("loss", kind.value),
                    *shown,
                    Text(_clean(self._reason(figure.reason)), style="dim"),
                )
            self._print(table, Text())
        for row in one.responsibility:
            self.note(f"{self._name(row.by)}: responsibility of {self._name(row.accused)} {row.standing.value}")
        self.corroborated(one.corroborated)
        if one.grade:
            self.note(f"grade: {one.grade.value} — {self._names.spoken(one.grade_reason)}")
        why = Counter(part.split(":")[0] for k in one.incident.links for part in k.reason.split("; "))
        self.note("linked because: " + ", ".join(f"{part} ({n})" for part, n in why.most_common()))
        self._print(Text())
        self.disputes(one.disputes)

    def _reason(self, reason: str) -> str:
        """Why a range is what it is, with its parties by name."""
        rule, told, parties = reason.partition("; told by ")
        keys, rest, words = parties.partition("; in words: ")
        return f"{rule}{told}{', '.join(self._name(key) for key in keys.split(', '))}{rest}{words}"

    def corroborated(self, points: Sequence[Corroboration]) -> None:
        """What a side that it speaks against, or an independent voice, also says."""
        for point in points:
            shown: set[str] = set()
            sides = ", ".join(self._name(p) for p in point.parties)
            whom = "both sides" if point.by == "adversary" else "independent voices"
            self._print(Text(_clean(f"{_agreed(point.what)}: told by {whom} ({sides})"), style="bold"))
            for key in point.claims:
                claim = self._claims[key]
                party = next((p for p in holders(claim) if p in point.parties), None)
                if party is not None and party not in shown:
                    shown.add(party)
                    said = Text(f"  {_clean(self._name(party))}: ").append_text(_quote(claim, 88))
                    self._print(said.append(f" · {_clean(claim.doc)}", style="dim"))
            self._print(Text())

    def _side_by_side(self, accounts: Sequence[Account]) -> Table:
        table = _table(("", 9), *((_clean(self._name(a.party)), 20) for a in accounts))
        for question in Question:
            cells = [[a for a in account.answers if a.question is question] for account in accounts]
            if any(cells):
                table.add_row(Text(question.value, style="dim"), *(self._answers(cell) for cell in cells))
        return table

    def _answers(self, answers: Sequence[Answer]) -> Text:
        lines = []
        for answer in answers:
            line = Text(_clean(self._answered(answer)))
            more = [f"{len(answer.voices)} voices"] if len(answer.voices) > 1 else []
            days = [day.isoformat() for day in (answer.first, answer.latest) if day is not None]
            more += [" to ".join(dict.fromkeys(days))] if days else []
            line.append(f"\n  {', '.join(more)}" if more else "", style="dim")
            lines.append(line)
        return Text("\n").join(lines)

    def _answered(self, answer: Answer) -> str:
        """An answer in words: types of acts, parties and losses stand in it as codes."""
        told, value = ("not ", answer.value[4:]) if answer.value.startswith("not ") else ("", answer.value)
        event, _, modes = value.removesuffix(")").partition(" (")
        if answer.question is Question.WHAT and event in acts.labels("event"):
            ways = ", ".join(acts.label("mode", mode) for mode in modes.split(", ") if mode)
            return told + acts.label("event", event) + (f": {ways}" if ways else "")
        if answer.question in (Question.WHO, Question.WHOM):
            return told + self._name(value)
        kind, colon, rest = value.partition(": ")
        if answer.question is Question.HOW_MANY and kind in acts.labels("loss"):
            return f"{acts.label('loss', kind)}{colon}{rest}"
        return answer.value

    def _losses(self, one: Dossier) -> Text:
        lines = [
            f"{acts.label('loss', kind.value)} {figure.low:,}"
            + (f"–{figure.high:,}" if figure.high not in {None, figure.low} else "")
            for kind, figure in one.figures
            if figure.low is not None
        ]
        rules = sorted({policies.called(figure.policy) for _, figure in one.figures})
        return Text("\n".join(lines)).append(f"\nby {', '.join(rules)}" if lines else "", style="dim")

    def records(self, records: Sequence[Record]) -> None:
        """What each party claims of others, and what became of it."""
        table = _table(("party", 30), ("claims", 10), ("denied", 10), ("confirmed", 10), ("open", 10))
        for one in records:
            numbers = (one.claims, one.denied, one.confirmed, one.open)
            table.add_row(Text(_clean(self._name(one.party))), *(str(n) for n in numbers))
        self._print(table, Text())

    def heading(self, text: str) -> None:
        self._print(Rule(Text(text, style="bold"), style="dim", align="left"), Text())

    def note(self, text: str) -> None:
        self._print(Text(_clean(text), style="dim"))

    def _print(self, *parts: RenderableType) -> None:
        if self._console.is_terminal:
            self._console.print(*parts, sep="\n")
            return
        # A table fills its lines with spaces, which a file has no use for.
        with self._console.capture() as captured:
            self._console.print(*parts, sep="\n")
        self._console.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))

    # ------------------------------------------------------------------ claims

    def _header(self, doc: str) -> Table:
        document = self._documents.get(doc)
        head, tail = Text(), [_clean(doc)]
        if document and document.outlet:
            head.append(_clean(document.outlet), style="bold")
        if document and document.title:
            head.append("  " if head else "").append(f"“{_clean(document.title)}”", style="italic")
        if document and document.published:
            tail.append(document.published.isoformat())
        line = Table.grid(expand=True, padding=(0, 2, 0, 0))
        line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        line.add_column(no_wrap=True, justify="right", style="dim")
        line.add_row(head, " · ".join(tail))
        return line

    def _claims_table(self, doc: str, claims: Sequence[Claim]) -> Table:
        table = _table(("who says", 20), ("who did what to whom", 47), ("count", 15), ("when · where", 14))
        document = self._documents.get(doc)
        outlet = document.outlet if document and document.outlet else "the report itself"
        for claim in claims:
            table.add_row(
                self._chain(claim.sources) if claim.sources else Text(_clean(outlet), style="dim"),
                self._deed(claim),
                Text("\n").join(Text(_clean(figure(count)), style="bold") for count in claim.counts),
                _when_where(claim),
            )
        return table

    def _chain(self, sources: Sequence[Source]) -> Text:
        """The speakers, outermost first, each with the word that shows it."""
        line = Text()
        for number, source in enumerate(heard(sources)):
            if number:
                line.append(" › ", style="dim")
            line.append_text(self._party(source.mention))
            if source.cue:
                line.append(" " + _clean(source.cue), style="dim italic")
        return line if sources else Text("?", style="dim")

    def _deed(self, claim: Claim) -> Text:
        line = Text()
        for piece in acts.act(claim):
            line.append(_clean(piece.text), style=f"bold {self._colours.get(piece.party, '')}".strip())
        for mode in claim.aux:
            line.append(f" ({acts.label('firmness', mode.value)})", style=_AUX_STYLE.get(mode, "dim"))
        line.append("\n")
        line.append_text(_quote(claim, 88, style="dim"))
        return line

    def _party(self, mention: Mention) -> Text:
        """Who speaks, by name; beside a person the state that they speak for."""
        party, name = mention.party, speaker(mention)
        whose = state_name(party.code)
        if name == party.name and whose not in (None, name) and not {"PRE", "REB"} & set(party.sectors):
            name = byname.party_line(party)
        return Text(_clean(name), style=self._colours.get(party.key, ""))

    # ---------------------------------------------------------------- disputes

    def _dispute(self, dispute: Dispute) -> Panel:
        cells = [self._position(position, dispute.kind) for position in dispute.positions]
        side_by_side = len(cells) <= 3  # more could not be read
        table = Table(
            box=box.MINIMAL,
            show_header=False,
            show_edge=False,
            show_lines=not side_by_side,
            expand=True,
            padding=(0, 1),
            pad_edge=False,
        )
        for _ in cells if side_by_side else cells[:1]:
            table.add_column(ratio=1, overflow="fold", vertical="top")
        for row in [cells] if side_by_side else [[cell] for cell in cells]:
            table.add_row(*row)
        asked = Text(_clean(dispute.question) or QUESTIONS[dispute.kind], style="bold")
        state = "" if dispute.state is DisputeState.OPEN else acts.label("state", dispute.state.value)
        foot = Text(f" {' · '.join(_clean(p) for p in (state, dispute.reason, *dispute.docs) if p)} ", style="dim")
        return Panel(
            Group(asked, Text(), table),
            subtitle=foot,
            subtitle_align="right",
            border_style="dim",
            padding=(1, 1),
        )

    def _position(self, position: Position, kind: DisputeKind) -> RenderableType:
        held = [self._claims[key] for key in position.claims if key in self._claims]
        name = Text(_clean(self._name(position.party)), style=f"bold {self._colours.get(position.party, '')}")
        parts: list[RenderableType] = [name]
        gist = position.value.removesuffix("…").strip()
        # The words themselves follow; a value that is only their beginning would say them twice, if it is no figure.
        said_below = any(" ".join(claim.text.split()).startswith(gist) for claim in held)
        if gist and (kind is DisputeKind.COUNT or not said_below):
            parts.append(Text(_clean(self._value(position.value)), style="bold"))
        for claim in held:
            parts.append(Text())
            parts.append(_quote(claim, _QUOTE))
            said = Text("— ", style="dim")
            said.append_text(
                self._chain(claim.sources) if claim.sources else Text("in the report's own words", style="dim")
            )
            said.append(f" · {_clean(claim.doc)}", style="dim")
            parts.append(said)
        return Group(*parts)

    def _name(self, key: str) -> str:
        """What a party of a dispute is called: its state, else the name that the reports use most."""
        if key.startswith("outlet:"):
            document = self._documents.get(key.removeprefix("outlet:"))
            return document.outlet if document and document.outlet else key.removeprefix("outlet:")
        return self._names.party(key)

    def _value(self, value: str) -> str:
        """Codes that stand for who did it, by name."""
        parts = value.split(", ")
        return ", ".join(state_name(part) or part for part in parts) if all(state_name(p) for p in parts) else value


def _agreed(what: str) -> str:
    """What is told on both sides, in words: an act that happened, or a loss with its figure."""
    event = what.removesuffix(" happened").upper()
    if event in acts.labels("event"):
        return f"{acts.label('event', event)} happened"
    kind, _, figure = what.partition(" ")
    return f"{figure} {acts.label('loss', kind)}" if kind in acts.labels("loss") else what


def _span_of_days(one: Dossier) -> Text:
    return Text("\n".join(part for part in (dates(one.start, one.end), _clean(one.place)) if part))


def _few(items: Sequence[_Item], most: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]


def _table(*columns: tuple[str, int]) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", show_edge=False
    )
    for name, ratio in columns:
        table.add_column(name, ratio=ratio, overflow="fold")
    return table


def _by_document(claims: Iterable[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.doc, []).append(claim)
    yield from found.items()


def _colours(claims: Iterable[Claim]) -> Mapping[str, str]:
    named = Counter(m.party.key for claim in claims for m in _mentions(claim) if m.party.code != UNKNOWN.code)
    ranked = sorted(named, key=lambda key: (-named[key], key))
    return dict(zip(ranked, _PALETTE, strict=False))


def _names(claims: Iterable[Claim]) -> Names:
    """What parties are called, by the names that claims have of them."""
    found: dict[str, Counter[str]] = {}
    for one in (m for claim in claims for m in _mentions(claim)):
        found.setdefault(one.party.key, Counter())[one.party.name] += 1
    return Names({k: sorted(n.items(), key=lambda item: (-item[1], item[0])) for k, n in found.items()})


def _mentions(claim: Claim) -> tuple[Mention, ...]:
    return (*claim.actors, *claim.recipients, *(source.mention for source in claim.sources))


def _when_where(claim: Claim) -> Text:
    lines = []
    if claim.when:
        lines.append(Text(_clean(days(claim.when))))
    if claim.where:
        lines.append(Text(_clean(claim.where.name), style="dim"))
    return Text("\n").join(lines)


def _quote(claim: Claim, limit: int, style: str = "") -> Text:
    """The claim's exact words, its figures and the word that carries the event set off; cut at a word where long."""
    shown = clip(claim.text, limit)
    cut = len(shown) if shown == claim.text else len(shown) - 1
    marks = [claim.trigger.span, *(count.span for count in claim.counts)]
    pieces: list[tuple[str, str]] = [("“", style)]
    set_off = _inside(marks, claim.span, cut)
    position = 0
    for start, end in set_off:
        pieces += [(_clean(shown[position:start]), style), (_clean(shown[start:end]), f"{style} underline".strip())]
        position = end
    pieces += [(_clean(shown[position:]), style), ("”", style)]
    return Text.assemble(*pieces)


def _inside(marks: Sequence[Span], frame: Span, cut: int) -> list[tuple[int, int]]:
    """Ranges of the frame's text, in order and apart from each other."""
    ranges: list[tuple[int, int]] = []
    for mark in sorted(marks):
        start, end = mark.start - frame.start, mark.end - frame.start
        if start >= (ranges[-1][1] if ranges else 0) and end <= cut:
            ranges.append((start, end))
    return ranges


def _clean(text: str) -> str:
    """Safe to print, on one line, of the same length where there is nothing to write out."""
    return printable(text.replace("\n", " "))


def study(out: TextIO, found: Study, names: Names) -> None:
    """Two parties over time: a line a period with what each account tells and how tense it is, and what follows from it."""
    from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD

    page = console(out)
    series, tension = found.series, found.tension[ALL]
    heads = [(clip(_clean(names.party(key)), 14), 9) for key in series.dyad]
    table = _table(
        (series.step.value, 10),
        ("reports", 7),
        *heads,
        ("third parties", 8),
        ("outlets", 7),
        ("all", 5),
        ("tension", 24),
    )
    for at, begin in enumerate(series.begins):
        told = [
            "\N{EN DASH}" if series.gap[at] else f"{series.lines[account, BETWEEN].events[at]:,.0f}"
            for account in (*series.dyad, THIRD, OUTLETS, ALL)
        ]
        level = Text("no reports", style="dim") if series.gap[at] else Text(f"{tension.index[at]:+.1f}")
        if not series.gap[at]:
            level.append(f"  ({tension.low[at]:+.1f} to {tension.high[at]:+.1f})", style="dim")
        table.add_row(begin.isoformat(), f"{series.reports[at]:,}", *told, level)
    page.print(table)
    page.print()
    for change in found.changes:
        way = "rises" if change.rises else "falls"
        page.print(f"{change.day}: tension {way} from {change.before:.1f} to {change.after:.1f} a day")
        for driver in change.drivers:
            page.print(Text(f"  {driver.day} {acts.label('event', driver.event)} {driver.direction}", style="dim"))
    for answering in found.answers:
        clear = answering.clearest
        first, then = (_clean(names.party(key)) for key in (answering.first, answering.then))
        if clear is None:
            page.print(f"{then} does not answer {first} more often than chance makes")
        else:
            days = f"{clear.days} day{'s' if clear.days != 1 else ''}"
            page.print(
                f"{then} answers {first} after {days}, {clear.ratio:.2f} times as often as chance makes (p {clear.p:.3f}); no proof of a cause"
            )
    for one in found.outlook.ahead:
        page.print(f"{one.day}: {one.level:+.1f} expected ({one.low:+.1f} to {one.high:+.1f} in four of five cases)")
    if found.outlook.says:
        page.print(f"outlook: {found.outlook.says}")


def alerts(out: TextIO, raised: Sequence[Alert]) -> None:
    """What was waited for and has come about, the latest first."""
    page = console(out)
    table = _table(("day", 12), ("rule", 20), ("what", 68))
    for one in raised:
        table.add_row(one.day.isoformat(), _clean(one.rule), _clean(one.says))
    page.print(table)
