"""Writing private notes. Needs the network's scope; `supervision.access` says who may."""

from accounts.models import User
from sessions.models import Delivery
from supervision.models import Meeting, PrivateNote
from teams.models import Team


def write_note(
    *, team: Team, by: User, text: str, delivery: Delivery | None = None, meeting: Meeting | None = None
) -> PrivateNote:
    """Keep a note about a team, and about which delivery or which meeting where it is about one."""
    return PrivateNote.objects.create(
        network_id=team.network_id, team=team, delivery=delivery, meeting=meeting, text=text.strip(), written_by=by
    )
