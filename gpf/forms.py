"""Forms in Designsystemet's markup: `{{ form }}` and `{{ field.as_field_group }}` need nothing more in a template."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

# Widgets whose options are inputs of their own, in a fieldset.
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(forms.BoundField):
    """A field that knows how it looks: the input's class, no placeholder for a label, text areas of full width."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = dict(super().build_widget_attrs(attrs, widget))
        used = widget or self.field.widget
        if not used.is_hidden:
            built["class"] = f"{used.attrs.get('class', '')} ds-input".strip()
        if "placeholder" in used.attrs:
            built["placeholder"] = False
        if isinstance(used, forms.Textarea):
            built |= {"cols": False, "rows": used.attrs["rows"] if str(used.attrs["rows"]) != "10" else "5"}
        return built

    @property
    def is_choice(self) -> bool:
        """Whether the label follows the input, as by a single checkbox."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether to say that it may be left empty: only where other fields of the form may not."""
        return not self.field.required and any(field.required for field in self.form.fields.values())

    @property
    def target(self) -> str:
        """The id of the element that a link to this field should reach: the first option of several."""
        widget = self.field.widget
        own = str(widget.attrs.get("id") or self.auto_id)
        return f"{own}_0" if isinstance(widget, CHOICES) else own


class Renderer(TemplatesSetting):
    """The product's form renderer (`FORM_RENDERER`)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = Field


class DateInput(forms.DateInput):
    """The browser's own date field; the value travels as 2026-12-08 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what to do, and the id of the field it concerns (empty for the whole form)."""

    text: str
    target: str = ""
    label: str = ""


def problems(form: forms.BaseForm) -> list[Problem]:
    """What is wrong in a bound form: first what concerns the whole, then field by field in the form's order.

    A field whose label says too little away from its place ("Name") has a longer one as `in_full`.
    """
    found = [Problem(str(text)) for text in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else getattr(bound, "target", bound.id_for_label)
        label = "" if bound.is_hidden else _before(str(getattr(bound.field, "in_full", bound.label)))
        found.extend(Problem(str(text), target or "", label) for text in bound.errors)
    return found


def _before(label: str) -> str:
    """The label as the beginning of a sentence: "Frist:" but "Hva skjedde?"."""
    return label if label.endswith(("?", ":", ".", "!")) else f"{label}:"
