"""What the team, and those who guide it, say to a delivery between the answers."""

from django.db import transaction

from accounts.models import User
from sessions.answers import announce_reply
from sessions.models import Assignment, Delivery, Reply
from teams.models import Team


@transaction.atomic
def write_reply(*, team: Team, assignment: Assignment, by: User, text: str, from_team: bool) -> Reply:
    """Say something to a delivery; where nothing is begun yet, too. Needs the network's scope.

    1. Take the pair's delivery, or make its row.
    2. Write what is said.
    3. Tell the other side.
    """
    Delivery.objects.get_or_create(team=team, assignment=assignment, defaults={"network_id": team.network_id})
    delivery = Delivery.objects.select_for_update().get(team=team, assignment=assignment)
    reply = Reply.objects.create(
        network_id=team.network_id, delivery=delivery, text=text, written_by=by, from_team=from_team
    )
    announce_reply(reply)
    return reply
