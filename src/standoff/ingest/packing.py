"""Bodies that came packed, unpacked with a limit: a few bytes of brotli or zstd can grow to gigabytes."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, BinaryIO

ZSTD = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The frame that a packed archive may begin with, with the words that its records have in common."""
_WINDOW = 128 << 20
_PIECE = 65_536


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """The bytes of a body, its packings taken off from the outermost; at most one more than ``most``.

    Raises:
        ValueError: it is packed in a way that is not known, is torn, or broken.
    """
    for packing in reversed([part.strip() for part in encoding.lower().split(",") if part.strip()]):
        body = _one(body, packing, most + 1)
    return body


def _one(body: bytes, packing: str, most: int) -> bytes:
    if packing in {"identity", "none", "utf-8"}:
        return body
    if packing in {"gzip", "x-gzip", "deflate"}:
        return _zlib(body, packing, most)
    if packing == "br":
        return _brotli(body, most)
    if packing == "zstd":
        return _zstd(body, most)
    raise ValueError(f"packed with {packing}, which is not read")


def _zlib(body: bytes, packing: str, most: int) -> bytes:
    if body[:2] == b"\x1f\x8b":
        wbits = 31
    elif packing != "deflate":
        return body  # it says that it is packed and is not: some archives take the packing off and leave the word
    else:
        wbits = (
            15 if body[:1] and (body[0] & 0x0F) == 8 and len(body) > 1 and (body[0] << 8 | body[1]) % 31 == 0 else -15
        )
    unpacker = zlib.decompressobj(wbits=wbits)
    try:
        found = unpacker.decompress(body, most)
    except zlib.error as error:
        raise ValueError(f"broken {packing} ({error})") from None
    if not unpacker.eof and len(found) < most:
        raise ValueError(f"cut off: the {packing} of it ends too soon")
    return found


def _brotli(body: bytes, most: int) -> bytes:
    import brotli

    unpacker, out = brotli.Decompressor(), bytearray()
    try:
        out += unpacker.process(body, output_buffer_limit=most)
        while len(out) < most and not unpacker.is_finished() and not unpacker.can_accept_more_data():
            out += unpacker.process(b"", output_buffer_limit=most - len(out))
    except brotli.error as error:
        if body.lstrip()[:1] == b"<":
            return body  # the packing was taken off
        raise ValueError(f"broken brotli ({error})") from None
    if len(out) < most and not unpacker.is_finished():
        raise ValueError("cut off: the brotli of it ends too soon")
    return bytes(out[:most])


def _zstd(body: bytes, most: int) -> bytes:
    import zstandard

    if not body.startswith(ZSTD):
        return body
    unpacker, out = zstandard.ZstdDecompressor(max_window_size=_WINDOW), bytearray()
    try:
        with unpacker.stream_reader(io.BytesIO(body), read_across_frames=True) as stream:
            while len(out) < most and (piece := stream.read(min(_PIECE, most - len(out)))):
                out += piece
    except zstandard.ZstdError as error:
        raise ValueError(f"broken zstd ({error})") from None
    if len(out) < most and not _ends(body):
        raise ValueError("cut off: the zstd of it ends too soon")
    return bytes(out)


def _ends(body: bytes) -> bool:
    import zstandard

    try:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        unpacker.decompress(body)
        return bool(unpacker.eof)
    except zstandard.ZstdError:
        return False


def zstd_archive(stream: BinaryIO) -> Any:
    """An archive that is packed as a whole or record by record, as a stream of its bytes.

    Raises:
        ValueError: its dictionary is broken.
    """
    import zstandard

    head = stream.read(8)
    known = None
    if head[:4] == _DICTIONARY:
        size = struct.unpack("<I", head[4:])[0]
        if size > 64 << 20:
            raise ValueError("a dictionary of more than 64 MB")
        words = stream.read(size)
        try:
            if words.startswith(ZSTD):
                words = zstandard.ZstdDecompressor().decompress(words, max_output_size=64 << 20)
            known = zstandard.ZstdCompressionDict(words)
        except zstandard.ZstdError as error:
            raise ValueError(f"a broken dictionary ({error})") from None
    else:
        stream.seek(0)
    return _Reader(zstandard.ZstdDecompressor(dict_data=known, max_window_size=_WINDOW).stream_reader(stream, read_across_frames=True))  # fmt: skip


class _Reader(io.RawIOBase):
    """What zstandard reads, with its faults as those of a stream."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        import zstandard

        try:
            data = self._inner.read(len(buffer))
        except zstandard.ZstdError as error:
            raise ValueError(f"broken zstd ({error})") from None
        buffer[: len(data)] = data
        return len(data)


class Gzip(io.RawIOBase):
    """The bytes of a gzip file, of one part or of many. Where it is torn, all before the tear are given first."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._rest = b""
        self._unpacker: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._rest = self._rest or self._packed.read(_PIECE)
            if self._unpacker is None:
                self._rest = self._rest.lstrip(b"\0")  # what fills a block up
                if not self._rest:
                    return 0
                self._unpacker = zlib.decompressobj(wbits=31)
            data = self._unpacker.decompress(self._rest, len(buffer))
            ended, taken = self._unpacker.eof, bool(self._rest)
            self._rest = self._unpacker.unused_data if ended else self._unpacker.unconsumed_tail
            if ended:
                self._unpacker = None
            if data:
                buffer[: len(data)] = data
                return len(data)
            if not ended and not taken:
                raise ValueError("the gzip of it ends too soon")


def is_zstd(head: bytes) -> bool:
    """Whether bytes are packed with zstd, with a dictionary in front or without."""
    return head.startswith((ZSTD, _DICTIONARY))
