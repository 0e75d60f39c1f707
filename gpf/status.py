"""How the states of a delivery are shown everywhere: a shape, a short word, and colour last.

The shape is drawn by `.status::before` in `static/gpf/parts.css`, by the value of `data-state`.
"""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gpf import dates

WORDS: dict[str, str | Promise] = {
    "not_started": _("not begun"),
    "begun": _("begun"),
    "delivered": _("delivered"),
    "approved": _("approved"),
    "returned": _("sent back"),
    "late": _("late"),
    "exempt": _("exempt"),
}
SIGNS = {
    "not_started": "○",
    "begun": "◐",
    "delivered": "●",
    "approved": "✓",
    "returned": "↩",
    "late": "!",
    "exempt": "–",
}


def status_word(state: str, days: int = 0) -> str:
    """The short word of a state; for a late one "5 d for sent". Raises KeyError on a state that does not exist."""
    return dates.late_short(days) if state == "late" and days else str(WORDS[state])


def status_html(state: str, days: int = 0) -> SafeString:
    """The state as markup: `<span class="status" data-state="late">5 d for sent</span>`."""
    return format_html('<span class="status" data-state="{}">{}</span>', state, status_word(state, days))
