"""The five effect goals of the programme, and the steps a team rates itself on them by."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EffectGoal:
    """One of the five: a short name for headings and charts, and what it means in a sentence."""

    number: int
    name: str | Promise
    meaning: str | Promise


EFFECT_GOALS: tuple[EffectGoal, ...] = (
    EffectGoal(1, _("Equal user"), _("The user takes part as an equal in shaping the pathway.")),
    EffectGoal(2, _("Coherent pathways"), _("Services are organised in coherent, coordinated and safe pathways.")),
    EffectGoal(3, _("Better transitions"), _("Municipality and hospital work all the time to better the transitions.")),
    EffectGoal(4, _("Coping"), _("What strengthens health and coping stands in the middle.")),
    EffectGoal(5, _("Partnership"), _("Municipality and hospital work together as partners.")),
)

BY_NUMBER = {goal.number: goal for goal in EFFECT_GOALS}


@dataclass(frozen=True)
class Level:
    """One of the five levels a team rates itself on: in words, and with the number before them."""

    score: int
    name: str | Promise

    @property
    def words(self) -> str | Promise:
        return format_lazy("{} – {}", self.score, self.name)


LEVELS: tuple[Level, ...] = (
    Level(1, _("Not begun")),
    Level(2, _("We have begun in one place")),
    Level(3, _("We do it sometimes")),
    Level(4, _("We do it most of the time")),
    Level(5, _("That is how we always work")),
)

LEVEL_BY_SCORE = {level.score: level for level in LEVELS}
