"""Send a mailing's words to whoever writes them, at once: nothing of it is stored but the day."""

from datetime import datetime
from secrets import token_hex

from django.core.mail import mailers

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import MailingState
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import kind_of
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.postbox import Postbox, Undelivered
from lic_site.notices.protocol import kinds
from lic_site.notices.renderer import Message, render
from lic_site.notices.services.mailings.errors import NotTested, UnfitWords

AT_ONCE = "sign_in"
"""The way out for mail that somebody waits for: its server answers in a few seconds or never."""


def send_test(*, mailing: Mailing, by: Person, at: datetime) -> None:
    """Raises ChoicesGone, UnfitWords, NotTested."""
    faults = text.faults_of(mailing)
    if faults:
        raise UnfitWords(faults)
    message = message_to(mailing, by)
    if not message.to:
        raise NotTested("We hold no e-mail address of yours. Add one to your profile first.")
    try:
        with Postbox() as postbox:
            postbox.backend = mailers[AT_ONCE]
            postbox.post(message)
    except Undelivered:
        raise NotTested(
            "The test could not be sent: the mail server did not take it. Try again in a few "
            "minutes."
        ) from None
    Mailing.objects.filter(
        pk=mailing.pk, state=MailingState.DRAFT, revision=mailing.revision
    ).update(tested_at=at)
    audit.record("notices.mailing_tested", by=by, at=at, thing=mailing)


def message_to(mailing: Mailing, person: Person) -> Message:
    """What this person would be sent, by the renderer that will send it; the link leads to the site
    alone.
    """
    kind = kinds()[kind_of(mailing)]
    notice = Notice(
        key=f"preview:{token_hex(8)}", kind=kind.name, recipient=person, anchor_id=mailing.pk
    )
    return render(notice, kind=kind, anchor=mailing, is_preview=True)
