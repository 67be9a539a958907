"""Content security policies, and what sign-in asks and allows, as data."""

from typing import Any

from django.utils.csp import CSP

SITE_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# The Wagtail admin still has inline scripts and styles; it is for editors alone and shows no
# person.
EDITOR_POLICY: dict[str, list[str]] = SITE_POLICY | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

PASSWORD_RULES: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# A borough sits behind one address: generous per address, strict per account.
SIGN_IN_LIMITS = {
    "interest": "120/h/ip",  # the form that writes to whatever address is typed
    "certificate_check": "60/5m/ip,20/h/key",  # per address, and per number
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "signup": "100/m/ip",
    "request_login_code": "100/m/ip,3/5m/key",
    "reset_password": "100/m/ip,3/5m/key",
    "reset_password_from_key": "100/m/ip",
}
