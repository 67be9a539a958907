"""The link with which one person answers one wave, without an account."""

from lic_site.common import tokens
from lic_site.common.links import absolute
from lic_site.surveys.models import Invitation

PURPOSE = "survey"


def token_for(invitation: Invitation) -> str:
    """Signed, never stored: a copy of the database opens no survey."""
    return tokens.make(PURPOSE, invitation.pk, invitation.link_version)


def address_of(invitation: Invitation) -> str:
    """The whole address, for a message."""
    return absolute(f"/survey/{token_for(invitation)}/")


def invitation_for(token: str) -> Invitation | None:
    """Whose link it is; None for one that we did not make, or have ended."""
    found = tokens.read(PURPOSE, token)
    if found is None:
        return None
    pk, version = found
    return (
        Invitation.objects.select_related("wave__version", "wave__questionnaire", "person")
        .filter(pk=pk, link_version=version)
        .first()
    )
