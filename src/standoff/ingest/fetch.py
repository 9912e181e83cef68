"""The only way out. Every connection that standoff opens is opened here, to an address that was looked at first.

A web address is somebody else's word for a machine: it can mean this one, one behind the firewall, or a cloud's metadata
service, and can mean another one a second later. So a name is resolved once, every address it has must be one of the
public internet, and the connection goes to the very address that was checked. Redirects are followed by hand, each
looked at anew.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from standoff.errors import InputError, SettingsError
from standoff.ingest import address
from standoff.ingest.address import Address
from standoff.ingest.capture import now

AGENT = "standoff (reads news for conflict research)"
MAX_REDIRECTS = 5
MAX_RATIO = 100
_CHUNK = 65_536
_FREE_GROWTH = 1_000_000
"""Bytes up to which the ratio says nothing: a short page of one word packs well."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolver = Callable[[str, int], Sequence[str]]

# Ranges that carry another address inside them, or lead into somebody's network.
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/23",
        "2001:db8::/32",
        "::/96",
        "fec0::/10",
        "100::/64",
        "3fff::/20",
    )
)
_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(net) for net in ("192.88.99.0/24", "192.0.0.0/24", "100.64.0.0/10", "198.18.0.0/15")
)

# Where clouds tell a machine its keys: looking public, or private as one that a setting may name.
_METADATA = frozenset(
    map(
        ipaddress.ip_address,
        (
            "168.63.129.16",  # Azure
            "100.100.100.200",  # Alibaba
            "192.0.0.192",  # Oracle
            "169.254.169.254",
            "fd00:ec2::23",  # Amazon
            "fd00:ec2::253",
            "fd00:ec2::254",
            "fd20:ce::254",  # Google
            "fd00:c1::a9fe:a9fe",  # Oracle
            "fd00:42::42",  # Scaleway
            "fe80::a9fe:a9fe",  # OpenStack
        ),
    )
)
_INNER_NAMES = (".local", ".internal", ".localhost", ".home.arpa", ".lan", ".intranet", "metadata.goog")


