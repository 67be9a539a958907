"""Sign-in: it tells nobody who is known, it is limited, and it leads nowhere else."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from lic_site.accounts.models import Person, User
from tests.factories.people import PASSWORD, PersonFactory, UserFactory
from tests.factories.programme import CohortFactory
from tests.support.people import reauthenticated

pytestmark = pytest.mark.django_db

LOGIN, CODE, SIGN_UP, RESET = (
    f"/accounts/{path}/" for path in ("login", "login/code", "signup", "password/reset")
)
KNOWN, UNKNOWN = "alice@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def known():
    return PersonFactory(user__email=KNOWN, user__with_password=True)


@pytest.fixture
def hashings(monkeypatch):
    """One entry for each time a password is hashed: the work that a stopwatch would see."""
    done = []
    hasher = type(hashers.get_hasher())
    encode, verify = hasher.encode, hasher.verify

    def counted_encode(*args, **kwargs):
        done.append("encode")
        return encode(*args, **kwargs)

    def counted_verify(*args, **kwargs):
        done.append("verify")
        return verify(*args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counted_encode)
    monkeypatch.setattr(hasher, "verify", counted_verify)
    return done


def told(response):
    """What a visitor can tell one answer from another by."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    page = page.replace(KNOWN, "ADDRESS").replace(UNKNOWN, "ADDRESS")
    return response.status_code, response.headers.get("Location"), page


def code_in(message):
    return re.search(r"^ +(\S+)$", message.body, re.MULTILINE)[1]


class TestNobodyLearnsWhoIsKnown:
    @pytest.mark.parametrize(
        ("address", "fields"),
        [
            (LOGIN, {"login": "{email}", "password": "not-the-right-one"}),
            (CODE, {"email": "{email}"}),
            (RESET, {"email": "{email}"}),
            (SIGN_UP, {"email": "{email}", "password1": "another-long-secret-9"}),
        ],
    )
    def test_the_answer_is_the_same_and_so_is_the_work(self, known, address, fields, hashings):
        answers, costs = [], []
        for email in (KNOWN, UNKNOWN):
            browser, sent, hashed = Client(), len(mail.outbox), len(hashings)
            sending = {name: value.format(email=email) for name, value in fields.items()}
            response = browser.post(address, sending)
            follow = browser.get(response.url) if response.status_code == 302 else response
            answers.append((told(response), told(follow)))
            costs.append((len(hashings) - hashed, len(mail.outbox) - sent))
        assert answers[0] == answers[1]
        assert costs[0] == costs[1]

    def test_signing_up_with_a_known_address_changes_nothing(self, client, known):
        client.post(SIGN_UP, {"email": KNOWN.upper(), "password1": "another-long-secret-9"})
        assert User.objects.count() == 1
        assert "It has one already" in mail.outbox[0].body
        assert known.user.check_password(PASSWORD)


class TestLimits:
    def test_five_wrong_passwords_close_one_account_and_no_other(self, client, known):
        other = PersonFactory(user__with_password=True).user
        wrong = {"login": KNOWN, "password": "wrong"}
        pages = [client.post(LOGIN, wrong).content.decode() for _ in range(6)]
        assert "too many tries" not in pages[4]
        assert "too many tries" in pages[5]
        right = client.post(LOGIN, {"login": KNOWN.upper(), "password": PASSWORD})
        assert "too many tries" in right.content.decode()
        assert client.post(LOGIN, {"login": other.email, "password": PASSWORD}).status_code == 302

    def test_a_flood_of_codes_to_one_address_is_stopped(self, known):
        for _ in range(5):
            last = Client().post(CODE, {"email": KNOWN})
        assert len(mail.outbox) == 3
        assert last.status_code in {200, 429}

    def test_a_borough_behind_one_address_is_not_shut_out(self, client):
        statuses = {
            client.post(CODE, {"email": f"person{number}@example.org"}).status_code
            for number in range(60)
        }
        assert statuses == {302}

    def test_guessing_a_code_ends_it(self, client, known):
        client.post(CODE, {"email": KNOWN})
        for _ in range(4):
            client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
        right = code_in(mail.outbox[0])
        client.post("/accounts/login/code/confirm/", {"code": right})
        assert "_auth_user_id" not in client.session


class TestWaysIn:
    def test_by_code_and_the_person_whom_the_address_names_is_theirs(self, client):
        named = PersonFactory(user=None, address="ama@example.org")
        UserFactory(email="ama@example.org")
        client.post(CODE, {"email": "Ama@Example.org"})
        message = mail.outbox[0]
        client.post("/accounts/login/code/confirm/", {"code": code_in(message)})
        assert client.get("/my/profile/").status_code == 200
        assert Person.objects.get(pk=named.pk).user.email == "ama@example.org"

    def test_signing_up_verifies_the_address_first(self, client):
        named = PersonFactory(user=None, address="ama@example.org")
        sent = {"email": "AMA@example.org", "password1": "another-long-secret-9"}
        client.post(SIGN_UP, sent)
        assert Person.objects.get(pk=named.pk).user is None
        response = client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
        assert response.status_code == 302
        assert EmailAddress.objects.get().email == "ama@example.org"
        assert Person.objects.get(pk=named.pk).user is not None

    def test_addresses_removed_for_signing_in_are_written_to_no_more(self, client, known):
        second = EmailAddress.objects.create(
            user=known.user, email="two@example.org", verified=True
        )
        client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
        assert known.addresses.count() == 2
        reauthenticated(client).post("/accounts/email/", {"action_remove": "", "email": second})
        assert known.addresses.count() == 1

    def test_a_mail_server_that_is_down_is_said_so(self, client, known, monkeypatch):
        def refuse(*_, **__):
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
        response = client.post(CODE, {"email": KNOWN}, follow=True)
        assert "could not send a message just now" in response.content.decode()


