"""The form of a health community: its municipalities are written as numbers or names, or taken by the county."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.editing import EditForm
from networks.models import HealthCommunity, Organisation
from networks.organisation_directory import MUNICIPALITY, Directory


class MunicipalitiesField(forms.CharField):
    """Municipalities one on each line, as "4203 Arendal", "4203" or "Arendal"; kept as numbers."""

    widget = forms.Textarea(attrs={"rows": 12})

    def __init__(self, *, directory: Directory | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20_000, **kwargs)
        self.directory = directory

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{number} {self._name(number)}".strip() for number in value)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        parts = [part.strip() for part in re.split(r"[\n,;]", text) if part.strip()]
        found, unknown = [], []
        for part in parts:
            number = self._number(part)
            found.append(number) if number else unknown.append(part)
        if unknown:
            raise ValidationError(
                _("Not known as municipalities, or the name is shared by several: %(those)s. Write their numbers.")
                % {"those": ", ".join(unknown)}
            )
        return sorted(set(found))

    def _number(self, part: str) -> str:
        """The number a line begins with, or the one municipality of that name; empty where there is none."""
        begins = re.match(r"(\d{4})\b", part)
        if begins:
            known = self.directory is None or not self.directory.succession or self._name(begins[1])
            return begins[1] if known else ""
        named = self.directory.named(part) if self.directory else []
        municipalities = [line.number for line in named if line.kind == MUNICIPALITY]
        return municipalities[0] if len(municipalities) == 1 else ""

    def _name(self, number: str) -> str:
        line = self.directory.get(f"m{number}") if self.directory else None
        return line.name if line else ""


class HealthCommunityForm(EditForm):
    """A health community: name, trust, municipalities."""

    municipality_numbers = MunicipalitiesField(
        label=gettext_lazy("Municipalities"),
        help_text=gettext_lazy("One on each line: number, name or both. A list of numbers can be pasted."),
    )
    counties = forms.MultipleChoiceField(
        label=gettext_lazy("Add all municipalities of a county"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They are added to those above when you save."),
    )

    class Meta:
        model = HealthCommunity
        fields: ClassVar = ["name", "trust", "municipality_numbers"]
        labels: ClassVar = {"name": gettext_lazy("Name"), "trust": gettext_lazy("Health trust")}

    def __init__(self, *args: Any, directory: Directory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory = directory
        trusts = Organisation.objects.filter(kind=Organisation.Kind.TRUST).order_by("sort_name")
        self.fields["trust"] = forms.ModelChoiceField(trusts, label=gettext_lazy("Health trust"), required=False)
        numbers = self.fields["municipality_numbers"]
        assert isinstance(numbers, MunicipalitiesField)
        numbers.directory = directory
        listed = dict.fromkeys(line.county for line in directory.lines() if line.kind == MUNICIPALITY and line.county)
        self.fields["counties"] = forms.MultipleChoiceField(
            label=gettext_lazy("Add all municipalities of a county"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("They are added to those above when you save."),
            choices=[(county, county) for county in listed],
        )
        if not listed:
            del self.fields["counties"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = HealthCommunity.objects.filter(name__iexact=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Another health community has this name."))
        return name

    @property
    def numbers(self) -> list[str]:
        """The numbers written, and those of the counties ticked."""
        counties = self.cleaned_data.get("counties", [])
        inside = [
            line.number for line in self.directory.lines() if line.kind == MUNICIPALITY and line.county in counties
        ]
        return sorted({*self.cleaned_data["municipality_numbers"], *inside})