class Unanswered(InputError):
    """An address that may be asked, and that gives no whole answer: another try may get one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large an answer may be."""

    bytes: int = 5_000_000
    """Counted after unpacking."""
    connect: float = 10.0
    """Seconds to a connection, and between two pieces of an answer."""
    total: float = 30.0
    """Seconds for one hop, from the first byte sent to the last received."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    chain: tuple[str, ...]
    """The addresses asked, the last of which answered."""
    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes
    taken: datetime

    @property
    def url(self) -> str:
        return self.chain[-1]

    @property
    def charset(self) -> str | None:
        _, found, name = self.headers.get("content-type", "").lower().partition("charset=")
        return name.partition(";")[0].strip(" \"'") or None if found else None


@dataclass(frozen=True)
class Fetcher:
    """Fetches. ``allow_loopback`` lets tests reach a server of their own; nothing else is ever let through."""

    allow_loopback: bool = False
    proxy: str | None = None
    """A proxy through which all goes, as a user asked for: it resolves names itself, so they are checked by name."""
    log: Path | None = None
    """Where each request is written down, one JSON object a line."""
    limits: Limits = field(default_factory=Limits)
    ports: Sequence[int] = (80, 443)
    resolve: Resolver | None = None
    """In place of the system's, for tests of what a resolver can be made to say."""
    only: str | None = None
    """The one place (``scheme://host:port``) that may be asked, on whatever port: the endpoint that a setting names."""
    inner: bool = False
    """With ``only``: it may lie on this machine or in a private network. Never a cloud's metadata service."""

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        statuses: Sequence[int] = (200,),
        limit: int | None = None,
    ) -> Answer:
        """What an address answers, redirects followed.

        Raises:
            InputError: it may not be asked, cannot be reached, or answers otherwise than with one of ``statuses``.
        """
        chain: list[str] = []
        asked = url
        while True:
            target = self._target(asked, url)
            chain.append(target.url)
            most = self.limits.bytes if limit is None else limit
            status, answered, body = self._logged("GET", target, url, dict(headers or {}), None, most)
            if status in _REDIRECTS and "location" in answered:
                if len(chain) > MAX_REDIRECTS:
                    raise InputError(
                        url, f"redirected more than {MAX_REDIRECTS} times", "give the address that it ends at"
                    )
                asked = address.joined(target.url, answered["location"])
                continue
            if status not in statuses:
                error = InputError(
                    url,
                    f"answered with status {status}",
                    _MENDS.get(status, "open it in a browser, save the page and add that"),
                )
                error.after = retry_after(answered.get("retry-after"))
                raise error
            return Answer(tuple(chain), status, answered, body, now())

    def post(self, url: str, body: bytes, content_type: str = "application/json") -> int:
        """Send something, and the status of the answer. Redirects are not followed: what is sent is for one address.

        Errors and the log name its machine alone: such an address often has a secret in it.

        Raises:
            InputError: it may not be asked, or cannot be reached.
        """
        name = address.shown(url)
        target = self._target(url, name)
        status, _, _ = self._logged("POST", target, name, {"Content-Type": content_type}, body, 100_000, logged=name)
        return status

    def ask(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a question and take the whole answer, whatever its status. Redirects are not followed, nor read.

        Raises:
            Unanswered: no whole answer came in time.
            InputError: it may not be asked, or answers with more than the limits let through.
        """
        target = self._target(url, url)
        sent = {"Content-Type": "application/json", **headers}
        status, answered, found = self._logged("POST", target, url, sent, body, self.limits.bytes)
        return Answer((target.url,), status, answered, found, now())

    # -- which address -----------------------------------------------------------------------------------------------

    def _target(self, url: str, name: str) -> Address:
        try:
            target = address.parse(url)
        except ValueError as error:
            raise InputError(
                name, f"an address that is not fetched: {error}", "give an address of http or https"
            ) from None
        if self.only is not None:
            if origin(target) != self.only:
                raise InputError(name, f"not {self.only}, which alone is asked here", "name it in the settings")
            return target
        if target.port not in self.ports and not (self.allow_loopback and _is_loopback(target.host)):
            raise InputError(name, f"port {target.port} is not fetched from", "give an address on port 80 or 443")
        return target

    def _addresses(self, target: Address, name: str) -> list[str]:
        """The addresses of a host, all of which may be connected to."""
        host = target.host.strip("[]")
        try:
            found = list(dict.fromkeys((self.resolve or _system)(host, target.port)))
        except (OSError, UnicodeError) as error:
            raise InputError(
                name, f"no such host: {host} ({error})"[:200], "check the address and the connection"
            ) from None
        for one in found:
            if not self._allowed(one):
                raise InputError(
                    name, f"{host} is not on the public internet ({one})", "save the page and add the file"
                )
        if not found:
            raise InputError(name, f"no such host: {host}", "check the address and the connection")
        return found

    def _allowed(self, text: str) -> bool:
        if is_public(text):
            return True
        try:
            found = ipaddress.ip_address(text)
        except ValueError:
            return False
        if self.only is not None and self.inner and (found.is_loopback or is_private(found)):
            return True
        return self.allow_loopback and found.is_loopback

    # -- one request -------------------------------------------------------------------------------------------------

    def _logged(
        self,
        method: str,
        target: Address,
        name: str,
        headers: dict[str, str],
        body: bytes | None,
        limit: int,
        logged: str = "",
    ) -> tuple[int, dict[str, str], bytes]:
        start = time.monotonic()
        entry: dict[str, Any] = {"at": now().isoformat(), "method": method, "url": logged or target.url}
        try:
            status, answered, found = self._ask(method, target, name, headers, body, limit, entry)
            entry.update(status=status, bytes=len(found))
            return status, answered, found
        except InputError as error:
            entry.update(error=error.why)
            raise
        finally:
            entry["seconds"] = round(time.monotonic() - start, 3)
            self._write(entry)

    def _write(self, entry: dict[str, Any]) -> None:
        if self.log is None:
            return
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            # One write of one line: two processes do not mix theirs.
            line = (json.dumps(entry, ensure_ascii=False) + "\n").encode()
            handle = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line)
            finally:
                os.close(handle)
        except OSError as error:
            mend = "set fetch_log to a file that can be written, or to nothing"
            raise SettingsError(f"fetch_log {self.log}", f"cannot be written ({error.strerror})", mend) from None

    def _ask(
        self,
        method: str,
        target: Address,
        name: str,
        headers: dict[str, str],
        body: bytes | None,
        limit: int,
        entry: dict[str, Any],
    ) -> tuple[int, dict[str, str], bytes]:
        # "Connection: close": one request a connection, so that no answer can be mistaken for another's.
        sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **headers}
        fault: Exception | None = None
        ends = time.monotonic() + self.limits.total
        for connection, path in self._connections(target, name, entry):
            # However many addresses a host has, they have one time together.
            left = max(0.01, ends - time.monotonic())
            clock = _Clock(left)
            connection.timeout = min(self.limits.connect, left)
            try:
                connection.connect()
                clock.watch(connection.sock)
                connection.request(
                    method,
                    path,
                    body=body,
                    headers={"Host": _host(target), **sent},
                    preload_content=False,
                    decode_content=False,
                )
                response = connection.getresponse()
                answered = {key.lower(): value for key, value in response.headers.items()}
                if response.status in _REDIRECTS:
                    return response.status, answered, b""  # what a redirect says beside its address is never read
                return response.status, answered, _read(response, answered, limit, name, clock)
            except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
                fault = error
            finally:
                clock.stop()
                connection.close()
            if clock.late or time.monotonic() >= ends:
                clock.late = True
                break
        # urllib3 counts a refused connection among those that took too long.
        refused = isinstance(fault, urllib3.exceptions.NewConnectionError)
        if clock.late or (isinstance(fault, urllib3.exceptions.TimeoutError | TimeoutError) and not refused):
            raise Unanswered(name, "took too long to answer", "try again later, or save the page and add the file")
        if isinstance(fault, ssl.SSLError | urllib3.exceptions.SSLError | CertificateError):
            raise InputError(name, f"no safe connection ({fault})"[:200], "open it in a browser and see why")
        raise Unanswered(name, f"cannot be reached ({_said(fault)})"[:200], "check the address and the connection")

    def _connections(self, target: Address, name: str, entry: dict[str, Any]) -> Iterator[tuple[HTTPConnection, str]]:
        """A connection to each address that was checked, not opened yet, and what to ask it for."""
        host = target.host.strip("[]")
        safe: dict[str, Any] = {"cert_reqs": "CERT_REQUIRED", "server_hostname": host, "assert_hostname": host}
        if self.proxy is not None:
            self._check_name(target, name)
            via = _proxy(self.proxy)
            if target.scheme == "http":
                yield HTTPConnection(via.host, via.port, timeout=self.limits.connect), target.url
                return
            tunnel = HTTPSConnection(via.host, via.port, timeout=self.limits.connect, **safe)
            tunnel.set_tunnel(host, target.port, scheme="http")
            yield tunnel, target.path
            return
        for found in self._addresses(target, name):
            entry["address"] = found
            if target.scheme == "http":
                yield HTTPConnection(found, target.port, timeout=self.limits.connect), target.path
            else:
                yield HTTPSConnection(found, target.port, timeout=self.limits.connect, **safe), target.path

    def _check_name(self, target: Address, name: str) -> None:
        """Behind a proxy the address is not ours to see: a host must at least not be named as an inner one."""
        host = target.host.strip("[]").rstrip(".")
        try:
            # Forms such as 2130706433 and 0x7f.1 are addresses to a resolver, and so to the proxy's.
            literal = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            literal = host
        try:
            inner = not self._allowed(str(ipaddress.ip_address(literal)))
        except ValueError:
            inner = "." not in host or host.endswith(_INNER_NAMES)
        if inner:
            raise InputError(name, f"{host} is not on the public internet", "save the page and add the file")


def _said(fault: Exception | None) -> str:
    """A fault of a connection, in no words of who answered: those may hold what was sent, a key too."""
    if isinstance(fault, HTTPException | ValueError | urllib3.exceptions.ProtocolError):
        return "what it answered is no HTTP"
    return str(fault)


_MENDS = {
    401: "it asks for a login: open it in a browser, save the page and add that",
    403: "it refuses programs: open it in a browser, save the page and add that",
    404: "check the address",
    410: "it is gone: look for it in a web archive",
    429: "it is asked too often: try again later",
}


def retry_after(told: str | None) -> float | None:
    """The seconds that a server asks to be left alone for: a number, or a date (RFC 9110).

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    """
    if told is None:
        return None
    if told.strip().isdecimal():
        return float(told.strip()[:9])
    try:
        until = parsedate_to_datetime(told)
    except (TypeError, ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now()).total_seconds())


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet, and leads nowhere else.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False  # also an IPv6 address with a zone: it names an interface of this machine
    if found in _METADATA:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in net for net in _REFUSED_V6):
            return False
    elif any(found in net for net in _REFUSED_V4):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


_PRIVATE = tuple(
    ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)


def is_private(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of somebody's own network, where a machine of theirs can answer: not one of its cloud's."""
    return found not in _METADATA and any(found in net for net in _PRIVATE if net.version == found.version)


def origin(target: Address) -> str:
    """What of an address says which machine and port it is."""
    return f"{target.scheme}://{target.host}:{target.port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _system(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _host(target: Address) -> str:
    standard = {"http": 80, "https": 443}[target.scheme]
    return target.host if target.port == standard else f"{target.host}:{target.port}"


def _proxy(given: str) -> Address:
    try:
        return address.parse(given)
    except ValueError as error:
        raise SettingsError(f"proxy {given!r}", str(error), "write it as http://host:port") from None


def _read(response: BaseHTTPResponse, headers: Mapping[str, str], most: int, name: str, clock: _Clock) -> bytes:
    """The body, unpacked piece by piece: it ends where it grows too large, too fast, or too slowly.

    Raises:
        InputError: it does, or is packed in a way that was not asked for.
    """
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        known = packing if {part.strip() for part in packing.split(",")} <= _PACKINGS else "what is not known"
        raise InputError(name, f"answered packed with {known}", "save the page and add the file")
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    mend = "save the text of the report as .txt and add that"
    body, received = bytearray(), 0
    while chunk := response.read1(_CHUNK):
        clock.check()
        received += len(chunk)
        if unpacker is None:
            body += chunk
        else:
            try:
                body += unpacker.decompress(chunk, most + 1 - len(body))
            except zlib.error as error:
                raise InputError(name, f"answered with broken gzip ({error})"[:200], "try again later") from None
        if len(body) > most:
            raise InputError(name, f"larger than {most / 1_000_000:g} MB", mend)
        if unpacker is not None and len(body) > max(_FREE_GROWTH, received * MAX_RATIO):
            raise InputError(name, f"grows more than {MAX_RATIO} times when unpacked", mend)
    declared = headers.get("content-length", "")
    if clock.late or (declared.isdecimal() and received < int(declared)):
        raise TimeoutError if clock.late else ConnectionError("the answer broke off")
    if unpacker is not None and received and not unpacker.eof:
        raise ConnectionError("the answer broke off")
    return bytes(body)


_PACKINGS = {"br", "compress", "deflate", "gzip", "x-compress", "x-gzip", "zstd"}
"""Those that have a name."""


class _Clock:
    """Ends a connection when its time is up, whatever is being waited for."""

    def __init__(self, seconds: float) -> None:
        self.late = False
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, found: socket.socket | None) -> None:
        self._socket = found

    def check(self) -> None:
        if time.monotonic() > self._ends:
            self.late = True
            raise TimeoutError

    def stop(self) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.late = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
