"""The one way a notice becomes a message: previews and deliveries both come here.

Words come from ``_words`` alone, which is where edited texts will be looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac

from lic_site.accounts.models import Person
from lic_site.common import tokens
from lic_site.common.links import absolute
from lic_site.notices.enums import Category
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind, kinds

PARTS = ("subject.txt", "body.txt", "body.html")


@dataclass(frozen=True)
class Message:
    """One message to one address. ``to`` is empty when we hold none."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


def render(
    notice: Notice, *, kind: NoticeKind | None = None, anchor: Any = None, is_preview: bool = False
) -> Message:
    """The message as it would go out now. ``kind`` and ``anchor`` save looking them up again.

    In a preview the link leads to the site alone: whoever holds the real one can act for the
    recipient. Raises LookupError when the kind or the record has gone.
    """
    kind = kind or kinds()[notice.kind]
    anchor = anchor or kind.anchor(notice.anchor_id)
    if anchor is None:
        raise LookupError(f"The record of notice {notice.pk} has gone.")
    words = dict(kind.context(anchor, notice.recipient))
    if is_preview:
        words["link"] = absolute("/")
    return compose(
        kind,
        words,
        recipient=notice.recipient,
        message_id=message_id(notice),
    )


def render_sample(kind: NoticeKind) -> Message:
    """The message with the kind's made-up values, to nobody."""
    nobody = Person(pk=0, given_name="Sam", family_name="Example")
    return compose(kind, kind.sample(), recipient=nobody, message_id="<sample@localhost>")


def compose(
    kind: NoticeKind, context: Mapping[str, Any], *, recipient: Person, message_id: str
) -> Message:
    """Words, headers and address of one message."""
    stop = unsubscribe_address(recipient, kind) if kind.category == Category.OPTIONAL else ""
    subject = " ".join(_words(kind, "subject.txt", {**context, "recipient": recipient}).split())
    everything = {
        "site_url": settings.SITE_URL,
        "preview_text": subject,
        **context,
        "recipient": recipient,
        "subject": subject,
        "unsubscribe_url": stop,
    }
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Message(
        to=address_of(recipient, kind.category),
        sender=settings.DEFAULT_FROM_EMAIL,
        subject=subject,
        text=_words(kind, "body.txt", everything),
        html=_words(kind, "body.html", everything),
        headers=headers,
    )


def _words(kind: NoticeKind, part: str, context: Mapping[str, Any]) -> str:
    template = get_template(f"emails/{kind.name}/{part}").template  # type: ignore[attr-defined]
    rendered: str = template.render(Context(context, autoescape=part.endswith(".html")))
    return rendered


def message_id(notice: Notice) -> str:
    """The same for every try of a notice, so that a repeat can be recognised; it tells nothing."""
    digest = salted_hmac("notices.message_id", f"{notice.pk}:{notice.key}", algorithm="sha256")
    return f"<{digest.hexdigest()[:40]}@{sender_domain()}>"


def sender_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def unsubscribe_address(person: Person, kind: NoticeKind) -> str:
    """Where this person can turn this kind off without signing in."""
    token = tokens.make(f"unsubscribe:{kind.name}", person.pk)
    return settings.SITE_URL + reverse("notices:unsubscribe", args=[kind.name, token])


def address_of(person: Person, category: str) -> str:
    """The address the person chose for this category; empty if we hold none."""
    return person.address_for(category) or "" if person.pk else ""
