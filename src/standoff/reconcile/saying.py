"""What an account holds, as one line: the claim that says it most wholly, worded as a statement or as a denial."""

from __future__ import annotations

import re
from functools import cache

from standoff import acts, lexicon
from standoff.model import AuxMode, Claim
from standoff.reconcile.told import found, marking

_JOINED = re.compile(r"^(?:while|and|but|as|when) ")
MOST = 90
"""Characters of a line."""


def gist(*claims: Claim, most: int = MOST) -> str:
    """What claims of one account say, in the words of the first that is a whole clause; else told by who does what to whom.

    A denial is worded as one: who denies is never given the clause that is denied.
    """
    whole = next((claim for claim in claims if _whole(claim)), claims[0])
    words = _spoken(whole) or (_plain(whole) if _whole(whole) else _told(whole))
    return cut(words.rstrip("."), most)


def cut(words: str, most: int = MOST) -> str:
    """The words, where they are too long ended at a clause if one ends late enough, else at a word.

    >>> cut("Forces fired cluster munitions at Barda on 28 October, killing at least 21 civilians", 70)
    'Forces fired cluster munitions at Barda on 28 October'
    """
    if len(words) <= most:
        return words
    begun = words[: most + 1]
    clause = max(begun.rfind(mark) for mark in (", ", "; ", ": ", " – ", " — "))
    if 2 * clause >= most:
        return begun[:clause]
    return begun[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _spoken(claim: Claim) -> str:
    """A denial or an accusation in the present tense, without who speaks: "denies that it had fired"; empty for what is neither."""
    words, cue = _plain(claim), claim.sources[-1].cue.lower() if claim.sources else ""
    if claim.event == "REJECT" and not claim.sources and AuxMode.FUTURE not in claim.aux:
        return _denied(claim)
    if claim.event == "ACCUSE" and not claim.sources:
        return _accused(claim)
    if cue in _table("accusing"):
        return f"{_table('accusing')[cue]} {words}" if re.search(r"\w of \w", words) else ""
    if AuxMode.NEGATION not in claim.aux:
        return ""
    if cue in _table("denying"):
        return f"{_table('denying')[cue]} that {words}"
    if found("denies", words) or not claim.sources:
        return ""
    return f"denies that {words}" if claim.text.startswith("that ") else f"denies it: {words}"


def _denied(claim: Claim) -> str:
    """What a speech act of denial denies, from its verb on."""
    at = claim.trigger.span.start - claim.span.start
    says = _table("denying").get(claim.trigger.text.lower())
    if says is None or at < 0:
        return ""
    after = " ".join(claim.text[at + len(claim.trigger.text) :].split())
    told = re.search(r"\bthat\b.+", after)
    what = told[0] if told and len(after[: told.start()].split()) <= 4 else after
    return f"{says} it" if not what or what.startswith(("by ", ",")) else f"{says} {what}"


def _accused(claim: Claim) -> str:
    """Whom a speech act accuses of what, from its verb on; empty where the verb stands last."""
    at = claim.trigger.span.start - claim.span.start
    says = _table("accusing").get(claim.trigger.text.lower())
    after = " ".join(claim.text[at + len(claim.trigger.text) :].split()) if at >= 0 else ""
    after = marking("reciprocal").sub("the other side", after)  # of two, one is told of here
    return f"{says} {after}" if says and len(after.split()) > 2 else ""


def _plain(claim: Claim) -> str:
    """Its words without what ties them to "said", a dateline, or the name of the site behind a headline."""
    words = " ".join(claim.text.split()).removeprefix("that ").partition(" | ")[0]
    for pattern in _patterns("dateline"):
        begun = pattern.match(words)
        if begun and not any(begun[0].strip() in m.text for m in (*claim.actors, *claim.recipients)):
            words = words[begun.end() :]
    if claim.event == "REJECT":
        words = _JOINED.sub("", words)
    words = words.strip(" ,;–—")
    return words.replace('"', "") if words.count('"') % 2 else words


def _whole(claim: Claim) -> bool:
    """Whether the words can stand alone: they name who or what before they say what became of it."""
    words = _plain(claim)
    if claim.event == "REJECT":
        return True
    if any(pattern.search(words) for pattern in _patterns("fragment")) or len(words.split()) < 3:
        return False
    before = claim.trigger.span.start - claim.span.start
    named = claim.text[: max(0, before)].removeprefix("that ").strip()
    return bool(named) or words[:1].isupper()


def _told(claim: Claim) -> str:
    """The claim by its roles; with nobody in it, its words after all."""
    if not (claim.actors or claim.recipients or claim.counts):
        return _plain(claim)
    return acts.words(claim)


@cache
def _table(kind: str) -> dict[str, str]:
    return {word: row["says"] for row in lexicon.load("told")[kind] for word in row["words"]}


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in lexicon.load("told")[kind])
