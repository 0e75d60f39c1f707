"""What is said of a change in each recorded table: the sentence, and the name of every column that is told of.

A column that is neither named nor left out is an error that a test finds.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from overview import changes_sayings as sayings
from overview.changes_kind import Kind, Words
from overview.changes_work_kinds import WORK_KINDS

ALWAYS_LEFT_OUT = frozenset({"id", "network_id", "slug", "sort_name", "position", "planned"})

GROUPS: dict[str, Words] = {
    "gatherings": _("Gatherings and deadlines"),
    "deliveries": _("Deliveries"),
    "participants": _("Participants and teams"),
    "people": _("People and roles"),
    "invitations": _("Invitations and registrations"),
    "library": _("Library"),
    "network": _("The network itself"),
}

_KINDS = [
    Kind(
        "networks.Network",
        "network",
        _("Made the network"),
        _("Changed the network"),
        _("Removed the network"),
        {
            "name": _("name"),
            "region": _("region"),
            "programme_id": _("programme"),
            "template_id": _("template"),
            "round_label": _("period of the programme"),
            "from_year": _("from"),
            "to_year": _("to"),
            "phase": _("phase"),
            "language": _("language"),
            "anchored_in_health_community": _("anchored in the health community"),
            "health_community_id": _("health community"),
            "copied_from_id": _("copied from"),
            "reopened_on": _("reopened"),
            "posters_shown": _("posters are shown"),
            "work_shown": _("plans and other work are shown"),
            "preparation_months": _("months of preparation"),
            "note": _("note"),
        },
        say=sayings.of_network,
    ),
    Kind(
        "networks.SupervisingBody",
        "network",
        _("Added %(name)s as supervising body"),
        _("Changed the supervising body %(name)s"),
        _("Removed %(name)s as supervising body"),
        {"organisation_id": _("organisation")},
    ),
    Kind(
        "networks.Participation",
        "participants",
        _("Added %(name)s as a participant"),
        _("Changed the participation of %(name)s"),
        _("Removed %(name)s as a participant"),
        {
            "organisation_id": _("organisation"),
            "joined_on": _("joined"),
            "joined_note": _("about joining"),
            "withdrawn": _("withdrawn"),
            "withdrawn_on": _("withdrew"),
            "withdrawn_reason": _("reason"),
            "anchored_by": _("the leader who committed"),
            "anchored_title": _("title"),
            "anchored_on": _("committed"),
        },
        say=sayings.of_participation,
    ),
    Kind(
        "networks.ParticipatingUnit",
        "participants",
        _("Added %(name)s as a unit of %(within)s"),
        _("Changed %(name)s as a unit of %(within)s"),
        _("Removed %(name)s as a unit of %(within)s"),
        {"participation_id": _("participant"), "organisation_id": _("unit")},
    ),
    Kind(
        "posters.PosterTemplate",
        "network",
        _("Made the network’s own sections for %(name)s"),
        _("Changed the sections of %(name)s"),
        _("Removed the network’s own sections for %(name)s"),
        {"sections": _("sections"), "put_away_at": _("put away"), "saved_at": _("saved")},
        frozenset({"stage"}),
        sayings.of_poster_template,
    ),
    Kind(
        "posters.PosterLook",
        "network",
        _("Chose how the posters look"),
        _("Changed how the posters look"),
        _("Removed how the posters look"),
        {
            "design": _("design"),
            "orientation": _("the sheet"),
            "colour": _("colour"),
            "logo_id": _("logo"),
            "logo_alt": _("what the logo shows"),
        },
        frozenset({"logo_width", "logo_height"}),
    ),
    Kind(
        "posters.PublicLink",
        "network",
        _("Began showing %(name)s to everybody"),
        _("Changed who may see %(name)s"),
        _("Stopped showing %(name)s to everybody"),
        {
            "team_by_id": _("the team’s yes, by"),
            "team_at": _("the team’s yes"),
            "coordinator_by_id": _("the coordinator’s yes, by"),
            "coordinator_at": _("the coordinator’s yes"),
            "number": _("number of the link"),
        },
        frozenset({"poster_id"}),
        sayings.of_public_link,
    ),
    Kind(
        "posters.WallRules",
        "network",
        _("Chose whether the posters can be commented on"),
        _("Chose whether the posters can be commented on"),
        _("Opened the posters for comments"),
        {"is_open": _("open for comments")},
        say=sayings.of_wall_rules,
    ),
    Kind(
        "teams.Team",
        "participants",
        _("Added the team %(name)s"),
        _("Changed the team %(name)s"),
        _("Removed the team %(name)s"),
        {
            "name": _("name"),
            "participation_id": _("participant"),
            "patient_group": _("patient group"),
            "language": _("language"),
            "joined_on": _("joined"),
            "ended_on": _("ended"),
            "ended_reason": _("why it ended"),
        },
    ),
    Kind(
        "networks.Membership",
        "people",
        _("Made %(name)s %(within)s"),
        _("Changed the role of %(name)s, %(within)s"),
        _("Took the role of %(within)s from %(name)s"),
        {"user_id": _("person"), "role": _("role"), "starts_on": _("from"), "ends_on": _("access ends")},
    ),
    Kind(
        "networks.ParticipationLeader",
        "people",
        _("Made %(name)s the leader of %(within)s"),
        _("Changed %(name)s as the leader of %(within)s"),
        _("Removed %(name)s as the leader of %(within)s"),
        {"participation_id": _("participant"), "user_id": _("person")},
    ),
    Kind(
        "teams.TeamMember",
        "people",
        _("Put %(name)s in the team %(within)s"),
        _("Changed the place of %(name)s in the team %(within)s"),
        _("Took %(name)s out of the team %(within)s"),
        {
            "team_id": _("team"),
            "membership_id": _("person"),
            "function": _("part in the team"),
            "title": _("title"),
            "unit": _("unit"),
            "left_on": _("left"),
        },
    ),
    Kind(
        "teams.Supervisor",
        "people",
        _("Made %(name)s the supervisor of %(within)s"),
        _("Changed %(name)s as the supervisor of %(within)s"),
        _("Removed %(name)s as the supervisor of %(within)s"),
        {
            "team_id": _("team"),
            "membership_id": _("person"),
            "since": _("from"),
            "until": _("until"),
            "stands_in_for_id": _("stands in for"),
            "handed_over_by_id": _("took over from"),
        },
    ),
    *WORK_KINDS,
]

KINDS: dict[str, Kind] = {apps.get_model(kind.model)._meta.db_table: kind for kind in _KINDS}
"""By the table's name."""
