"""Two readers, one list of claims: what the learned reader adds, fills and leaves out, and what no reader may infer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import document
from standoff import lexicon
from standoff.errors import ModelError
from standoff.explain import explain
from standoff.language import pipeline
from standoff.language.reading import model as weights
from standoff.language.reading import whom
from standoff.model import AuxMode, Claim, Document
from standoff.reconcile.accounts import holders

Coder = Callable[..., tuple[Claim, ...]]


def assaults(code: Coder, text: str) -> list[Claim]:
    return [c for c in code(text, date(2026, 3, 10)) if c.event == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "slot", "key"),
    [
        ("The Chadian army shelled the town of Tine on Monday. A rights group said six died.", "sources", "NGO"),
        ("Shells hit Douma on Monday. A Syrian human rights monitoring group said nine people died.", "sources", "NGO"),
        ("Myanmar's junta bombed a school in Sagaing. A resistance group said 11 children died.", "sources", "MMR-REB"),
        (
            "Kenya's president spoke in Nairobi. Police shot dead three protesters in Kisumu on Monday.",
            "recipients",
            "KEN",
        ),
        ("Togolese judges met in Lome. A Togolese court jailed two opposition leaders.", "recipients", "TGO"),
    ],
)
def test_what_kind_of_party_words_tell_decides_where_no_name_does(code: Coder, text: str, slot: str, key: str) -> None:
    told = [c for c in code(text, date(2026, 3, 10)) if c.event in {"ASSAULT", "COERCE", "SANCTION"}][-1]
    keys = {s.mention.party.key for s in told.sources} if slot == "sources" else told.recipient_keys
    assert keys == {key}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Gunmen on Sunday night attacked Gwadabawa town in Sokoto State, killing seven people, police said.",
            "Gwadabawa",
        ),
        ("Armed men stormed Bunia hospital in Ituri province in eastern Congo, killing four patients.", "Bunia"),
        ("In Syria's Aleppo province a rocket fired from Idlib hit Azaz, killing five people.", "Azaz"),
    ],
)
def test_of_two_places_the_likelier_one_stands_and_is_explained(code: Coder, text: str, place: str) -> None:
    """The rules took the province that the sentence names beside its town."""
    (claim,) = assaults(code, text)
    assert claim.where is not None
    assert claim.where.name == place
    (explained,) = explain(Document("one", text, "0" * 64, published=date(2026, 3, 10)))
    assert "place" in {step.slot for step in explained.steps}


@pytest.mark.parametrize(
    ("text", "town", "country"),
    [
        ("Russian forces shelled Kherson on Tuesday.", "Kherson", "UKR"),
        ("A Russian strike on Sumy killed two.", "Sumy", "UKR"),
        ("Rwandan troops captured Goma.", "Goma", "COD"),
    ],
)
def test_a_town_that_the_parser_takes_for_a_person_is_where_it_happened(
    code: Coder, text: str, town: str, country: str
) -> None:
    (claim,) = assaults(code, text)
    assert claim.where is not None
    assert (claim.where.name, claim.where.country) == (town, country)
    assert claim.recipient_keys <= {country}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Drones hit Khartoum airport on Monday, the army said.", set()),
        ("Fighter jets bombed Homs, Syria said.", set()),
        ("Gunboats fired on a tanker off Yemen.", set()),
        ("Rebel drones hit the airport of Khartoum.", {"SDN-REB"}),
        ("Syria said its jets bombed a camp near Homs.", {"SYR"}),
        ("Russian drones hit a hospital in Kharkiv.", {"RUS"}),
    ],
)
def test_planes_and_drones_are_whose_the_words_say(code: Coder, text: str, actor: set[str]) -> None:
    assert [set(c.actor_keys) for c in assaults(code, text)] == [actor]


@pytest.mark.parametrize(
    "text",
    [
        "A resident said Russian soldiers shot two neighbours.",
        "Witnesses said Israeli troops opened fire on the crowd.",
        "Residents said Rwandan soldiers killed 20 villagers.",
    ],
)
def test_who_accuses_does_not_speak_for_the_accused_nor_strike_themselves(code: Coder, text: str) -> None:
    (claim,) = assaults(code, text)
    assert claim.speaker == "UNK"
    assert not claim.recipient_keys & claim.actor_keys


@pytest.mark.parametrize("text", ["A virus killed 40 pigs in Kenya.", "Storm Eunice killed nine people in Poland."])
def test_what_the_reader_knows_for_no_attack_is_left_out(code: Coder, text: str) -> None:
    assert assaults(code, text) == []


def test_what_may_have_been_is_not_told_as_so(code: Coder) -> None:
    found = assaults(code, "Iranian drones may have hit a farm in Jordan.")
    assert found
    assert all(AuxMode.HYPOTHETICAL in c.aux for c in found)


def test_every_word_of_the_lexicon_of_plausibility_has_an_example() -> None:
    for table, entries in lexicon.load("plausible").items():
        assert all(entry["words"] and entry["example"] for entry in entries), table


def test_an_explanation_names_what_proposed_and_what_decided() -> None:
    text = "Kenyan police arrested nine protesters in Nairobi on Tuesday."
    (one,) = explain(Document("d", text, "0" * 64, published=date(2026, 3, 10)))
    steps = {step.slot: step for step in one.steps}
    assert steps["event"].decided.startswith("both, told with ")
    assert steps["event"].probability is not None
    assert steps["event"].probability > 0.5
    assert steps["actor"].value.endswith("(KEN)")
    assert {"event", "actor", "recipient", "source", "really", "figures", "time", "place"} <= set(steps)


def test_a_report_is_read_alike_alone_and_among_others() -> None:
    texts = ["Gunmen killed 12 soldiers in Diffa.", "Iran condemned the raid. Its army said nothing.", "Prices rose."]
    documents = [Document(f"d{n}", t, f"{n}" * 64) for n, t in enumerate(texts)]
    alone = [pipeline.annotate(d)._.reading.proposals for d in documents]
    together = [doc._.reading.proposals for doc in pipeline.annotate_all(documents)]
    assert alone == together


def test_weights_that_are_not_those_of_the_manifest_are_refused(tmp_path: Path) -> None:
    shipped = Path(weights.__file__).parent / "weights"
    for name in ("manifest.json", "scorer.npz", "tokenizer.json"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    (tmp_path / "reader.onnx").write_bytes(b"other weights")
    with pytest.raises(ModelError, match="sha256"):
        weights.Network(tmp_path)


def test_the_weights_stay_within_what_a_package_may_carry() -> None:
    shipped = Path(weights.__file__).parent / "weights"
    assert sum(f.stat().st_size for f in shipped.iterdir()) <= 40_000_000
    assert set(json.loads((shipped / "manifest.json").read_text(encoding="utf-8"))["roles"]) >= {
        "actor",
        "recipient",
        "place",
    }


def test_an_army_of_which_no_land_is_said_is_one_army_throughout_a_report() -> None:
    """Alone, the second of the three was read as Sudan's and the others as Turkey's."""
    text = (
        "KADUGLI, Sudan - Rebels said on Tuesday that the army had dropped gas on the town. The army rejected it.\n\n"
        "Turkish President Emin Aslan, whom Turkey's press quoted in Ankara, blamed the regime for it, and Turkey's foreign "
        "ministry asked the Turkish parliament to meet. The military denied that it had used gas, and the military said that "
        "its planes had flown nowhere near. The military has fought there for a year."
    )
    doc = pipeline.annotate(document(text))
    meant = [whom.meant(doc, m.start(), m.end(), "actor") for m in re.finditer("[Tt]he military", text)]
    assert len(meant) == 3
    assert len({m.party.key for one in meant for m in one.mentions}) == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Sudanese and Chadian air strikes have battered parts of Darfur despite a ceasefire that Egypt and Qatar brokered in "
            "December, according to the monitor.",
            {None},
        ),
        ("Sudanese jets struck the town of Kadugli on 3 March and killed nine people.", {date(2026, 3, 3)}),
    ],
)
def test_a_time_that_is_another_events_is_not_taken_for_one_that_the_rules_give_none(
    code: Coder, text: str, days: set[date | None]
) -> None:
    assert {claim.when and claim.when.start for claim in assaults(code, text)} == days


@pytest.mark.parametrize(
    ("text", "denier", "deed"),
    [
        ("The Malian army said the report that 30 of its soldiers had died in Kidal was untrue.", "MLI", ("MLI", True)),
        ("Syria described the reports its army had used chemical weapons as completely untrue.", "SYR", ("SYR", True)),
        ("The Azerbaijani ministry said the report of an attack on its post was disinformation.", "AZE", ("AZE", True)),
        ("The Sudanese army said the RSF's claim that it had bombed a market was false.", "SDN", ("SDN-REB", False)),
        ("The Syrian minister said the allegations were illogical and fabricated.", "SYR", None),
        ('Russia\'s Defence Ministry has called graphic evidence of atrocities in Bucha "fake".', "RUS", ("RUS", True)),
        ("The Kremlin said there was no truth whatsoever to the reports of its troops in Bamako.", "RUS", None),
        ('"These are lies," the Ukrainian presidential adviser Mykhailo Podolyak said.', "UKR", None),
    ],
)
def test_an_account_called_untrue_is_denied_and_not_held_by_who_calls_it_so(
    code: Coder, text: str, denier: str, deed: tuple[str, bool] | None
) -> None:
    """The army held the 30 dead of the report that it said was untrue; where the words say whose the account is, it is theirs."""
    told = code(text, date(2026, 3, 10))
    assert any(c.event == "REJECT" and c.actor_keys == {denier} for c in told)
    held = {(c.sources[0].mention.party.key, AuxMode.NEGATION in c.aux) for c in told if c.event == "ASSAULT"}
    assert held == ({deed} if deed else set())


@pytest.mark.parametrize(
    ("text", "accuser", "accused"),
    [
        ("A U.S. official said the attack appeared to be the work of the Syrian government.", "USA", {"SYR"}),
        ("Ukraine's army said Russian forces were responsible for the explosion at the dam.", "UKR", {"RUS"}),
    ],
)
def test_to_whom_a_deed_is_laid_is_kept_where_the_learned_reader_marks_another_word(
    code: Coder, text: str, accuser: str, accused: set[str]
) -> None:
    told = code(text, date(2026, 3, 10))
    assert any(c.event == "ACCUSE" and c.actor_keys == {accuser} and c.recipient_keys == accused for c in told)


def test_an_overstated_figure_is_no_denial_of_what_it_counts(code: Coder) -> None:
    text = "Mali's army said the report that 30 of its soldiers were killed in Kidal was exaggerated."
    assert not any(AuxMode.NEGATION in c.aux for c in code(text, date(2026, 3, 10)))


def test_a_news_medium_makes_nobody_its_states(code: Coder) -> None:
    """Whose soldiers fell was taken from the agency that told of them: France's."""
    (told,) = assaults(code, "AFP said 30 soldiers were killed in the attack in Inates.")
    assert "FRA" not in told.recipient_keys
    (told,) = assaults(code, "SANA said three soldiers were killed in the attack.")
    assert told.recipient_keys == {"SYR"}


