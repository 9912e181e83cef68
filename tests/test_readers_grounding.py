"""What a model says is believed only where the report bears it out: quotations, parties, figures, times and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conftest import document
from standoff import lexicon
from standoff.model import Claim, Document, Dropped, Span
from standoff.readers import addressed, figures
from standoff.readers.build import Builder, settled
from standoff.readers.ground import Ground
from standoff.readers.tables import Tables

TEXT = (
    "BAMAKO (Sahel Wire) — Mali's army said on Tuesday its “special forces” had killed at least 12 fighters near Ménaka. "
    "Residents said dozens of houses were burned. A spokesman for the rebels, Alhassane ag Touhami, denied any loss; "
    "they had shot down a drone, he said. Algeria offered to mediate on Friday."
)
PUBLISHED = date(2024, 5, 16)


def built(*claims: dict[str, Any], text: str = TEXT, language: str = "en") -> tuple[tuple[Claim, ...], list[Dropped]]:
    """Claims of a model's answer about a report, and what was dropped."""
    report = replace(document(text, published=PUBLISHED), language=language)
    builder = Builder(report, "m", Tables(report))
    found = settled(builder.claims(claims, Span(0, len(text))))
    for claim in found:
        check(claim, report)
    return found, builder.dropped


def check(claim: Claim, report: Document) -> None:
    """Every value stands at its place in the report."""
    spans = [(claim.span, claim.text), (claim.trigger.span, claim.trigger.text)]
    spans += [(m.span, m.text) for m in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources))]
    spans += [(s.cue_span, s.cue) for s in claim.sources if s.cue_span]
    spans += [(c.span, c.text) for c in claim.counts]
    spans += [(v.span, v.text) for v in (claim.when, claim.where) if v is not None]
    for span, words in spans:
        assert span.of(report.text) == words
    assert all(target in report.text for target in claim.targets)


def claim(clause: str = "had killed at least 12 fighters near Ménaka", **more: Any) -> dict[str, Any]:
    said = [{"quote": "Mali's army", "who": "army of Mali", "cue": "said"}] if clause in TEXT[:130] else []
    return {"clause": clause, "word": "killed", "event": "ASSAULT", "sources": said, **more}


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("special forces", "special forces"),
        ('its "special forces" had', "its “special forces” had"),
        ("killed  at least\n12 fighters", "killed at least 12 fighters"),
        ("near Me\u0301naka", "near Ménaka"),
        ("near Menaka", None),
        ("killed at least 13 fighters", None),
        ("ali", None),
        ("fighter", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_quotation_is_found_exactly_or_by_white_space_and_quotation_marks_alone(
    quote: str, found: str | None
) -> None:
    span = Ground(TEXT).find(quote)
    assert (span and span.of(TEXT)) == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("قالت روسيا وأوكرانيا", "أوكرانيا", True),
        ("भारतीय सेना", "भारत", False),
        ("भारत की सेना", "भारत", True),
        ("российские", "росси", False),
        ("中国海警船", "海警", True),
        ("26 killed", "6 killed", False),
    ],
)
def test_a_quotation_cuts_no_word_where_words_have_ends(text: str, quote: str, found: bool) -> None:
    assert (Ground(text).find(quote) is not None) is found


def test_of_several_places_the_one_in_the_clause_then_the_one_before_it() -> None:
    text = "He spoke. Then he left. Later he slept."
    ground = Ground(text)
    assert ground.find("he", near=Span(10, 22)) == Span(15, 17)
    assert ground.find("he", near=Span(24, 29)) == Span(15, 17)
    assert ground.find("slept", near=Span(0, 8)) == Span(33, 38)


