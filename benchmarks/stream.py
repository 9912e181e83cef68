"""A stream of news written for the benchmarks: reports with no crisis in them, and reports of one, in any number.

Everything in it is invented, down to the places, and built from sentences of this file. The reports without a crisis use
the words that crises are told in ("a late strike", "shares were hit", "the jury is under fire"), for those are what a
first reading must see through.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

TOWNS = "Ardmore Belhaven Corvale Dunmere Eastholt Farrow Glenby Harlow Iverton Kestrel Lindale Marwick Norbury".split()
CLUBS = "United Rovers Athletic City Wanderers Rangers Town Albion".split()
NAMES = "Arden Bellis Carrow Denholm Elwin Foster Garrick Hollis Ingram Jarrow Kell Lomax Merrin Nolan Orrin".split()

OTHER: dict[str, list[str]] = {
    "sport": [
        "{town} {club} beat {town2} {club2} 3-1 on Saturday to move up to fourth in the league.",
        "Striker {name} hit two goals in the second half after the visitors had taken an early lead.",
        "The defence came under heavy pressure late on, but goalkeeper {name2} made three saves.",
        "Coach {name3} said his side had attacked well and deserved the win.",
        "The midfielder, out for six weeks with an injured knee, will return before the end of the season.",
        "It was the club's fifth defeat in a row, and supporters called for changes.",
        "The referee blew for a penalty after a challenge by the defender, which {name} shot over the bar.",
        "France and Spain meet in the final of the tournament next Sunday.",
        "The captain retired from international football in {year}.",
        "Tickets for the fixture went on sale at the stadium on {weekday}.",
    ],
    "markets": [
        "Shares of the {town} retailer fell 4 percent on {weekday} after its quarterly earnings disappointed investors.",
        "Revenue rose to 840 million, the company said, while profit was hit by the cost of energy.",
        "Analysts had expected sales to grow faster in the last three months of the year.",
        "The carmaker {name} Motors plans to merge its parts subsidiary with a rival.",
        "The central bank left interest rates as they were, as most economists had forecast.",
        "Stocks in Germany and Japan closed lower, and bond yields rose by two basis points.",
        "Its chairman, {name2}, said the takeover would be completed by the summer.",
        "The startup has raised 30 million from investors since {year}.",
        "Consumers are spending less on furniture and more on travel, the survey found.",
        "The dividend will be paid on {weekday} to shareholders on the register.",
    ],
    "arts": [
        "{name}'s third album, recorded in {town}, came out on {weekday} to warm reviews.",
        "The film tells of two sisters who open a restaurant in a small seaside town.",
        "The exhibition at the {town} museum shows forty paintings from private collections.",
        "The actress said she had cried when she first read the novel.",
        "The band will play twelve concerts in Britain and Italy in the autumn.",
        "The comedy has been at the top of the box office for three weeks.",
        "Critics were divided over the ending, which one called a bold stroke.",
        "The festival's jury came under fire for leaving out the opera.",
        "{name2} wrote the soundtrack with a full orchestra.",
        "The premiere was put off by a week after the lead singer lost her voice.",
    ],
    "science": [
        "Astronomers have found a planet twice the size of ours in a galaxy near to our own.",
        "The researchers followed 2,400 adults for eight years and asked about their diet.",
        "The fossil, dug up near {town}, belongs to a species of dinosaur not known before.",
        "Those who slept for less than six hours had higher cholesterol, the study found.",
        "The telescope will be pointed at the cluster again in the spring.",
        "The smartphone maker showed a laptop that folds in half.",
        "The app warns users when pollen is high.",
        "{name}, a biologist who took no part in the work, said the finding was convincing.",
        "The spacecraft is due to reach the asteroid in {year2}.",
        "The genome of the penguin is shorter than that of its nearest relative.",
    ],
    "daily life": [
        "Homeowners in {town} will pay more for parking from April.",
        "The library on the main street reopens on {weekday} after two years of work.",
        "Councillors voted by nine to four to build a bus lane to the station.",
        "Pupils of the school planted forty trees in the park.",
        "Forecasters expect showers in the morning and sunshine later.",
        "Commuters face delays while the bridge is being painted.",
        "The supermarket will stay open until ten in the evening before the holiday.",
        "A puppy that was lost for three days was found asleep in a bakery.",
        "Gardeners should water early, before the sun is high, {name} advises.",
        "The couple won the lottery with numbers taken from their wedding day.",
    ],
    "food and travel": [
        "Heat the oven, and stir the flour into the butter until it is smooth.",
        "Add two teaspoons of salt and let it rest for an hour.",
        "The hotel in {town} has twelve rooms, and breakfast is served in the garden.",
        "Tourists come for the vineyards and stay for the beaches.",
        "The chef, {name}, cooks with what the market offers on the day.",
        "The airline will fly to {town2} four times a week from {weekday}.",
        "A cruise along the coast takes nine days.",
        "The wine goes well with fish, and better with cheese.",
        "Book early, for the restaurants fill up by seven.",
        "The walk to the lighthouse takes two hours, with a stop for tea.",
    ],
}

CRISIS: list[str] = [
    "{a}'s army said on {weekday} it had shelled {b_adj} positions near {town}, killing {n} soldiers.",
    "{b}'s defence ministry denied the claim and said only two of its soldiers had been wounded.",
    "At least {m} civilians were killed and {n} others wounded in an air strike on a market in {town}, a hospital official said.",
    "The foreign minister of {a} accused {b} of breaking the ceasefire.",
    "{b} shot down {n} drones overnight, its air force said.",
    "The president of {b} warned that his country would respond if the attacks went on.",
    "Rebels seized a checkpoint on the road to {town2} and captured {m} policemen.",
    "{a} closed its border with {b} and expelled three diplomats.",
    "Thousands of people fled {town}, the United Nations said.",
    "{a_adj} and {b_adj} officials will meet for talks on {weekday}.",
    "The two sides agreed to exchange {m} prisoners.",
    "{b_adj} police arrested {n} demonstrators in the capital.",
]
PAIRS = [
    ("India", "Indian", "Pakistan", "Pakistani"),
    ("Armenia", "Armenian", "Azerbaijan", "Azerbaijani"),
    ("Sudan", "Sudanese", "Ethiopia", "Ethiopian"),
    ("Thailand", "Thai", "Cambodia", "Cambodian"),
    ("Rwanda", "Rwandan", "Congo", "Congolese"),
]
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def other_report(chance: random.Random, sentences: int = 12) -> str:
    """A report with no crisis in it, about one topic."""
    lines = OTHER[chance.choice(sorted(OTHER))]
    chosen = [chance.choice(lines) for _ in range(max(0, sentences - len(lines)))]
    chosen += chance.sample(lines, min(sentences, len(lines)))
    return _paragraphs([_filled(chance, line) for line in chosen])


def crisis_report(chance: random.Random, sentences: int = 12) -> str:
    """A report on one of a few conflicts."""
    a, a_adj, b, b_adj = chance.choice(PAIRS)
    town, town2 = chance.sample(TOWNS, 2)
    chosen = [chance.choice(CRISIS) for _ in range(max(0, sentences - len(CRISIS)))]
    chosen += chance.sample(CRISIS, min(sentences, len(CRISIS)))
    return _paragraphs(
        line.format(
            a=a, a_adj=a_adj, b=b, b_adj=b_adj, town=town, town2=town2, weekday=chance.choice(WEEKDAYS),
            n=chance.randint(2, 40), m=chance.randint(2, 60),
        )
        for line in chosen
    )  # fmt: skip


def stream(count: int, crisis_each: int = 10, seed: int = 1) -> Iterator[tuple[str, date, str]]:
    """``count`` reports as id, day of publication and text; one in ``crisis_each`` is of a crisis."""
    chance = random.Random(seed)
    for number in range(count):
        crisis = number % crisis_each == crisis_each - 1
        text = crisis_report(chance) if crisis else other_report(chance)
        day = date(2025, 1, 1) + timedelta(days=number % 365)
        yield f"{'crisis' if crisis else 'other'}-{number:07d}", day, text


def _filled(chance: random.Random, line: str) -> str:
    town, town2 = chance.sample(TOWNS, 2)
    club, club2 = chance.sample(CLUBS, 2)
    name, name2, name3 = chance.sample(NAMES, 3)
    return line.format(
        town=town, town2=town2, club=club, club2=club2, name=name, name2=name2, name3=name3,
        weekday=chance.choice(WEEKDAYS), year=chance.randint(1998, 2024), year2=chance.randint(2027, 2035),
    )  # fmt: skip


def _paragraphs(lines: Iterator[str] | list[str]) -> str:
    held = list(lines)
    return "\n\n".join(" ".join(held[at : at + 3]) for at in range(0, len(held), 3))
