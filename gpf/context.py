"""What the page frame needs on every page: the network, its navigation, the person's networks, the language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gpf.declare import declared

PLACE = re.compile(r"[01]-[0-9]{1,16}-[a-z]{3,10}-[0-9.]{1,40}").fullmatch
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class Item:
    """A link in a menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class FromQueue:
    """The person came to the page from a row of the supervisor's queue: the way on, and what puts the row aside."""

    queue: str
    following: str
    aside: str
    place: str
    kind: str


@dataclass(frozen=True)
class Frame:
    """Everything `templates/base.html` shows around a page."""

    home: str
    network: str
    networks: tuple[Item, ...]
    all_networks: str
    notices: str
    unread: str
    nav: tuple[Item, ...]
    more: tuple[Item, ...]
    more_current: bool
    footer: tuple[Item, ...]
    languages: tuple[Language, ...]
    language_url: str
    here: str
    from_queue: FromQueue | None


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor. Reads `request.network`, `.roles` and `.frame_networks` where a view has set them."""
    network = getattr(request, "network", None)
    roles = frozenset(str(getattr(role, "value", role)) for role in getattr(request, "roles", ()))
    path = request.path
    more = _more(network.slug, roles, path) if network else ()
    elsewhere = any(item.current for item in more)
    nav = _network_nav(network.slug, roles, "" if elsewhere else path) if network else _outer_nav(request)
    return {
        "frame": Frame(
            home=_url("overview:home") or "/",
            network=str(network) if network else "",
            networks=_switcher(getattr(request, "frame_networks", ()), network),
            all_networks=_url("overview:networks"),
            notices=_url("notices_own:mine"),
            unread=_url("notices_own:unread"),
            nav=nav,
            more=more,
            more_current=elsewhere,
            footer=_items(
                path, (_("Help"), "help"), (_("Accessibility statement"), "accessibility"), (_("Privacy"), "privacy")
            ),
            languages=_languages(),
            language_url=_url("accounts:language") or _url("set_language"),
            here=request.get_full_path(),
            from_queue=_from_queue(request, roles),
        )
    }


def _from_queue(request: HttpRequest, roles: frozenset[str]) -> FromQueue | None:
    place, kind = request.GET.get("ko", ""), request.GET.get("slag", "")
    if "supervisor" not in roles or not PLACE(place):
        return None
    following = f"{_url('supervision:next')}?{urlencode({'ko': place, 'slag': kind})}"
    return FromQueue(_url("supervision:queue"), following, _url("supervision:aside"), place, kind)


def _network_nav(slug: str, roles: frozenset[str], path: str) -> tuple[Item, ...]:
    """Where the network stands, what waits for its supervisor, then the rest of the network."""
    overview = (_("Overview"), "overview:network")
    words = (
        (_("Progress"), "overview:matrix"),
        (_("Gatherings"), "gatherings:list"),
        (_("Teams"), "overview:teams"),
        (_("Measures"), "improvement:across"),
        (_("Posters"), "posters:wall"),
    )
    inner = _items(path, *((label, name) for label, name in (overview, *words) if _may_open(name, roles)), slug=slug)
    queue = _items(path, (_("Waiting for guidance"), "supervision:queue")) if "supervisor" in roles else ()
    return (*inner[:1], *queue, *inner[1:])


def _outer_nav(request: HttpRequest) -> tuple[Item, ...]:
    """Outside a network: the person's own page and her networks. Nothing before sign-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    return _items(request.path, (_("Home"), "overview:home"), (_("Networks"), "overview:networks"))


def _may_open(name: str, roles: frozenset[str]) -> bool:
    """Whether the view behind a word is declared for one of the person's roles: no word leads to a shut door."""
    return not roles.isdisjoint(_doors(name))


@cache
def _doors(name: str) -> frozenset[str]:
    """The roles a network's view is declared for; none where nothing of that name is routed."""
    url = _url(name, "any")
    declaration = declared(resolve(url).func) if url else None
    return declaration.roles if declaration else frozenset()


def _more(slug: str, roles: frozenset[str], path: str) -> tuple[Item, ...]:
    words = (
        (_("Where the teams are"), "supervision:standing"),
        (_("The guidance log"), "supervision:log"),
        (_("Who guides whom"), "supervision:guiding"),
        (_("Plan"), "gatherings:plan"),
        (_("Invitations"), "signup:rounds"),
        (_("Registrations"), "signup:registrations"),
        (_("Participants"), "teams:participants"),
        (_("People"), "teams:people"),
        (_("Leaders"), "supervision:leaders"),
        (_("Library"), "documents:library"),
        (_("Checklists"), "improvement:network_checklists"),
        (_("Mail"), "desk:desk"),
        (_("Changes"), "overview:changes"),
        (_("Settings"), "overview:settings"),
    )
    inner = _items(path, *((label, name) for label, name in words if _may_open(name, roles)), slug=slug)
    return (*inner, *_items(path, (_("Help"), "help")))


def _switcher(networks: Iterable[Any], current: Any) -> tuple[Item, ...]:
    pk = getattr(current, "pk", None)
    named = ((network, _url("overview:network", network.slug)) for network in networks)
    return tuple(Item(str(network), url, network.pk == pk) for network, url in named if url)


def _items(path: str, *named: tuple[str, str], slug: str = "") -> tuple[Item, ...]:
    """The links that are routed. The most exact of those that lead to where we are is the current one."""
    found = [(label, _url(name, slug)) for label, name in named]
    here = max((url for _label, url in found if url and _covers(url, path)), key=len, default="")
    return tuple(Item(label, url, url == here) for label, url in found if url)


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


@lru_cache(maxsize=4096)
def _url(name: str, slug: str = "") -> str:
    """The address of a named view, or an empty text where nothing of that name is routed."""
    try:
        return reverse(name, kwargs={"network_slug": slug} if slug else None)
    except NoReverseMatch:
        return ""


def _languages() -> tuple[Language, ...]:
    active = translation.get_language()
    return tuple(Language(code, LANGUAGE_NAMES.get(code, code), code == active) for code, _name in settings.LANGUAGES)