@pytest.mark.parametrize(
    ("more", "dropped"),
    [
        ({"clause": "France had bombed Gao"}, ("clause", "not in the report")),
        ({"clause": TEXT * 4}, ("clause", "not in the report")),
        ({"event": "INVASION"}, ("event", "no event type")),
        ({"event": None}, ("event", "no event type")),
        ({"clause": None}, ("clause", "not in the report")),
        ({"word": "praised"}, ("clause", "the word that names the event is not in it")),
        ({"sources": [{"quote": "the UN", "who": "UN", "cue": "said"}]}, ("clause", "its source is not in the report")),
        ({"sources": [{"quote": "", "who": "UN", "cue": "said"}]}, ("clause", "its source is not in the report")),
    ],
)
def test_a_claim_goes_whose_words_type_or_speaker_the_report_does_not_have(
    more: dict[str, Any], dropped: tuple[str, str]
) -> None:
    found, gone = built({**claim(), **more})
    assert found == ()
    assert (gone[-1].what, gone[-1].why) == dropped


@pytest.mark.parametrize(
    ("more", "dropped", "left"),
    [
        ({"actors": [{"quote": "French jets", "who": "France"}]}, ("actor", "not in the report"), "actors"),
        ({"modes": ["phone"]}, ("mode", "no mode of ASSAULT"), "modes"),
        ({"aux": ["certain"]}, ("aux", "no auxiliary mode"), "aux"),
        ({"place": {"quote": "Gao", "gloss": "Gao, Mali"}}, ("place", "not in the report"), "where"),
        ({"time": {"quote": "on Monday", "gloss": "on Monday"}}, ("time", "not in the report"), "when"),
        ({"target": "a hospital"}, ("target", "not in the report"), "targets"),
        ({"figures": [{"quote": "90 civilians", "kind": "killed", "low": 90, "high": 90, "unit": "civilians"}]}, ("figure", "not in the report"), "counts"),
        ({"figures": [{"quote": "at least 12 fighters", "kind": "praised", "low": 12, "high": 12, "unit": ""}]}, ("kind of a figure", "none that is counted"), "counts"),
    ],
)  # fmt: skip
def test_a_value_that_the_report_does_not_have_goes_and_the_rest_stays(
    more: dict[str, Any], dropped: tuple[str, str], left: str
) -> None:
    (found,), gone = built({**claim(), **more})
    assert (gone[-1].what, gone[-1].why) == dropped
    assert not getattr(found, left)
    assert found.text == "had killed at least 12 fighters near Ménaka"


@pytest.mark.parametrize(
    ("clause", "quote", "low", "high", "read"),
    [
        ("had killed at least 12 fighters near Ménaka", "at least 12 fighters", 12, 12, [(12, 12)]),
        ("had killed at least 12 fighters near Ménaka", "at least 12 fighters", 1200, 1200, [(None, None)]),
        ("had killed at least 12 fighters near Ménaka", "at least 12 fighters", 12, 50, [(12, 12)]),
        ("had killed at least 12 fighters near Ménaka", "fighters", 12, 12, []),
        ("dozens of houses were burned", "dozens of houses", 24, 24, [(None, None)]),
        ("dozens of houses were burned", "dozens of houses", None, None, [(None, None)]),
        ("they had shot down a drone", "a drone", 1, 1, [(1, 1)]),
        ("they had shot down a drone", "a drone", 7, 7, []),
    ],
)
def test_a_figure_has_to_stand_in_its_quotation(
    clause: str, quote: str, low: int | None, high: int | None, read: list[Any]
) -> None:
    kind = "killed" if "killed" in clause else "destroyed"
    figure = {"quote": quote, "kind": kind, "low": low, "high": high, "unit": ""}
    (found,), _ = built(claim(clause, word=clause.split()[-1], figures=[figure]))
    assert [(count.low, count.high) for count in found.counts] == read


@pytest.mark.parametrize(
    ("quote", "who", "key"),
    [
        ("Mali's army", "army of Mali", "MLI"),
        ("Mali's army", "army of France", "MLI"),
        ("its", "army of Mali", "MLI"),
        ("they", "Tuareg rebels of Mali", "MLI-REB"),
        ("they", "army of Russia", "UNK"),
        ("they", "Alien fleet of Zorgon", "UNK"),
    ],
)
def test_a_party_is_whom_our_tables_say_and_for_other_words_whom_the_report_names(
    quote: str, who: str, key: str
) -> None:
    (found,), gone = built(claim(actors=[{"quote": quote, "who": who}]))
    assert [m.party.key for m in found.actors] == [key]
    refused = [d for d in gone if "does not name" in d.why]
    assert bool(refused) is (who == "army of Russia")


