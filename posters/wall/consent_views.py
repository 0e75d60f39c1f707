"""A poster shown to everybody with a link: the team says yes, a coordinator says yes, and either takes it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.access import NetworkCompleted, NetworkRequest, has_role, is_completed, network_view
from networks.models import Role
from posters.access import read_poster
from posters.models import Poster
from posters.pages import address
from posters.wall.links import say_yes, withdraw
from teams.access import own_teams


@require_POST
@network_view(Role.TEAM_MEMBER, Role.COORDINATOR, when_completed=True)
def show_to_all(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Say yes for one's own side (`do` is "team" or "coordinator"), or take the poster back ("withdraw")."""
    reading = read_poster(request, team_slug, gathering_number)
    place, do = reading.place, request.POST.get("do")
    sides = {
        "team": own_teams(request).filter(pk=place.team.pk).exists(),
        "coordinator": has_role(request, Role.COORDINATOR),
    }
    if not any(sides.values()):
        raise Http404
    poster = get_object_or_404(Poster, team=place.team, gathering=place.gathering)
    if do == "withdraw":
        withdraw(poster=poster)
        messages.success(request, _("The poster is not shown to everybody any more. The old link is void."))
    elif not sides.get(do or "") or reading.edition is None:
        raise Http404
    elif is_completed(request.network):
        raise NetworkCompleted(request.network)
    elif say_yes(poster=poster, by=request.user, for_the_team=do == "team").is_public:
        messages.success(request, _("Everybody who has the link can read the poster now."))
    else:
        messages.success(request, _("You have said yes. The poster is shown when the other side has said yes too."))
    return redirect(f"{address('poster', place)}#public")
