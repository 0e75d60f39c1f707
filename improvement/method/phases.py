"""The five phases of improvement work and the steps in each, as the programme teaches them.

They guide and never block: a team marks what it has done, goes back, or works by another model.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step: its key in the database, what it is called, what it is about, and where it is done.

    `place` is the name of the address where the team does it, which takes the network's and the team's slug; `label`
    is what a link there says.
    """

    slug: str
    name: str | Promise
    meaning: str | Promise
    place: str
    label: str | Promise


@dataclass(frozen=True)
class Phase:
    """One of the five: its number, its name, and what it is for in a sentence."""

    number: int
    name: str | Promise
    meaning: str | Promise
    steps: tuple[Step, ...]


PHASES: tuple[Phase, ...] = (
    Phase(
        1,
        _("Preparing"),
        _("Agree on what is not good enough today, and get the people and the time you need."),
        (
            Step(
                "need",
                _("See the need together"),
                _("Ask users, next of kin and staff what matters, and talk over what they say."),
                "improvement:interviews",
                _("To the interviews"),
            ),
            Step(
                "anchor",
                _("Anchor and organise"),
                _("A leader stands behind it by name, and the team knows who does what."),
                "overview:team",
                _("To the team's page"),
            ),
            Step(
                "knowledge",
                _("Gather what is known"),
                _("Research, what those who work there know, and what users have lived through."),
                "improvement:interviews",
                _("To what users told"),
            ),
        ),
    ),
    Phase(
        2,
        _("Planning"),
        _("Decide what is to be better, how you will see it, and what you will try."),
        (
            Step(
                "map",
                _("Map needs and practice"),
                _("What do users need, and what do we do today?"),
                "improvement:goals",
                _("To the needs"),
            ),
            Step(
                "goals",
                _("Set goals"),
                _("How much better, for whom, and by when."),
                "improvement:goals",
                _("To the goals"),
            ),
            Step(
                "measures",
                _("Choose how to measure"),
                _("A few numbers you can get hold of every week or month."),
                "improvement:measures",
                _("To the measures"),
            ),
            Step(
                "changes",
                _("Find or make changes"),
                _("Borrow what has worked for others, or think out your own."),
                "improvement:diagram",
                _("To the driver diagram"),
            ),
            Step(
                "practice",
                _("Plan the new practice"),
                _("Who does what, when does it begin, and which checklists do you use?"),
                "improvement:plan",
                _("To the plan"),
            ),
        ),
    ),
    Phase(
        3,
        _("Carrying out"),
        _("Try the new practice on a small scale, and adjust it as you learn."),
        (
            Step(
                "try",
                _("Try out new practice"),
                _("Begin with one user or one shift. Write down what you learn in a PDSA round."),
                "improvement:goals",
                _("To the changes"),
            ),
        ),
    ),
    Phase(
        4,
        _("Evaluating"),
        _("Look at the numbers and at what people say. Has it become better?"),
        (
            Step(
                "reflect",
                _("Measure and reflect"),
                _("Look at the charts together, and talk about why they look as they do."),
                "improvement:measures",
                _("To the charts"),
            ),
            Step(
                "enough",
                _("Judge whether it is enough"),
                _("Is the goal reached? If not: what do you try next?"),
                "improvement:goals",
                _("To the goals"),
            ),
        ),
    ),
    Phase(
        5,
        _("Following up"),
        _("Make what works a part of every day, see that it lasts, and let others have it."),
        (
            Step(
                "implement",
                _("Make it a part of every day"),
                _("Put it into routines, checklists and the training of those who are new."),
                "improvement:checklists",
                _("To the checklists"),
            ),
            Step(
                "continue",
                _("See that it lasts"),
                _("Somebody owns it, and somebody goes on measuring."),
                "improvement:measures",
                _("To the measures"),
            ),
            Step(
                "share",
                _("Share it"),
                _("Tell the others in the network what worked, and what did not."),
                "improvement:measures",
                _("Choose what you share"),
            ),
        ),
    ),
)

STEPS: dict[str, Step] = {step.slug: step for phase in PHASES for step in phase.steps}