@pytest.mark.parametrize(
    ("clause", "word", "event", "quote", "who", "key"),
    [
        ("denied any loss", "denied", "REJECT", "Alhassane ag Touhami", "rebels of Mali", "MLI-REB"),
        ("Algeria offered to mediate on Friday", "offered", "AGREE", "Algeria", "government of Algeria", "DZA"),
    ],
)
def test_a_person_is_whom_the_model_says_and_a_state_itself(
    clause: str, word: str, event: str, quote: str, who: str, key: str
) -> None:
    (found,), _ = built(claim(clause, word=word, event=event, actors=[{"quote": quote, "who": who}]))
    assert [m.party.key for m in found.actors] == [key]


def test_times_and_places_are_our_tables_and_not_the_models() -> None:
    offered = claim(
        "Algeria offered to mediate on Friday",
        word="offered",
        event="AGREE",
        time={"quote": "on Friday", "gloss": "on 1 January 1999"},
    )
    struck = claim(
        place={"quote": "Ménaka", "gloss": "Paris, France"}, time={"quote": "on Tuesday", "gloss": "tomorrow"}
    )
    (first, second), _ = built(offered, struck)
    assert first.where is not None
    assert (first.where.name, first.where.country) in {("Ménaka", "MLI"), ("Ménaka", None)}
    assert first.when is not None
    assert first.when.start == date(2024, 5, 14)
    assert second.when is not None
    assert second.when.start == date(2024, 5, 17)


@pytest.mark.parametrize("junk", [[], "x", 3, None, {"claims": []}, {"clause": ["a"]}, {"clause": {"quote": "x"}}, {"clause": "Mali's army said", "event": "ASSAULT", "actors": "army", "figures": [3], "time": "x", "place": [], "sources": {}, "modes": {"a": 1}, "aux": "negation", "target": 5}])  # fmt: skip
def test_nothing_that_a_model_can_write_breaks_the_reading(junk: Any) -> None:
    found, _ = built(*([junk] if isinstance(junk, dict) else []))
    assert found == ()


def test_ids_differ_from_our_own_readers_and_do_not_collide() -> None:
    twice = claim(actors=[{"quote": "its", "who": "army of Mali"}])
    (first,), _ = built(twice, twice)
    other = replace(document(TEXT, published=PUBLISHED))
    (second,) = settled(Builder(other, "another", Tables(other)).claims([twice], Span(0, len(TEXT))))
    assert first.id != second.id


# -- other languages ---------------------------------------------------------------------------------------------------


RUSSIAN = "Армия Мали заявила во вторник, что убила двенадцать боевиков близ Менаки. Жители сообщили о десятках сожжённых домов."


def test_in_another_language_the_words_are_the_reports_and_the_codes_ours() -> None:
    (found,), gone = built(
        claim(
            "убила двенадцать боевиков близ Менаки",
            word="убила",
            actors=[{"quote": "Армия Мали", "who": "army of Mali"}],
            recipients=[{"quote": "боевиков", "who": "rebels of Mali"}],
            sources=[{"quote": "Армия Мали", "who": "army of Mali", "cue": "заявила"}],
            figures=[{"quote": "двенадцать боевиков", "kind": "killed", "low": 12, "high": 12, "unit": "fighters"}],
            time={"quote": "во вторник", "gloss": "on Tuesday"},
            place={"quote": "Менаки", "gloss": "Ménaka, Mali"},
            gloss="killed twelve fighters near Ménaka",
        ),
        text=RUSSIAN,
        language="ru",
    )
    assert gone == []
    assert ([m.party.key for m in found.actors], [m.party.key for m in found.recipients]) == (["MLI"], ["MLI-REB"])
    assert found.counts[0].low == 12
    assert found.when is not None
    assert (found.when.start, found.when.text) == (date(2024, 5, 14), "во вторник")
    assert found.where is not None
    assert (found.where.name, found.where.text, found.where.country) == ("Ménaka", "Менаки", "MLI")
    assert found.gloss == "killed twelve fighters near Ménaka"


