"""What a recorded table needs to be told of in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from networks.models import Change
from overview import changes_sayings as sayings

Words = str | Promise
Saying = Callable[[Change], Words | None]


@dataclass(frozen=True)
class Kind:
    """A table's words. `say` may have a better sentence for a change than the general three.

    In a sentence %(name)s is the thing, and %(within)s what it belongs to: a person's team, or the team of a delivery.
    """

    model: str
    group: str
    added: Words
    changed: Words
    removed: Words
    labels: Mapping[str, Words]
    left_out: frozenset[str] = field(default=frozenset())
    say: Saying = sayings.nothing_better

    def sentence(self, change: Change) -> Words:
        general = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return self.say(change) or general[change.action]
