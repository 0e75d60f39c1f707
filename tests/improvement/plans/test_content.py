"""A plan is kept whole, and what changed between two is found."""

import json
from dataclasses import replace

from improvement.plans.content import Plan, as_json, from_json
from improvement.plans.difference import Difference, How, What, compare
from networks.cycle_templates import SHIPPED
from tests.improvement.plans.samples import FIRST, LATER


def test_a_plan_comes_back_from_json_as_it_went() -> None:
    for plan in (FIRST, LATER, Plan(team="Vinje", made_on=FIRST.made_on)):
        assert from_json(json.loads(json.dumps(as_json(plan)))) == plan


def test_a_plan_kept_by_another_version_is_read_all_the_same() -> None:
    kept = as_json(FIRST)
    kept["goals"][0]["something_from_later"] = True
    del kept["ratings"]
    del kept["goals"][1]["hph_steps"]
    assert from_json(kept) == FIRST


def test_nothing_has_changed_where_only_the_day_and_the_look_of_it_differ() -> None:
    drawn = replace(
        FIRST, made_on=LATER.made_on, measures=(replace(FIRST.measures[0], chart="<svg/>", newest="62 %, apr."),)
    )
    assert compare(FIRST, drawn) == ()


def test_every_change_is_found_once() -> None:
    first, later = FIRST.changes[0], LATER.changes[0]
    assert compare(FIRST, LATER) == (
        Difference(What.PLAN, How.SET, 0, "", "interviews", FIRST.interviews, LATER.interviews),
        Difference(What.PERSON, How.MOVED, 2, "Medlem Vinje", "function", "user_representative", "measurement_lead"),
        Difference(What.PERSON, How.ADDED, 3, "Nytt medlem"),
        Difference(What.THEME, How.REMOVED, 2, "Å slippe å fortelle alt på nytt"),
        Difference(What.GOAL, How.MOVED, 1, FIRST.goals[0].text, "state", "draft", "chosen"),
        Difference(
            What.GOAL, How.SET, 1, FIRST.goals[0].text, "by_when", FIRST.goals[0].by_when, LATER.goals[0].by_when
        ),
        Difference(
            What.GOAL,
            How.SET,
            1,
            FIRST.goals[0].text,
            "needs",
            ("Trygg hjemkomst de første dagene",),
            ("Trygg hjemkomst de første dagene", "Færre ledd"),
        ),
        Difference(
            What.GOAL, How.REWORDED, 2, LATER.goals[1].text, "text", "Brukeren er med på planen", LATER.goals[1].text
        ),
        Difference(What.GOAL, How.ADDED, 3, "Ingen venter på medisinlisten"),
        Difference(What.CHANGE, How.MOVED, 1, first.text, "state", "idea", "trying"),
        Difference(What.CHANGE, How.SET, 1, first.text, "starts_on", None, later.starts_on),
        Difference(What.CHANGE, How.TRIED, 1, first.text, "rounds", None, later.rounds[0]),
        Difference(What.CHANGE, How.REMOVED, 2, "Tavle på vaktrommet"),
        Difference(
            What.MEASURE,
            How.SET,
            1,
            "Andel besøk innen tre dager",
            "newest",
            "62 %, april 2026",
            "83 %, oktober 2026",
        ),
        Difference(What.RATING, How.ADDED, 1, "", "score", None, 3),
    )


def test_the_shipped_cycles_ask_for_the_plan_as_a_plan() -> None:
    templates = json.loads(SHIPPED.read_text(encoding="utf-8"))["templates"]
    work = [each for template in templates for gathering in template["gatherings"] for each in gathering["assignments"]]
    assert {each["slug"] for each in work if each["kind"] == "plan"} == {"plan"}
    assert {each["kind"] for each in work if each["slug"] == "plan"} == {"plan"}