@pytest.mark.parametrize(
    ("quote", "language", "low", "high", "kept"),
    [
        ("двенадцать боевиков", "ru", 12, 12, True),
        ("двенадцать боевиков", "ru", 120, 120, False),
        ("entre 40 y 50 soldados", "es", 40, 50, True),
        ("treinta y cinco civiles", "es", 35, 35, True),
        ("decenas de casas", "es", 20, 20, False),
        ("1.200 personas", "es", 1200, 1200, True),
        ("vingt-trois civils", "fr", 23, 23, True),
        ("١٤ شخصا", "ar", 14, 14, True),
        ("ثلاثة جنود", "ar", 3, 3, True),
        ("दो जवान", "hi", 2, 2, True),
        ("पांच युवकों", "hi", 5, 5, True),
        ("۱۲ افراد", "ur", 12, 12, True),
        ("دو فوجی", "ur", 2, 2, True),
        ("soldater", "da", 3, 3, False),
    ],
)
def test_a_figure_in_another_language_has_to_stand_there_in_digits_or_words(
    quote: str, language: str, low: int, high: int, kept: bool
) -> None:
    assert ({low, high} <= figures.numbers(quote, language)) is kept


@pytest.mark.parametrize("language", sorted(lexicon.load("number_words")))
def test_the_example_of_each_languages_number_words(language: str) -> None:
    example = lexicon.load("number_words")[language]["example"]
    words, _, number = example.rpartition(":")
    assert int(number) in figures.numbers(words, language)


@pytest.mark.parametrize("entry", lexicon.load("addressed")["addressed"], ids=lambda e: e["example"][:30])
def test_the_example_of_each_way_to_address_a_machine(entry: dict[str, str]) -> None:
    assert addressed.find(entry["example"])


@pytest.mark.parametrize(
    "news",
    [
        "The ministry told its ambassador to ignore the demand, and set the army on alert.",
        "The AI minister said all instructions to the police had been followed.",
        "A message to all soldiers read: hold the bridge. The system failed.",
        "Officials gave two claims about the raid; the report counts seven dead.",
        "He was acting as an assistant to the governor, and used a shell to open the tool shed.",
        "Rebels report every claim of the army as false. Use of artillery shells was recorded.",
        "The government must not answer the ultimatum, the general said in his new instructions to units.",
    ],
)
def test_news_is_not_taken_for_words_to_a_machine(news: str) -> None:
    assert addressed.find(news) == ()


BORNE = [
    ("Rebels attacked a convoy of the army near Gao.", "attacked", "AID", "Rebels", "the army", "its word names something else"),
    ("France urged the army to talk to the rebels.", "urged", "ASSAULT", "France", "the army", "its word names something else"),
    ("Mali condemned the raid by the rebels.", "condemned", "ASSAULT", "Mali", "the rebels", "its word names something else"),
    ("Rebels attacked a convoy of the army near Gao.", "attacked", "ASSAULT", "the army", "Rebels", "its sentence has the sides the other way round"),
    ("A convoy of the army was attacked by rebels.", "attacked", "ASSAULT", "A convoy of the army", "rebels", "its sentence has the sides the other way round"),
    ("The rebels denied it and accused the army of a raid.", "accused", "ACCUSE", "the army", "The rebels", "its sentence has the sides the other way round"),
    ("Rebels attacked a convoy of the army, France said.", "attacked", "ASSAULT", "France", "the army", "its sentence names another"),
    ("The army killed nine rebels. " + "It rained on the hills for days. " * 15 + "France sent rice.", "killed", "ASSAULT", "France", "nine rebels", "stands too far from its clause"),
]  # fmt: skip


@pytest.mark.parametrize("case", BORNE, ids=range(len(BORNE)))
def test_a_claim_that_its_own_sentence_contradicts_goes(case: tuple[str, ...]) -> None:
    text, word, event, actor, recipient, why = case
    answer = {**claim(), "clause": text.partition(". ")[0].rstrip("."), "word": word, "event": event, "modes": [],
              "actors": [{"quote": actor, "who": ""}], "recipients": [{"quote": recipient, "who": ""}],
              "sources": [], "figures": [], "time": None, "place": None, "target": None}  # fmt: skip
    found, gone = built(answer, text=text)
    assert why in {one.why for one in gone}
    assert all(not one.actors for one in found)


