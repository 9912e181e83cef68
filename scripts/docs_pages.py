"""Pages of the documentation that are written from the code: the commands, the codebook. A hook of MkDocs (mkdocs.yml)."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

from standoff import ontology
from standoff.lexicon import load


def on_files(files: Files, config: Any) -> Files:
    """Add what is generated."""
    for path, text in (("reference/commands.md", commands()), ("reference/codebook.md", codebook())):
        files.append(File.generated(config, path, content=text))
    return files


def commands() -> str:
    """Every command with its arguments and options, as the program declares them."""
    import typer.main

    from standoff.cli import app

    group: Any = typer.main.get_command(app)
    lines = ["# Commands", "", *_paragraphs(group.help), ""]
    for name, command in sorted(group.commands.items()):
        lines += _command(f"standoff {name}", command)
        for sub, inner in sorted(getattr(command, "commands", {}).items()):
            lines += _command(f"standoff {name} {sub}", inner)
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any) -> list[str]:
    lines = [f"## {name}", "", *_paragraphs(command.help), ""]
    rows = []
    for param in command.params:
        if param.name == "help" or getattr(param, "hidden", False):
            continue
        shown = (param.metavar or param.name.upper()) if param.param_type_name == "argument" else ", ".join(param.opts)
        if param.param_type_name == "option" and not param.is_flag:
            shown += " " + (param.metavar or "TEXT")
        default = "" if param.default in (None, False, "") or callable(param.default) else f" ({param.default})"
        rows.append(f"| `{shown}` | {(getattr(param, 'help', None) or '').replace('|', '/')}{default} |")
    return [*lines, *(["| | |", "| --- | --- |", *rows, ""] if rows else [])]


def _paragraphs(text: str | None) -> list[str]:
    return (text or "").replace("\b", "").strip().split("\n")


def codebook() -> str:
    """Every type of event: what it is, its ways, an example, and the words it is recognised by."""
    verbs = _recognised()
    lines = [
        "# Codebook",
        "",
        "Claims are coded by [PLOVER](https://github.com/openeventdata/PLOVER), in our words. A type has a quad class and a score",
        "from -10 (conflict) to 10 (cooperation); a mode of it can have its own. Where PLOVER's manual contradicts itself the choice",
        "is in [PLOVER](../decisions/002-plover.md). The words are those of the lexicon; a rule decides in its sentence whether they",
        "carry the event.",
        "",
    ]
    for code, kind in ontology.event_types().items():
        lines += [f"## {code}", "", kind.description, "", f"*{kind.example}*", ""]
        quad = ("", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")[kind.quad]
        lines += [f"Quad class {kind.quad}, {quad}; score {kind.score:g}."]
        if kind.note:
            lines += ["", kind.note]
        if words := sorted(verbs.get(code, ())):
            lines += ["", f"Recognised by: {', '.join(words)}."]
        if kind.modes:
            lines += ["", "| mode | score | |", "| --- | ---: | --- |"]
            for mode in kind.modes.values():
                score = "" if mode.score is None else f"{mode.score:g}"
                lines.append(f"| {mode.code} | {score} | {mode.description} *{mode.example}* |")
        lines.append("")
    lines += ["## Auxiliary modes", "", "| | |", "| --- | --- |"]
    lines += [
        "| negation | its own source says that it did not happen |",
        "| historical | background, not this news |",
        "| future | still to come, announced |",
        "| hypothetical | only under a condition, or as a threat |",
        "| attempted | tried, foiled, repelled or failed |",
    ]
    for title, terms in (("Contexts", ontology.contexts()), ("Sectors", ontology.sectors())):
        lines += ["", f"## {title}", "", "| | |", "| --- | --- |"]
        lines += [f"| {code} | {term.description} |" for code, term in terms.items()]
    return "\n".join(lines) + "\n"


def _recognised() -> dict[str, set[str]]:
    """Verbs and nouns of the lexicon by the type that they carry."""
    found: dict[str, set[str]] = {}
    for entry in load("frames")["frame"]:
        for verb in entry.get("verbs", ()):
            found.setdefault(entry["event"], set()).add(verb)
    for entry in load("event_nouns")["noun"]:
        for noun in entry.get("words", ()):
            found.setdefault(entry["event"], set()).add(noun)
    return found
