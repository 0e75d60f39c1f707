"""The personal link: opens the form for whoever has the newest one, for as long as it may."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from gpf import tenancy
from networks.models import Organisation
from signup.links import SALT, LinkError, LinkKind, link_token, link_url, linked_network, open_link
from signup.models import InvitationRound, Invitee
from tests.cast import Cast


@pytest.fixture
def invitee(cast: Cast) -> Invitee:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        invitations = InvitationRound.objects.create(network=network, name="Vår", answer_by=timezone.localdate())
        return Invitee.objects.create(
            network=network, round=invitations, organisation=Organisation.objects.order_by("pk")[0]
        )


def kind_of(token: str) -> LinkKind:
    with pytest.raises(LinkError) as refused:
        open_link(token)
    return refused.value.kind


def change(invitee: Invitee, **fields: object) -> None:
    with tenancy.scope([invitee.network_id]):
        Invitee.objects.filter(pk=invitee.pk).update(**fields)


def test_a_link_opens_its_own_invitation_with_nothing_opened_before(invitee: Invitee) -> None:
    token = link_token(invitee)
    assert open_link(token) == invitee
    assert linked_network(token) == invitee.network_id
    assert tenancy.opened() == []
    assert link_url(invitee).endswith(f"/pamelding/{token}/")


def test_a_link_that_was_never_ours_opens_nothing(invitee: Invitee) -> None:
    token = link_token(invitee)
    others = signing.Signer(salt="another").sign_object([invitee.network_id, invitee.pk, 1])
    odd = signing.Signer(salt=SALT).sign_object("hei")
    gone = signing.Signer(salt=SALT).sign_object([invitee.network_id, invitee.pk + 1, 1])
    for wrong in ("", "x", token[:-1], "A" + token, others, odd, gone):
        assert kind_of(wrong) == LinkKind.UNKNOWN


def test_a_link_opens_no_invitation_of_another_network(invitee: Invitee, cast: Cast) -> None:
    astray = signing.Signer(salt=SALT).sign_object([cast.east.network.pk, invitee.pk, 1])
    assert kind_of(astray) == LinkKind.UNKNOWN


def test_a_link_says_why_it_no_longer_works(invitee: Invitee) -> None:
    token, today = link_token(invitee), timezone.localdate()
    change(invitee, expires_on=today)
    assert open_link(token) == invitee
    change(invitee, expires_on=today - timedelta(days=1))
    assert kind_of(token) == LinkKind.EXPIRED
    change(invitee, expires_on=None, link_number=2)
    assert kind_of(token) == LinkKind.REPLACED
    change(invitee, withdrawn_at=timezone.now())
    assert kind_of(token) == LinkKind.WITHDRAWN
