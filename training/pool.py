"""The free texts that were coded: sentences of the Causal News Corpus (CC0), official statements of re3d (public domain, OGL 3.0,
CC BY 3.0 AU), Wikinews reports of GUM (CC BY 2.5), items of Wikipedia's portal of current events (CC BY-SA 4.0), and news reports of
MUC-3 (public domain; CC0).

    python -m training.pool --cnc CausalNewsCorpus --re3d re3d --gum gum --events current-events-context --muc muc3 --out pool.json

Each argument is a checkout of the public repository of that name (tanfiona/CausalNewsCorpus, dstl/re3d, amir-zeldes/gum,
ianrastall/current-events-context, dstl/muc3); one that is not given is left out. The texts
stay out of this repository; codes name them by id and sentence. Sentence ends are those of ``sentences.json``, so that codes hold
whichever parser is installed.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from standoff.language import casing

_HERE = Path(__file__).parent
RE3D = {
    "centcom": "CENTCOM", "state": "US State Department", "ukgov": "UK Government",
    "dfat": "Australian Department of Foreign Affairs", "eeas": "Delegation of the European Union to Syria",
}  # fmt: skip
"""re3d's parts whose licence lets weights be shipped; its BBC part is non-commercial and left out."""


def cnc(folder: Path) -> Iterator[tuple[str, str]]:
    """Sentences of the corpus, put together again from their words."""
    for path in ("data/V2/train_subtask1.csv", "data/V2/dev_subtask1.csv", "data/V1/test_subtask1_text.csv"):
        with (folder / path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                text = _joined(row["text"])
                if len(text) >= 40:
                    yield "cnc-" + row["index"].replace("_", "-"), text


def _joined(text: str) -> str:
    text = re.sub(r"\s+([,.;:?!%)\]])", r"\1", text)
    text = re.sub(r"([(\[$£€#])\s+", r"\1", text)
    text = re.sub(r"\s+(n't|'s|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = re.sub(r"(\w)\s+'(\s|$)", r"\1'\2", text)
    joined, opens = "", True
    for piece in re.split(r'(")', text):
        if piece == '"':
            joined = joined + '"' if opens else joined.rstrip() + '"'
            opens = not opens
        else:
            joined += piece.lstrip() if not opens else piece
    return re.sub(r"\s+", " ", re.sub(r"(\w) - (\w)", r"\1-\2", joined)).strip()


def re3d(folder: Path) -> Iterator[tuple[str, str]]:
    for name, part in RE3D.items():
        for number, line in enumerate((folder / part / "documents.json").read_text(encoding="utf-8").splitlines()):
            if line.strip():
                told = json.loads(line)
                yield f"re3d-{name}-{number:02d}", told["title"].strip() + "\n\n" + told["text"].strip()


def gum(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "dep").glob("*.conllu")):
        name = path.stem.removeprefix("GUM_")
        if name.split("_")[0] not in {"news", "speech", "interview"}:
            continue
        text = ""
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            if found := re.search(r"^# text = (.*)$", block, re.MULTILINE):
                text += ("\n\n" if "# newpar" in block and text else " " if text else "") + found.group(1)
        yield "gum-" + name.replace("_", "-"), text


ASIDE = re.compile(r"sport|disaster|business|art|science|health", re.IGNORECASE)
"""Rubrics of the portal that were not coded."""
OUTLET = re.compile(r"\s*\([^()]{1,80}\)[\s,;.]*$")
WIRE = re.compile(r"\s*\((?:Reuters|AP|AFP|BBC[^()]*|CNN[^()]*|Al Jazeera[^()]*)\)")


def events(folder: Path) -> Iterator[tuple[str, str]]:
    """Items of the portal, a paragraph each, without the outlets in brackets that end them."""
    for path in sorted(folder.glob("[0-9]*/[0-9]*/*.yaml")):
        try:
            told = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        except yaml.YAMLError:  # a day or two is no YAML
            continue
        number, payload = 0, told.get("Intelligence_Payload")
        for rubric, items in payload.items() if isinstance(payload, dict) else ():
            if not isinstance(items, list) or ASIDE.search(str(rubric)):
                continue
            for item in items:
                number += 1
                if isinstance(item, str):
                    yield f"wce-{path.stem}-{number:02d}", unicodedata.normalize("NFC", _without_outlets(item))


def _without_outlets(item: str) -> str:
    text = " ".join(item.split())
    while found := OUTLET.search(text):
        text = text[: found.start()].rstrip()
    return WIRE.sub("", text if text.endswith((".", '"', "”")) else text + ".")


NOTE = re.compile(
    r"\[(?:TEXT|ARTICLE|REPORT|EXCERPTS?|PASSAGE OMITTED|SPEECH|COMMUNIQUE|COMMENTARY|EDITORIAL)[^\]]*\]\s*"
)
"""The agency's notes of what a text is."""


def muc(folder: Path) -> Iterator[tuple[str, str]]:
    """News reports, which the corpus has in capitals alone, as they would be printed."""
    for path in sorted(folder.glob("*/*.xhtml")):
        body = path.read_text(encoding="utf-8").partition("<body>")[2]
        paragraphs = [
            " ".join(html.unescape(re.sub(r"<[^>]+>", "", p)).split())
            for p in re.findall(r"<p>(.*?)</p>", body, re.DOTALL)
        ]
        told = [p for p in paragraphs if p]
        if told and told[0].startswith(("DEV-", "TST")):
            del told[0]
        name = re.sub(r"\W+", "-", path.stem.lower().replace("muc3-", ""))
        yield f"muc3-{name}", casing.as_printed(NOTE.sub("", "\n\n".join(told)).strip())


READS = {"cnc": cnc, "re3d": re3d, "gum": gum, "events": events, "muc": muc}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in READS:
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sentences = json.loads((_HERE / "labels" / "sentences.json").read_text(encoding="utf-8"))
    shown = json.loads((_HERE / "labels" / "shown.json").read_text(encoding="utf-8"))
    texts: dict[str, dict[str, object]] = {}
    held = (told for name, reads in READS.items() if (folder := getattr(given, name)) for told in reads(folder))
    for name, text in held:
        if name in sentences and name not in texts:
            texts[name] = {"text": text, "sents": sentences[name]}
            if name in shown:
                texts[name]["shown"] = shown[name]
    given.out.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    print(len(texts), "texts of", len(sentences))


if __name__ == "__main__":
    main()
