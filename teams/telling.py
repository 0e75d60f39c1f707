"""Mail to people about their place in a network: the invitation that lets them in, and a word to a new leader
and to the one who led before."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tasks import send_invitation
from networks.access import NetworkRequest
from notices.mailing import Addressee, queue_letter
from notices.tasks import send_letters
from teams.farewell import write_to_old_leader
from teams.models import Team
from teams.places import Effects


def invite(request: NetworkRequest, user: User) -> None:
    """Have a link mailed that signs the person in, once what is being done is committed."""
    invitation = (user.pk, "/", request.network.name, request.user.pk)
    transaction.on_commit(lambda: send_invitation.delay(*invitation))


def invite_who_has_not_been_in(request: NetworkRequest, user: User) -> bool:
    """Invite whoever has never signed in. Says whether a mail goes out."""
    if user.last_login is None:
        invite(request, user)
    return user.last_login is None


def tell_new_leader(request: NetworkRequest, user: User, team: Team) -> None:
    """Tell the person that she leads the team: by an invitation, or by a letter where she has been in before."""
    if invite_who_has_not_been_in(request, user):
        return
    network = request.network
    address = settings.GPF_BASE_URL + reverse("overview:team", args=[network.slug, team.slug])
    with translation.override(user.language):
        words = {"name": user.name, "team": team.name, "network": network.name, "address": address}
        queue_letter(
            network=network,
            key=f"lead:{team.pk}:{user.pk}:{timezone.localdate():%Y%m%d}",
            to=Addressee(user.name, user.email, user.language, user),
            subject=_("You lead the team %(team)s from today") % words,
            text=_(
                "Hello, %(name)s\n\nFrom today you lead the team %(team)s in %(network)s. What the team has to do, and "
                "what it is reminded of, comes to you from now on. Here is what is next:\n\n%(address)s"
            )
            % words,
        )
    transaction.on_commit(lambda: send_letters.delay(network.pk))


def tell_old_leader(request: NetworkRequest, old: User, new: User, team: Team, shown: Effects, *, stays: bool) -> None:
    """Tell the one who led the team until today who leads it now."""
    write_to_old_leader(network=request.network, team=team, old=old, new=new, shown=shown, stays=stays)
    transaction.on_commit(lambda: send_letters.delay(request.network.pk))
