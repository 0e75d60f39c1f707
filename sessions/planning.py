"""The planner, for the room of gatherings. It lies beside the cycle templates, which draw their own example with it."""

from networks.planning import (
    AssignmentPattern,
    CyclePattern,
    GatheringPattern,
    NoDayError,
    PlannedCycle,
    PlannedGathering,
    Quiet,
    add_months,
    due_day,
    holiday,
    is_quiet,
    is_working_day,
    last_working_day,
    plan_cycle,
    quiet_weeks,
)

__all__ = [
    "AssignmentPattern",
    "CyclePattern",
    "GatheringPattern",
    "NoDayError",
    "PlannedCycle",
    "PlannedGathering",
    "Quiet",
    "add_months",
    "due_day",
    "holiday",
    "is_quiet",
    "is_working_day",
    "last_working_day",
    "plan_cycle",
    "quiet_weeks",
]
