"""What a notice is, in people's words."""

from django import template

from notices import kinds
from notices.models import Notice

register = template.Library()


@register.filter
def kind_label(notice: Notice) -> str:
    """What people know the kind as; its bare name where no room registers it any more."""
    kind = kinds.find(notice.kind)
    return str(kind.label) if kind and kind.label else notice.kind
