"""Who may see and enter a network. Every view of a network comes in through here."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User
from gpf import tenancy
from gpf.declare import Declaration, View, declare
from gpf.once import do_once
from networks.models import Membership, NationalCoordinator, Network, Role

EVERYONE = frozenset(Role)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class NetworkRequest(HttpRequest):
    """A request inside a network: the person is a member of it, and only its rows can be seen."""

    user: User
    network: Network
    roles: frozenset[Role]
    frame_networks: list[Network]


class RoleMissing(PermissionDenied):
    """A member of the network came to a door for other roles. The page says which."""

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__("role missing")
        self.roles = roles


def is_national(user: User) -> bool:
    """Whether the person coordinates every network."""
    return user.is_active and NationalCoordinator.objects.filter(user=user).exists()


def visible_networks(user: User) -> QuerySet[Network]:
    """The networks a person may enter today. The transaction must know the person: `tenancy.identify`."""
    if is_national(user):
        return Network.objects.all()
    return Network.objects.filter(pk__in=Membership.objects.active().filter(user=user).values("network"))


def coordinated_networks(user: User) -> QuerySet[Network]:
    """The networks a person coordinates today. The transaction must know the person: `tenancy.identify`."""
    if is_national(user):
        return Network.objects.all()
    own = Membership.objects.active().filter(user=user, role=Role.COORDINATOR)
    return Network.objects.filter(pk__in=own.values("network"))


def is_completed(network: Network) -> bool:
    """Whether the network has been closed: everything in it may be read, and nothing changed."""
    return network.phase == Network.Phase.COMPLETED


def has_role(request: NetworkRequest, *roles: Role) -> bool:
    """Whether the person has one of the roles in the network of the request."""
    return not request.roles.isdisjoint(roles)


class NetworkCompleted(PermissionDenied):
    """A member wanted to change something in a network that is completed. The page says who can reopen it."""

    def __init__(self, network: Network) -> None:
        super().__init__("network completed")
        self.network = network


def network_view(
    *roles: Role, when_completed: bool = False, to_write: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A view at `<slug:network_slug>/…` for members with one of the roles; no roles named means every member.

    Who is not a member gets the answer a network that does not exist would give; a member without the role is told
    which roles may enter. Inside, only this network's rows exist. A completed network is read only, but for views that
    say `when_completed`; a page that is nothing but a form says `to_write`, and is not shown there at all.
    """
    allowed = frozenset(roles) or EVERYONE

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def inner(request: NetworkRequest, network_slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _enter(request, network_slug)
            if request.roles.isdisjoint(allowed):
                raise RoleMissing(allowed)
            writes = to_write or request.method not in READING
            if writes and is_completed(request.network) and not when_completed:
                raise NetworkCompleted(request.network)
            with tenancy.scope([request.network.pk], savepoint=False):
                return do_once(request, partial(view, request, *args, **kwargs))

        return declare(inner, Declaration("network", frozenset(allowed), to_write))

    return decorate


def national_view(view: Callable[..., HttpResponseBase]) -> View:
    """A view for national coordinators; to everyone else it does not exist."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
        tenancy.identify(request.user.pk)
        if not is_national(request.user):
            raise Http404
        return do_once(request, partial(view, request, *args, **kwargs))

    return declare(inner, Declaration("national"))


def planner_view(view: Callable[..., HttpResponseBase]) -> View:
    """A view for whoever coordinates a network, or all of them; to everyone else it does not exist."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
        tenancy.identify(request.user.pk)
        if not coordinated_networks(request.user).exists() and not is_national(request.user):
            raise Http404
        return do_once(request, partial(view, request, *args, **kwargs))

    return declare(inner, Declaration("planner"))


def _enter(request: NetworkRequest, slug: str) -> None:
    """Put the network, the person's roles in it and her networks on the request, or raise 404.

    One query tells all of it to who is a member; this stands before every page of a network.
    """
    tenancy.identify(request.user.pk)
    own: list[Any] = list(  # Membership, with `national` asked along
        Membership.objects.active()
        .filter(user=request.user)
        .select_related("network__programme")
        .order_by("network__sort_name", "network")
        .annotate(national=Exists(NationalCoordinator.objects.filter(user=request.user)))
    )
    national = own[0].national if own else is_national(request.user)
    here = [row for row in own if row.network.slug == slug]
    network = here[0].network if here else _any_network(slug) if national else None
    if network is None:
        raise Http404
    request.network = network
    request.roles = frozenset({Role(row.role) for row in here} | ({Role.COORDINATOR} if national else set()))
    request.frame_networks = list(dict.fromkeys(row.network for row in own))


def _any_network(slug: str) -> Network | None:
    return Network.objects.select_related("programme").filter(slug=slug).first()
