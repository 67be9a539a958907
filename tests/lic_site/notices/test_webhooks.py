"""What a provider tells is believed if it is signed, once, and in whatever order it comes."""

import base64
import hashlib
import hmac
import json
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.env import webhook
from lic_site.notices import services
from lic_site.notices.enums import Delivery, State
from lic_site.notices.models import AddressTrouble, DeliveryEvent, Notice
from lic_site.notices.views import webhooks
from tests.lic_site.notices.support import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]

KEY = "key-signing"
ALICE = "alice@example.org"


@pytest.fixture(autouse=True)
def sent(person: Person) -> Notice:
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW)  # type: ignore[arg-type]
    Notice.objects.update(state=State.SENT, provider_id="<p1@mail.example>", finished_at=NOW)
    return Notice.objects.get()


def configured(settings: Any, provider: str, secret: str) -> None:
    settings.MAIL_PROVIDER, settings.ANYMAIL = webhook(f"anymail://{provider}", secret)
    settings.MAIL_WEBHOOK_SECRET = secret


@pytest.fixture
def mailgun(settings: Any) -> None:
    configured(settings, "mailgun", KEY)


def mailgun_event(token: str = "t1", *, key: str = KEY, age: int = 0, **data: Any) -> str:
    stamp = str(int(NOW.timestamp()) - age)
    digest = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    event = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "recipient": ALICE,
        "timestamp": NOW.timestamp() - 60,
        "message": {"headers": {"message-id": "p1@mail.example"}},
        "delivery-status": {"code": 550, "message": f"550 5.1.1 <{ALICE}> unknown"},
    }
    signature = {"timestamp": stamp, "token": token, "signature": digest}
    return json.dumps({"signature": signature, "event-data": event | data})


def post(client: Client, provider: str, body: str, **headers: str) -> Any:
    return client.post(
        f"/webhooks/mail/{provider}/", body, content_type="application/json", headers=headers
    )


