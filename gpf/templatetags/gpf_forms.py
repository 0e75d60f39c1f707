"""What forms need in a template."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gpf.once import FIELD

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The hidden field that makes a double click count once: in every form that adds something or tells somebody."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(12))
