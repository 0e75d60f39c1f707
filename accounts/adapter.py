"""Our rules on top of allauth's: nobody signs up by themselves."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to go on to an address after signing in: only to a path of ours, and one that can be read."""
        try:
            return bool(url and url.startswith("/") and super().is_safe_url(url))
        except ValueError:
            return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the product's own host, whatever host the request named."""
        return f"{settings.GPF_BASE_URL}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail is in the language of who reads it, not of the page it was asked for on."""
        reader = User.objects.filter(email__iexact=email).first()
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, context)
