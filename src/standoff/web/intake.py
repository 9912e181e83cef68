"""Where reports come from: adding them by hand, the feeds that are watched, and the grades people give to outlets."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from standoff.errors import InputError, StandoffError
from standoff.ingest import address
from standoff.ingest.capture import now
from standoff.ingest.dates import parse_date
from standoff.ingest.freeze import check_id
from standoff.model import SourceGrade
from standoff.store.people import Role
from standoff.store.reviews import RELIABILITY
from standoff.web import readers
from standoff.web.guard import local
from standoff.web.jobs import Job
from standoff.web.view import needs, page, person, site
from standoff.wording import sentence_case

router = APIRouter(include_in_schema=False)

MOST_FILES = 200
MOST_ADDRESSES = 200
SHOWN = 200
"""Inputs that failed which the page lists."""
_NAME = re.compile(r"[^\w.\-() ]+")


@router.get("/add")
def ask(request: Request) -> Response:
    return _ask(request)


def _ask(request: Request, faults: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Response:
    """The page that adds; what was typed stays in its field with what to change beside it."""
    held = site(request)
    jobs = held.jobs.all()
    failures, failed = held.store.intake.last_failures(SHOWN)
    return page(
        request,
        "add.html",
        status=400 if faults else 200,
        faults=faults or {},
        typed={
            **dict.fromkeys(("text", "published", "outlet", "url", "id", "addresses", "reader"), ""),
            **(typed or {}),
        },
        jobs=jobs,
        busy=any(not job.over for job in jobs),
        failures=failures,
        failed=failed,
        unreconciled=len(held.store.unreconciled()),
        may_add=person(request).role.may(Role.ADMIN),
        readers=readers.offered(request),
        reader=held.settings.reader,
    )


@router.post("/add/text")
def paste(
    request: Request,
    text: Annotated[str, Form()],
    published: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    id: Annotated[str, Form()] = "",
    reader: Annotated[str, Form()] = "",
) -> Response:
    """Read a text that was pasted."""
    typed = {"text": text, "published": published, "outlet": outlet, "url": url, "id": id, "reader": reader}
    if not text.strip():
        return _ask(request, {"text": "Paste the report's text."}, typed)
    body = text.replace("\r\n", "\n").encode()
    name = f"pasted-{hashlib.sha256(body).hexdigest()[:8]}.txt"
    for field, check in (
        ("published", lambda: _said(published, outlet)),
        ("url", lambda: url.strip() and _address(url)),
        ("id", lambda: id.strip() and check_id(id.strip())),
        ("reader", lambda: readers.chosen(request, reader)),
    ):
        try:
            check()
        except StandoffError as error:
            return _ask(request, {field: f"{sentence_case(error.why)}; {error.mend}."}, typed)
    said = _said(published, outlet) + readers.chosen(request, reader)
    if url.strip():
        said += ["--url", _address(url)]
    if id.strip():
        said += ["--doc-id", check_id(id.strip())]
    return _begin(request, "a pasted text", ["add", *said, "--", name], {name: body})


@router.post("/add/files")
def upload(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    published: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    reader: Annotated[str, Form()] = "",
) -> Response:
    """Read files that were chosen."""
    named: dict[str, bytes] = {}
    for file in files:
        body = file.file.read()
        if not file.filename and not body:
            continue
        name = plain(file.filename or "")
        while name in named:
            name = f"again-{name}"
        named[name] = body
    if not named:
        raise InputError("files", "none was chosen", "choose files")
    if len(named) > MOST_FILES:
        raise InputError("files", f"{len(named)} at once", f"choose {MOST_FILES} at most, or standoff add FOLDER")
    title = next(iter(named)) if len(named) == 1 else f"{len(named)} files"
    return _begin(
        request, title, ["add", *_said(published, outlet), *readers.chosen(request, reader), "--", *named], named
    )


@router.post("/add/addresses")
def fetch(
    request: Request,
    addresses: Annotated[str, Form()],
    outlet: Annotated[str, Form()] = "",
    reader: Annotated[str, Form()] = "",
) -> Response:
    """Fetch and read pages, feeds or archives by their addresses, one a line."""
    found: list[str] = []
    wrong: list[str] = []
    for line in addresses.split():
        clean = address.clean(line)
        (found if clean else wrong).append(clean or line)
    if not found:
        says = "Not a web address; write it as in https://example.org/report.html." if wrong else "Write one a line."
        return _ask(request, {"addresses": says}, {"addresses": addresses, "outlet": outlet, "reader": reader})
    if len(found) > MOST_ADDRESSES:
        raise InputError("addresses", f"{len(found)} at once", f"give {MOST_ADDRESSES} at most, or standoff add FILE")
    title = found[0] if len(found) == 1 else f"{len(found)} addresses"
    begun = _begin(request, title, ["add", *_said("", outlet), *readers.chosen(request, reader), "--", *found])
    if not wrong:
        return begun
    says = f"The others are being read. No web address: {', '.join(wrong[:10])}."
    return _ask(request, {"addresses": says}, {"addresses": "\n".join(wrong), "outlet": outlet, "reader": reader})


@router.post("/add/retry")
def again(request: Request) -> Response:
    """Try again what failed, where its input is still to be had."""
    return _begin(request, "what failed before", ["add", "--retry"])


@router.post("/add/again")
def once_more(request: Request, id: Annotated[str, Form()], reader: Annotated[str, Form()] = "") -> Response:
    """Read a report of the store with another reader, or with one that could not read it before."""
    document = site(request).store.document(id)
    if document is None:
        raise InputError(f"report {id[:80]!r}", "not in the store", "the page Reports lists what is")
    title = document.title or document.outlet or "a report"
    return _begin(request, title[:200], ["add", *readers.chosen(request, reader), f"--again={id}"])


@router.post("/add/end/{number}")
def end(request: Request, number: int) -> Response:
    """End a job that runs or waits."""
    who = needs(request, Role.ADMIN)
    if not site(request).jobs.end(number, f"ended by {who.name}"):
        raise InputError(f"job {number}", "runs no more", "look at /add")
    return RedirectResponse("/add", 303)


@router.post("/reconcile")
def reconcile(request: Request, back: Annotated[str, Form()] = "/add") -> Response:
    """Draw incidents, accounts and disputes anew."""
    who = needs(request, Role.REVIEWER)
    site(request).jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(local(back), 303)


# -- sources -----------------------------------------------------------------------------------------------------------


@router.get("/sources")
def sources(request: Request) -> Response:
    held = site(request)
    grades = held.store.reviews.grades("outlet")
    outlets = held.drawn.get("outlets", held.store.browse.outlets)
    return page(
        request,
        "sources.html",
        outlets=outlets,
        grades={subject: given[-1] for subject, given in grades.items() if given[-1].grade},
        history=sorted((g for given in grades.values() for g in given), key=lambda g: g.at, reverse=True)[:50],
        reliability=RELIABILITY,
        feeds=held.store.intake.feeds(),
        busy=any(not job.over for job in held.jobs.all()),
        may_add=person(request).role.may(Role.ADMIN),
    )


@router.post("/sources/grade")
def grade(
    request: Request,
    kind: Annotated[str, Form()],
    subject: Annotated[str, Form()],
    grade: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/sources",
) -> Response:
    """Grade an outlet's reliability or a report's credibility; an empty grade takes it away."""
    who, held = needs(request, Role.REVIEWER), site(request)
    if kind not in ("outlet", "document"):
        raise InputError(f"kind {kind[:40]!r}", "cannot be graded", "outlet or document")
    there = held.store.document(subject) if kind == "document" else subject in dict(held.store.browse.outlets())
    if not there:
        raise InputError(f"{kind} {subject[:80]!r}", "not in the store", "grade what /sources or a report shows")
    held.store.reviews.grade(SourceGrade(kind, subject, grade, who.name, now(), reason.strip()[:500]))
    return RedirectResponse(local(back), 303)


@router.post("/sources/feeds")
def add_feed(
    request: Request,
    url: Annotated[str, Form()],
    minutes: Annotated[int, Form(ge=1, le=10080)] = 15,
    outlet: Annotated[str, Form()] = "",
) -> Response:
    needs(request, Role.ADMIN)
    named = " ".join(outlet.split())[:200] or None
    site(request).store.intake.watch(_address(url), minutes * 60, now(), named)
    return RedirectResponse("/sources", 303)


@router.post("/sources/feeds/{deed}")
def change_feed(request: Request, deed: str, url: Annotated[str, Form()]) -> Response:
    needs(request, Role.ADMIN)
    intake = site(request).store.intake
    if deed == "drop":
        intake.drop(url)
    elif deed in ("pause", "resume"):
        intake.pause(url, deed == "pause")
    else:
        raise InputError(deed[:40], "cannot be done with a feed", "pause, resume or drop")
    return RedirectResponse("/sources", 303)


@router.post("/sources/look")
def look(request: Request) -> Response:
    """Look at the feeds that are due, now."""
    return _begin(request, "feeds that are due", ["watch", "--once"])


def plain(name: str) -> str:
    """A file's name, and no more: without folders, with nothing that a system may not like.

    >>> plain("C:\\\\Users\\\\me\\\\../report (1).pdf"), plain("../../etc/passwd"), plain("..")
    ('report (1).pdf', 'passwd', 'report')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    return _NAME.sub("-", last).strip(" .-")[-120:] or "report"


def _said(published: str, outlet: str) -> list[str]:
    """What was said about the reports, as the command line takes it."""
    found = []
    if published.strip() and (day := parse_date(published.strip())):
        found += ["--published", day.isoformat()]
    if named := " ".join(outlet.split())[:200]:
        found += ["--outlet", named]
    return found


def _address(url: str) -> str:
    clean = address.clean(url.strip())
    if clean is None:
        raise InputError(url.strip()[:200], "no web address", "write it as in https://example.org/report.html")
    return clean


def _begin(request: Request, title: str, arguments: list[str], files: dict[str, bytes] | None = None) -> Response:
    who = needs(request, Role.ADMIN)
    _: Job = site(request).jobs.start(title, arguments, who.name, files)
    return RedirectResponse("/add", 303)
