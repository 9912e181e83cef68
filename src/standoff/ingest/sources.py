"""What a user names, to documents: files, folders, addresses, feeds, lists and archives, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from standoff.errors import InputError, StandoffError
from standoff.ingest import address, bounded, reader
from standoff.ingest.capture import Capture, Failed, Options, Reference, Said, from_file, written
from standoff.ingest.fetch import Answer, Fetcher
from standoff.ingest.robots import Robots
from standoff.model import Document
from standoff.settings import Settings

HEADERS_KEPT = ("content-type", "last-modified", "etag", "date", "server", "content-language")
NO_PAGE = "its page could not be had"
ITEM = 30.0
"""Seconds of the processor for all that lies behind an address of a feed or a list: it names a page, and not an archive."""
OFFLINE = "leave out --offline, or save the page and add the file"


class Sources:
    """Reads what is named. Where ``fetcher`` is None nothing is fetched, and what would have to be fails and says so.

    Files lie in ``folder``, where one is given: they are called as they are named, and found there. ``read`` is how
    bytes are read: here, or in a child (:mod:`standoff.ingest.bounded`).
    """

    def __init__(
        self,
        fetcher: Fetcher | None = None,
        options: Options | None = None,
        *,
        pause: float = 1.0,
        follow: bool = True,
        folder: Path | None = None,
        read: Callable[[Capture, Options], Iterator[Document | Reference | Failed]] = reader.read,
    ) -> None:
        self._fetcher = fetcher
        self._read = read
        self._folder = folder or Path()
        self._options = options or Options()
        self._of_one = replace(self._options, altogether=ITEM)
        self._robots = Robots(fetcher, pause) if fetcher is not None else None
        self._follow = follow

    def read(self, source: str, said: Said | None = None) -> Iterator[Document | Failed]:
        """The documents of one source, and what of it could not be read. It never raises for an input.

        ``said`` is what the user says about it, which goes before what it says itself; an id only where it is one file.
        """
        said, name = said or Said(), written(source)
        try:
            captures: Iterator[Capture | Failed]
            if address.is_url(source) or "://" in source[:12]:
                captures = iter((self._fetched(source, source, said),))
            elif source != "-" and (self._folder / source).is_dir():
                captures = (
                    one if isinstance(one, Failed) else from_file(one, said)
                    for one in reader.walk(self._folder / source)
                )
            else:
                captures = iter((from_file(source, said, self._folder),))
            empty = True
            for found in self._each(captures):
                empty = False
                yield found
            if empty:
                raise InputError(source, "no report in it", "name something with a report in it")
        except StandoffError as error:
            yield Failed(name, name, error)
        except ValueError:  # a name that no file can have
            yield Failed(name, name, InputError(name, "not a file name", "check the name"))
        except OSError as error:
            why = f"cannot be read ({error.strerror})"
            yield Failed(name, name, InputError(name, why, "check the file and its disk"))

    def follow(self, reference: Reference) -> Iterator[Document | Failed]:
        """The report that a feed or a list names, read from its page; from the feed itself where the page cannot be."""
        try:
            if self._robots is None:
                raise InputError(reference.url, "not fetched: this run is offline", OFFLINE)
            self._robots.check(reference.url)
            capture = self._fetched(reference.url, reference.root, reference.said)
            found = list(self._each(iter((capture,)), self._of_one, follow=False))
        except StandoffError as error:
            found = [Failed(reference.url, reference.root, error)]
            after = error.after if isinstance(error, InputError) else None
            if after is not None and self._robots is not None:
                self._robots.leave(reference.url, after)
        if reference.inline is not None and not any(isinstance(one, Document) for one in found):
            why = next((one.error.why for one in found if isinstance(one, Failed)), "no report in it")
            told = replace(
                reference.inline, left=(f"{NO_PAGE} ({why}); these are the feed's own words", *reference.inline.left)
            )
            inline = [one for one in self._read(told, self._of_one) if not isinstance(one, Reference)]
            if any(isinstance(one, Document) for one in inline):
                found = inline
        # What fails is known by its address: it can be tried again alone.
        yield from (replace(one, root=reference.url) if isinstance(one, Failed) else one for one in found)

    def left(self, url: str) -> float:
        """Seconds until the host of an address may be asked again."""
        return self._robots.left(url) if self._robots is not None else 0.0

    def references(self, capture: Capture) -> Iterator[Document | Reference | Failed]:
        """What a feed names, not followed."""
        return self._read(capture, self._options)

    def _each(
        self, captures: Iterator[Capture | Failed], options: Options | None = None, *, follow: bool | None = None
    ) -> Iterator[Document | Failed]:
        follow = self._follow if follow is None else follow
        for capture in captures:
            if isinstance(capture, Failed):
                yield capture
                continue
            for found in self._read(capture, options or self._options):
                if not isinstance(found, Reference):
                    yield found
                elif follow:
                    yield from self.follow(found)
                else:
                    why = "a list of links, where a report was to be"
                    yield Failed(found.name, capture.root, InputError(capture.name, why, "add the list by itself"))
                    return

    def _fetched(self, url: str, root: str, said: Said) -> Capture:
        if self._fetcher is None:
            raise InputError(url, "not fetched: this run is offline", OFFLINE)
        return captured(self._fetcher.get(url), root, said)


def from_settings(
    settings: Settings, options: Options | None = None, folder: Path | None = None, *, apart: bool = False
) -> Sources:
    """Sources as the settings of a run have them; ``apart`` reads in a child that can be killed."""
    read = bounded.read if apart else reader.read
    return Sources(fetcher(settings), options, pause=settings.pause, folder=folder, read=read)


def fetcher(settings: Settings) -> Fetcher | None:
    """The way out that the settings allow; None where they allow none."""
    if settings.offline:
        return None
    return Fetcher(
        allow_loopback=settings.allow_loopback,
        proxy=settings.proxy or None,
        log=Path(settings.fetch_log).expanduser() if settings.fetch_log else None,
    )


def captured(answer: Answer, root: str, said: Said) -> Capture:
    """An answer as an input like any other."""
    if not answer.body:
        raise InputError(answer.url, "an empty page", "open it in a browser, save the page and add that")
    kept = tuple((name, answer.headers[name]) for name in HEADERS_KEPT if name in answer.headers)
    return Capture(
        name=answer.chain[0],
        root=root,
        content=answer.body,
        taken=answer.taken,
        said=said.over(Said(url=answer.url)),
        chain=answer.chain,
        headers=kept,
        charset=answer.charset,
    )
