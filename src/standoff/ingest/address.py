"""Addresses of the web as text: taken apart and written in one way. Nothing here opens one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

SCHEMES = ("http", "https")
LONGEST = 2000

_HOST = re.compile(r"[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\]")
_FILE_ENDS = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml|amp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that can be asked for. The host is ASCII: what looks like another is seen for what it is."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query, as it is sent."""

    @property
    def url(self) -> str:
        standard = {"http": 80, "https": 443}[self.scheme]
        port = "" if self.port == standard else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"


def parse(url: str) -> Address:
    """An address taken apart.

    Raises:
        ValueError: it is not one of http or https, has a user's name or password in it, or is malformed; says which.
    """
    text = url.strip()
    if len(text) > LONGEST:
        raise ValueError("too long")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise ValueError("white space, a control character or a backslash in it")
    parts = urlsplit(text)
    if parts.scheme.lower() not in SCHEMES:
        raise ValueError(f"not an address of http or https, but of {parts.scheme or 'no scheme'}")
    if "@" in parts.netloc:
        raise ValueError("a user's name or password in it")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("a port that is no number") from None
    bracketed = f"[{host}]" if ":" in host else _ascii(host)
    if not _HOST.fullmatch(bracketed):
        raise ValueError("no host in it" if not host else "a host that cannot be")
    scheme = parts.scheme.lower()
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    sent = path.encode("utf-8")
    path = "".join(chr(byte) if 0x21 <= byte < 0x7F else f"%{byte:02X}" for byte in sent)
    if len(path) > LONGEST:  # as it is kept and sent: a letter may become nine
        raise ValueError("too long")
    return Address(scheme, bracketed, port or {"http": 80, "https": 443}[scheme], path)


def shown(url: str) -> str:
    """The machine that an address is of, for messages, where all else of it may be a secret.

    >>> shown("https://hooks.example.org/T0/secret?token=x"), shown("https://me:secret@example.org/")
    ('https://hooks.example.org', 'the address')
    """
    try:
        found = parse(url)
    except ValueError:
        return "the address"
    return Address(found.scheme, found.host, found.port, "").url


def clean(url: str | None) -> str | None:
    """The address in one way of writing, without its fragment; None where it is none of the web's.

    >>> clean("HTTPS://WWW.Example.org/news#top")
    'https://www.example.org/news'
    >>> clean("javascript:alert(1)") is None
    True
    """
    if not url:
        return None
    try:
        return parse(url).url
    except ValueError:
        return None


def domain(url: str | None) -> str | None:
    """The host that publishes, without ``www.``.

    >>> domain("https://www.dawn.com/news/1")
    'dawn.com'
    """
    if url is None:
        return None
    try:
        return parse(url).host.removeprefix("www.").removesuffix(".")
    except ValueError:
        return None


def joined(base: str | None, url: str) -> str:
    """An address as it stands in a page or a feed, made whole."""
    try:
        return urljoin(base or "", url.strip())
    except ValueError:
        return url


def led_to(url: str) -> str | None:
    """The address that a link leads to, where it goes by way of a search engine that counts it; else its own.

    >>> led_to("https://www.google.com/url?rct=j&url=https://www.example.org/a&ct=ga")
    'https://www.example.org/a'
    """
    try:
        named = parse_qs(urlsplit(url).query).get("url", [])
    except ValueError:
        return None
    return clean(named[0] if named else url)


def is_url(text: str) -> bool:
    """Whether a text is a web address and nothing more."""
    return text.lower().startswith(("http://", "https://")) and clean(text) is not None


def slug(url: str) -> str:
    """A short readable name of a page: its host, and the last words of its path.

    >>> slug("https://www.dawn.com/news/1909876/india-strikes-pakistan.html?x=1")
    'dawn.com-india-strikes-pakistan'
    """
    address = parse(url)
    steps = [step for step in unquote(address.path.partition("?")[0]).split("/") if step]
    last = _FILE_ENDS.sub("", steps[-1]) if steps else ""
    words = re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")[:60].strip("-")
    host = address.host.removeprefix("www.").strip("[]").replace(":", "-")
    return f"{host}-{words}" if words else host


def _ascii(host: str) -> str:
    """A host in ASCII: ``xn--`` stands for what only looks like a known name."""
    lower = host.lower().rstrip(".")
    if lower.isascii():
        return lower
    try:
        return lower.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("a host that cannot be") from None
