"""A PDF of pictures: its text as tesseract reads it, where that is installed. In the child, with a longer clock."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from standoff.errors import InputError
from standoff.ingest import pdf

_DOTS = 200
"""Dots an inch, at which tesseract reads print well."""
_SECONDS = 60


def pages(data: bytes) -> dict[str, Any]:
    """The text of the first pages. Runs in the child.

    Raises:
        InputError: tesseract finds no text either, or fails.
    """
    document = pdf.opened(data)
    count = len(document)
    texts = []
    for number in range(min(count, pdf.MAX_SCANNED)):
        picture = document[number].render(scale=_DOTS / 72, grayscale=True)
        rows = bytes(picture.buffer)
        lines = b"".join(
            rows[at * picture.stride : at * picture.stride + picture.width] for at in range(picture.height)
        )
        texts.append(_read(b"P5 %d %d 255\n" % (picture.width, picture.height) + lines))
    text = "\n\n".join(texts)
    if not any(character.isalpha() for character in text):
        raise InputError("", "a PDF without text, only pictures of it", "run it through OCR first: ocrmypdf FILE OUT")
    left = ["read from pictures by tesseract, which can misread figures"]
    if count > pdf.MAX_SCANNED:
        left.append(f"pages {pdf.MAX_SCANNED + 1} to {count} left out")
    return {"text": text, "left": left, "method": f"tesseract {_version()}"}


def _read(picture: bytes) -> str:
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng"],  # noqa: S607
            input=picture,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise InputError("", f"a PDF without text, and tesseract failed on it ({error})"[:200], "save its text as .txt") from None  # fmt: skip
    return done.stdout.decode("utf-8", "replace").replace("\f", "\n\n")


def _version() -> str:
    told = subprocess.run(["tesseract", "--version"], capture_output=True, check=False)  # noqa: S607
    words = (told.stdout or told.stderr).decode("utf-8", "replace").split()
    return words[1] if len(words) > 1 else "of unknown version"
