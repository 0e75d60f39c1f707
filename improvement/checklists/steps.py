"""The steps of the home-based pathway (HPH) that have a checklist."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """A step: its key in addresses and data, what people call it, and the ready measure it gives by itself."""

    key: str
    code: str
    name: str | Promise
    measure: str
    """The key in `improvement.measures.library`."""

    @property
    def title(self) -> str:
        """As one says it: the code and the name."""
        return f"{self.code} {self.name}".strip()


STEPS: tuple[Step, ...] = (
    Step("hph0", "HPH0", _("Discharge from hospital"), "readmission-30-days"),
    Step("hph1", "HPH1", _("Prepare the homecoming"), "asked-what-matters"),
    Step("hph2", "HPH2", _("The nurse's structured follow-up within three days"), "hph2-3-days"),
    Step("hph3", "HPH3", _("Prepare the visit to the GP, within fourteen days"), "hph3-14-days"),
    Step("hph4", "HPH4", _("At a decline, a fall or an out-of-hours contact"), "checklists-complete"),
    Step("hph5", "HPH5", _("Review after four weeks"), "hph5-4-weeks"),
    Step("hph6", "HPH6", _("Information to the hospital at admission"), "hph6-3-hours"),
    Step("daily", "", _("The daily work list"), "checklists-complete"),
)

BY_KEY = {step.key: step for step in STEPS}
