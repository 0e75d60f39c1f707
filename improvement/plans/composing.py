"""The plan writes itself: everything a team has written, read and put together as it stands today.

It is written for readers outside the team as well: a number with fewer than five behind it is not in it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils import translation
from django.utils.text import capfirst

from gpf import dates
from improvement.charts import words
from improvement.charts.numbers import period, with_unit
from improvement.charts.picture import Mark, Picture
from improvement.charts.svg import Shape, draw
from improvement.charts.table import alternative
from improvement.goals.chain import Chain, ChangeLine, GoalLine
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure as MeasureRow
from improvement.method.interview_queries import FEWEST, read_interviews
from improvement.method.queries import read_ratings
from improvement.plans.content import Change, Goal, Measure, Meeting, Need, Person, Plan, Rating, Round, Theme
from improvement.plans.queries import coming_gathering
from sessions.queries import read_supervisors
from teams.models import Team, TeamMember

STATES = ("chosen", "draft", "reached", "dropped")
"""The order in which goals stand: what is worked on first."""


def compose(chain: Chain, *, today: date) -> Plan:
    """The team's plan as it stands, in the team's language. Needs the network's scope.

    Eleven queries, however much the team has written, beside what the chain took.
    """
    team = chain.team
    with translation.override(team.language):
        anchored_by, anchored_on = _anchoring(team)
        interviews = read_interviews(team, own=False)
        return Plan(
            team=team.name,
            made_on=today,
            organisation=str(team.participation.organisation),
            network=team.network.name,
            patient_group=team.patient_group,
            people=_people(team, today),
            supervisors=tuple(read_supervisors(team, today)),
            anchored_by=anchored_by,
            anchored_on=anchored_on,
            next_gathering=_next_gathering(today),
            interviews=interviews.asked_words if interviews.rounds else "",
            interviewed=sum(each.row.count for each in interviews.rounds if each.row.count >= FEWEST),
            themes=tuple(Theme(each.row.pk, each.row.text, each.said) for each in interviews.themes),
            needs=tuple(Need(each.pk, each.text, each.about) for each in chain.needs),
            goals=tuple(_goal(each) for each in _in_order(chain.goals)),
            changes=tuple(_change(each) for each in chain.changes),
            measures=_measures(team),
            ratings=tuple(
                Rating(each.goal.number, each.newest.score, each.newest.sentence, str(each.newest.gathering))
                for each in read_ratings(team)
                if each.newest
            ),
        )


def _anchoring(team: Team) -> tuple[str, date | None]:
    """Who has committed the organisation: name and title as far as they are known."""
    participation = team.participation
    who = ", ".join(filter(None, (participation.anchored_by, participation.anchored_title)))
    return who, participation.anchored_on


def _people(team: Team, today: date) -> tuple[Person, ...]:
    """The leader first, then by what they do."""
    order = TeamMember.Function.values
    places = TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today), team=team)
    found = sorted(
        places.select_related("membership__user"), key=lambda place: (order.index(place.function), str(place))
    )
    return tuple(Person(place.pk, str(place), place.function, place.title, place.unit) for place in found)


def _next_gathering(today: date) -> Meeting | None:
    found = coming_gathering(today)
    return Meeting(str(found), found.starts_on, found.ends_on, found.month) if found else None


def _in_order(goals: Sequence[GoalLine]) -> list[GoalLine]:
    """What is chosen first, then by the points the team gave."""
    return sorted(goals, key=lambda goal: (STATES.index(goal.state), -goal.points))


def _goal(line: GoalLine) -> Goal:
    return Goal(
        key=line.pk,
        text=line.text,
        how_much=line.how_much,
        for_whom=line.for_whom,
        by_when=line.by_when,
        state=line.state,
        outcome=line.outcome,
        effect_goals=line.effect_goals,
        hph_steps=line.hph_steps,
        needs=line.needs,
    )


def _change(line: ChangeLine) -> Change:
    return Change(
        key=line.pk,
        text=line.text,
        about=line.about,
        need=line.need,
        goals=line.goals,
        responsible=line.responsible,
        state=line.state,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        rounds=tuple(
            Round(each.number, each.starts_on, each.ends_on, each.learned, each.decision) for each in line.rounds
        ),
    )


def _measures(team: Team) -> tuple[Measure, ...]:
    rows = list(MeasureRow.objects.filter(team=team).select_related("team"))
    pictures = pictures_of(rows, own=False)
    return tuple(_measure(row, pictures[row.pk]) for row in rows)


def _measure(row: MeasureRow, picture: Picture) -> Measure:
    drawn = replace(picture, marks=_within(picture))
    newest, newest_key = _newest(picture)
    return Measure(
        key=row.pk,
        title=row.title,
        goal=row.goal_id,
        target="" if picture.target is None else with_unit(picture, picture.target),
        baseline=row.baseline,
        collected_by=row.collected_by,
        rhythm=str(MeasureRow.Rhythm(row.rhythm).label),
        newest=newest,
        newest_key=newest_key,
        sentence=words.sentence(picture),
        chart=draw(drawn, shape=Shape.PAGE) if picture.present else "",
        # A drawing is known on its page by what it is of: the two of one measure are told apart by the name.
        small_chart=draw(replace(drawn, team=f"{drawn.team}, small"), shape=Shape.SMALL) if picture.present else "",
        alternative=alternative(picture),
        marks=tuple(f"{capfirst(each.text)} ({dates.date_range(each.on)})" for each in drawn.marks),
        ended_on=row.ended_on,
    )


def _newest(picture: Picture) -> tuple[str, str]:
    """The last number in words, and as a machine has it; both empty where there is none."""
    at = picture.last
    value = None if at is None else picture.values[at]
    if at is None or value is None:
        return "", ""
    day = picture.days[at]
    return f"{with_unit(picture, value)}, {period(day, picture.rhythm)}", f"{day.isoformat()} {round(value, 6)}"


def _within(picture: Picture) -> tuple[Mark, ...]:
    """What happened while it was measured: those that the drawing has a flag for, which then are numbered from 1."""
    if not picture.present:
        return ()
    first, last = picture.days[0], picture.days[-1]
    return tuple(mark for mark in picture.marks if first <= mark.on <= last)
