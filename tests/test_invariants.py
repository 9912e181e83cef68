"""The invariants of the design, as properties over texts put together at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import standoff
from conftest import document
from standoff import lexicon
from standoff.model import Claim, Document

Coder = Callable[..., tuple[Claim, ...]]

EXAMPLES = (
    *(
        entry["example"]
        for name in ("frames", "event_nouns", "cues", "predicates")
        for table in lexicon.load(name).values()
        for entry in table
        if isinstance(entry, dict) and "example" in entry
    ),
    "Pakistan's information minister said 40 to 50 Indian soldiers were killed on Wednesday night.",
    "“We will answer,” he said. “Nobody should doubt it.”",
    "Dozens of people were killed in Aleppo last week, according to the Syrian Observatory for Human Rights.",
    "The army, the ministry said, had shot down at least 12 drones near Odesa – and lost none.",
    "Ten fighters were captured in Hodeidah on 3 May 2019, the Houthis claimed, a figure Saudi Arabia denied.",
    "Naïve café-goers in Türkiye told Reuters that “the regime’s” jets hit a café 😀 at 06:30.",
)
PIECES = st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=5)
GAPS = st.sampled_from([" ", "\n", "\n\n", "  ", " \u00a0", "\t"])
NOISE = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def reports(draw: st.DrawFn) -> str:
    pieces, gap = draw(PIECES), draw(GAPS)
    return gap.join([draw(NOISE), *pieces, draw(NOISE)])


@SETTINGS
@given(text=reports(), published=st.none() | st.dates(date(1985, 1, 1), date(2026, 1, 1)))
def test_every_value_traces_to_its_characters(code: Coder, text: str, published: date | None) -> None:
    """Invariant 1: ``text[start:end]`` is the quoted text, for every value of every claim."""
    for claim in code(text, published):
        assert claim.span.of(text) == claim.text
        assert claim.trigger.span.of(text) == claim.trigger.text
        for mention in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources)):
            assert mention.span.of(text) == mention.text
            assert mention.text.strip()
        for source in claim.sources:
            assert source.cue_span is None or source.cue_span.of(text) == source.cue
        for count in claim.counts:
            assert count.span.of(text) == count.text
        if claim.when is not None:
            assert claim.when.span.of(text) == claim.when.text
        if claim.where is not None:
            assert claim.where.span.of(text) == claim.where.text


@SETTINGS
@given(text=reports())
def test_unknown_stays_unknown(code: Coder, text: str) -> None:
    """Invariant 3: without a publication date no relative day is resolved; no figure that the text does not carry."""
    for claim in code(text, None):
        if claim.when is not None and claim.when.start is not None:
            assert re.search(r"\d{4}", claim.when.text)
        for count in claim.counts:
            if count.low is None:
                assert count.high is None
                assert count.best is None
            elif count.low > 20:
                assert re.search(r"\d|hundred|thousand|million|twenty|thirty|forty|fifty|dozen", count.text)


@SETTINGS
@given(text=reports(), other=reports())
def test_the_same_input_gives_the_same_output(code: Coder, text: str, other: str) -> None:
    """Invariant 4: whatever was read before, and in whatever order."""
    first = code(text, date(2024, 5, 6))
    code(other, None)
    assert code(text, date(2024, 5, 6)) == first


@SETTINGS
@given(texts=st.lists(reports(), min_size=2, max_size=3, unique=True), seed=st.integers(0, 99))
def test_reconciling_does_not_depend_on_order(code: Coder, texts: list[str], seed: int) -> None:
    """Invariants 2 and 4: links are the same for claims in any order, and no claim is changed or lost."""
    documents: list[Document] = [document(text, f"d{i}", date(2024, 5, 6)) for i, text in enumerate(texts)]
    claims = [claim for doc in documents for claim in code(doc.text, doc.published, doc.id)]
    shuffled = list(claims)
    random.Random(seed).shuffle(shuffled)
    result = standoff.reconcile(claims, documents)
    assert standoff.reconcile(shuffled, documents[::-1]) == result
    known = {claim.id for claim in claims}
    assert len(known) == len(claims)
    assert {key for incident in result.incidents for key in incident.claims} <= known
    assert {key for d in result.disputes for p in d.positions for key in p.claims} <= known
