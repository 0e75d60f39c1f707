"""The steps of the home-based pathway (HPH) that have a checklist."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """A step: its key in addresses and data, what people call it, and when it is done."""

    key: str
    code: str
    name: str | Promise


STEPS: tuple[Step, ...] = (
    Step("hph0", "HPH0", _("Discharge from hospital")),
    Step("hph1", "HPH1", _("Prepare the homecoming")),
    Step("hph2", "HPH2", _("The nurse's structured follow-up within three days")),
    Step("hph3", "HPH3", _("Prepare the visit to the GP, within fourteen days")),
    Step("hph4", "HPH4", _("At a decline, a fall or an out-of-hours contact")),
    Step("hph5", "HPH5", _("Review after four weeks")),
    Step("hph6", "HPH6", _("Information to the hospital at admission")),
    Step("daily", "", _("The daily work list")),
)

BY_KEY = {step.key: step for step in STEPS}
