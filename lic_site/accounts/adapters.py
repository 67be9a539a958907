"""What allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from lic_site.common.fields import cipher


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail and rules."""


class MFAAdapter(DefaultMFAAdapter):
    """Second factors' secrets are encrypted at rest: allauth's own methods do nothing."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()
