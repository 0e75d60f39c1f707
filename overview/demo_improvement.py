"""What the teams of the demo have asked, found, wanted, tried and measured. Invented, and counted back from today."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from improvement.measures.limits_services import settle_baseline
from improvement.models import (
    Annotation,
    Change,
    ChangeGoal,
    EffectRating,
    Goal,
    GoalNeed,
    GoalPoints,
    InterviewRound,
    LimitPeriod,
    Measure,
    Need,
    Observation,
    PdsaRound,
    PhaseStep,
    TeamMethod,
    Theme,
)
from networks.planning import add_months
from sessions.models import Gathering
from teams.models import Team, TeamMember

STORY = Path(__file__).parent / "data" / "demo_improvement.json"
Story = dict[str, Any]


def load_improvement(*, teams: dict[str, Team], leaders: dict[str, User], today: date) -> None:
    """The work of these teams, by the team's slug; some have a story. Needs the network's scope."""
    for slug, story in json.loads(STORY.read_text())["teams"].items():
        if slug in teams:
            _load(teams[slug], leaders[slug], story, today)


def _load(team: Team, leader: User, story: Story, today: date) -> None:
    _method(team, leader, story, today)
    needs = _needs(team, story)
    goals = [_goal(team, each, needs, position, today) for position, each in enumerate(story["goals"])]
    for position, each in enumerate(story["changes"]):
        _change(team, leader, each, needs, goals, position, today)
    for position, each in enumerate(story["measures"]):
        _measure(team, leader, each, goals, position, today)
    for weeks_ago, text in story["annotations"]:
        on = today - timedelta(weeks=weeks_ago)
        Annotation.objects.create(network_id=team.network_id, team=team, on=on, text=text, written_by=leader)


def _method(team: Team, leader: User, story: Story, today: date) -> None:
    network_id = team.network_id
    TeamMethod.objects.create(network_id=network_id, team=team, phase=story["phase"])
    for step in story["steps"]:
        PhaseStep.objects.create(
            network_id=network_id, team=team, step=step, done_on=today - timedelta(weeks=8), marked_by=leader
        )
    for each in story["interviews"]:
        from_on = today - timedelta(weeks=16)
        InterviewRound.objects.create(
            network_id=network_id,
            team=team,
            from_on=from_on,
            to_on=from_on + timedelta(weeks=4),
            saved_by=leader,
            **each,
        )
    for number, ratings in story["ratings"].items():
        gathering = Gathering.objects.get(kind=Gathering.Kind.NETWORK, number=number)
        for effect_goal, (score, sentence) in enumerate(ratings, start=1):
            EffectRating.objects.create(
                network_id=network_id,
                team=team,
                gathering=gathering,
                effect_goal=effect_goal,
                score=score,
                sentence=sentence,
                saved_by=leader,
            )


def _needs(team: Team, story: Story) -> dict[str, Need]:
    needs = {
        text: Need.objects.create(network_id=team.network_id, team=team, text=text, position=position)
        for position, text in enumerate(story["needs"])
    }
    for position, (text, mentioned_by, need) in enumerate(story["themes"]):
        Theme.objects.create(
            network_id=team.network_id,
            team=team,
            text=text,
            mentioned_by=mentioned_by,
            need=needs.get(need),
            position=position,
        )
    return needs


def _goal(team: Team, story: Story, needs: dict[str, Need], position: int, today: date) -> Goal:
    plain = {key: story[key] for key in ("text", "how_much", "for_whom", "effect_goals", "hph_steps", "state")}
    by_when = add_months(today, story["months"]) if story["months"] else None
    goal = Goal.objects.create(network_id=team.network_id, team=team, by_when=by_when, position=position, **plain)
    for text in story["needs"]:
        GoalNeed.objects.create(network_id=team.network_id, goal=goal, need=needs[text])
    for member, points in zip(TeamMember.objects.filter(team=team).order_by("pk"), story["points"], strict=True):
        GoalPoints.objects.create(network_id=team.network_id, goal=goal, member=member, points=points)
    return goal


def _change(
    team: Team, leader: User, story: Story, needs: dict[str, Need], goals: list[Goal], position: int, today: date
) -> None:
    change = Change.objects.create(
        network_id=team.network_id,
        team=team,
        text=story["text"],
        need=needs.get(story["need"]),
        responsible=story["responsible"],
        state=story["state"],
        starts_on=today - timedelta(weeks=story["weeks_ago"]) if story["weeks_ago"] else None,
        position=position,
    )
    for index in story["goals"]:
        ChangeGoal.objects.create(network_id=team.network_id, change=change, goal=goals[index])
    for number, each in enumerate(story["rounds"], start=1):
        words = {key: each[key] for key in ("plan", "do", "study", "act", "learned", "decision")}
        start, end = each["weeks"]
        PdsaRound.objects.create(
            network_id=team.network_id,
            change=change,
            number=number,
            starts_on=today - timedelta(weeks=start),
            ends_on=today - timedelta(weeks=end) if end else None,
            saved_by=leader,
            **words,
        )


def _measure(team: Team, leader: User, story: Story, goals: list[Goal], position: int, today: date) -> None:
    measure = Measure.objects.create(
        network_id=team.network_id,
        team=team,
        goal=None if story["goal"] is None else goals[story["goal"]],
        library_key=story["library"],
        target=None if story["target"] is None else Decimal(story["target"]),
        collected_by=story["by"],
        unit=story.get("unit", ""),
        shared_at=timezone.now() - timedelta(weeks=3 + 2 * position) if story["shared"] else None,
        position=position,
        created_by=leader,
        **{
            key: story[key]
            for key in ("title", "kind", "role", "direction", "rhythm", "numerator", "denominator", "how", "baseline")
        },
    )
    LimitPeriod.objects.create(network_id=team.network_id, measure=measure, decided_by=leader)
    end = today - timedelta(weeks=story.get("silent_weeks", 0))
    numbers = _events(story["events"], end) if "events" in story else _periods(story, measure, end)
    Observation.objects.bulk_create(
        Observation(
            network_id=team.network_id,
            measure=measure,
            entered_by=leader,
            entered_at=_entered(number["on"], measure, today),
            **number,
        )
        for number in numbers
    )
    settle_baseline(measure=measure)


def _entered(on: date, measure: Measure, today: date) -> datetime:
    """Two days after the end of the number's period, and no later than yesterday."""
    lasts = {Measure.Rhythm.MONTH: 31, Measure.Rhythm.WEEK: 7}.get(Measure.Rhythm(measure.rhythm), 0)
    day = min(on + timedelta(days=lasts + 2), today - timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, time(10, 40)))


def _events(gaps: list[int], end: date) -> list[Story]:
    """The days of the events, the last gap ending a few days ago."""
    days = [end - timedelta(days=3)]
    for gap in reversed(gaps):
        days.insert(0, days[0] - timedelta(days=gap))
    return [{"on": day} for day in days]


def _periods(story: Story, measure: Measure, end: date) -> list[Story]:
    """The numbers, the last one of the newest whole period. What was not counted has no row."""
    found = []
    for back, number in enumerate(reversed(story["numbers"]), start=1):
        on = _period_start(measure.rhythm, end, back)
        note = story.get("notes", {}).get(str(back), "")
        if isinstance(number, list):
            found.append({"on": on, "numerator": number[0], "denominator": number[1], "note": note})
        elif number is not None:
            found.append({"on": on, "value": number, "note": note})
    return found


def _period_start(rhythm: str, end: date, back: int) -> date:
    if rhythm == Measure.Rhythm.MONTH:
        return add_months(end.replace(day=1), -back)
    return end - timedelta(days=end.weekday(), weeks=back)
