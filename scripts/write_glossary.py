"""Write docs/glossary.md from the words of the interface (lexicon/interface.toml): python scripts/write_glossary.py"""

from __future__ import annotations

from pathlib import Path

from standoff import lexicon

KINDS = {
    "event": "What happened",
    "mode": "In which way",
    "loss": "What became of people and things",
    "firmness": "How firmly it is told",
    "dispute": "What accounts part on",
    "state": "How a dispute stands",
    "review": "What a person made of a claim",
    "part": "Parts of a claim",
    "sector": "Parts of a state",
}
TERMS = (
    ("report", "one text of one outlet, kept as it was found"),
    ("claim", "one thing that a report tells, with who says so and the words that say it"),
    ("account", "what one party holds, drawn from all reports; an outlet's own words are an account too"),
    ("incident", "the claims that tell of one happening, under one headline"),
    ("question", "what an incident asks: did it happen, who, to whom, how many … with a line for each account"),
    ("dispute", "a question on which two accounts part"),
    ("independent origin", "reports that repeat one another count as one"),
    ("brief", "one page on all of it: agreed, disputed, how figures moved, not known, who copies whom"),
    ("figure", "a number that an account gives, with what it counts and its bound: at least, up to, about"),
)
TARGET = Path(__file__).parent.parent / "docs" / "glossary.md"


def text() -> str:
    """The page: our own terms, then the words that stand for each code of the records."""
    lines = [
        "# Glossary",
        "",
        "The words of the pages and tables, and no others.",
        "",
        "| word | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| {word} | {meaning} |" for word, meaning in TERMS]
    lines += ["", "Records and files hold codes; pages and tables hold these words in their place. The list is", ""]
    lines[-2] += " `lexicon/interface.toml`."
    for kind, heading in KINDS.items():
        lines += [f"## {heading}", "", "| word | in records | example |", "| --- | --- | --- |"]
        lines += [f"| {e['label']} | `{e['code']}` | {e['example']} |" for e in lexicon.load("interface")[kind]]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
