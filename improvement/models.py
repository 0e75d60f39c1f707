"""Every table of the room. Each noun keeps its own in its package."""

from improvement.checklists.models import Checklist, ChecklistVersion
from improvement.goals.models import Change, ChangeGoal, Goal, GoalNeed, GoalPoints, Need, PdsaRound
from improvement.measures.models import Annotation, Correction, LimitPeriod, Measure, Observation
from improvement.method.models import EffectRating, InterviewRound, PhaseStep, TeamMethod, Theme
from improvement.papers.models import Paper
from improvement.plans.models import PlanEdition

__all__ = [
    "Annotation",
    "Change",
    "ChangeGoal",
    "Checklist",
    "ChecklistVersion",
    "Correction",
    "EffectRating",
    "Goal",
    "GoalNeed",
    "GoalPoints",
    "InterviewRound",
    "LimitPeriod",
    "Measure",
    "Need",
    "Observation",
    "Paper",
    "PdsaRound",
    "PhaseStep",
    "PlanEdition",
    "TeamMethod",
    "Theme",
]