@pytest.mark.parametrize(
    "text",
    [
        entry["example"]
        for table in ("doubting", "considering", "confirming", "evidence")
        for entry in lexicon.load("predicates")[table]
    ]
    + [
        "Eritrea may close its border with Ethiopia.",
        "Had Kenyan troops entered Kismayo, Somalia would have retaliated.",
        "Turkey would neither confirm nor deny that its jets had bombed Afrin.",
        "It was not clear whether the army had shelled the village of Tawila.",
        "The inspectors found no proof that Croatian guns had fired on Knin.",
        "There is no sign that Rwandan troops attacked Goma, the UN said.",
    ],
)
def test_what_nobody_knows_or_only_may_be_is_not_told_as_so(code: Coder, text: str) -> None:
    """ "There is no evidence that drones hit it" and "may suspend" were told as done where the learned reader alone saw the deed."""
    told = [c for c in code(text, date(2026, 3, 10)) if c.event in {"ASSAULT", "COERCE", "SANCTION"}]
    assert all(set(c.aux) & {AuxMode.HYPOTHETICAL, AuxMode.FUTURE} for c in told)
    assert not any(AuxMode.NEGATION in c.aux for c in told)


@pytest.mark.parametrize(
    "text",
    [
        "The Knesset debated the attack by Hamas on Sderot, in which three people were killed.",
        "Kenyan lawmakers questioned the raid in which soldiers killed four herders in Garissa.",
        "The council weighed its answer after Russian missiles hit Kharkiv.",
    ],
)
def test_what_is_debated_is_told_as_so(code: Coder, text: str) -> None:
    told = assaults(code, text)
    assert told
    assert not any(AuxMode.HYPOTHETICAL in claim.aux for claim in told)


