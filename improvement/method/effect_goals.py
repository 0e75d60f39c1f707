"""The five effect goals of the programme, and the steps a team rates itself on them by."""

from dataclasses import dataclass

from django.utils.functional import Promise
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
