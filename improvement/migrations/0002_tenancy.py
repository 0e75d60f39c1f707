"""The tables of improvement work stand behind the network's wall."""

from django.db import migrations

from gpf.tenancy import Protect

# What is pointed to comes before what points to it.
TABLES = [
    "TeamMethod",
    "PhaseStep",
    "InterviewRound",
    "EffectRating",
    "Need",
    "Theme",
    "Goal",
    "GoalNeed",
    "GoalPoints",
    "Change",
    "ChangeGoal",
    "PdsaRound",
    "Measure",
    "Observation",
    "Correction",
    "LimitPeriod",
    "Annotation",
    "PlanEdition",
    "Checklist",
    "ChecklistVersion",
    "Paper",
]


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_initial")]

    operations = [Protect(name) for name in TABLES]
