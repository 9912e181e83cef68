"""One OpenAI-compatible endpoint: asked through the guarded fetch, again where it fails, never faster or dearer than allowed.

The key is read from the environment for each request and stands nowhere else; what an endpoint says is not repeated where it
could hold it.
"""

from __future__ import annotations

import ipaddress
import json
import os
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from standoff.errors import InputError, ReaderFault, SettingsError
from standoff.ingest import address
from standoff.ingest.capture import now
from standoff.ingest.fetch import Answer, Fetcher, Limits, Unanswered, is_private, origin
from standoff.readers import prompt
from standoff.readers.answers import Answers, Kept, key
from standoff.readers.meter import Meter
from standoff.settings import ReaderSettings

PATH = "/chat/completions"
LARGEST = 4_000_000
"""Bytes of an answer."""
LONGEST_WAIT = 60.0
"""Seconds between two tries, whatever the endpoint asks for."""
ENDS = ("length", "content_filter")
"""Why an answer ended, where it was not that all was said."""
FORMATS = ("schema", "object", "plain")


class Refused(InputError):
    """The model does not read this report, and would not at another try."""


class TooLong(Exception):
    """The question, or its answer, is longer than the model takes: ask about less."""


@dataclass
class Client:
    """Asks one model. ``sleep`` and ``chance`` are there for tests of the pace."""

    name: str
    settings: ReaderSettings
    fetcher: Fetcher
    answers: Answers
    meter: Meter
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    tell: Callable[[str], None] = lambda words: None
    """Told what is waited for: a person who watches a run is not left before a still screen."""
    fault: ReaderFault | None = None
    """Why it is not asked any more."""
    _format: int = field(init=False, default=0)
    _next: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._format = FORMATS.index(self.settings.format)

    @property
    def url(self) -> str:
        return self.settings.address.rstrip("/") + PATH

    def question(self, messages: prompt.Messages) -> dict[str, Any]:
        """The request for some messages, as it is sent and kept."""
        asked: dict[str, Any] = {
            "model": self.settings.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self.settings.answer,
            **self.settings.options,
        }
        asked = {name: value for name, value in asked.items() if value != ""}
        if FORMATS[self._format] == "schema":
            held = {"name": "claims", "strict": True, "schema": prompt.schema()}
            asked["response_format"] = {"type": "json_schema", "json_schema": held}
        elif FORMATS[self._format] == "object":
            asked["response_format"] = {"type": "json_object"}
        return asked

    def known(self, messages: prompt.Messages) -> Kept | None:
        """The answer that was given before to these messages, in whatever form it was asked for."""
        return self.answers.get(self._key(messages))

    def keep(self, messages: prompt.Messages, answer: Kept) -> None:
        self.answers.put(self._key(messages), answer)

    def _key(self, messages: prompt.Messages) -> str:
        question = self.question(messages)
        question.pop("response_format", None)  # the form does not change what was read
        return key(question)

    def ask(self, messages: prompt.Messages, name: str) -> Kept:
        """The model's answer. ``name`` is the report's, for errors.

        Raises:
            ReaderFault: the endpoint cannot be asked, or no money is left.
            Refused: the model does not read this report.
            TooLong: it is too long for the model.
            InputError: there is no answer after all tries.
        """
        if self.fault is not None:
            raise self.fault
        why = "no answer"
        tried = 0
        while tried < self.settings.tries:
            sent = sum(tokens(message["content"]) for message in messages)
            self.meter.may_spend(sent)
            self._pace()
            wait: float | None = None
            try:
                answer = self.fetcher.ask(self.url, json.dumps(self.question(messages)).encode(), self._head())
            except Unanswered as error:
                why = error.why
                if "refused" not in why.lower() and "no such host" not in why.lower():
                    self.meter.lost(sent)  # what is not received may have been answered, and be paid for
                else:
                    mend = f"start it, or mend the address of {self.name} in standoff.toml"
                    if tried + 1 >= self.settings.tries:
                        raise ReaderFault(f"reader {self.name!r} at {self.settings.address}", why, mend) from None
            except InputError as error:
                if "larger than" in error.why or "grows more than" in error.why:
                    raise InputError(
                        name, f"{self.name} answered without end ({error.why})", "try another model"
                    ) from None
                if "packed" in error.why or "gzip" in error.why:
                    raise InputError(name, f"{self.name} {error.why}", "ask another endpoint") from None
                raise ReaderFault(
                    f"reader {self.name!r}", f"{error.what}: {error.why}", "mend its address in standoff.toml"
                ) from None
            else:
                if answer.status == 200:
                    taken = self._taken(answer, name, sent)
                    if taken is not None:
                        return taken
                    why = "an answer that is none of an OpenAI-compatible endpoint"
                elif self._weaker(answer):
                    continue  # asked again at once in a form that it knows: no failure
                else:
                    why = self._status(answer, name)
                    wait = _retry_after(answer.headers)
            tried += 1
            if tried < self.settings.tries:
                pause = min(LONGEST_WAIT, 2.0 ** (tried - 1)) * (0.75 + 0.5 * self.chance())
                pause = min(LONGEST_WAIT, max(pause, wait or 0.0))
                self.tell(
                    f"{name}: {self.name}: {why}; asked again in {pause:.0f} seconds, try {tried + 1} of {self.settings.tries}"
                )
                self.sleep(pause)
        raise InputError(
            name,
            f"{self.name} gave no answer in {tried} {'try' if tried == 1 else 'tries'} ({why})",
            "try again later: what was answered is kept",
        )

    # -- the way there -------------------------------------------------------------------------------------------------

    def _head(self) -> dict[str, str]:
        if not self.settings.key:
            return {}
        secret = os.environ.get(self.settings.key, "")
        if not secret:
            why = f"its key is not in the environment variable {self.settings.key}"
            raise ReaderFault(f"reader {self.name!r}", why, f"set {self.settings.key}")
        if not re.fullmatch(r"[\x21-\x7e]+", secret):
            why = f"what is in {self.settings.key} cannot be a key"
            raise ReaderFault(f"reader {self.name!r}", why, "give the key alone, without spaces or line ends")
        return {"Authorization": f"Bearer {secret}"}

    def _pace(self) -> None:
        if self.settings.a_minute:
            wait = self._next - self.clock()
            if wait > 0:
                self.sleep(wait)
            self._next = max(self._next, self.clock()) + 60 / self.settings.a_minute

    # -- what came back ------------------------------------------------------------------------------------------------

    def _taken(self, answer: Answer, name: str, sent: int) -> Kept | None:
        """The model's words; None where the answer is not what such an endpoint answers. ``sent`` is for one that does not count."""
        try:
            body = json.loads(answer.body)
            choice = body["choices"][0]
            message = choice["message"]
            text = message.get("content")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            return None
        finish = _words(choice.get("finish_reason"))
        finish = finish if finish in ENDS else "stop"
        used = body.get("usage") if isinstance(body.get("usage"), dict) else {}
        text = self._without_key(_words(text))
        tokens_in = _count(used.get("prompt_tokens"), sent)
        tokens_out = _count(used.get("completion_tokens"), tokens(text))
        self.meter.took(tokens_in, tokens_out)
        if message.get("refusal") or finish == "content_filter":
            raise Refused(name, f"{self.name} refused to read it", "read it with standoff, or with another model")
        if not text.strip() and finish == "length":
            raise TooLong
        return Kept(text, tokens_in, tokens_out, finish, now().replace(microsecond=0).isoformat())

    def _weaker(self, answer: Answer) -> bool:
        """Whether the endpoint does not know the form that was asked for; the next one is then used from here on."""
        if answer.status not in (400, 404, 415, 422, 501) or self._format + 1 >= len(FORMATS):
            return False
        said = answer.body[:20_000].decode("utf-8", "replace").lower()
        if not any(word in said for word in ("response_format", "json_schema", "json_object", "schema", "grammar")):
            return False
        self._format += 1
        return True

    def _status(self, answer: Answer, name: str) -> str:
        """What a status says, where another try may do better.

        Raises:
            ReaderFault, Refused, TooLong: no other try would.
        """
        status = answer.status
        what = f"reader {self.name!r} at {self.settings.address}"
        said = answer.body[:20_000].decode("utf-8", "replace")
        if status in (401, 403):
            raise ReaderFault(
                what, f"refuses the key (status {status})", f"check {self.settings.key or 'whether it asks for a key'}"
            )
        if status == 402 or "insufficient_quota" in said:
            raise ReaderFault(what, "no credit is left there", "top it up: what was answered is kept and costs nothing")
        if status in (408, 409, 425, 429) or status >= 500:
            return f"status {status}"
        if 300 <= status < 400:
            raise ReaderFault(
                what, "sends on to another address, which is not followed", "name the address that answers"
            )
        if status == 404:
            why = f"knows no {PATH}, or no model {self.settings.model!r}"
            raise ReaderFault(what, why, "check address (up to /v1) and model")
        if status == 413 or re.search(
            r"context.{0,20}(length|window|size)|too (long|large|many tokens)|n_ctx", said, re.IGNORECASE
        ):
            raise TooLong
        raise ReaderFault(
            what, f"does not take the question (status {status}): {self._shown(said)}", "see its options in the guide"
        )

    def _without_key(self, said: str) -> str:
        """Words of an endpoint, which may repeat what was sent to it."""
        secret = os.environ.get(self.settings.key, "") if self.settings.key else ""
        return said.replace(secret, "…") if secret else said

    def _shown(self, said: str) -> str:
        """What an endpoint says of itself, short, and without anything that could be the key."""
        try:
            body = json.loads(said)
            fault = body.get("error", body) if isinstance(body, dict) else ""
            said = str(fault.get("message", fault)) if isinstance(fault, dict) else str(fault)
        except (ValueError, RecursionError):
            pass
        said = self._without_key(said)
        said = re.sub(r"\S{24,}|\b(?:sk|pk|key|tok)-\S+", "…", said)
        return " ".join(said.split())[:160] or "no reason given"


