"""What a team's improvement work already says, as words for its poster.

A new poster begins with it, and later it is offered beside a section that says something else. Nothing here shows a
number that fewer than five people stand behind: others read the poster.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.text import capfirst

from gpf import dates
from improvement.charts.words import sentence
from improvement.checklists.models import Checklist
from improvement.checklists.steps import BY_KEY as STEPS
from improvement.goals.chain import Chain, ChangeLine, GoalLine
from improvement.goals.queries import read_chain
from improvement.goals.words import terms
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure
from improvement.method.effect_goals import BY_NUMBER
from improvement.method.models import InterviewRound, Theme
from teams.models import Team, TeamMember

FEWEST = 5
MOST_LINES = 6
MOST_CHARTS = 2
TRIED = ("trying", "in_use")


@dataclass(frozen=True)
class Filling:
    """Words by section key, and the measures whose charts belong on the poster, the most telling first."""

    texts: dict[str, str] = field(default_factory=dict)
    charts: tuple[int, ...] = ()


def fill(team: Team, language: str) -> Filling:
    """What is known, in the poster's language; a section nothing is known about is not there. Needs the network's
    scope. The number of queries is the same however much the team has written."""
    with translation.override(language):
        chain = read_chain(team)
        measures = _told_measures(team)
        texts = {
            "team": _people(team),
            "anchoring": _anchoring(team),
            "interviewed": _interviewed(team),
            "matters": _lines(theme.text for theme in Theme.objects.filter(team=team).order_by("-mentioned_by")),
            "needs": _lines(need.text for need in chain.needs),
            "goals": _lines(_goal(goal) for goal in chain.goals if goal.state in ("chosen", "reached")),
            "effect_goals": _lines(_effects(chain)),
            "checklists": _lines(_checklists(team)),
            "changes": _lines(_change(change) for change in chain.changes if change.rounds or change.state in TRIED),
            "measures": _lines(words for _pk, words in measures),
            "results": _lines(goal.outcome for goal in chain.goals if goal.outcome),
        }
        found = {key: text for key, text in texts.items() if text}
        return Filling(found, tuple(pk for pk, _words in measures))


def _lines(found: Iterable[str]) -> str:
    return "\n".join([line for line in dict.fromkeys(" ".join(each.split()) for each in found) if line][:MOST_LINES])


def _people(team: Team) -> str:
    """Roles and workplaces, the leader first; nobody's name: a poster hangs where everybody passes."""
    members = TeamMember.objects.filter(team=team, left_on=None).order_by("pk")
    order = list(TeamMember.Function)
    found = sorted(members, key=lambda one: order.index(TeamMember.Function(one.function)))
    return _lines(_person(member) for member in found)


def _person(member: TeamMember) -> str:
    """As "Team leader, nurse, home services"; of whom no more is known than that she takes part, nothing."""
    if not (member.title or member.unit):
        return ""
    function = TeamMember.Function(member.function)
    role = "" if function == TeamMember.Function.MEMBER else str(function.label)
    return capfirst(", ".join(filter(None, (role, member.title, member.unit))))


def _anchoring(team: Team) -> str:
    participation = team.participation
    title = participation.anchored_title or ""
    if not title or not participation.anchored_on:
        return capfirst(title)
    return f"{capfirst(title)}, {dates.short_date(participation.anchored_on)}"


def _interviewed(team: Team) -> str:
    """How many of each, where it is not so few that somebody could be known by it."""
    counts: dict[str, int] = {}
    for asked, count in InterviewRound.objects.filter(team=team).values_list("asked", "count"):
        counts[asked] = counts.get(asked, 0) + count
    return _lines(
        f"{counts[asked.value]} {asked.label}" for asked in InterviewRound.Asked if counts.get(asked.value, 0) >= FEWEST
    )


def _goal(goal: GoalLine) -> str:
    return ", ".join([goal.text.rstrip("."), *terms(goal)])


def _effects(chain: Chain) -> list[str]:
    chosen = sorted({number for goal in chain.goals if goal.is_open for number in goal.effect_goals})
    return [str(BY_NUMBER[number].name) for number in chosen if number in BY_NUMBER]


def _checklists(team: Team) -> list[str]:
    used = set(Checklist.objects.filter(team=team).values_list("step", flat=True))
    return [f"{step.code} {step.name}".strip() for key, step in STEPS.items() if key in used]


def _change(change: ChangeLine) -> str:
    learned = next((one.learned for one in reversed(change.rounds) if one.learned), "")
    return f"{change.text.rstrip('.')}: {learned}" if learned else change.text


def _told_measures(team: Team) -> list[tuple[int, str]]:
    """The measures with the most to tell, each with its sentence."""
    measures = list(Measure.objects.filter(team=team, ended_on=None).select_related("team"))
    pictures = pictures_of(measures, own=False)
    order = {Measure.Role.OUTCOME: 0, Measure.Role.PROCESS: 1, Measure.Role.BALANCING: 2}
    shown: Sequence[Measure] = sorted(
        (measure for measure in measures if len(pictures[measure.pk].present) >= FEWEST),
        key=lambda measure: (order[Measure.Role(measure.role)], -len(pictures[measure.pk].present), measure.pk),
    )
    return [(measure.pk, _told(measure, sentence(pictures[measure.pk]))) for measure in shown[:MOST_CHARTS]]


def _told(measure: Measure, words: str) -> str:
    return f"{measure.title}: {words[:1].lower()}{words[1:]}"
