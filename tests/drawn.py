"""A PDF of one or more pages, each drawn by a stream of a test's own."""

from __future__ import annotations


def pdf(*streams: str, maps: str | None = None) -> bytes:
    """Pages 595 by 842 with Helvetica as F1; ``maps`` says what its codes mean (a ToUnicode map)."""
    first = 4 if maps is None else 5
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding{' /ToUnicode 4 0 R' if maps else ''} >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>", font]
    if maps is not None:
        objects.append(_stream(maps))
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(stream))
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def at(x: float, y: float, words: str, size: float = 11) -> str:
    """Words at a place of the page."""
    shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({shown}) Tj ET\n"


def lines(*told: str, x: float = 60, y: float = 780, step: float = 14, size: float = 11) -> str:
    return "".join(at(x, y - step * number, line, size) for number, line in enumerate(told))


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"