FAIR = [
    ("Kenya blamed the rebels for the fire.", "blamed", "ACCUSE", "Kenya", "the rebels"),
    ("Kenyan troops fired on a Somali trawler.", "fired", "ASSAULT", "Kenyan troops", "Somali trawler"),
    ("Kenya signed a truce with the rebels.", "signed", "AGREE", "Kenya", "the rebels"),
    ("The envoy condemned the raid in Garissa, which had shocked Kenya.", "condemned", "ACCUSE", "The envoy", "Kenya"),
    ("Three soldiers died in a raid by the rebels.", "died", "ASSAULT", "the rebels", "Three soldiers"),
    ("A convoy of the army was attacked by rebels.", "attacked", "ASSAULT", "rebels", "A convoy of the army"),
    ("Rebels ambushed and killed nine soldiers.", "killed", "ASSAULT", "Rebels", "nine soldiers"),
    ("The army, which the rebels attacked, fled.", "attacked", "ASSAULT", "the rebels", "The army"),
    ("He ordered an attack on the rebels.", "attack", "ASSAULT", "He", "the rebels"),
    ("The army lost nine soldiers to the rebels.", "lost", "ASSAULT", "the rebels", "nine soldiers"),
]


@pytest.mark.parametrize("case", FAIR, ids=range(len(FAIR)))
def test_a_claim_that_its_sentence_bears_out_stays_whole(case: tuple[str, ...]) -> None:
    text, word, event, actor, recipient = case
    answer = {**claim(), "clause": text.rstrip("."), "word": word, "event": event, "modes": [],
              "actors": [{"quote": actor, "who": ""}], "recipients": [{"quote": recipient, "who": ""}],
              "sources": [], "figures": [], "time": None, "place": None, "target": None}  # fmt: skip
    (found,), _ = built(answer, text=text)
    assert found.actors
    assert found.recipients


SUFFERS = [
    ("Kenya accused Somalia on Monday of the raid, France said.", "accused", "ACCUSE", "Kenya", "France", "its sentence names another"),
    ("Kenyan troops fired on a Somali trawler near Lamu, Ethiopia said.", "fired", "ASSAULT", "Kenyan troops", "Ethiopia", "its sentence names another"),
    ("Kenyan troops shelled the Somali village of Dhobley.", "shelled", "ASSAULT", "", "Kenyan", "does it, by its sentence"),
]  # fmt: skip


@pytest.mark.parametrize("case", SUFFERS, ids=range(len(SUFFERS)))
def test_who_suffers_it_is_nobody_whom_its_sentence_has_elsewhere(case: tuple[str, ...]) -> None:
    text, word, event, actor, recipient, why = case
    answer = {**claim(), "clause": text.rstrip("."), "word": word, "event": event, "modes": [],
              "actors": [{"quote": actor, "who": ""}] if actor else [], "recipients": [{"quote": recipient, "who": ""}],
              "sources": [], "figures": [], "time": None, "place": None, "target": None}  # fmt: skip
    (found,), gone = built(answer, text=text)
    assert found.recipients == ()
    assert ("recipient", why) in {(one.what, one.why) for one in gone}


CONTRARY = [
    ("Gunmen ransacked the clinic and beat two nurses.", "ransacked", "AID", "its word names something else"),
    ("The army burned down a school in the village held by the rebels.", "burned", "ASSAULT", "its sentence has the sides the other way round"),
]  # fmt: skip


@pytest.mark.parametrize("case", CONTRARY, ids=range(len(CONTRARY)))
def test_a_claim_that_our_learned_reader_or_the_parse_is_sure_against_goes(case: tuple[str, ...]) -> None:
    text, word, event, why = case
    who = "the rebels" if "rebels" in text else "Gunmen"
    answer = {**claim(), "clause": text.rstrip("."), "word": word, "event": event, "modes": [],
              "actors": [{"quote": who, "who": ""}], "recipients": [], "sources": [], "figures": [],
              "time": None, "place": None, "target": None}  # fmt: skip
    found, gone = built(answer, text=text)
    assert found == ()
    assert gone[-1].why == why


