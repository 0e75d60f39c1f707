"""Where a link of the chain is missing, in plain sentences, each with the one click that mends it.

Goals, changes and measures are worth little without each other. What is over (a goal reached, a change stopped, a
measure ended) misses nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from improvement.goals.chain import ChangeLine, Gap, GoalLine, MeasureLine, NeedLine


def find_gaps(
    needs: Sequence[NeedLine],
    goals: Sequence[GoalLine],
    changes: Sequence[ChangeLine],
    measures: Sequence[MeasureLine],
) -> tuple[Gap, ...]:
    """The missing links in the order a team would mend them, in the active language."""
    found = [gap for goal in goals if goal.is_open for gap in _of_goal(goal, bool(needs))]
    found += [_need_without_goal(need) for need in needs if not need.goals]
    loose = [_change_without_goal(change) for change in changes if not change.goals and change.state != "stopped"]
    loose += [_measure_without_goal(one) for one in measures if one.goal is None and one.ended_on is None]
    found += loose if goals else [_set_a_goal_first(gap) for gap in loose]
    return tuple(found)


def _of_goal(goal: GoalLine, has_needs: bool) -> Iterator[Gap]:
    if unsaid := _unsaid(goal):
        sentence = _("The goal does not say %(what)s yet.") % {"what": get_text_list(unsaid, _("and"))}
        yield _goal_gap("goal_unsaid", goal, sentence, _("Say it"), "goal_edit", target=goal.pk)
    if not goal.needs and has_needs:
        sentence = _("The goal answers no need yet. Why is it important, and to whom?")
        yield _goal_gap("goal_without_need", goal, sentence, _("Choose the need"), "goal_edit", target=goal.pk)
    if not goal.measures:
        sentence = _("The goal has no measure yet. Without one you will not know whether things get better.")
        yield _goal_gap("goal_without_measure", goal, sentence, _("Add a measure"), "measure_add")
    if not goal.changes:
        sentence = _("The goal has no change yet. What will you do differently to get there?")
        yield _goal_gap("goal_without_change", goal, sentence, _("Add a change"), "change_add")


def _set_a_goal_first(gap: Gap) -> Gap:
    """There is no goal to choose yet."""
    return replace(gap, action=_("Set a goal"), name="goal_add", target=None)


def _goal_gap(kind: str, goal: GoalLine, sentence: str, action: str, name: str, target: int | None = None) -> Gap:
    return Gap(kind, "goal", goal.pk, sentence, action, name, target, "" if target else f"?goal={goal.pk}")


def _unsaid(goal: GoalLine) -> list[str]:
    parts = [(goal.how_much, _("how much")), (goal.for_whom, _("for whom")), (goal.by_when, _("by when"))]
    return [word for said, word in parts if not said]


def _need_without_goal(need: NeedLine) -> Gap:
    sentence = _("No goal answers this need yet.")
    return Gap("need_without_goal", "need", need.pk, sentence, _("Set a goal"), "goal_add", query=f"?need={need.pk}")


def _change_without_goal(change: ChangeLine) -> Gap:
    sentence = _("The change belongs to no goal yet. What is it to make better?")
    return Gap("change_without_goal", "change", change.pk, sentence, _("Choose the goal"), "change_edit", change.pk)


def _measure_without_goal(measure: MeasureLine) -> Gap:
    sentence = _("The measure belongs to no goal yet. What is it to show?")
    return Gap(
        "measure_without_goal", "measure", measure.pk, sentence, _("Choose the goal"), "measure_edit", measure.pk
    )
