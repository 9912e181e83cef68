"""Write what a store tells as a whole: series of two parties, the brief, the situation report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.options import (
    AsCsv,
    AsJson,
    AsJsonl,
    AsTable,
    Format,
    OfParty,
    Out,
    PolicyName,
    Since,
    StorePath,
    Until,
    check_choice,
    day_of,
    format_of,
    load_settings,
)
from standoff.cli.printing import deliver, stream_into, write_records
from standoff.cli.stores import existing
from standoff.cli.telling import note, status
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.analysis.report import Report


class By(StrEnum):
    """What a series is kept apart by."""

    ALL = "all"
    ACCOUNT = "account"
    DIRECTION = "direction"
    BOTH = "both"


def series(
    one: Annotated[str, typer.Argument(metavar="PARTY", help="By its key or its name: RUS, Russia, SYR-REB …")],
    other: Annotated[str, typer.Argument(metavar="PARTY", help="The other one.")],
    by: Annotated[By, typer.Option(help="Keep apart who tells, who acts, or both.")] = By.ALL,
    step: Annotated[str | None, typer.Option(metavar="STEP", help="day, week or month; else what fits.")] = None,
    since: Since = None,
    until: Until = None,
    weigh: Annotated[str, typer.Option(metavar="HOW", help="Each happening once, or by its voices.")] = "once",
    policy: PolicyName = "ucdp",
    store: StorePath = None,
    out: Out = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
    png: Annotated[bool, typer.Option("--png", help="Charts, as a picture of points.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Charts, as a drawing.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Charts and what is to be read from them, as a page.")] = False,
) -> None:
    """Count what two parties are told to have done to each other over time, by each account; its tension and changes."""
    drawn = [name for name, given in (("png", png), ("svg", svg), ("html", html)) if given]
    if len(drawn) + sum((jsonl, json, csv, table)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis import charts, study
    from standoff.analysis import series as counted
    from standoff.analysis.deeds import ALL, BETWEEN
    from standoff.analysis.report import build
    from standoff.analysis.report import html as as_html
    from standoff.wording import Names

    check_choice("--step", step, [one.value for one in counted.Step])
    check_choice("--weigh", weigh, [one.value for one in counted.Weighing])
    asked: dict[str, Any] = {
        "step": counted.Step(step) if step else None,
        "since": day_of(since),
        "until": day_of(until),
        "policy": policy,
        "weighing": counted.Weighing(weigh),
    }
    with existing(load_settings(store=store)) as opened:
        dyad = study.pair(opened, one, other)
        with status("counting"):
            found = study.draw(opened, dyad, **asked)
        names = Names(opened.browse.parties())
        if found is None:
            told = " and ".join(names.party(key) for key in dyad)
            raise InputError(
                told, f"nothing is told between them in {opened.name}", "standoff parties lists who is told of"
            )
        page = as_html.write(build.of_pair(opened, found, policy)) if html else ""
    if found.lacking:
        note(found.lacking)
    if drawn:
        deliver(page.encode() if html else charts.picture(found, names, drawn[0]), out, "a picture" if png else "")
        return
    form = format_of(jsonl, json, csv, table)
    with stream_into(out) as stream:
        if form is Format.TABLE:
            from standoff import render

            render.study(stream, found, names)
            return
        accounts = () if by in (By.ACCOUNT, By.BOTH) else (ALL,)
        directions = () if by in (By.DIRECTION, By.BOTH) else (BETWEEN,)
        write_records(counted.records(found.series, accounts, directions), "series", form, stream)


def brief(
    store: StorePath = None,
    out: Out = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown (the default).")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF.")] = False,
    docx: Annotated[bool, typer.Option("--docx", help="As a Word document.")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="All of it, and not a page of the most told.")] = False,
) -> None:
    """Write a page on the whole store: what is agreed, disputed and by whom, how figures moved, what nobody says, who copies whom."""
    if sum((markdown, pdf, docx)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis import brief as briefs
    from standoff.analysis import brief_files
    from standoff.wording import Names

    with existing(load_settings(store=store)) as opened, status("writing the brief"):
        found = briefs.draw(opened, Names(opened.browse.parties()), briefs.WHOLE if whole else None)
    kind = "pdf" if pdf else "docx" if docx else "md"
    deliver(brief_files.write(found, kind), out, {"pdf": "a PDF", "docx": "a Word document"}.get(kind, ""))


def report(
    party: OfParty = None,
    since: Since = None,
    until: Until = None,
    policy: PolicyName = "ucdp",
    store: StorePath = None,
    out: Out = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown (the default).")] = False,
    html: Annotated[bool, typer.Option("--html", help="As one HTML file.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON: each number with the claims behind it.")] = False,
) -> None:
    """Write a situation report: what is new, incidents by each account, disputes, figures, the series; all with sources."""
    if sum((markdown, html, pdf, json)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis.report import build, record
    from standoff.analysis.report import html as as_html
    from standoff.analysis.report import markdown as as_markdown
    from standoff.analysis.report import pdf as as_pdf
    from standoff.records import dumps

    with existing(load_settings(store=store)) as opened, status("writing the report"):
        found = build.draw(opened, party=party, since=day_of(since), until=day_of(until), policy=policy)
    if pdf:
        deliver(as_pdf.write(found), out, "a PDF")
    elif json:
        deliver((dumps(record(found)) + "\n").encode(), out)
    elif html:
        deliver(as_html.write(found).encode(), out)
    else:
        deliver(as_markdown.write(found, _pictures(found, out)).encode(), out)


def _pictures(found: Report, out: str | None) -> str:
    """Charts of a report in files beside it; the pattern of their names, empty where it is printed."""
    from standoff.analysis.report import pictures

    if out is None:
        return ""
    for number, one in enumerate(pictures(found), 1):
        deliver(one.svg, f"{Path(out).with_suffix('')}-{number}.svg")
    return f"{Path(out).stem}-{{}}.svg"
