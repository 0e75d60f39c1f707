"""Small template tags of the shared components."""

from django import forms, template
from django.utils.safestring import SafeString

from gpf.forms import Problem, problems
from gpf.status import WORDS, status_html

register = template.Library()


@register.simple_tag
def status(state: str, days: int = 0) -> SafeString:
    """{% status "late" 5 %} → shape and "5 d for sent"."""
    return status_html(state, days)


@register.simple_tag
def status_states() -> list[str]:
    """Every state, in the order a delivery meets them. For a key to a table."""
    return list(WORDS)


@register.simple_tag
def form_problems(form: forms.BaseForm) -> list[Problem]:
    """What is wrong in a form, each with the id of the field to go to."""
    return problems(form)
