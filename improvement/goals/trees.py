"""What a driver diagram shows, as plain data: a goal with its measures, the needs that drive it, what is tried."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from improvement.goals import words
from improvement.goals.chain import Chain, ChangeLine, GoalLine
from improvement.goals.models import Change


@dataclass(frozen=True)
class Leaf:
    """A change that is tried. `state` as `Change.State`."""

    text: str
    state: str

    @property
    def word(self) -> str:
        return str(Change.State(self.state).label)


@dataclass(frozen=True)
class Branch:
    """A need that drives the goal, with the changes that grew from it."""

    text: str
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Tree:
    """A goal: its terms in words, its measures, its drivers, and the changes that lead to it without a driver."""

    text: str
    terms: str = ""
    measures: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    leaves: tuple[Leaf, ...] = ()


def trees(chain: Chain) -> list[Tree]:
    """One for each goal the team works for, in its order. What is stopped or ended is left out."""
    changes = {one.pk: one for one in chain.changes if one.state != Change.State.STOPPED}
    needs = {one.pk: one.text for one in chain.needs}
    measures = {one.pk: one.title for one in chain.measures if one.ended_on is None}
    return [_tree(goal, needs, changes, measures) for goal in chain.goals if goal.is_open]


def _tree(
    goal: GoalLine, needs: Mapping[int, str], changes: Mapping[int, ChangeLine], measures: Mapping[int, str]
) -> Tree:
    own = [changes[pk] for pk in goal.changes if pk in changes]
    return Tree(
        text=goal.text,
        terms=" · ".join(words.terms(goal)),
        measures=tuple(measures[pk] for pk in goal.measures if pk in measures),
        branches=tuple(Branch(needs[pk], _leaves(one for one in own if one.need == pk)) for pk in goal.needs),
        leaves=_leaves(one for one in own if one.need not in goal.needs),
    )


def _leaves(changes: Iterable[ChangeLine]) -> tuple[Leaf, ...]:
    return tuple(Leaf(one.text, one.state) for one in changes)


def as_content(drawn: Sequence[Tree], *, team: str, network: str) -> dict[str, Any]:
    """All that stands on the paper, as JSON has it."""
    return {"team": team, "network": network, "trees": [asdict(tree) for tree in drawn]}


def from_content(content: Mapping[str, Any]) -> list[Tree]:
    """The trees that `as_content` was given."""

    def leaves(found: Iterable[Mapping[str, str]]) -> tuple[Leaf, ...]:
        return tuple(Leaf(**leaf) for leaf in found)

    return [
        Tree(
            tree["text"],
            tree["terms"],
            tuple(tree["measures"]),
            tuple(Branch(branch["text"], leaves(branch["leaves"])) for branch in tree["branches"]),
            leaves(tree["leaves"]),
        )
        for tree in content["trees"]
    ]
