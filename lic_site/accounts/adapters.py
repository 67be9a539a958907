"""What allauth asks of us."""

import logging
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lic_site.accounts.models import User
from lic_site.common.fields import cipher
from lic_site.common.links import absolute

logger = logging.getLogger(__name__)

UNKNOWN_VISITOR = "0.0.0.0"  # noqa: S104  no address to listen on, but one nobody has


class Backend(AuthenticationBackend):
    """allauth's own, but whoever is signed in is read together with their person."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person__organisation").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail and rules.

    The mail goes straight out and is never stored. Its addresses come from ``SITE_URL``, never
    from the request, and its words tell nobody what the site is for.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "The email address or the password is not right. Check both, or ask for a code by "
            "email instead."
        ),
        "incorrect_code": (
            "That code is not right, or is too old. Check the latest message we sent you."
        ),
        "too_many_login_attempts": (
            "There were too many tries with this address. Wait five minutes and try again."
        ),
        "rate_limited": "That was too many tries. Wait five minutes and try again.",
    }

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send one message now. A server that does not answer is said to whoever waits, in the
        same words whether or not we know the address.
        """
        words = {
            "email": email,
            "site_address": absolute("/"),
            "security_address": absolute(reverse("mfa_index")),
            **context,
            "signup_url": absolute(reverse("account_signup")),
            "password_reset_url": absolute(reverse("account_reset_password")),
        }
        message = self.render_mail(template_prefix, email, words)
        try:
            message.send(using="sign_in")
        except (OSError, SMTPException, AnymailError):
            logger.exception("sign-in mail not sent", extra={"template": template_prefix})
            self.add_message(self.request, messages.ERROR, "account/messages/mail_not_sent.txt", {})

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of this very site: no other host, however it is written."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=settings.PRODUCTION
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address. A proxy that does not say is one visitor, not an error page."""
        try:
            ip: str = super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            ip = UNKNOWN_VISITOR
        return ip


class MFAAdapter(DefaultMFAAdapter):
    """Second factors' secrets are encrypted at rest: allauth's own methods do nothing."""

    def _get_site_name(self) -> str:
        """What authenticator apps and passkeys show: neutral, whatever host is asked."""
        return settings.MFA_TOTP_ISSUER

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()
