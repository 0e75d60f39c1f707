"""What a person may change about herself, and allauth's forms with the identity-number guard."""

from typing import ClassVar

from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm

from accounts.models import User
from gpf.guarded import GuardedForm, GuardedModelForm


class ProfileForm(GuardedModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["name", "language"]


class GuardedLoginForm(GuardedForm, LoginForm):  # type: ignore[misc]  # allauth ships no types
    pass


class GuardedRequestLoginCodeForm(GuardedForm, RequestLoginCodeForm):  # type: ignore[misc]  # likewise
    pass


class GuardedResetPasswordForm(GuardedForm, ResetPasswordForm):  # type: ignore[misc]  # likewise
    pass