def _words(content: object) -> str:
    """What a message says: a text, or the pieces of one. Half a character is none."""
    if isinstance(content, list):
        content = "".join(one["text"] for one in content if isinstance(one, dict) and isinstance(one.get("text"), str))
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""


def way(name: str, settings: ReaderSettings, *, offline: bool, proxy: str, log: Path | None) -> Fetcher:
    """The way to one endpoint, and to nothing else.

    Raises:
        SettingsError: its address is none, or not one that may be asked so.
    """
    what = f"address of reader {name!r}"
    try:
        target = address.parse(settings.address)
    except ValueError as error:
        raise SettingsError(what, str(error), "write it as http://127.0.0.1:8080/v1") from None
    if "?" in target.path:
        raise SettingsError(what, "has a query", "write the address alone; the key goes into an environment variable")
    named = _named_inner(target.host)
    inner = named or settings.private
    if settings.key and target.scheme == "http" and not inner:
        raise SettingsError(what, "would take the key in the clear", "use its https address")
    if offline and not (named and _loopback(target.host)):
        raise SettingsError(
            f"reader {name!r}", "this run is offline, and it is not on this machine", "leave out --offline"
        )
    seconds = settings.seconds
    return Fetcher(
        proxy=proxy or None if not inner else None,
        log=log,
        limits=Limits(bytes=LARGEST, connect=seconds, total=seconds),
        only=origin(target),
        inner=inner,
    )


def tokens(text: str) -> int:
    """About how many tokens a text is: four letters of a Latin one, fewer of others.

    >>> tokens("Rebels attacked the town."), tokens("Повстанцы атаковали город.")
    (7, 13)
    """
    latin = sum(c.isascii() for c in text)
    return -(-latin // 4) + -(-(len(text) - latin) // 2)


def _count(given: object, about: int) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 10**9 else about


def _named_inner(host: str) -> bool:
    """Whether an address itself says that it is of this machine or of a private network."""
    try:
        found = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return found.is_loopback or is_private(found)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that an endpoint asks to wait."""
    given = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,6}(?:\.\d+)?", given):
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
