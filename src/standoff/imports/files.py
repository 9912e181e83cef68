"""The text of a file that is taken back: a file of a disk, and no larger than a person's work can be."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import InputError

LARGEST = 256_000_000
"""Bytes."""


def text_of(path: Path, encoding: str = "utf-8") -> str:
    """The text of a file.

    Raises:
        InputError: there is none, it is a pipe or a device, which may never end, it is too large, or no UTF-8.
    """
    try:
        if not path.is_file():
            raise InputError(str(path), "no such file" if not path.exists() else "not a regular file", "check the file")
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), f"larger than {LARGEST // 1_000_000} MB", "import it in parts")
        return path.read_text(encoding=encoding)
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the file") from None
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"byte {error.start}: not UTF-8", "save it as UTF-8") from None
