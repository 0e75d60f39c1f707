"""Which goals come first: each member spreads ten points over them, and the sum shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from gpf.guarded import GuardedForm
from improvement.goals.models import Goal, GoalPoints
from improvement.goals.services import put_in_order
from teams.models import Team, TeamMember

EACH_HAS = 10
SALT = "improvement.goals.points"

Given = Mapping[int, int]
"""Points by the goal's key; a goal that got none is left out."""


def open_goals(team: Team) -> list[Goal]:
    """The goals that points can be given to. One query."""
    return list(Goal.objects.filter(team=team, state__in=(Goal.State.DRAFT, Goal.State.CHOSEN)))


def members_at_work(team: Team) -> list[TeamMember]:
    """Those who have points to give, the leader first. One query."""
    at_work = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    found = TeamMember.objects.filter(at_work, team=team).select_related("membership__user")
    return sorted(found, key=lambda one: (one.function != TeamMember.Function.LEADER, str(one).casefold(), one.pk))


def points_given(goals: Sequence[Goal], members: Sequence[TeamMember]) -> dict[int, Given]:
    """What each member has given, by the member's key. One query."""
    given: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in GoalPoints.objects.filter(goal__in=goals, member__in=members):
        given[row.member_id][row.goal_id] = row.points
    return dict(given)


def as_points(text: str) -> int:
    """What stands in a field, as far as it is a number that could be points."""
    return int(text) if text.isdecimal() and len(text) <= 4 else 0


class PointsForm(GuardedForm):
    """One member's points, a field for each goal. `seen` carries what she had given when the form was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, goals: Sequence[Goal], member: TeamMember, given: Given, data: Any = None, *, is_own: bool = False
    ) -> None:
        super().__init__(data, prefix=f"m{member.pk}")
        self.goals, self.member, self.given, self.is_own = goals, member, dict(given), is_own
        for goal in goals:
            self.fields[f"g{goal.pk}"] = _points_field(goal, given.get(goal.pk, 0))
        self.initial["seen"] = signing.dumps({str(key): value for key, value in self.given.items()}, salt=SALT)

    def cells(self) -> list[forms.BoundField]:
        """The fields in the goals' order."""
        return [self.cell(goal) for goal in self.goals]

    def cell(self, goal: Goal) -> forms.BoundField:
        """The field of a goal."""
        return self[f"g{goal.pk}"]

    @property
    def sum(self) -> int:
        """Of what stands in the fields, as far as it is numbers."""
        texts = [str(cell.value() or "") for cell in self.cells()]
        return sum(map(as_points, texts))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.wanted = {goal.pk: cleaned.get(f"g{goal.pk}") or 0 for goal in self.goals}
        self.wanted = {key: value for key, value in self.wanted.items() if value}
        over = sum(self.wanted.values()) - EACH_HAS
        if over > 0 and not self.errors:
            self._tell_over(over)
        self.is_changed = self.wanted != self._seen()
        if self.is_changed and self.given != self._seen() and not self.errors:
            self._show_anew()
            self.add_error(None, self._meanwhile())
        return cleaned

    def _tell_over(self, over: int) -> None:
        """At the field with the most points: there it can be taken from."""
        most = max(self.wanted, key=lambda key: self.wanted[key])
        said = ngettext(
            "%(sum)d points are given here, and each has %(has)d. Take %(over)d away.",
            "%(sum)d points are given here, and each has %(has)d. Take %(over)d away.",
            over,
        )
        self.add_error(f"g{most}", said % {"sum": EACH_HAS + over, "has": EACH_HAS, "over": over})

    def _show_anew(self) -> None:
        """With what she has given now as what has been seen: the next try is hers to decide."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("seen")] = self.initial["seen"]  # type: ignore[index]  # the copy may be written to

    def _seen(self) -> dict[int, int]:
        try:
            seen = signing.loads(self.data.get(self.add_prefix("seen"), ""), salt=SALT)
        except signing.BadSignature:
            return {}
        return {int(key): value for key, value in seen.items()}

    def _meanwhile(self) -> str:
        names = {goal.pk: goal.text for goal in self.goals}
        now = ", ".join(f"{names[key]}: {value}" for key, value in self.given.items()) or "–"
        said = gettext(
            "%(member)s has given other points since you opened the page, and nothing is saved yet. Now: %(now)s."
        )
        return said % {"member": self.member, "now": now}


def _points_field(goal: Goal, given: int) -> forms.IntegerField:
    said = gettext("Write a whole number from 0 to %(most)d.") % {"most": EACH_HAS}
    return forms.IntegerField(
        label=goal.text,
        min_value=0,
        max_value=EACH_HAS,
        required=False,
        initial=given or None,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
    )


@dataclass(frozen=True)
class Standing:
    """A goal with the sum of its points."""

    goal: Goal
    points: int


def standings(goals: Sequence[Goal], given: Mapping[int, Given]) -> list[Standing]:
    """The goals with most points first; those with the same number as they stood."""
    sums = [Standing(goal, sum(one.get(goal.pk, 0) for one in given.values())) for goal in goals]
    return sorted(sums, key=lambda standing: -standing.points)


@transaction.atomic
def give_points(*, team: Team, forms: Sequence[PointsForm]) -> None:
    """Write the points of the members whose points were changed, and let the goals stand in the order of their sums.

    1. Take away what each of them had given to these goals, and write what she gives now.
    2. Put the open goals in order by sum, those with the same number as they stood, and the others after them.
    """
    for form in forms:
        GoalPoints.objects.filter(member=form.member, goal__in=form.goals).delete()
        GoalPoints.objects.bulk_create(
            GoalPoints(network_id=team.network_id, member=form.member, goal_id=key, points=value)
            for key, value in form.wanted.items()
        )
    goals = open_goals(team)
    in_order = [one.goal for one in standings(goals, points_given(goals, members_at_work(team)))]
    others = Goal.objects.filter(team=team).exclude(pk__in=[goal.pk for goal in goals])
    put_in_order([*in_order, *others])