@pytest.mark.usefixtures("mailgun")
def test_a_signed_bounce_is_matched_to_its_message_and_sets_the_address_aside(
    client: Client, sent: Notice
) -> None:
    assert post(client, "mailgun", mailgun_event()).status_code == 200
    told = DeliveryEvent.objects.get()
    assert (told.notice, told.event, told.provider) == (sent, Delivery.BOUNCED, "mailgun")
    assert told.detail == "bounced 550 5.1.1", "no word of the server's, which names the address"
    assert AddressTrouble.objects.get().set_aside_at == told.happened_at


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize(
    "body",
    [
        mailgun_event(key="another"),
        mailgun_event().replace('"t1"', '"t2"'),
        mailgun_event(age=int((webhooks.OLDEST + timedelta(seconds=1)).total_seconds())),
        mailgun_event(age=-int((webhooks.AHEAD + timedelta(seconds=1)).total_seconds())),
        "{}",
        "not json",
        json.dumps({"signature": {"timestamp": "x", "token": "t", "signature": "s"}}),
        json.dumps([]),
    ],
    ids=["forged", "changed", "old", "ahead", "unsigned", "no json", "no time", "a list"],
)
def test_what_is_not_signed_is_refused_and_leaves_no_trace(
    client: Client, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert post(client, "mailgun", body).status_code == 403
    assert not DeliveryEvent.objects.exists()
    assert "webhook refused" in caplog.text
    assert ALICE not in caplog.text


@pytest.mark.usefixtures("mailgun")
def test_a_replay_changes_nothing(client: Client, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        assert post(client, "mailgun", mailgun_event()).status_code == 200
        clock.shift(timedelta(hours=8))
    assert DeliveryEvent.objects.count() == 1
    assert AddressTrouble.objects.get().bounces == 1


@pytest.mark.usefixtures("mailgun")
def test_out_of_order_the_latest_still_counts(client: Client) -> None:
    """The delivery after a full mailbox is told before it."""
    full = {"code": 552, "message": "552 5.2.2 full"}
    post(client, "mailgun", mailgun_event("late", event="delivered"))
    earlier = NOW.timestamp() - 600
    bounced = mailgun_event("early", timestamp=earlier, **{"delivery-status": full})
    post(client, "mailgun", bounced)
    assert DeliveryEvent.objects.count() == 2
    assert not AddressTrouble.objects.exists()


@pytest.mark.usefixtures("mailgun")
def test_who_opened_what_is_not_kept(client: Client) -> None:
    for event in ("opened", "clicked", "accepted", "something new"):
        assert post(client, "mailgun", mailgun_event(event, event=event)).status_code == 200
    assert not DeliveryEvent.objects.exists()


@pytest.mark.usefixtures("mailgun")
def test_signed_but_not_understood_is_said(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    signature = json.loads(mailgun_event())["signature"]
    body = json.dumps({"signature": signature, "event-data": {"recipient": ALICE}})
    with caplog.at_level(logging.WARNING):
        assert post(client, "mailgun", body).status_code == 400
    assert "webhook not understood" in caplog.text
    assert ALICE not in caplog.text


@pytest.mark.parametrize(("provider", "secret"), [("mailgun", ""), ("postmark", "me:p")])
def test_it_answers_nobody_but_the_provider_that_sends_our_mail(
    client: Client, settings: Any, provider: str, secret: str
) -> None:
    configured(settings, provider, secret)
    assert post(client, "mailgun", mailgun_event()).status_code == 404
    assert post(client, "pigeon", "{}").status_code == 404


def basic(words: str) -> str:
    return f"Basic {base64.b64encode(words.encode()).decode()}"


def postmark_event(**more: Any) -> str:
    event = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "MessageID": "<p1@mail.example>",
        "Email": ALICE,
        "BouncedAt": "2026-11-21T09:00:00Z",
        "Details": "smtp;550 Mailbox unknown",
    }
    return json.dumps(event | more)


def test_a_provider_with_a_password_is_believed_with_it_alone(
    client: Client, settings: Any
) -> None:
    configured(settings, "postmark", "me:secret")
    for wrong in ({}, {"Authorization": basic("me:wrong")}, {"Authorization": "Bearer x"}):
        assert post(client, "postmark", postmark_event(), **wrong).status_code == 403
    assert not DeliveryEvent.objects.exists()
    right = {"Authorization": basic("me:secret")}
    assert post(client, "postmark", postmark_event(), **right).status_code == 200
    assert DeliveryEvent.objects.get().detail == "bounced 550"
    assert client.head("/webhooks/mail/postmark/").status_code == 200
    assert client.get("/webhooks/mail/postmark/").status_code == 405


def test_a_soft_bounce_is_not_for_good_and_an_event_without_id_counts_once(
    client: Client, settings: Any
) -> None:
    configured(settings, "postmark", "me:secret")
    right = {"Authorization": basic("me:secret")}
    post(client, "postmark", postmark_event(Type="SoftBounce", Details=""), **right)
    assert AddressTrouble.objects.get().set_aside_at is None
    delivered = {"RecordType": "Delivery", "DeliveredAt": "2026-11-21T09:05:00Z"}
    told = {**json.loads(postmark_event()), **delivered, "Recipient": ALICE}
    del told["ID"], told["BouncedAt"], told["Email"]
    for _ in range(2):
        assert post(client, "postmark", json.dumps(told), **right).status_code == 200
    assert DeliveryEvent.objects.filter(event=Delivery.DELIVERED).count() == 1
    assert AddressTrouble.objects.get().bounces == 0


@pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning")
def test_sendgrid_signs_with_its_own_key_and_a_time(client: Client, settings: Any) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    configured(settings, "sendgrid", base64.b64encode(public).decode())
    body = json.dumps(
        [
            {
                "event": event,
                "sg_event_id": event,
                "email": ALICE,
                "timestamp": int(NOW.timestamp()) - 5,
                "anymail_id": "<p1@mail.example>",
                "type": "blocked",
                "reason": "554 5.7.1 policy",
            }
            for event in ("bounce", "deferred")
        ]
    )

    def told(stamp: str, *, words: str = body) -> int:
        signature = key.sign(stamp.encode() + body.encode(), ec.ECDSA(hashes.SHA256()))
        headers = {
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
        }
        return int(post(client, "sendgrid", words, **headers).status_code)

    now = str(int(NOW.timestamp()))
    assert told(now, words=body.replace("blocked", "bounced")) == 403
    assert told(str(int(NOW.timestamp()) - 30 * 3600)) == 403
    assert post(client, "sendgrid", body).status_code == 403
    assert not DeliveryEvent.objects.exists()
    assert told(now) == told(now) == 200
    assert DeliveryEvent.objects.count() == 2
    trouble = AddressTrouble.objects.get()
    assert (trouble.bounces, trouble.set_aside_at) == (1, None)
