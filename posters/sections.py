"""The sections a poster is written in, gathering by gathering, in the order they are told on the wall.

A later gathering has every section of the earlier ones and some more; a section left empty is not on the poster.
`words` is guidance for the team (from, to). A later poster has more sections for the same sheet, so each gets fewer
words; if every section keeps to them, the poster fits.
"""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from posters.content import Kind, Slot, Tone

LAST = 4
WORDS_ON_A_POSTER = 470  # more would be too small to read at two metres
WORDS_A_SECTION = 10  # what its heading and edges take the room of
FEWEST = 5


@dataclass(frozen=True)
class Section:
    """One section of the template. `since` is the gathering it first belongs to; among the filled sections with a
    `weight`, the heaviest is lifted out on the poster."""

    key: str
    since: int
    heading: Promise
    prompt: Promise
    words: tuple[int, int]
    kind: Kind = "text"
    slot: Slot = "card"
    tone: Tone = "plain"
    weight: int = 0


SECTIONS = (
    Section(
        "team",
        1,
        _("Our team"),
        _("Who is in the team, and who leads it? Write roles and workplaces, one a line."),
        (8, 30),
        slot="fact",
    ),
    Section(
        "anchoring",
        1,
        _("Backed by"),
        _("Which leader stands behind the work, and since when? For example: the head of health services, 3 February."),
        (6, 25),
        slot="fact",
    ),
    Section(
        "interviewed",
        1,
        _("We have talked with"),
        _("How many users, patients and relatives have you interviewed? Begin each line with the number."),
        (3, 15),
        kind="numbers",
        slot="fact",
    ),
    Section(
        "patient_group",
        2,
        _("Who it is about"),
        _("Which group of users or patients have you chosen, and why just them?"),
        (10, 30),
    ),
    Section(
        "matters",
        1,
        _("What matters to the users"),
        _("What did they answer to “What matters to you?” Write themes, one a line, never one person's story."),
        (15, 50),
        kind="bullets",
        weight=1,
    ),
    Section(
        "learned",
        1,
        _("What we have learned"),
        _("What surprised you in the interviews? What works well today, and where does the pathway break?"),
        (25, 60),
    ),
    Section(
        "needs",
        2,
        _("What needs to get better"),
        _("What do the users, the staff and the numbers tell you must change? One need a line."),
        (15, 45),
        kind="bullets",
    ),
    Section(
        "goals",
        2,
        _("Our goals"),
        _("How much better, for whom, and by when? One goal a line, for example: 90 % get a visit within three days."),
        (20, 60),
        kind="numbers",
    ),
    Section(
        "effect_goals",
        2,
        _("Effect goals we work towards"),
        _("Which of the programme's five effect goals does the work serve? One a line."),
        (5, 25),
        kind="bullets",
    ),
    Section(
        "expect",
        1,
        _("What we expect"),
        _("What do you hope is different for the users in a year and a half? What do you want from this network?"),
        (15, 40),
    ),
    Section(
        "involved",
        2,
        _("Who is involved"),
        _("Who have you told and brought along: the hospital, the general practitioners, home services, relatives?"),
        (10, 30),
    ),
    Section(
        "checklists",
        2,
        _("Checklists we use"),
        _("Which checklists have you taken into use or adapted to your place? One a line."),
        (5, 25),
        kind="bullets",
    ),
    Section(
        "changes",
        3,
        _("What we have tried"),
        _("Which changes have you tried out, on how small a scale, and what did you adjust? One change a line."),
        (20, 60),
        kind="bullets",
    ),
    Section(
        "measures",
        3,
        _("What the numbers show"),
        _("What do you see in the run chart? Write from, to and how long, for example: 62 % → 81 % in five months."),
        (15, 40),
        kind="numbers",
    ),
    Section(
        "changed_for_user",
        3,
        _("What has changed for the user"),
        _("What does a user meet today that was not there before?"),
        (20, 50),
        weight=2,
    ),
    Section(
        "results",
        4,
        _("Results against our goals"),
        _("Goal by goal: how far did you get? Begin each line with the number."),
        (20, 60),
        kind="numbers",
        weight=3,
    ),
    Section(
        "routine",
        4,
        _("What is routine now"),
        _("What is done every day now, whoever is at work? Where is it written down?"),
        (15, 40),
        kind="bullets",
    ),
    Section(
        "obstacles",
        3,
        _("What stands in the way"),
        _("What has been harder than you thought? Others have met it too."),
        (10, 35),
    ),
    Section(
        "help",
        3,
        _("What we want help with"),
        _("What would you ask the others in the room about? Write it as a question."),
        (10, 35),
        tone="ask",
    ),
    Section(
        "spread",
        4,
        _("How it spreads"),
        _("Which units, districts or municipalities take it up next, and when?"),
        (15, 40),
    ),
    Section(
        "owner",
        4,
        _("Who owns it from now on"),
        _("Which role keeps this going when the network ends?"),
        (8, 25),
    ),
    Section(
        "advice",
        4,
        _("Our advice to others"),
        _("What would you tell a team that begins tomorrow?"),
        (15, 40),
        tone="ask",
    ),
)

BY_KEY = {section.key: section for section in SECTIONS}


def sections_for(gathering: int, of: int = LAST) -> tuple[Section, ...]:
    """The sections of the poster for gathering number `gathering` of `of`.

    The last gathering of a network always has them all, also in a network of three gatherings.
    """
    stage = LAST if gathering >= of else min(gathering, LAST - 1)
    chosen = [section for section in SECTIONS if section.since <= stage]
    room = WORDS_ON_A_POSTER - WORDS_A_SECTION * len(chosen)
    share = min(1.0, room / sum(section.words[1] for section in chosen))
    return tuple(replace(section, words=_guidance(section.words, share)) for section in chosen)


def _guidance(words: tuple[int, int], share: float) -> tuple[int, int]:
    """The guidance cut to a share, in round numbers."""
    most = max(2 * FEWEST, FEWEST * round(words[1] * share / FEWEST))
    return min(max(FEWEST, round(words[0] * share)), most), most


def highlighted(filled: set[str]) -> str:
    """The key of the section to lift out among those filled in; "" when none asks for it."""
    heaviest = max((section for section in SECTIONS if section.key in filled), key=lambda s: s.weight, default=None)
    return heaviest.key if heaviest and heaviest.weight else ""
