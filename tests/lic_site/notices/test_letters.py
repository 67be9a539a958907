"""What goes over the wire, read back by the standard library."""

from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import Compat32
from typing import Any, cast

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from lic_site.notices import letters
from lic_site.notices.letters import Letter

HTML = "<p>Žofie – hello</p>\n"


def letter(**values: Any) -> Letter:
    made = Letter(
        **{
            "subject": "Something needs your answer",
            "body": "Žofie – hello\n.\nFrom here\n",
            "from_email": "Programme office <office@example.org>",
            "to": ["alice@example.org"],
            "headers": {"Message-ID": "<one@example.org>", "Auto-Submitted": "auto-generated"},
            **values,
        }
    )
    made.attach_alternative(HTML, "text/html")
    return made


def wire(mail: EmailMultiAlternatives) -> bytes:
    return cast("bytes", mail.message(policy=policy.SMTP).as_bytes())


def read(mail: EmailMultiAlternatives) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(wire(mail), policy=policy.default))


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def test_it_says_what_django_s_own_says() -> None:
    ours = letter()
    theirs = EmailMultiAlternatives(
        ours.subject, ours.body, ours.from_email, ours.to, headers=ours.extra_headers
    )
    theirs.attach_alternative(HTML, "text/html")
    for kind in ("plain", "html"):
        assert body(read(ours), kind) == body(read(theirs), kind)
    for name in ("Subject", "From", "To", "Message-ID", "Auto-Submitted"):
        assert str(read(ours)[name]) == str(read(theirs)[name])
    assert read(ours)["Date"].datetime


def test_every_line_ends_as_smtp_wants_it() -> None:
    sent = wire(letter())
    assert sent.count(b"\n") == sent.count(b"\r\n")


def test_a_long_line_is_folded_and_comes_back_whole() -> None:
    long = "é" * 3000
    mail = letter(body=long)
    assert max(map(len, wire(mail).split(b"\r\n"))) <= 998
    assert body(read(mail), "plain").strip() == long


def test_other_letters_in_a_name_or_subject_survive() -> None:
    mail = letter(subject="Réponse – 21", from_email="Bureau Ž <office@example.org>")
    assert read(mail)["Subject"] == "Réponse – 21"
    assert read(mail)["From"].addresses[0].display_name == "Bureau Ž"
    assert read(mail)["From"].addresses[0].addr_spec == "office@example.org"


@pytest.mark.parametrize("field", ["subject", "to"])
def test_a_line_break_cannot_smuggle_a_header(field: str) -> None:
    evil = "a@example.org\r\nBcc: b@example.org"
    with pytest.raises(Exception, match=r"(?i)newline|header|line"):
        wire(letter(**{field: [evil] if field == "to" else evil}))


@given(
    name=st.sampled_from(["Subject", "To", "Message-ID", "List-Unsubscribe"]),
    value=st.text(st.characters(max_codepoint=300), max_size=90),
)
def test_a_header_is_written_as_the_standard_library_writes_it(name: str, value: str) -> None:
    """Short and plain or not: the same octets, or the same refusal."""

    def written(how: Compat32) -> bytes | str:
        try:
            return how.fold_binary(name, value)
        except HeaderParseError as refused:
            return str(refused)

    assert written(letters._SMTP) == written(policy.compat32.clone(linesep="\r\n"))


def test_no_two_letters_share_a_boundary() -> None:
    boundaries = {read(letter()).get_boundary() for _ in range(20)}
    assert len(boundaries) == 20
