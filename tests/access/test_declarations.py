"""Closed until declared: every view says who may enter, or is one of allauth's, which are listed here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from gpf.declare import declared

# allauth's own views: those before sign-in are open by allauth's own declaration, the rest need a signed-in person.
ALLAUTH = "allauth."


def views(resolver: URLResolver | None = None, namespace: str = "") -> dict[str, URLPattern]:
    """Every view of the product by the name of its address."""
    found: dict[str, URLPattern] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= views(pattern, inner)
        else:
            assert pattern.name, f"{pattern} has no name"
            found[f"{namespace}{pattern.name}"] = pattern
    return found


@pytest.mark.parametrize("name", sorted(views()))
def test_every_view_declares_who_may_enter(name: str) -> None:
    callback = views()[name].callback
    if not callback.__module__.startswith(ALLAUTH):
        assert declared(callback) is not None, f"{name} declares nothing"
