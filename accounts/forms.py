"""What a person may change about herself."""

from typing import ClassVar

from gpf.guarded import GuardedModelForm

from accounts.models import User


class ProfileForm(GuardedModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["name", "language"]
