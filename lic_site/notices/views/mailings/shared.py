"""What these pages have in common."""

from django.http import QueryDict
from django.views.decorators.http import require_http_methods

from lic_site.accounts.guards import fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.notices import policies
from lic_site.notices.enums import MailingState
from lic_site.notices.models import Mailing
from lic_site.notices.services.mailings.errors import NotADraft

edits = require_http_methods(["GET", "HEAD", "POST"])


def mailing_of(request: SignedInRequest, pk: int) -> Mailing:
    """The mailing of the address, or a 404."""
    rows = Mailing.objects.select_related("reply_to", "written_by", "confirmed_by")
    return fetch(policies, request.person, rows, pk=pk)


def at_revision(request: SignedInRequest, mailing: Mailing) -> QueryDict:
    """What was typed, to be saved over what stands there now."""
    typed = request.POST.copy()
    typed["revision"] = str(mailing.revision)
    return typed


def draft_of(request: SignedInRequest, pk: int) -> Mailing:
    """As above. Raises NotADraft for one that was confirmed."""
    mailing = mailing_of(request, pk)
    if mailing.state != MailingState.DRAFT:
        raise NotADraft
    return mailing
