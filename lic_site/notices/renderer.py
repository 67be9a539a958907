"""The one way a notice becomes a message: previews and deliveries both come here.

A message's words are one text (see ``wording``), of which subject, plain text and HTML are made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from lic_site.notices import texts, wording
from lic_site.notices.addresses import address_of
from lic_site.notices.enums import Category
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind, kinds

UNSENT_ID = "<sample@localhost>"
"""The Message-ID of what is made to be looked at."""


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
    notice: Notice,
    *,
    kind: NoticeKind | None = None,
    anchor: Any = None,
    headers: Mapping[str, str] | None = None,
    is_preview: bool = False,
) -> Message:
    """The message as it would go out now. ``kind`` and ``anchor`` save looking them up again;
    ``headers`` stand beside its own.

    In a preview links lead to the site alone: whoever holds the real ones can act for the
    recipient. Raises LookupError when the kind or the record has gone.
    """
    kind = kind or kinds()[notice.kind]
    anchor = anchor or kind.anchor(notice.anchor_id)
    if anchor is None:
        raise LookupError(f"The record of notice {notice.pk} has gone.")
    words = dict(kind.context(anchor, notice.recipient))
    if is_preview:
        words = {name: _disarmed(value) for name, value in words.items()}
        words["link"] = absolute("/")
    message = compose(
        kind,
        words,
        recipient=notice.recipient,
        message_id=message_id(notice),
        source=kind.source(anchor),
        is_preview=is_preview,
    )
    return replace(message, headers={**message.headers, **headers}) if headers else message


def _disarmed(value: Any) -> Any:
    """The blocks of other messages without the links that act for the recipient."""
    if not isinstance(value, list) or not all(isinstance(each, wording.Block) for each in value):
        return value
    return [replace(each, link=each.link and absolute("/")) for each in value]


def nobody() -> Person:
    """Whom a message goes to that is made to be looked at."""
    return Person(pk=0, given_name="Sam", family_name="Example")


def render_sample(kind: NoticeKind, *, sample: str = "", source: str | None = None) -> Message:
    """The message with the made-up values of one of ``texts.samples_of``, or the usual ones, to
    nobody. ``source`` shows other words than those that go out now.
    """
    samples = texts.samples_of(kind) if sample else {}
    context = samples[sample].context if sample in samples else kind.sample()
    return compose(kind, context, recipient=nobody(), message_id=UNSENT_ID, source=source)


def compose(
    kind: NoticeKind,
    context: Mapping[str, Any],
    *,
    recipient: Person,
    message_id: str,
    source: str | None = None,
    is_preview: bool = False,
) -> Message:
    """Words, headers and address of one message. ``source`` is a text of its own for this one
    message, checked with ``wording.check`` when it was written; without it, the words that go out
    for the kind now.

    Raises what ``wording.fill`` raises.
    """
    stop = ""
    if kind.category == Category.OPTIONAL:
        stop = absolute("/") if is_preview else unsubscribe_address(recipient, kind)
    filled = fill(kind, context, source=source)
    words = {
        "subject": filled.subject,
        "blocks": [_shown(block) for block in filled.blocks],
        "text": "\n\n".join(block.plain for block in filled.blocks),
        "why": filled.why,
        "unsubscribe_url": stop,
    }
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Message(
        to=address_of(recipient, kind.category),
        sender=settings.DEFAULT_FROM_EMAIL,
        subject=filled.subject,
        text=_rendered("emails/message.txt", words, is_html=False),
        html=_rendered("emails/message.html", words, is_html=True),
        headers=headers,
    )


def fill(
    kind: NoticeKind, context: Mapping[str, Any], *, source: str | None = None
) -> wording.Filled:
    """The words of this kind, or a text of its own, with one message's values. Raises what
    ``wording.fill`` raises.
    """
    return wording.fill(texts.words_of(kind) if source is None else source, context)


_NOTHING = {"paragraph": "", "card": "", "each": "", "heading": "", "button": "", "link": ""}


def _shown(block: wording.Block) -> dict[str, Any]:
    """The block as the template asks for it: whether something is there is asked faster than which
    kind it is, and a mail-out spends its time there.
    """
    match block.kind:
        case wording.BlockKind.PARAGRAPH:
            return {**_NOTHING, "paragraph": "\n".join(block.lines)}
        case wording.BlockKind.CARD:
            return {**_NOTHING, "card": block.lines, "link": block.link}
        case wording.BlockKind.LIST:
            return {**_NOTHING, "each": block.lines}
        case wording.BlockKind.HEADING:
            return {**_NOTHING, "heading": block.lines[0]}
    return {**_NOTHING, "button": block.lines[0], "link": block.link}


def _rendered(template_name: str, words: Mapping[str, Any], *, is_html: bool) -> str:
    template = get_template(template_name).template  # type: ignore[attr-defined]
    rendered: str = template.render(Context(words, autoescape=is_html))
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
