"""Reconciling: which claims tell of one happening, what each party holds on every question, and where accounts part.

The way of a claim, a module a step:

``known``      what one report says of a group's name holds in the others
``facts``      what it is compared by: kind of act, day, place, sides, words
``blocks``     which claims it is compared with; ``pairs`` how likely two are one happening (``linking.json``)
``incidents``  groups by average linkage, under what people decided
``counting``   which figures count the same losses, and which of them cannot both hold (``counting.json``)
``clash``      how likely two accounts cannot both hold (``clash.json``)
``judging``    how likely what is so found is a dispute that an editor would print (``judging.json``)
``scene``      an incident laid out: its claims in the order of telling, and who holds each
``questions``  what it asks, a line a party across all reports, and the disputes: questions on which two lines part
``soundness``  how likely an incident is one happening, of the kind that its headline says (``soundness.json``)
``placing``    where an incident was, of the places that its claims name (``placing.json``)
``titles``     headlines and questions in words
``accounts``   the same by party; ``voices`` who reprints whom; ``policies`` figures by a convention; ``dossier`` all of one incident

>>> from standoff.reconcile import reconcile
>>> found = reconcile(claims, documents)          # doctest: +SKIP
>>> found.incidents[0].title                      # doctest: +SKIP
'Sudanese air strike on Kulbarra, 9 October 2017'
>>> [(q.text, [(line.party, line.value) for line in q.lines]) for q in found.questions]   # doctest: +SKIP
>>> [(d.question, d.title, d.state) for d in found.standing]                              # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.model import Claim, Decision, Document, Doing, HandLink, Reconciliation
from standoff.reconcile import accounts, facts, incidents, known, questions, voices
from standoff.reconcile.pairs import Weights
from standoff.reconcile.scene import Archive, Scene, scenes


def reconcile(
    claims: Sequence[Claim],
    documents: Sequence[Document] = (),
    hand: Sequence[HandLink] = (),
    decided: Sequence[Decision] = (),
) -> Reconciliation:
    """Link, ask, draw accounts and find disputes. Pure: the same claims in any order give the same result."""
    claims = known.everywhere(claims)
    by_id = {c.id: c for c in claims}
    drawn = facts.of_claims(claims, documents)
    linked = incidents.link(claims, documents, hand, decided, drawn)
    origins = voices.of_claims(claims, documents)
    archive = Archive.of(claims, documents, origins, Weights(drawn.values()))
    laid_out = scenes(linked, by_id, drawn, archive)
    titled = tuple(
        replace(
            scene.incident,
            title=_named(scene, decided) or scene.title,
            place=scene.heading.place,
            likely=1.0 if _by_hand(scene, decided) else scene.sound,
        )
        for scene in laid_out
    )
    asked, disputes = questions.ask(laid_out, by_id, drawn, archive, decided)
    return Reconciliation(titled, accounts.draw(titled, by_id, documents, origins), disputes, asked)


def _named(scene: Scene, decided: Sequence[Decision]) -> str:
    """The name that a person gave last to the incident of most of the same claims."""
    latest = next(_about(scene, decided, Doing.NAME), None)
    return latest.words if latest else ""


def _by_hand(scene: Scene, decided: Sequence[Decision]) -> bool:
    """Whether a person made it of most of its claims, or named it."""
    return any(_about(scene, decided, Doing.NAME, Doing.TOGETHER))


def _about(scene: Scene, decided: Sequence[Decision], *doing: Doing) -> Iterator[Decision]:
    """What stands of what people decided about most of the same claims, the latest first."""
    held = set(scene.incident.claims)
    for one in sorted((d for d in decided if d.doing in doing and d.undone is None), key=lambda d: -d.number):
        if 2 * len(held & set(one.claims)) > len(one.claims):
            yield one
