"""Reading a team's chain. A fixed number of queries, however much there is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from improvement.goals.chain import Chain, ChangeLine, GoalLine, MeasureLine, NeedLine, NewestNumber, RoundLine
from improvement.goals.gaps import find_gaps
from improvement.goals.models import Change, ChangeGoal, Goal, GoalNeed, Need, PdsaRound
from improvement.measures.models import Measure, Observation
from improvement.method.models import Theme
from teams.models import Team

Keys = Mapping[int, tuple[int, ...]]


def read_chain(team: Team) -> Chain:
    """Needs, goals, changes and measures of the team with their links and gaps. Nine queries, in the network's scope.

    The sentences of the gaps are in the active language; everything else is as the team wrote it.
    """
    needs, goals = _needs(team), _goals(team)
    changes, measures = _changes(team), _measures(team)
    answered = _pairs(GoalNeed.objects.filter(goal__team=team).values_list("goal_id", "need_id"))
    moved = _pairs(ChangeGoal.objects.filter(goal__team=team).values_list("change_id", "goal_id"))
    need_keys = tuple(need.pk for need in needs)
    goal_keys = tuple(goal.pk for goal in goals)
    linked_changes = [
        replace(
            change,
            need=change.need if change.need in need_keys else None,
            goals=_kept(goal_keys, moved.get(change.pk, ())),
        )
        for change in changes
    ]
    linked_measures = [replace(one, goal=one.goal if one.goal in goal_keys else None) for one in measures]
    linked_goals = [
        replace(
            goal,
            needs=_kept(need_keys, answered.get(goal.pk, ())),
            changes=tuple(change.pk for change in linked_changes if goal.pk in change.goals),
            measures=tuple(one.pk for one in linked_measures if one.goal == goal.pk),
        )
        for goal in goals
    ]
    linked_needs = [
        replace(
            need,
            goals=tuple(goal.pk for goal in linked_goals if need.pk in goal.needs),
            changes=tuple(change.pk for change in linked_changes if change.need == need.pk),
        )
        for need in needs
    ]
    return Chain(
        team=team,
        needs=tuple(linked_needs),
        goals=tuple(linked_goals),
        changes=tuple(linked_changes),
        measures=tuple(linked_measures),
        gaps=find_gaps(linked_needs, linked_goals, linked_changes, linked_measures),
    )


def _pairs(rows: Iterable[tuple[int, int]]) -> Keys:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for left, right in rows:
        found[left].append(right)
    return {key: tuple(several) for key, several in found.items()}


def _kept(order: Iterable[int], keys: Iterable[int]) -> tuple[int, ...]:
    """Those of the keys that are in the team's order, in that order: what is put away is in none."""
    wanted = set(keys)
    return tuple(key for key in order if key in wanted)


def _needs(team: Team) -> list[NeedLine]:
    themes: defaultdict[int, list[str]] = defaultdict(list)
    for need, text in Theme.objects.filter(team=team).exclude(need=None).values_list("need_id", "text"):
        themes[need].append(text)
    return [
        NeedLine(pk=need.pk, text=need.text, about=need.about, themes=tuple(themes[need.pk]))
        for need in Need.objects.filter(team=team)
    ]


def _goals(team: Team) -> list[GoalLine]:
    today = timezone.localdate()
    at_work = Q(points__member__left_on=None) | Q(points__member__left_on__gt=today)
    given = Coalesce(Sum("points__points", filter=at_work), 0)
    # A query that sums forgets the model's own order.
    rows = Goal.objects.filter(team=team).annotate(given=given).order_by("position", "pk")
    return [
        GoalLine(
            pk=goal.pk,
            text=goal.text,
            how_much=goal.how_much,
            for_whom=goal.for_whom,
            by_when=goal.by_when,
            effect_goals=tuple(goal.effect_goals),
            hph_steps=tuple(goal.hph_steps),
            state=goal.state,
            outcome=goal.outcome,
            points=goal.given,
        )
        for goal in rows
    ]


def _changes(team: Team) -> list[ChangeLine]:
    rounds: defaultdict[int, list[RoundLine]] = defaultdict(list)
    for row in PdsaRound.objects.filter(change__team=team).order_by("number"):
        rounds[row.change_id].append(round_line(row))
    return [
        ChangeLine(
            pk=change.pk,
            text=change.text,
            about=change.about,
            need=change.need_id,
            responsible=change.responsible,
            state=change.state,
            starts_on=change.starts_on,
            ends_on=change.ends_on,
            rounds=tuple(rounds[change.pk]),
        )
        for change in Change.objects.filter(team=team)
    ]


def round_line(row: PdsaRound) -> RoundLine:
    """A round as the chain has it."""
    return RoundLine(
        pk=row.pk,
        number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        plan=row.plan,
        do=row.do,
        study=row.study,
        act=row.act,
        learned=row.learned,
        decision=row.decision,
    )


def _measures(team: Team) -> list[MeasureLine]:
    newest = _newest_numbers(team)
    return [
        MeasureLine(
            pk=one.pk,
            title=one.title,
            kind=one.kind,
            goal=one.goal_id,
            role=one.role,
            direction=one.direction,
            unit=one.unit,
            per=one.per,
            rhythm=one.rhythm,
            collected_by=one.collected_by,
            target=one.target,
            baseline=one.baseline,
            library_key=one.library_key,
            ended_on=one.ended_on,
            newest=newest.get(one.pk),
        )
        for one in Measure.objects.filter(team=team)
    ]


def _newest_numbers(team: Team) -> dict[int, NewestNumber]:
    """The last number of each measure; a period that stands empty is no number."""
    is_number = Q(numerator__isnull=False) | Q(value__isnull=False) | Q(measure__kind=Measure.Kind.TIME_BETWEEN)
    rows = Observation.objects.filter(is_number, measure__team=team).order_by("measure_id", "-on")
    return {
        row.measure_id: NewestNumber(row.on, row.numerator, row.denominator, row.value)
        for row in rows.distinct("measure_id")
    }
