"""Every view declares who may enter. What is not declared stays closed.

The declaration is kept on the view, so that the test of every URL and `docs/access.md` read the same words
that guard the door. Views of a network are declared with `networks.access.network_view`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Literal

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLResolver, get_resolver

from gpf import tenancy
from gpf.once import do_once

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Declaration:
    """Who may enter a view: anyone, anyone signed in, whoever coordinates some network (planner), national
    coordinators, or roles of the network in its URL."""

    kind: Literal["public", "signed_in", "planner", "national", "network"]
    roles: frozenset[str] = frozenset()
    to_write: bool = False  # a page that is nothing but a form, shut while its network is read only


@dataclass(frozen=True)
class Address:
    """Where a view is: the pattern of its path, and the view."""

    path: str
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        """Whether the view is the product's own. The others are allauth's, which declares its own."""
        return not self.view.__module__.startswith("allauth.")


def declared(view: Callable[..., Any]) -> Declaration | None:
    """The declaration of a view, or None where it has none."""
    found = getattr(view, "declaration", None)
    return found if isinstance(found, Declaration) else None


def declare(view: View, declaration: Declaration) -> View:
    """Write the declaration on the view."""
    view.declaration = declaration  # type: ignore[attr-defined]  # functions carry attributes; Callable does not say so
    return view


def addresses(resolver: URLResolver | None = None, namespace: str = "", prefix: str = "") -> dict[str, Address]:
    """Every address of the product by its name, `namespace:name`. An address without a name is an error."""
    found: dict[str, Address] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= addresses(pattern, inner, path)
        else:
            assert pattern.name, f"{path} has no name"
            found[f"{namespace}{pattern.name}"] = Address(path, pattern.callback)
    return found


def public(view: View) -> View:
    """Anyone may enter, signed in or not."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return do_once(request, partial(view, request, *args, **kwargs))

    return declare(login_not_required(inner), Declaration("public"))


def signed_in(view: View) -> View:
    """Anyone with an account may enter; the view sees the person's own memberships and opens networks itself."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenancy.identify(request.user.pk)
        return do_once(request, partial(view, request, *args, **kwargs))

    return declare(inner, Declaration("signed_in"))