@pytest.mark.parametrize(
    ("text", "backer"),
    [
        ("Iran-backed militias attacked a US base in Syria.", "IRN"),
        ("Emirati-backed separatists captured Seiyun.", "ARE"),
        ("Russian-backed separatists fired on Ukrainian troops near Donetsk.", "RUS"),
        ("Rwandan-supported rebels seized the town of Masisi in Congo.", "RWA"),
    ],
)
def test_who_backs_fighters_is_not_who_acts(code: Coder, text: str, backer: str) -> None:
    told = assaults(code, text)
    assert told
    assert not any(key[:3] == backer for claim in told for key in claim.actor_keys)


@pytest.mark.parametrize("entry", lexicon.load("plausible")["mishap"] + lexicon.load("plausible")["burst"])
def test_a_mishap_is_nobodys_attack(code: Coder, entry: dict[str, Any]) -> None:
    assert not assaults(code, entry["example"])


def test_a_mine_that_explodes_is_no_mishap(code: Coder) -> None:
    assert assaults(code, "A mine explosion killed four soldiers near Kidal in Mali on Monday.")


@pytest.mark.parametrize("entry", lexicon.load("plausible")["another"])
def test_it_within_a_quotation_is_not_who_is_quoted(code: Coder, entry: dict[str, Any]) -> None:
    told = [c for c in assaults(code, entry["example"]) if c.counts]
    assert told
    assert not any("UKR" in c.actor_keys for c in told)


@pytest.mark.parametrize(
    ("who", "account"),
    [
        ("A Syrian opposition statement", "SYR-OPP"),
        ("Opposition figure George Sabra", "SYR-OPP"),
        ("A high-ranking Syrian opposition official", "SYR-OPP"),
        ("An opposition spokesman", "SYR-OPP"),
        ("A military source at the Free Syrian Army", "SYR-REB"),
        ("A Syrian army source", "SYR"),
        ("Venezuelan opposition leader Juan Perez", "VEN-OPP"),
    ],
)
def test_who_speaks_against_a_state_does_not_speak_for_it(code: Coder, who: str, account: str) -> None:
    told = code(f"Syrian government jets bombed Saraqeb on Monday. {who} said 12 people were killed in the raid.")
    assert {key for c in told if c.sources for key in holders(c)} == {account}
