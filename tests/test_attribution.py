"""Who says what: constructions of reported speech, each with all of its attributions.

A row is a text and its attributions in the order of their cues, one a line: ``source | cue | content``. ``-`` is no
source, `` … `` stands between the parts of a content, and ``~`` before a line marks an attitude: what is wanted, backed,
judged or spoken of, which makes no claim sourced.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

import standoff
from standoff.language import quotes
from standoff.model import Document, Stance, Statement

Row = tuple[str, str]
Attributor = Callable[[str], tuple[Statement, ...]]

CLASSES: list[tuple[str, Stance, str]] = [
    ("The army said its troops had left the town.", Stance.NEUTRAL, "The army | said | its troops had left the town"),
    (
        "The rebels claimed to have shot down a helicopter.",
        Stance.CLAIM,
        "The rebels | claimed | to have shot down a helicopter",
    ),
    (
        "The ministry denied that its planes had bombed the market.",
        Stance.DENY,
        "The ministry | denied | that its planes had bombed the market",
    ),
    (
        "The general admitted his men had fired first.",
        Stance.ADMIT,
        "The general | admitted | his men had fired first",
    ),
    ("Kyiv accused Moscow of shelling the port.", Stance.ACCUSE, "Kyiv | accused | shelling the port"),
    ("The mayor warned that the dam could burst.", Stance.WARN, "The mayor | warned | that the dam could burst"),
    ("The envoy urged both sides to stop firing.", Stance.URGE, "The envoy | urged | to stop firing"),
    (
        "The prime minister promised that the border would reopen.",
        Stance.PROMISE,
        "The prime minister | promised | that the border would reopen",
    ),
    (
        "The rebels' warning that shells would follow emptied the town.",
        Stance.WARN,
        "The rebels' | warning | that shells would follow",
    ),
    (
        "The army's claim that the town was safe was false.",
        Stance.CLAIM,
        "The army's | claim | that the town was safe",
    ),
    (
        "The allegation that soldiers burned the village was never tested.",
        Stance.CLAIM,
        "- | allegation | that soldiers burned the village",
    ),
]

NOBODY_NAMED: list[Row] = [
    ("Gunmen reportedly seized the radio station.", "- | reportedly | Gunmen … seized the radio station"),
    (
        "Two officers were allegedly beaten in the prison.",
        "- | allegedly | Two officers were … beaten in the prison",
    ),
    ("Reports that the general had fled reached the capital.", "- | Reports | that the general had fled"),
    ("It was announced that the border would reopen.", "- | announced | that the border would reopen"),
    ("Claims of torture reached the court.", "~- | Claims | torture"),
    ("The convoy is expected to reach the city on Friday.", "~- | expected | The convoy … to reach the city on Friday"),
    ("The town seemed to be empty.", "~- | seemed | The town … to be empty"),
    (
        "It was unclear whether the bridge would be rebuilt.",
        "~- | unclear | whether the bridge would be rebuilt",
    ),
]

PASSIVES: list[Row] = [
    (
        "The minister was quoted as saying that the talks had failed.",
        "The minister | saying | that the talks had failed",
    ),
    ("The governor is said to have fled the province.", "- | said | The governor … to have fled the province"),
    (
        "The officer was accused of selling weapons to the rebels.",
        "- | accused | selling weapons to the rebels",
    ),
    (
        "The officer is accused by prosecutors of selling weapons to the rebels.",
        "prosecutors | accused | selling weapons to the rebels",
    ),
    ("The general was believed to be in the capital.", "~- | believed | The general … to be in the capital"),
    ("The plan was endorsed by the council.", "~the council | endorsed | The plan"),
]

QUOTATIONS: list[Row] = [
    # Split by the cue, in every kind of mark.
    ("“The bridge,” the mayor said, “is gone for good.”", "the mayor | said | “The bridge,” … “is gone for good.”"),
    (
        "“The bridge is gone,” the mayor said. “We cannot cross the river any more.”",
        "the mayor | said | “The bridge is gone,” … “We cannot cross the river any more.”",
    ),
    (
        '"The bridge is gone," the mayor said. "We cannot cross the river any more."',
        'the mayor | said | "The bridge is gone," … "We cannot cross the river any more."',
    ),
    (
        "''The bridge is gone,'' the mayor said. ''We cannot cross the river any more.''",
        "the mayor | said | ''The bridge is gone,'' … ''We cannot cross the river any more.''",
    ),
    (
        "“We have lost the town,” said the general, who asked not to be named. “We will not lose the river.”",
        "the general, who asked not to be named | said | “We have lost the town,” … “We will not lose the river.”",
    ),
    (
        "“We have lost the town,” the general said on Friday after a night of shelling. “I think we will hold the river.”",
        "the general | said | “We have lost the town,” … “I think we will hold the river.”",
    ),
    ("“Where are our soldiers?” asked the mayor.", "the mayor | asked | “Where are our soldiers?”"),
    ("The mayor told the newspaper: “The town is empty.”", "The mayor | told | “The town is empty.”"),
    # Over paragraphs, with the opening mark repeated.
    (
        "“The bridge is gone.\n\n“We cannot cross the river any more,” the mayor said.",
        "the mayor | said | “The bridge is gone. … “We cannot cross the river any more,”",
    ),
    (
        "The mayor said: “The bridge is gone.\n\n“We cannot cross the river any more.\n\n“God help us.”",
        "The mayor | said | “The bridge is gone. … “We cannot cross the river any more. … “God help us.”",
    ),
    # Words in marks that are no quotation, and parts of one.
    ("The so-called “safe zone” was shelled on Monday.", ""),
    ("The mayor said the “safe zone” was not safe.", "The mayor | said | the “safe zone” was not safe"),
    (
        "The bishop said the law was “a disgrace” and should be repealed.",
        "The bishop | said | the law was “a disgrace” and should be repealed",
    ),
    ("The mayor called it a “catastrophe”.", "~The mayor | called | it a “catastrophe”"),
    # What a speaker says that others think, know or want is the speaker's.
    ("“They know that we have no water,” the nurse said.", "the nurse | said | “They know that we have no water,”"),
    ("“I think the town is lost,” the nurse said.", "the nurse | said | “I think the town is lost,”"),
    ("The nurse said the doctors wanted to leave.", "The nurse | said | the doctors wanted to leave"),
]

SET_OFF: list[Row] = [
    (
        "“We will hold the bridge to the last man.” — Governor Petrov",
        "Governor Petrov | — | “We will hold the bridge to the last man.”",
    ),
    (
        '"We will hold the bridge to the last man." -Commissioner Petrov',
        'Commissioner Petrov | - | "We will hold the bridge to the last man."',
    ),
    (
        "And from Senator Brown: The bridge must be rebuilt before the winter comes.",
        "Senator Brown | : | The bridge must be rebuilt before the winter comes.",
    ),
    (
        "MAYOR: The bridge is gone.\nGENERAL: Then we will build a new one.\nMAYOR: With what money shall we build it?\n"
        "GENERAL: With the money of the ministry.",
        "MAYOR | : | The bridge is gone.\nGENERAL | : | Then we will build a new one.\n"
        "MAYOR | : | With what money shall we build it?\nGENERAL | : | With the money of the ministry.",
    ),
    ("GOMA: Nine rebels were killed near the lake on Monday.", ""),
    ("Army: rebels shelled the bridge", "Army | : | rebels shelled the bridge"),
    ("Rebels shelled the bridge: army", "army | : | Rebels shelled the bridge"),
]

AROUND: list[Row] = [
    ("The convoy was hit, according to the ministry.", "the ministry | according to | The convoy was hit"),
    (
        "According to a statement from the ministry, the convoy was hit.",
        "a statement from the ministry | According to | the convoy was hit",
    ),
    ("In the mayor's view, the town was lost.", "the mayor's | In the mayor's view | the town was lost"),
    ("In the words of the bishop, the town was a grave.", "the bishop | In the words of | the town was a grave"),
    ("By her own admission, the minister had lied.", "her | By her own admission | the minister had lied"),
    ("As the mayor put it, the town was a grave.", "the mayor | put | the town was a grave"),
    ("The town, as the mayor put it, was a grave.", "the mayor | put | The town … was a grave"),
    ("The talks failed, as the envoy had predicted.", "the envoy | predicted | The talks failed"),
    ("What the town needs, the bishop said, is bread.", "the bishop | said | What the town needs … is bread"),
    ("No one was hurt, police say.", "police | say | No one was hurt"),
    (
        "The strike, which the ministry said killed ten civilians, hit a market.",
        "the ministry | said | The strike, which … killed ten civilians",
    ),
    (
        "The strikes killed ten civilians, he said, adding that the hospital had been hit.",
        "he | said | The strikes killed ten civilians\nhe | adding | that the hospital had been hit",
    ),
]

CHAINS: list[Row] = [
    (
        "The army said the rebels claimed that the mayor had told them the road was open.",
        "The army | said | the rebels claimed that the mayor had told them the road was open\n"
        "the rebels | claimed | that the mayor had told them the road was open\n"
        "the mayor | told | the road was open",
    ),
    (
        "According to the army, the rebels said they had taken the town.",
        "the army | According to | the rebels said they had taken the town\n"
        "the rebels | said | they had taken the town",
    ),
    (
        "Interfax quoted the ministry as saying the convoy was hit.",
        "Interfax | quoted | the ministry as saying the convoy was hit\nthe ministry | saying | the convoy was hit",
    ),
    (
        "Interfax quoted a military source as saying the convoy was hit.",
        "Interfax | quoted | a military source as saying the convoy was hit\n"
        "a military source | saying | the convoy was hit",
    ),
    (
        "A military source was quoted by Interfax as saying that the convoy was hit.",
        "Interfax | quoted | A military source … as saying that the convoy was hit\n"
        "A military source | saying | that the convoy was hit",
    ),
    (
        "The agency reported that the convoy was hit, citing officials.",
        "The agency | reported | that the convoy was hit\nofficials | citing | that the convoy was hit",
    ),
    (
        "The commander, citing intelligence reports, said the rebels were leaving.",
        "~The commander | citing | intelligence reports\nThe commander | said | the rebels were leaving",
    ),
    ("The ministry told Reuters that the convoy was hit.", "The ministry | told | that the convoy was hit"),
]

CARRIED_ON: list[Row] = [
    (
        "The mayor said the town was empty. He also said the bridge was gone.",
        "The mayor | said | the town was empty\nHe | said | the bridge was gone",
    ),
    (
        "The general said the town was lost. “We will not lose the river,” he added.",
        "The general | said | the town was lost\nhe | added | “We will not lose the river,”",
    ),
    (
        "The army said rebels attacked the village. Villagers were burying their dead on Tuesday.",
        "The army | said | rebels attacked the village",
    ),
    (
        "“We have lost the town,” the general said.\n\nThe rebels entered it on Friday.",
        "the general | said | “We have lost the town,”",
    ),
    (
        "One witness said the soldiers had fired first; another said the crowd had.",
        "One witness | said | the soldiers had fired first\nanother | said | the crowd had",
    ),
]

SOURCES: list[Row] = [
    ("Both sides said they had captured prisoners.", "Both sides | said | they had captured prisoners"),
    ("Both sides reported heavy losses near the river.", "~Both sides | reported | heavy losses near the river"),
    (
        "A senior official, speaking on condition of anonymity, said the convoy was hit.",
        "A senior official, speaking on condition of anonymity | said | the convoy was hit",
    ),
    (
        "A diplomat who asked not to be named said the general had fled.",
        "A diplomat who asked not to be named | said | the general had fled",
    ),
    (
        "Sources close to the palace said the general had fled.",
        "Sources close to the palace | said | the general had fled",
    ),
    ("The minister, who denied the raid, resigned on Friday.", "The minister, who | denied | the raid"),
    (
        "A statement from the ministry said the town was lost.",
        "A statement from the ministry | said | the town was lost",
    ),
    (
        "The ministry said in a statement on its website that the town was lost.",
        "The ministry | said | that the town was lost",
    ),
    ("The poll found that most voters opposed the war.", "The poll | found | that most voters opposed the war"),
    (
        "Documents seen by the newspaper show that the general had fled.",
        "~Documents seen by the newspaper | show | that the general had fled",
    ),
    ("The video shows that soldiers beat the prisoners.", "The video | shows | that soldiers beat the prisoners"),
]

ATTITUDES: list[Row] = [
    ("The rebels want to retake the town.", "~The rebels | want | to retake the town"),
    ("The minister plans to visit the town.", "~The minister | plans | to visit the town"),
    ("The general has ruled out a truce.", "~The general | ruled out | a truce"),
    ("The king backed the plan that the council rejected.",
     "~The king | backed | the plan that the council rejected\nthe council | rejected | the plan"),
    ("The bishop described the siege as a crime.", "~The bishop | described | the siege as a crime"),
    ("The minister praised the engineers, who come from the north.", "~The minister | praised | the engineers"),
    ("The minister spoke about the price of bread.", "~The minister | spoke | the price of bread"),
    ("The council voted against the plan.", "~The council | voted | the plan"),
    ("The widow was confident that the court would help her.",
     "~The widow | confident | that the court would help her"),
    ("The rebels were unwilling to leave the mine.", "~The rebels | unwilling | to leave the mine"),
    ("The governor's refusal to resign angered the town.", "~The governor's | refusal | to resign"),
    ("The minister made the case for a new road.", "~The minister | case | a new road"),
    ("The mayor's comments about the army angered the general.", "~The mayor's | comments | the army"),
    ("The bishop is an opponent of the dam.", "~The bishop | opponent | the dam"),
    ("The general questioned whether the truce would hold.", "The general | questioned | whether the truce would hold"),
]  # fmt: skip

ROWS = [
    *NOBODY_NAMED, *PASSIVES, *QUOTATIONS, *SET_OFF, *AROUND, *CHAINS, *CARRIED_ON, *SOURCES, *ATTITUDES,
]  # fmt: skip


def told(text: str, statements: tuple[Statement, ...]) -> str:
    lines = []
    for statement in statements:
        source = statement.source_span.of(text) if statement.source_span is not None else "-"
        content = " … ".join(span.of(text) for span in statement.content)
        lines.append(f"{'~' if statement.attitude else ''}{source} | {statement.cue} | {content}")
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_who_says_what(text: str, wanted: str, attribute: Attributor) -> None:
    assert told(text, attribute(text)) == wanted


@pytest.mark.parametrize(("text", "stance", "wanted"), CLASSES, ids=[text[:60] for text, _, _ in CLASSES])
def test_how_far_the_source_commits_itself(text: str, stance: Stance, wanted: str, attribute: Attributor) -> None:
    statements = attribute(text)
    assert told(text, statements) == wanted
    assert [statement.stance for statement in statements] == [stance]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("'Our troops will not leave,' the general said.", ["'Our troops will not leave,'"]),
        ("The rebels' leader said it was 'propaganda' and the ministers' aim.", ["'propaganda'"]),
        ("Syria 's army said 'we don't want war' again.", ["'we don't want war'"]),
        (
            "'Two men have been arrested.\n'The search goes on.'",
            ["'Two men have been arrested.", "'The search goes on.'"],
        ),
        ("The soldiers' wages in the '90s were low.", []),
    ],
)
def test_single_straight_marks_quote_where_their_end_can_be_told(text: str, wanted: list[str]) -> None:
    assert [text[quote.span.start : quote.span.end] for quote in quotes.find(text)] == wanted


def test_a_watchdog_told_by_what_it_is_speaks_for_itself_and_is_the_group_that_is_quoted_again() -> None:
    """ "The group" was read as the armed one that the report named since."""
    text = (
        "BEIRUT, 4 March 2026 - The YPG took the village from Islamic State on Monday, the Syrian Observatory for Human Rights "
        "said. The group said 12 fighters were killed in an air strike. It added that three civilians died in the strike."
    )
    claims = standoff.extract(Document("r", text, "0" * 64))
    assert {s.mention.party.key for c in claims if c.counts for s in c.sources} == {"NGO"}
    text = "Government aircraft killed nine people in Aleppo on Monday, a monitoring group said. Rights groups say five more died."
    claims = standoff.extract(Document("r", text, "0" * 64))
    assert {s.mention.party.key for c in claims for s in c.sources} == {"NGO"}


def test_a_last_name_is_whom_its_report_introduced_by_it() -> None:
    text = (
        "Observatory head Rami Abdel Rahman said strikes killed 12 people in Aleppo. "
        '"They hit a market," Abdel Rahman said. Syria denied it.'
    )
    (hit,) = (c for c in standoff.extract(Document("r", text, "0" * 64)) if "hit a market" in c.text)
    assert [s.mention.party.key for s in hit.sources] == ["NGO"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebel fire on areas held by the regime killed 1102 people said the Observatory adding that 234 were children.",
        "Jets killed ten people in Douma, the Syrian Observatory for Human Rights said. The YPG shelled the town and fighters of Islamic State "
        "seized it. According to the group they were the latest of 7,000 people killed in Syria.",
    ],
)
def test_a_watchdog_is_whose_words_they_are_where_a_comma_is_lost_or_others_were_named(text: str) -> None:
    """The dead were who said how many they were, and "the group" was the armed one."""
    counted = [c for c in standoff.extract(Document("r", text, "0" * 64)) if c.counts]
    assert counted
    assert {s.mention.party.key for c in counted for s in c.sources} == {"NGO"}