class TestMail:
    def test_it_is_neutral_and_leads_to_this_site_whatever_host_was_asked(
        self, client, known, settings
    ):
        settings.ALLOWED_HOSTS = ["*"]
        client.post(RESET, {"email": UNKNOWN}, headers={"host": "evil.example"})
        client.post(SIGN_UP, {"email": KNOWN, "password1": "another-long-secret-9"})
        client.post(CODE, {"email": KNOWN})
        for message in mail.outbox:
            words = f"{message.subject} {message.from_email} {message.body}"
            assert not re.search("leadership|colour|cohort|ethnic|majority", words, re.IGNORECASE)
            assert "evil.example" not in words
            assert known.given_name not in words
        assert f"{settings.SITE_URL}/accounts/signup/" in mail.outbox[0].body

    def test_a_change_to_the_account_is_told_to_its_owner(self, client, known):
        client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
        sent = {
            "oldpassword": PASSWORD,
            "password1": "a-new-long-secret-7",
            "password2": "a-new-long-secret-7",
        }
        client.post("/accounts/password/change/", sent)
        assert mail.outbox[-1].subject == "Your account was changed"
        assert "127.0.0.1" in mail.outbox[-1].body


class TestRefused:
    @pytest.mark.parametrize(
        "onward",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "javascript:alert(1)",
            "https:evil.example",
        ],
    )
    def test_next_leads_to_no_other_site(self, client, known, onward):
        sent = {"login": KNOWN, "password": PASSWORD, "next": onward}
        assert client.post(LOGIN, sent).url == "/my/"

    def test_next_leads_on_within_the_site(self, client, known):
        sent = {"login": KNOWN, "password": PASSWORD, "next": "/my/data/?page=2"}
        assert client.post(LOGIN, sent).url == "/my/data/?page=2"

    def test_a_host_that_is_not_ours(self, client):
        assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400

    @pytest.mark.parametrize(
        "forwarded", ["not an address", "1.2.3.4", "1.2.3.4, 5.6.7.8, 9.9.9.9", ""]
    )
    def test_a_forged_forwarding_header_breaks_nothing(self, client, known, settings, forwarded):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
        sent = {"login": KNOWN, "password": PASSWORD}
        response = client.post(LOGIN, sent, headers={"x-forwarded-for": forwarded})
        assert response.status_code == 302

    def test_a_visitor_behind_a_socket_without_an_address_signs_in(self, client, known):
        sent = {"login": KNOWN, "password": PASSWORD}
        assert client.post(LOGIN, sent, REMOTE_ADDR="").status_code == 302

    @pytest.mark.parametrize(
        "path",
        [
            "/manage/login/",
            "/manage/password_reset/",
            "/manage/password_reset/done/",
            "/_util/login/",
        ],
    )
    def test_wagtail_s_own_doors_lead_to_ours(self, client, path):
        assert client.get(path).url == "/accounts/login/?next=/manage/"
        assert client.post(path, {"username": KNOWN, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("alice@example", "less like your e-mail address"),
        ("short", "Choose a longer password: at least 10 characters."),
        ("1234567890", "Many people use this password"),
    ],
)
def test_a_password_that_will_not_do_is_told_how_to_be_better(client, password, told):
    page = client.post(SIGN_UP, {"email": KNOWN, "password1": password}).content.decode()
    assert told in page
    assert "similar" not in page


@pytest.mark.parametrize(
    ("ask", "sent"),
    [
        (SIGN_UP, {"email": UNKNOWN, "password1": "another-long-secret-9"}),
        (CODE, {"email": KNOWN}),
        (RESET, {"email": KNOWN}),
    ],
)
def test_how_long_a_code_works_is_said_alike_in_the_message_and_on_the_page(
    client, known, ask, sent
):
    page = client.post(ask, sent, follow=True).content.decode()
    assert "works for 15 minutes" in page
    assert page.count("We have sent a code") <= 1
    assert "works for 15 minutes" in mail.outbox[0].body


@pytest.mark.parametrize("path", [LOGIN, SIGN_UP])
def test_the_way_to_an_application_says_what_it_is_for(client, path):
    CohortFactory(slug="spring", name="Spring cohort")
    CohortFactory(slug="later", name="Secret cohort", state="draft")
    page = client.get(path, {"next": "/apply/spring/begin/"}).content.decode()
    assert "to apply for Spring cohort. Nobody is told that you looked." in page
    for other in ("/apply/later/begin/", "/apply/none/begin/", "/my/", ""):
        assert "to apply for" not in client.get(path, {"next": other}).content.decode()
