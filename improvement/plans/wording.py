"""A plan in words, in the active language: what the page, the PDF and the Word file all show.

Nothing here reads the database. What a team wrote stands as it was written; everything around it is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from improvement.goals.models import Change as ChangeRow
from improvement.goals.models import Goal as GoalRow
from improvement.goals.models import PdsaRound
from improvement.method.effect_goals import BY_NUMBER as EFFECT_GOALS
from improvement.plans import labels
from improvement.plans.content import Change, Goal, Measure, Person, Plan, Rating, Round
from improvement.plans.difference import Difference, How, What, compare
from improvement.plans.telling import in_words
from teams.models import TeamMember

Facts = tuple[tuple[str, str], ...]

NEW, CHANGED = "new", "changed"


@dataclass(frozen=True)
class Line:
    """Something in a sentence or two, and whether it is new or changed since the plan it is compared with."""

    text: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class ChangeWords:
    text: str
    about: str
    responsible: str
    when: str
    state: str
    state_key: str
    mark: str
    lessons: tuple[Line, ...]


@dataclass(frozen=True)
class MeasureWords:
    title: str
    facts: Facts
    sentence: str
    chart: SafeString
    small_chart: SafeString
    alternative: str
    marks: tuple[str, ...]
    mark: str


@dataclass(frozen=True)
class GoalWords:
    """`elsewhere` are changes that also move this goal, and stand in full under an earlier one."""

    number: int
    text: str
    state: str
    state_key: str
    mark: str
    facts: Facts
    outcome: str
    changes: tuple[ChangeWords, ...]
    elsewhere: tuple[str, ...]
    measures: tuple[MeasureWords, ...]


@dataclass(frozen=True)
class PlanWords:
    """The whole plan. `since` and `changed` are empty where it is compared with none."""

    title: str
    lead: str
    made: str
    facts: Facts
    people: tuple[Line, ...]
    interviews: str
    themes: tuple[Line, ...]
    needs: tuple[Line, ...]
    goals: tuple[GoalWords, ...]
    other_changes: tuple[ChangeWords, ...]
    other_measures: tuple[MeasureWords, ...]
    ratings: tuple[Line, ...]
    since: str
    compared: str
    changed: tuple[str, ...]


def put_into_words(plan: Plan, earlier: Plan | None = None, *, gathering: str = "") -> PlanWords:
    """The plan as it is read. `earlier` is what it is compared with; `gathering` the one held since that was made."""
    differences = compare(earlier, plan) if earlier else ()
    return _Writer(plan, _marks(differences)).write(*_since(earlier, gathering), in_words(differences))


def _since(earlier: Plan | None, gathering: str) -> tuple[str, str]:
    """The heading above what has changed, and the sentence that says what it is compared with."""
    if earlier is None:
        return "", ""
    day = labels.day(earlier.made_on)
    return (
        _("What has changed since %(since)s") % {"since": gathering or day},
        _("Compared with the plan that was delivered %(day)s.") % {"day": day},
    )


def _marks(differences: Sequence[Difference]) -> dict[tuple[What, int], str]:
    """Which things of the plan are new, and which have changed."""
    found: dict[tuple[What, int], str] = {}
    for each in differences:
        found.setdefault((each.what, each.key), NEW if each.how == How.ADDED else CHANGED)
    return found


class _Writer:
    """Writes one plan. It remembers which changes stand in full already, so that none does twice."""

    def __init__(self, plan: Plan, marks: dict[tuple[What, int], str]) -> None:
        self.plan = plan
        self.marks = marks
        self.shown: set[int] = set()

    def write(self, since: str, compared: str, changed: tuple[str, ...]) -> PlanWords:
        plan = self.plan
        goals = {goal.key for goal in plan.goals}
        return PlanWords(
            title=_("Improvement plan: %(team)s") % {"team": plan.team},
            lead=" · ".join(filter(None, (plan.organisation, plan.patient_group))),
            made=_("As it stood %(day)s") % {"day": labels.day(plan.made_on)},
            facts=_facts(plan),
            people=tuple(self._person(each) for each in plan.people),
            interviews=plan.interviews,
            themes=tuple(Line(each.text, each.said, self._mark(What.THEME, each.key)) for each in plan.themes),
            needs=tuple(Line(each.text, each.about, self._mark(What.NEED, each.key)) for each in plan.needs),
            goals=tuple(self._goal(number, each) for number, each in enumerate(plan.goals, start=1)),
            other_changes=tuple(self._change(each) for each in plan.changes if not goals & set(each.goals)),
            other_measures=tuple(self._measure(each) for each in plan.measures if each.goal not in goals),
            ratings=tuple(self._rating(each) for each in plan.ratings if each.effect_goal in EFFECT_GOALS),
            since=since,
            compared=compared,
            changed=changed,
        )

    def _mark(self, what: What, key: int) -> str:
        return self.marks.get((what, key), "")

    def _person(self, person: Person) -> Line:
        """Her function in the team, her work and where; a plain member is only the last two, where they are known."""
        is_plain = person.function == TeamMember.Function.MEMBER and (person.title or person.unit)
        function = "" if is_plain else labels.label(TeamMember.Function, person.function)
        place = ", ".join(filter(None, (function, person.title, person.unit)))
        return Line(person.name, place, self._mark(What.PERSON, person.key))

    def _goal(self, number: int, goal: Goal) -> GoalWords:
        """A goal with what is to move it, and how that is measured."""
        own = [each for each in self.plan.changes if goal.key in each.goals]
        here = [each for each in own if each.key not in self.shown]
        elsewhere = tuple(each.text for each in own if each.key in self.shown)
        self.shown.update(each.key for each in here)
        return GoalWords(
            number=number,
            text=goal.text,
            state=labels.label(GoalRow.State, goal.state),
            state_key=goal.state,
            mark=self._mark(What.GOAL, goal.key),
            facts=_goal_facts(goal, self.plan),
            outcome=goal.outcome,
            changes=tuple(self._change(each) for each in here),
            elsewhere=elsewhere,
            measures=tuple(self._measure(each) for each in self.plan.measures if each.goal == goal.key),
        )

    def _change(self, change: Change) -> ChangeWords:
        return ChangeWords(
            text=change.text,
            about=change.about,
            responsible=change.responsible,
            when=labels.period(change.starts_on, change.ends_on),
            state=labels.label(ChangeRow.State, change.state),
            state_key=change.state,
            mark=self._mark(What.CHANGE, change.key),
            lessons=tuple(_lesson(each) for each in change.rounds),
        )

    def _measure(self, measure: Measure) -> MeasureWords:
        return MeasureWords(
            title=measure.title,
            facts=_present(
                (_("Newest number"), measure.newest),
                (_("Target"), measure.target),
                (_("Where it stood"), measure.baseline),
                (_("How often"), measure.rhythm),
                (_("Collected by"), measure.collected_by),
                (_("Measured until"), labels.day(measure.ended_on)),
            ),
            sentence=measure.sentence or _("No numbers yet."),
            # Drawn by improvement.charts, which escapes every word in it; it never comes from a form.
            chart=mark_safe(measure.chart),
            small_chart=mark_safe(measure.small_chart),
            alternative=measure.alternative,
            marks=measure.marks,
            mark=self._mark(What.MEASURE, measure.key),
        )

    def _rating(self, rating: Rating) -> Line:
        name = EFFECT_GOALS[rating.effect_goal].name
        note = " · ".join(filter(None, (rating.sentence, capfirst(rating.gathering))))
        return Line(f"{name}: {labels.score(rating.score)}", note, self._mark(What.RATING, rating.effect_goal))


def _lesson(tried: Round) -> Line:
    decision = labels.label(PdsaRound.Decision, tried.decision)
    note = (
        _("PDSA round %(number)s") % {"number": tried.number},
        labels.period(tried.starts_on, tried.ends_on),
        decision,
    )
    return Line(tried.learned or _("Under way."), " · ".join(filter(None, note)))


def _facts(plan: Plan) -> Facts:
    return _present(
        (_("Organisation"), plan.organisation),
        (_("Patient group"), plan.patient_group),
        (_("Learning network"), plan.network),
        (_("Anchored with"), labels.anchored(plan.anchored_by, plan.anchored_on)),
        (_("Supervisor"), ", ".join(plan.supervisors)),
        (_("Next gathering"), labels.meeting(plan.next_gathering)),
    )


def _goal_facts(goal: Goal, plan: Plan) -> Facts:
    needs = {each.key: each.text for each in plan.needs}
    return _present(
        (_("How much"), goal.how_much),
        (_("For whom"), goal.for_whom),
        (_("By when"), labels.day(goal.by_when)),
        (_("Answers the need"), "; ".join(needs[key] for key in goal.needs if key in needs)),
        (_("Effect goals"), labels.effect_goals(goal.effect_goals)),
        (_("Step in the pathway"), labels.steps(goal.hph_steps)),
    )


def _present(*items: tuple[str, str]) -> Facts:
    return tuple((term, value) for term, value in items if value)
