"""What a network keeps of a mail is written in a statement of our own: the check of the columns holds there too."""

import pytest
from django.utils import timezone

from gpf import tenancy
from gpf.guarded import IdentityNumberError
from notices import claims, parts
from notices.models import Message
from notices.parts import Part
from tests.cast import Place
from tests.identity_numbers import NATIONAL


@pytest.mark.parametrize("where", ["subject", "text"])
def test_no_identity_number_is_kept_of_a_mail(west: Place, where: str) -> None:
    person, today = west.team_leader, timezone.localdate()
    said = {"subject": "Hei", "text": "Hei", where: f"Hei, {NATIONAL}"}
    with tenancy.scope([west.network.pk]):
        (claim,) = claims.claim([(person.pk, 0)], today).values()
        with pytest.raises(IdentityNumberError):
            parts.keep([Part(claim, west.network.pk, "nb", said["subject"], said["text"], [])], timezone.now())
        assert not Message.objects.exists()
