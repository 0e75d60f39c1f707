"""Sentences for the changes that people speak of by a word of their own. Each takes a change, and may say nothing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Change

Words = str | Promise


def nothing_better(change: Change) -> Words | None:
    return None


def of_network(change: Change) -> Words | None:
    phase = change.after.get("phase") if change.action == "changed" else None
    if phase == "completed":
        return _("Closed the network")
    if phase and "reopened_on" in change.after:
        return _("Reopened the network")
    if phase == "running":
        return _("The network is running")
    return _("The network went into follow-up") if phase == "follow_up" else None


def of_participation(change: Change) -> Words | None:
    if change.action != "changed" or "withdrawn" not in change.after:
        return None
    return _("%(name)s withdrew") if change.after["withdrawn"] else _("%(name)s takes part again")


def of_gathering(change: Change) -> Words | None:
    if change.action == "changed" and change.after.get("state") == "cancelled":
        return _("Cancelled %(name)s")
    return None


def of_assignment(change: Change) -> Words | None:
    if change.action != "changed":
        return None
    if "hidden" in change.after:
        return _("Hid the assignment %(name)s") if change.after["hidden"] else _("Put back the assignment %(name)s")
    return _("Gave the assignment %(name)s another deadline") if set(change.after) == {"due"} else None


def of_delivery(change: Change) -> Words | None:
    """What was done with it; a row is also made where a coordinator extends or exempts before the team has begun."""
    if change.action == "removed":
        return None
    after = change.after
    if after.get("state") == "delivered":
        return _("Handed in %(name)s for %(within)s")
    if "exempt" in after and (after["exempt"] or change.action == "changed"):
        return (
            _("Exempted %(within)s from %(name)s") if after["exempt"] else _("Asked %(within)s for %(name)s after all")
        )
    if after.get("extended_to"):
        return _("Gave %(within)s more time for %(name)s")
    if after.get("shared_at"):
        return _("Shared %(name)s of %(within)s with the network")
    if "shared_at" in after and change.action == "changed":
        return _("Stopped sharing %(name)s of %(within)s")
    return None


def of_review(change: Change) -> Words | None:
    if change.action != "added":
        return None
    said = {
        "approved": _("Approved %(name)s of %(within)s"),
        "returned": _("Sent %(name)s back to %(within)s"),
        "commented": _("Commented on %(name)s of %(within)s"),
    }
    return said.get(str(change.after.get("verdict")))


def of_invitee(change: Change) -> Words | None:
    if change.action != "changed":
        return None
    after = change.after
    if after.get("sent_at"):
        return _("Sent the invitation to %(name)s")
    if after.get("reminded_at"):
        return _("Reminded %(name)s of the invitation")
    if after.get("opened_at"):
        return _("%(name)s opened the invitation")
    if after.get("declined_at"):
        return _("%(name)s declined the invitation")
    return _("Withdrew the invitation to %(name)s") if after.get("withdrawn_at") else None


def of_registration(change: Change) -> Words | None:
    if change.action != "changed":
        return None
    said = {
        "submitted": _("Sent in the registration of %(name)s"),
        "asked": _("Asked back about the registration of %(name)s"),
        "waiting": _("Put the registration of %(name)s on the waiting list"),
        "accepted": _("Accepted the registration of %(name)s"),
        "declined": _("Declined the registration of %(name)s"),
    }
    return said.get(str(change.after.get("state")))


def of_library(change: Change) -> Words | None:
    if change.action != "changed" or "removed_at" not in change.after:
        return None
    gone = change.after["removed_at"]
    return _("Took %(name)s out of the library") if gone else _("Put %(name)s back in the library")


def of_public_link(change: Change) -> Words | None:
    """A yes is told of when the row is made too: it is made by the first of the two."""
    if change.action == "removed":
        return None
    if change.after.get("team_at"):
        return _("Said yes for the team to show %(name)s to everybody")
    if change.after.get("coordinator_at"):
        return _("Said yes as coordinator to show %(name)s to everybody")
    was_shown = change.before.get("team_at") and change.before.get("coordinator_at")
    if was_shown:
        return _("Stopped showing %(name)s to everybody")
    return _("Took back the yes to showing %(name)s to everybody")


def of_wall_rules(change: Change) -> Words | None:
    if change.action == "removed":
        return None
    is_open = change.after.get("is_open")
    return _("Opened the posters for comments") if is_open else _("Closed the posters for comments")


def of_poster_template(change: Change) -> Words | None:
    if change.action != "changed" or "put_away_at" not in change.after:
        return None
    if change.after["put_away_at"]:
        return _("Put away the network’s own sections for %(name)s")
    return _("Took back the network’s own sections for %(name)s")
