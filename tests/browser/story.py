"""A few weeks in the cast's networks, so that pages have something to show."""

from datetime import timedelta

from gpf import tenancy
from sessions.models import Review
from sessions.services import deliver, extend, review, save_draft
from tests.cast import Cast


def tell(cast: Cast) -> None:
    """In West: a plan sent back and delivered anew, a draft, an extension. In East: something never to be seen."""
    west, east = cast.west, cast.east
    with tenancy.scope([west.network.pk]):
        first = deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Første utkast")
        review(version=first, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="Skriv for hvem.")
        deliver(team=west.team, assignment=west.document, by=west.member, comment="For dem over 75 år")
        save_draft(team=west.team, assignment=west.assignments[2], by=west.member, comment="Legene er informert")
        extend(
            team=west.other_team,
            assignment=west.document,
            until=west.document.due + timedelta(days=7),
            reason="Ny teamleder",
        )
    with tenancy.scope([east.network.pk]):
        deliver(team=east.team, assignment=east.document, by=east.team_leader, comment="Hemmelig i øst")
