"""The words of messages in the office's hands: a row for each kind, back to the product's own
words, and a sample sent to whoever edits them.
"""

from datetime import datetime
from email.utils import make_msgid

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.actions.unpublish import UnpublishAction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.accounts.services.editors import EDITOR_GROUPS
from lic_site.common import page_cache
from lic_site.common.errors import Refusal
from lic_site.notices import renderer, texts, wording
from lic_site.notices.models import MessageText
from lic_site.notices.postbox import Postbox, Undelivered
from lic_site.notices.protocol import kinds

RIGHTS = ("view_messagetext", "change_messagetext", "publish_messagetext")


class AlreadyDefault(Refusal):
    """The product's words go out already, and nothing else is written."""


class NoAddress(Refusal):
    """The editor has no address to send to."""


class NotSent(Refusal):
    """The mail server did not take it."""


@transaction.atomic
def make_texts(*, at: datetime) -> None:  # noqa: ARG001
    """Give each kind its row, and let rows that are not in use follow the product's words. Safe to
    call again.
    """
    held = {text.kind: text for text in MessageText.objects.all()}
    new, behind = [], []
    for kind in texts.editable_kinds().values():
        parts = wording.apart(texts.default_words(kind))
        text = held.get(kind.name)
        if text is None:
            new.append(MessageText(kind=kind.name, live=False, **parts._asdict()))
        elif not text.live and _parts(text) != parts:
            behind.append(_filled(text, parts))
    MessageText.objects.bulk_create(new, ignore_conflicts=True)
    MessageText.objects.bulk_update(behind, wording.Parts._fields)
    if new:
        let_editors_in()


def let_editors_in() -> None:
    """The editors' groups may change and publish texts, neither add nor delete them."""
    rights = Permission.objects.filter(content_type__app_label="notices", codename__in=RIGHTS)
    for group in Group.objects.filter(name__in=EDITOR_GROUPS):
        group.permissions.add(*rights)


@transaction.atomic
def reset_text(*, text: MessageText, by: Person, at: datetime) -> None:
    """Put the product's words back and take the office's out of use; earlier versions stay.
    Raises AlreadyDefault.
    """
    parts = wording.apart(texts.default_words(kinds()[text.kind]))
    latest = text.get_latest_revision_as_object()
    if not text.live and _parts(latest) == parts:
        raise AlreadyDefault("These are the words that come with the site. Nothing was changed.")
    if text.live:
        UnpublishAction(text, user=by.user).execute(skip_permission_checks=True)
    _filled(text, parts)
    text.save_revision(user=by.user, log_action=True)
    text.has_unpublished_changes = False
    text.save()
    audit.record("notices.text_reset", by=by, at=at, thing=text)
    page_cache.bump()


def send_sample(*, text: MessageText, to: Person) -> str:
    """Send these words, saved or not, with made-up details to whoever edits them; nothing of it is
    kept. Says to which address. Raises NoAddress, NotSent.
    """
    message = renderer.compose(
        kinds()[text.kind],
        kinds()[text.kind].sample(),
        recipient=to,
        message_id=make_msgid(domain=renderer.sender_domain()),
        source=text.source,
    )
    if not message.to:
        raise NoAddress("We hold no address of yours. Add one on your page first.")
    try:
        with Postbox() as postbox:
            postbox.post(message)
    except Undelivered as undelivered:
        raise NotSent("The mail server did not take it. Try again in a minute.") from undelivered
    return message.to


def _parts(text: MessageText) -> wording.Parts:
    return wording.Parts(text.subject, text.body, text.button, text.why)


def _filled(text: MessageText, parts: wording.Parts) -> MessageText:
    for name, words in parts._asdict().items():
        setattr(text, name, words)
    return text
