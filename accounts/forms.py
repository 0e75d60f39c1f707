"""What a person may change about herself."""

from typing import ClassVar

from accounts.models import User
from gpf.guarded import GuardedModelForm


class ProfileForm(GuardedModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["name", "language"]
