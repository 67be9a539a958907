"""Typed values from the environment, with one sentence for whatever is missing or malformed."""

import json
import os
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


class Env:
    """Reads settings by name. Raises ImproperlyConfigured with a sentence that names the
    setting.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"Set {name} in the environment: it has no default here.")
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if value.strip().lower() in _TRUE:
            return True
        if value.strip().lower() in _FALSE:
            return False
        raise ImproperlyConfigured(f"{name} is {value!r}: use 1 or 0.")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {value!r}: use a whole number.") from None
        if number < least:
            raise ImproperlyConfigured(f"{name} is {number}: use {least} or more.")
        return number

    def sender(self, name: str, default: str | None) -> str:
        """An e-mail address, with or without a name before it."""
        value = self.text(name, default)
        mailbox, _, host = parseaddr(value)[1].partition("@")
        if not mailbox or not host or not value.isprintable():
            raise ImproperlyConfigured(
                f"{name} is not understood: use Programme office <office@programme.example>."
            )
        return value

    def words(self, name: str, default: list[str]) -> list[str]:
        """A comma-separated list."""
        value = self.text(name, "")
        return [word.strip() for word in value.split(",") if word.strip()] or default

    def url(self, name: str, default: str | None, *, schemes: set[str]) -> str:
        value = self.text(name, default)
        parts = urlsplit(value)
        if parts.scheme not in schemes or (not parts.netloc and parts.scheme != "sqlite"):
            wanted = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
            raise ImproperlyConfigured(f"{name} is not an address that starts with {wanted}.")
        return value


def is_public(site_url: str) -> bool:
    """Whether others than this machine can reach the address."""
    host = urlsplit(site_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


def kept_secrets(folder: Path) -> dict[str, str]:
    """The embedded default's own secrets, made on first start and kept in ``folder``, mode 600."""
    file = folder / "secrets.json"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept: dict[str, str] = json.loads(file.read_text())
        return kept
    made = {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_KEYS": Fernet.generate_key().decode()}
    with os.fdopen(handle, "w") as stream:
        json.dump(made, stream)
    return made


def field_keys(value: str) -> list[str]:
    """Comma-separated Fernet keys, newest first."""
    keys = [key.strip() for key in value.split(",") if key.strip()]
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise ImproperlyConfigured(
            "FIELD_KEYS holds a key that is not 32 url-safe base64 bytes: "
            "make one with cryptography.fernet.Fernet.generate_key()."
        ) from None
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: give at least one key.")
    return keys


MAIL_PROVIDERS = {"mailgun", "postmark", "sendgrid", "amazon_ses", "brevo", "mailjet"}


def mailer(url: str, *, longest: int = 60) -> dict[str, object]:
    """One ``MAILERS`` entry from ``EMAIL_URL``.

    ``file:///folder`` writes files, ``smtp://user:password@host:25?timeout=10`` and ``smtps://``
    (or
    ``smtp+tls://`` for STARTTLS) speak SMTP, ``anymail://postmark?KEY=value`` uses that provider.

    ``longest`` is the most seconds to wait for a server: somebody may be waiting for the page.
    """
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": parts.path},
        }
    if parts.scheme == "anymail" and parts.hostname in MAIL_PROVIDERS:
        return {"BACKEND": f"anymail.backends.{parts.hostname}.EmailBackend", "OPTIONS": options}
    if parts.scheme in {"smtp", "smtps", "smtp+tls"} and parts.hostname:
        try:
            port = parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme]
            timeout = min(int(str(options.get("timeout", 10))), longest)
        except ValueError:
            raise ImproperlyConfigured(
                "EMAIL_URL has a port or timeout that is no number."
            ) from None
        return {
            "BACKEND": "lic_site.notices.smtp.WatchedBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": port,
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": parts.scheme == "smtps",
                "use_tls": parts.scheme == "smtp+tls",
                "timeout": timeout,
            },
        }
    raise ImproperlyConfigured(
        "EMAIL_URL is not understood: use smtp://host:25, smtps://, smtp+tls://, file:///folder "
        f"or anymail://PROVIDER with one of {', '.join(sorted(MAIL_PROVIDERS))}."
    )


SIGNED = {
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "sendgrid": "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY",
}
"""Providers that sign what they tell; these others send a name and a password with it."""
WITH_PASSWORD = {"brevo", "mailjet", "postmark"}


def webhook(url: str, secret: str) -> tuple[str, dict[str, str]]:
    """The provider that tells what became of messages, empty where none can, and Anymail's own
    settings for it. ``secret`` is Mailgun's signing key, SendGrid's verification key, or
    ``name:password`` for the others.
    """
    parts = urlsplit(url)
    provider = (parts.hostname or "") if parts.scheme == "anymail" else ""
    if provider not in SIGNED.keys() | WITH_PASSWORD:
        if secret:
            raise ImproperlyConfigured(
                "MAIL_WEBHOOK_SECRET is of use only where EMAIL_URL is anymail:// and names one "
                f"of {', '.join(sorted(SIGNED.keys() | WITH_PASSWORD))}."
            )
        return "", {}
    if not secret:
        return provider, {}
    if provider in WITH_PASSWORD and not all(secret.partition(":")):
        raise ImproperlyConfigured("MAIL_WEBHOOK_SECRET is not understood: use name:password.")
    return provider, {SIGNED.get(provider, "WEBHOOK_SECRET"): secret}
