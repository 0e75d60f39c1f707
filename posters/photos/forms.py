"""What is said about a picture."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from posters.models import Photo

LONGEST = Photo._meta.get_field("alt").max_length or 0


class PhotoForm(GuardedForm):
    """Words for those who can not see it, and whether anybody can be recognised."""

    alt = forms.CharField(
        label=_("What does the picture show?"),
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("In a sentence, for those who can not see it."),
    )
    people = forms.ChoiceField(
        label=_("Can anybody be recognised?"),
        required=False,
        choices=[
            ("", _("Choose")),
            (Photo.People.NOBODY, _("No, nobody can be recognised")),
            (Photo.People.CONSENTED, _("Yes, and they have all said yes to it")),
        ],
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, photo: Photo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"id_photo-{photo.pk}-%s"})
        for name in self.fields:
            self.fields[name].widget.attrs["form"] = f"photo-{photo.pk}"
