"""The chain as the page shows it: goal by goal, with what hangs on each and the gaps where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from improvement.access import Place
from improvement.goals import words
from improvement.goals.chain import Chain, ChangeLine, Gap, GoalLine, MeasureLine, NeedLine


@dataclass(frozen=True)
class GapShown:
    """A missing link; `url` is empty for who may not mend it."""

    kind: str
    sentence: str
    action: str
    url: str
    about: str


@dataclass(frozen=True)
class ChangeShown:
    line: ChangeLine
    state: str
    round: str
    learned: str
    gap: GapShown | None = None


@dataclass(frozen=True)
class MeasureShown:
    line: MeasureLine
    newest: str
    target: str
    gap: GapShown | None = None


@dataclass(frozen=True)
class NeedShown:
    """A need, with the goals that answer it: (key, number on the page or 0, text)."""

    line: NeedLine
    goals: Sequence[tuple[int, int, str]]
    gap: GapShown | None


@dataclass(frozen=True)
class GoalShown:
    """A goal. `number` is its place among those the team works for; 0 for one that is over."""

    line: GoalLine
    number: int
    state: str
    terms: Sequence[str]
    serves: Sequence[str]
    needs: Sequence[NeedLine]
    changes: Sequence[ChangeShown]
    measures: Sequence[MeasureShown]
    gaps: Mapping[str, GapShown]


@dataclass(frozen=True)
class Page:
    """All of it. `next` is the gap to mend first."""

    counts: str
    missing: str
    next: GapShown | None
    needs: Sequence[NeedShown]
    goals: Sequence[GoalShown]
    over: Sequence[GoalShown]
    loose_changes: Sequence[ChangeShown]
    loose_measures: Sequence[MeasureShown]
    is_pointed: bool

    def goal(self, pk: int) -> GoalShown:
        """One of the goals. Raises StopIteration where there is no such."""
        return next(one for one in (*self.goals, *self.over) if one.line.pk == pk)


def lay_out(chain: Chain, place: Place, network_slug: str) -> Page:
    """The page of the chain for a person at a place. No queries."""
    return _Builder(chain, place, network_slug).page()


class _Builder:
    def __init__(self, chain: Chain, place: Place, network_slug: str) -> None:
        self.chain, self.place, self.slug = chain, place, network_slug
        self.needs = {one.pk: one for one in chain.needs}
        self.changes = {one.pk: one for one in chain.changes}
        self.measures = {one.pk: one for one in chain.measures}
        self.goals = {one.pk: one for one in chain.goals}
        self.numbers = {one.pk: at for at, one in enumerate([one for one in chain.goals if one.is_open], start=1)}

    def page(self) -> Page:
        chain = self.chain
        shown = [self._goal(one) for one in chain.goals]
        return Page(
            counts=words.count_words(chain),
            missing=words.gap_words(chain.gaps),
            next=self._gap(chain.gaps[0]) if chain.gaps else None,
            needs=[self._need(one) for one in chain.needs],
            goals=[one for one in shown if one.line.is_open],
            over=[one for one in shown if not one.line.is_open],
            loose_changes=[self._change(one) for one in chain.changes if not one.goals],
            loose_measures=[self._measure(one) for one in chain.measures if one.goal is None],
            is_pointed=any(one.points for one in chain.goals),
        )

    def _gaps(self, on: str, pk: int) -> dict[str, GapShown]:
        return {gap.kind: self._gap(gap) for gap in self.chain.gaps_of(on, pk)}

    def _gap(self, gap: Gap) -> GapShown:
        url = gap.address(self.slug, self.place.team.slug) if self.place.may_write else ""
        return GapShown(gap.kind, gap.sentence, gap.action, url, self._about(gap))

    def _about(self, gap: Gap) -> str:
        return {
            "need": lambda pk: self.needs[pk].text,
            "goal": lambda pk: self.goals[pk].text,
            "change": lambda pk: self.changes[pk].text,
            "measure": lambda pk: self.measures[pk].title,
        }[gap.on](gap.pk)

    def _need(self, need: NeedLine) -> NeedShown:
        goals = [(pk, self.numbers.get(pk, 0), self.goals[pk].text) for pk in need.goals]
        return NeedShown(need, goals, next(iter(self._gaps("need", need.pk).values()), None))

    def _goal(self, goal: GoalLine) -> GoalShown:
        return GoalShown(
            line=goal,
            number=self.numbers.get(goal.pk, 0),
            state=words.goal_state(goal),
            terms=words.terms(goal),
            serves=words.serves(goal),
            needs=[self.needs[pk] for pk in goal.needs],
            changes=[self._change(self.changes[pk]) for pk in goal.changes],
            measures=[self._measure(self.measures[pk]) for pk in goal.measures],
            gaps=self._gaps("goal", goal.pk),
        )

    def _change(self, change: ChangeLine) -> ChangeShown:
        newest = change.newest_round
        gap = next(iter(self._gaps("change", change.pk).values()), None)
        learned = next((one.learned for one in reversed(change.rounds) if one.learned), "")
        return ChangeShown(
            change, words.change_state(change), words.round_state(newest) if newest else "", learned, gap
        )

    def _measure(self, one: MeasureLine) -> MeasureShown:
        gap = next(iter(self._gaps("measure", one.pk).values()), None)
        return MeasureShown(one, words.newest(one, own=self.place.is_own), words.target(one), gap)
