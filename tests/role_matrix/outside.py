"""Addresses of libraries, and of demonstrations: each is tried all the same."""

from tests.role_matrix.cast import COLLEGE, EDITOR, LEAD, only

# Others' addresses, which keep their own rules. Each is tried: no persona may break it, and those
# about an account answer a visitor with the way to sign in.
ALLAUTH_OPEN = {
    "accounts/login/",
    "accounts/logout/",
    "accounts/inactive/",
    "accounts/signup/",
    "accounts/confirm-email/",
    "accounts/password/reset/",
    "accounts/password/reset/confirm/",
    "accounts/password/reset/complete/",
    "accounts/password/reset/done/",
    "accounts/login/code/",
    "accounts/login/code/confirm/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/webauthn/login/",
}
ALLAUTH_OWN = {
    "accounts/reauthenticate/",
    "accounts/email/",
    "accounts/password/change/",
    "accounts/password/set/",
    "accounts/2fa/",
    "accounts/2fa/reauthenticate/",
    "accounts/2fa/totp/activate/",
    "accounts/2fa/totp/deactivate/",
    "accounts/2fa/recovery-codes/",
    "accounts/2fa/recovery-codes/generate/",
    "accounts/2fa/recovery-codes/download/",
    "accounts/2fa/webauthn/",
    "accounts/2fa/webauthn/add/",
    "accounts/2fa/webauthn/reauthenticate/",
    "accounts/2fa/webauthn/keys/<pk>/remove/",
    "accounts/2fa/webauthn/keys/<pk>/edit/",
    "accounts/sessions/",
}
# Wagtail's: pages and documents by their own privacy; two doors that lead to ours.
PUBLIC_SITE = {
    "^((?:[\\w\\-]+/)*)$",
    "documents/^(\\d+)/(.*)$",
    "documents/authenticate_with_password/<restriction_id>/",
    "_util/authenticate_with_password/<page_view_restriction_id>/<page_id>/",
    "_util/login/",
    "^_util/login/",
    "^manage/(login|password_reset)/",
    "^manage/reports/",
    "robots.txt",
    "sitemap.xml",
}
# Wagtail's admin is for editors alone, by one gate before all of it: every address below is tried
# without arguments where it needs none.
EDITORS = only(EDITOR, COLLEGE, LEAD)
ADMIN = "manage/"
