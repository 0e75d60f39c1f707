"""Letters that are for a network's own people alone: who has no access when one is sent, gets none.

A letter is written when it is asked for and may wait over a weekend, or fail and be sent again weeks later. The room
that writes it says which of its letters tell of the network, by their keys; those about the end of something go to
whoever has left, too.
"""

import re

from django.utils import timezone

from networks.models import Membership, NationalCoordinator
from notices.models import Message

_patterns: list[re.Pattern[str]] = []


def keep_for_members(pattern: str) -> None:
    """Letters with keys that look so throughout go to members only: called in the room's AppConfig.ready()."""
    compiled = re.compile(pattern)
    if compiled not in _patterns:
        _patterns.append(compiled)


def may_have(letter: Message) -> bool:
    """Whether the person may still be told what the letter says. One query, or two. Needs the network's scope."""
    if letter.recipient_id is None or not any(pattern.fullmatch(letter.key) for pattern in _patterns):
        return True
    places = Membership.objects.active(timezone.localdate()).filter(network=letter.network_id)
    if places.filter(user=letter.recipient_id).exists():
        return True
    return NationalCoordinator.objects.filter(user=letter.recipient_id, user__is_active=True).exists()
