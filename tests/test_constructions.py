"""Constructions of English news: who says who did what to whom, in every order and voice.

A row is a text and what must be read from it, one claim a line of the second field:

    SOURCE EVENT ACTOR>RECIPIENT [aux] [kind=low-high]

``-`` stands for the outlet's own voice, an empty side, or no recipient; ``*`` for anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import constructions
from standoff.model import Claim

Coder = Callable[..., tuple[Claim, ...]]

# The six sentences on which PETRARCH2 loses the speaker, the attack, the figure or the denial.
LOST_ELSEWHERE = [
    ("Indian troops attacked Pakistan, the Pakistani army said.", "PAK ASSAULT IND>PAK"),
    ("Pakistan said Indian troops attacked Pakistan.", "PAK ASSAULT IND>PAK"),
    ("According to Pakistan, Indian troops killed 26 civilians.", "PAK ASSAULT IND>* killed=26-26"),
    ("Pakistan claimed it shot down five Indian jets.", "PAK ASSAULT PAK>IND destroyed=5-5"),
    ("India denied that Indian troops attacked Pakistan.", "- REJECT IND>*\nIND ASSAULT IND>PAK negation"),
    ("Indian troops did not attack Pakistan.", "- ASSAULT IND>PAK negation"),
]

ATTRIBUTION = [
    ("Israeli jets bombed Damascus, Syria said.", "SYR ASSAULT ISR>SYR"),
    ("Syria says Israeli jets bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("Israeli jets, Syria said, bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("According to Syria, Israeli jets bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("Israeli jets bombed Damascus, according to Syria.", "SYR ASSAULT ISR>SYR"),
    ("Israeli jets bombed Damascus.", "- ASSAULT ISR>SYR"),
    ("In a statement, the Syrian foreign ministry said Israeli jets bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("A statement from the Syrian army said Israeli jets bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("“Israeli jets bombed Damascus,” the Syrian foreign ministry said.", "SYR ASSAULT ISR>SYR"),
    ('"Israeli jets bombed Damascus," said the Syrian foreign ministry.', "SYR ASSAULT ISR>SYR"),
    ("The Syrian army was quoted as saying that Israeli jets bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("Syria claimed that Israeli jets had bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("Syrian officials told Reuters that Israeli jets had bombed Damascus.", "SYR ASSAULT ISR>SYR"),
    ("The Ukrainian military said on Monday that Russian forces shelled Kharkiv.", "UKR ASSAULT RUS>UKR"),
    ("Russian forces shelled Kharkiv, the Ukrainian military said in a statement on Monday.", "UKR ASSAULT RUS>UKR"),
    ("Ukraine’s president, Volodymyr Zelenskyy, said Russian forces shelled Kharkiv.", "UKR ASSAULT RUS>UKR"),
    ("Russian missiles hit Odesa, Ukrainian officials said.", "UKR ASSAULT RUS>UKR"),
    ("Ukraine said its forces had attacked a Russian base.", "UKR ASSAULT UKR>RUS"),
    ("Ukraine said it had attacked a Russian base.", "UKR ASSAULT UKR>RUS"),
    ("Ukraine claimed to have attacked a Russian base.", "UKR ASSAULT UKR>RUS"),
    ("Armenia accused Azerbaijan of shelling Armenian villages.", "- ACCUSE ARM>AZE\nARM ASSAULT AZE>ARM"),
    ("Armenia blamed Azerbaijan for the attack.", "- ACCUSE ARM>AZE"),
    ("Armenia blamed the attack on Azerbaijan.", "- ACCUSE ARM>AZE"),
    ("Armenia held Azerbaijan responsible for the attack.", "- ACCUSE ARM>AZE"),
    ("Armenia said Azerbaijan was responsible for the attack.", "* ACCUSE ARM>AZE"),
    ("Armenia said Azerbaijan was behind the attack.", "* ACCUSE ARM>AZE"),
    ("Azerbaijan was accused of shelling Armenian villages.", "- ASSAULT AZE>ARM"),
    ("Azerbaijan denied the allegation.", "- REJECT AZE>*"),
    ("Azerbaijan dismissed the claims as baseless.", "- REJECT AZE>*"),
    ("Azerbaijan said it was not responsible for the attack.", "* REJECT AZE>*"),
    ("Azerbaijan said it had nothing to do with the attack.", "* REJECT AZE>*"),
    ("Azerbaijan said the report was false.", "* REJECT AZE>*"),
]

ACTS = [
    ("Germany urged Russia to withdraw its troops.", "- REQUEST DEU>RUS"),
    ("Germany called on Russia to withdraw its troops.", "- REQUEST DEU>RUS"),
    ("Germany called for an immediate ceasefire.", "- REQUEST DEU>-"),
    ("Germany demanded that Russia withdraw its troops.", "- REQUEST DEU>RUS"),
    ("Germany said Russia must withdraw its troops.", "* REQUEST DEU>RUS"),
    ("Germany condemned the Russian attack on Odesa.", "- ACCUSE DEU>RUS"),
    ("Germany criticised Russia over the raid.", "- ACCUSE DEU>RUS"),
    ("Germany called the Russian raid unacceptable.", "- ACCUSE DEU>RUS"),
    ("Germany described the Russian raid as a war crime.", "- ACCUSE DEU>RUS"),
    ("Germany welcomed the French decision.", "- SUPPORT DEU>FRA"),
    ("Germany praised France for its help.", "- SUPPORT DEU>FRA"),
    ("Germany expressed its support for Ukraine.", "- SUPPORT DEU>UKR"),
    ("Iran threatened to attack Israel.", "- THREATEN IRN>ISR"),
    ("Iran warned Israel against any new attack.", "- THREATEN IRN>ISR"),
    ("Iran vowed to retaliate against Israel.", "- THREATEN IRN>ISR"),
    ("Iran said it would respond to any Israeli attack.", "* THREATEN IRN>*"),
    ("Iran said it reserved the right to respond.", "* THREATEN IRN>*"),
    ("Iran said it would not allow Israeli jets to use its airspace.", "* THREATEN IRN>*"),
    ("Sudan said it would respect the truce.", "* AGREE SDN>*"),
    ("Sudan agreed to open the corridor.", "- AGREE SDN>*"),
    ("Sudan refused to open the corridor.", "- REJECT SDN>*"),
    ("Sudan rejected the Egyptian proposal.", "- REJECT SDN>EGY"),
    ("The presidents of France and Russia spoke by phone on Monday.", "- CONSULT FRA,RUS>-"),
    ("In a phone call with Vladimir Putin, Emmanuel Macron urged restraint.", "- CONSULT FRA,RUS>-"),
    ("Emmanuel Macron met Vladimir Putin in Moscow.", "- CONSULT FRA,RUS>-"),
    ("France and Russia held talks in Geneva.", "- CONSULT FRA,RUS>-"),
    ("France imposed sanctions on Mali.", "- SANCTION FRA>MLI"),
    ("France expelled three Russian diplomats.", "- SANCTION FRA>RUS"),
    ("France recalled its ambassador from Mali.", "- SANCTION FRA>MLI"),
    ("France suspended military cooperation with Mali.", "- SANCTION FRA>MLI"),
    ("France sent arms to Ukraine.", "- AID FRA>UKR"),
    ("France provided Ukraine with missiles.", "- AID FRA>UKR"),
    ("France deployed troops to the Sahel.", "- MOBILIZE FRA>*"),
    ("Ethiopian forces withdrew from Mekelle.", "- RETREAT ETH>*"),
    ("Ethiopia and Eritrea signed a peace agreement.", "- SUPPORT ETH,ERI>-"),
    ("Turkish police arrested 30 protesters.", "- COERCE TUR>* arrested=30-30"),
    ("Turkey closed its border with Armenia.", "- COERCE TUR>ARM"),
    ("Israeli troops clashed with Lebanese soldiers.", "- ASSAULT ISR,LBN>-"),
    ("Clashes between Israel and Lebanon erupted on Sunday.", "- ASSAULT ISR,LBN>-"),
    ("Israel and Lebanon exchanged fire across the border.", "- ASSAULT ISR,LBN>-"),
]

MODALITY = [
    ("Syrian troops repelled a Turkish attack.", "- ASSAULT TUR>SYR attempted"),
    ("Syria said its air defences foiled an Israeli attack.", "SYR ASSAULT ISR>SYR attempted"),
    ("Turkish forces tried to capture Aleppo.", "- ASSAULT TUR>* attempted"),
    ("Turkish forces did not capture Aleppo.", "- ASSAULT TUR>* negation"),
    ("Turkish forces will attack Aleppo.", "- ASSAULT TUR>* future"),
    ("Syria denied that its troops had attacked Turkey.", "SYR ASSAULT SYR>TUR negation"),
    ("No Syrian soldiers attacked Turkey.", "- ASSAULT SYR>TUR negation"),
]

COUNTS = [
    (
        "An Israeli air strike on Gaza killed at least 12 people and wounded 30.",
        "- ASSAULT ISR>* killed=12-12 injured=30-30",
    ),
    ("Between 40 and 50 Russian soldiers were killed, Ukraine said.", "UKR ASSAULT *>RUS killed=40-50"),
    ("Ukraine said 40 to 50 Russian soldiers were killed.", "UKR ASSAULT *>RUS killed=40-50"),
    ("Ukraine shot down 25 Russian drones.", "- ASSAULT UKR>RUS destroyed=25-25"),
    ("Ukrainian forces captured 12 Russian soldiers.", "- ASSAULT UKR>RUS captured=12-12"),
    (
        "Russian shelling killed two civilians and injured five others in Kherson.",
        "- ASSAULT RUS>UKR killed=2-2 injured=5-5",
    ),
    ("Russian shelling killed dozens of civilians in Kherson.", "- ASSAULT RUS>UKR"),
]

ROWS = LOST_ELSEWHERE + ATTRIBUTION + ACTS + MODALITY + COUNTS + constructions.ROWS


def told(claim: Claim) -> tuple[str, str, str, str, frozenset[str], frozenset[str]]:
    source = claim.speaker or "-"
    counts = frozenset(f"{c.kind.value}={c.low}-{c.high}" for c in claim.counts if c.low is not None)
    return (
        source,
        claim.event,
        ",".join(sorted(claim.actor_keys)) or "-",
        ",".join(sorted(claim.recipient_keys)) or "-",
        frozenset(a.value for a in claim.aux),
        counts,
    )


def fits(wanted: str, claim: Claim) -> bool:
    source, event, parties, *rest = wanted.split()
    actor, recipient = (",".join(sorted(side.split(","))) for side in parties.split(">"))
    got = told(claim)
    return (
        source in {"*", got[0]}
        and event == got[1]
        and actor in {"*", got[2]}
        and recipient in {"*", got[3]}
        and frozenset(r for r in rest if "=" not in r) == got[4]
        and frozenset(r for r in rest if "=" in r) <= got[5]
    )


LEAST = 0.83
"""Share of the rows that both readers together read rightly; it only rises."""


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_construction(text: str, wanted: str, by_rules: Coder) -> None:
    """The rules' own rows: what a mend of one of them must not cost another."""
    claims = by_rules(text, date(2024, 5, 6))
    for line in wanted.splitlines():
        assert any(fits(line, claim) for claim in claims), f"{line!r} not among {[told(c) for c in claims]}"


def test_both_readers_together_read_most_constructions(code: Coder) -> None:
    """What stands is decided between two readers (decision 011); what is won elsewhere costs some of the rules' own rows."""
    right = 0
    for text, wanted in ROWS:
        claims = code(text, date(2024, 5, 6))
        right += all(any(fits(line, claim) for claim in claims) for line in wanted.splitlines())
    assert right / len(ROWS) >= LEAST
