"""The list of gatherings, and one of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from sessions.models import Gathering
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def _list(place: Place) -> str:
    return reverse("gatherings:list", args=[place.network.slug])


def _page(place: Place, number: int = 1) -> str:
    return reverse("gatherings:gathering", args=[place.network.slug, place.gatherings[number].pk])


def test_every_gathering_with_the_work_before_it(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.east.network.pk]):
        Gathering.objects.filter(pk=cast.east.gatherings[0].pk).update(place="Hamar hotell")
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.filter(pk=cast.west.gatherings[1].pk).update(place="Dalen hotell")
    for user in cast.west.people().values():
        seen = sign_in(user).get(_list(cast.west)).content.decode()
        assert "Dalen hotell" in seen
        assert "Lever forbedringsplan" in seen
        assert "Hamar hotell" not in seen
        assert 'class="timeline' in seen


def test_an_empty_list_says_what_will_come(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.all().delete()
    seen = sign_in(cast.west.observer).get(_list(cast.west)).content.decode()
    assert 'class="empty"' in seen


def test_a_team_sees_its_own_work_with_links(cast: Cast, sign_in: SignIn) -> None:
    west = cast.west
    seen = sign_in(west.member).get(_page(west)).content.decode()
    for assignment in west.assignments[1:]:
        assert reverse("gatherings:delivery", args=["vest", west.team.slug, assignment.pk]) in seen
    assert "leveringer" not in sign_in(west.observer).get(_page(west)).content.decode()


def test_what_is_known_of_an_old_one(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        old = Gathering.objects.create(
            network=cast.west.network, number=9, month="2016-11-01", state="cancelled", kind="measurement_workshop"
        )
        unknown = Gathering.objects.create(network=cast.west.network, kind="webinar")
    browser = sign_in(cast.west.member)
    assert "november 2016" in browser.get(reverse("gatherings:gathering", args=["vest", old.pk])).content.decode()
    assert browser.get(reverse("gatherings:gathering", args=["vest", unknown.pk])).status_code == 200
    assert "november 2016" in browser.get(_list(cast.west)).content.decode()


def test_another_networks_gathering_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    stranger = reverse("gatherings:gathering", args=["vest", cast.east.gatherings[0].pk])
    assert sign_in(cast.west.coordinator).get(stranger).status_code == 404


@pytest.mark.parametrize("gatherings", [0, 6])
def test_the_list_takes_as_many_queries_with_many_gatherings(
    gatherings: int, cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    with tenancy.scope([cast.west.network.pk]):
        for number in range(gatherings):
            Gathering.objects.create(network=cast.west.network, number=10 + number)
    browser = sign_in(cast.west.member)
    browser.get(_list(cast.west))
    with django_assert_num_queries(QUERIES):
        browser.get(_list(cast.west))


QUERIES = 9