STRIKE = (
    "Chad's army said on Monday that its jets had bombed a rebel camp, killing nine fighters. "
    "The rebels denied that anyone had died. Cameroon's foreign minister said France had armed the rebels. "
    "Gunmen tried to storm the prison in Moundou. Chad agreed to open the border on Friday."
)
BOMBED = "its jets had bombed a rebel camp, killing nine fighters"
CHAD = {"quote": "Chad's army", "who": "army of Chad", "cue": "said"}
KAMERUN = {"quote": "Cameroon's foreign minister", "who": "government of Cameroon", "cue": "said"}
NINE = {"quote": "nine fighters", "kind": "killed", "low": 9, "high": 9, "unit": "fighters"}
TOLD = [
    (BOMBED, "bombed", "ASSAULT", {"sources": [KAMERUN]}, "its sentence names another who says it"),
    (BOMBED, "bombed", "ASSAULT", {"sources": [CHAD], "aux": ["negation"]}, "whether it was so is otherwise in its sentence"),
    ("anyone had died", "died", "ASSAULT", {"sources": [{"quote": "The rebels", "who": "rebels of Chad", "cue": "denied"}]}, "whether it was so is otherwise in its sentence"),
    ("tried to storm the prison in Moundou", "storm", "ASSAULT", {}, "it is to come or only could be, and is told as done"),
    ("Chad agreed to open the border on Friday", "agreed", "REJECT", {}, "its word names something else"),
    (BOMBED, "bombed", "ASSAULT", {"sources": [CHAD], "actors": [{"quote": "nine fighters", "who": "army of Chad"}]}, "its sentence has the sides the other way round"),
    (BOMBED, "bombed", "AID", {"sources": [CHAD]}, "its word names something else"),
]  # fmt: skip


@pytest.mark.parametrize("case", TOLD, ids=range(len(TOLD)))
def test_a_claim_goes_that_its_sentence_tells_otherwise(case: tuple[str, str, str, dict[str, Any], str]) -> None:
    clause, word, event, more, why = case
    found, gone = built(claim(clause, **{"word": word, "event": event, "sources": [], **more}), text=STRIKE)
    assert found == ()
    assert gone[-1].why == why


@pytest.mark.parametrize(
    ("more", "why", "left"),
    [
        ({"figures": [{**NINE, "kind": "injured"}]}, "its sentence counts another loss", "counts"),
        ({"actors": [{"quote": "Gunmen", "who": "gunmen"}], "clause": "France had armed the rebels", "word": "armed", "event": "AID", "sources": [KAMERUN]}, "stands in another sentence", "actors"),
        ({"recipients": [{"quote": "France", "who": "France"}]}, "stands in another sentence", "recipients"),
    ],
)  # fmt: skip
def test_a_side_or_a_loss_of_another_sentence_goes_and_the_rest_stays(
    more: dict[str, Any], why: str, left: str
) -> None:
    (found,), gone = built(claim(**{"clause": BOMBED, "word": "bombed", "sources": [CHAD], **more}), text=STRIKE)
    assert why in {one.why for one in gone}
    assert not getattr(found, left)


def test_who_says_it_is_read_from_its_sentence_where_a_model_leaves_it_out() -> None:
    (found,), gone = built(claim(BOMBED, word="bombed", sources=[], figures=[NINE]), text=STRIKE)
    assert [(s.mention.text, s.mention.party.key) for s in found.sources] == [("Chad's army", "TCD")]
    assert ("no source", "its sentence names who says it") in {(one.what, one.why) for one in gone}
    assert [count.low for count in found.counts] == [9]


def test_a_figure_of_another_clause_goes() -> None:
    text = "The army said rebels had killed four soldiers, while the rebels said seven villagers had died."
    seven = {"quote": "seven villagers", "kind": "killed", "low": 7, "high": 7, "unit": "villagers"}
    said = [{"quote": "The army", "who": "army", "cue": "said"}]
    (found,), gone = built(claim("rebels had killed four soldiers", sources=said, figures=[seven]), text=text)
    assert found.counts == ()
    assert gone[-1].why == "stands in another clause"
