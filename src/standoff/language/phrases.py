"""Names of the lexicon, found word for word.

A name is compiled when a text first has a word that begins as it does: of ten thousand forms a report has some tens, and to compile
all of them took a third of the time in which a command starts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from standoff.language.remembered import KEPT

_BEGINNING = re.compile(r"\w*")


class Phrases:
    """Finds phrases, each under a name of its own or one that it shares. One per pipeline: they are cut by its tokenizer."""

    def __init__(self, nlp: Language, phrases: Iterable[tuple[str, str]]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._tokenizer = nlp.tokenizer
        self._left: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """What is not compiled yet, by how its first word begins: each its name and its text."""
        self._seen: set[int] = set()
        """Words that texts had: what begins as they do is compiled."""
        for name, text in phrases:
            self._left[beginning(text)].append((name, text))

    def __call__(self, doc: Doc) -> list[tuple[str, int, int]]:
        """The name of each phrase found, and its first token and the one after its last."""
        new = set(doc.to_array(ORTH).tolist()) - self._seen
        for start in sorted({"", *(beginning(doc.vocab.strings[word]) for word in new)} & self._left.keys()):
            for name, text in self._left[start]:
                self._matcher.add(name, [self._tokenizer(text)])
            del self._left[start]
        if len(self._seen) >= KEPT:
            self._seen.clear()
        self._seen |= new
        return [(doc.vocab.strings[key], start, end) for key, start, end in self._matcher(doc)]


def beginning(text: str) -> str:
    """The letters and digits that a text begins with; the first of its words begins with no others.

    >>> beginning("al-Qaeda in the Islamic Maghreb"), beginning("U.S."), beginning("'Ndrangheta")
    ('al', 'U', '')
    """
    found = _BEGINNING.match(text)
    return found[0] if found else ""
