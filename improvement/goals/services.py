"""Writing the chain: a line with its links, whole or not at all. Put away and taken back, never deleted."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from improvement.goals.models import Change, ChangeGoal, Goal, GoalNeed, Need
from improvement.method.models import Theme
from teams.models import Team

Line = Need | Goal | Change


@transaction.atomic
def save_need(*, team: Team, need: Need, goals: Iterable[Goal], themes: Iterable[Theme]) -> Need:
    """Write a need, new or rewritten, with what it grew from and what answers it.

    1. Write it, a new one at the end.
    2. Link the goals that answer it, and no others of those the team has.
    3. Say of the themes that they grew into it, and of others that they no longer did.
    """
    _write(team, need)
    wanted = {goal.pk for goal in goals}
    GoalNeed.objects.filter(need=need, goal__put_away_at=None).exclude(goal__in=wanted).delete()
    _link(GoalNeed, team, [{"need_id": need.pk, "goal_id": goal} for goal in wanted])
    grown = [theme.pk for theme in themes]
    Theme.objects.filter(need=need).exclude(pk__in=grown).update(need=None)
    Theme.objects.filter(pk__in=grown, team=team).update(need=need)
    return need


@transaction.atomic
def save_goal(*, team: Team, goal: Goal, needs: Iterable[Need]) -> Goal:
    """Write a goal, new or rewritten, with the needs it answers.

    1. Write it, a new one at the end.
    2. Link the needs, and no others of those the team has.
    """
    _write(team, goal)
    wanted = {need.pk for need in needs}
    GoalNeed.objects.filter(goal=goal, need__put_away_at=None).exclude(need__in=wanted).delete()
    _link(GoalNeed, team, [{"goal_id": goal.pk, "need_id": need} for need in wanted])
    return goal


@transaction.atomic
def save_change(*, team: Team, change: Change, goals: Iterable[Goal]) -> Change:
    """Write a change, new or rewritten, with the goals it is to move.

    1. Write it, a new one at the end.
    2. Link the goals, and no others of those the team has.
    """
    _write(team, change)
    wanted = {goal.pk for goal in goals}
    ChangeGoal.objects.filter(change=change, goal__put_away_at=None).exclude(goal__in=wanted).delete()
    _link(ChangeGoal, team, [{"change_id": change.pk, "goal_id": goal} for goal in wanted])
    return change


def put_away(*, line: Line) -> None:
    """Out of every page, with its links kept for the day it is taken back."""
    line.put_away_at = timezone.now()
    line.save(update_fields=["put_away_at"])


def take_back(*, line: Line) -> None:
    """Where it was, with the links it had."""
    line.put_away_at = None
    line.save(update_fields=["put_away_at"])


def choose_goal(*, goal: Goal) -> None:
    """The team works for it, where it was a draft."""
    if goal.state == Goal.State.DRAFT:
        goal.state = Goal.State.CHOSEN
        goal.save(update_fields=["state"])


@transaction.atomic
def move(*, line: Line, step: int) -> None:
    """Let a line change places with the one before it (-1) or after it (1). At an end nothing happens.

    1. Hold the team's lines of the kind, so that two who move at once do not undo one another.
    2. Write the order anew where it differs.
    """
    lines = list(type(line).objects.select_for_update().filter(team=line.team_id))
    place = lines.index(line)
    if not 0 <= place + step < len(lines):
        return
    lines.insert(place + step, lines.pop(place))
    put_in_order(lines)


def put_in_order(lines: Sequence[Any]) -> None:
    """Write the order in which the lines stand."""
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            type(line).objects.filter(pk=line.pk).update(position=position)


def _write(team: Team, line: Line) -> None:
    if line._state.adding:
        line.network_id, line.team = team.network_id, team
        last = type(line).with_put_away.filter(team=team).aggregate(last=Max("position"))["last"]
        line.position = (last or 0) + 1
    line.save()


def _link(links: type[Model], team: Team, pairs: Iterable[dict[str, int]]) -> None:
    rows = [links(network_id=team.network_id, **pair) for pair in pairs]
    links._default_manager.bulk_create(rows, ignore_conflicts=True)
