"""Refusals, links, tokens, encrypted text, the ledger, personal data."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from lic_site.accounts.models.equality import EqualityRecord
from lic_site.common import fields, ledger, personal_data, tokens
from lic_site.common.errors import Refusal
from lic_site.common.fields import Unreadable, encrypted_fields, rotate
from lic_site.common.links import absolute, safe_next
from lic_site.common.models import Generation, Job, Tick
from lic_site.common.personal_data import Held, keep, labelled
from tests.factories.people import PersonFactory
from tests.support.people import NOW


class Full(Refusal):
    """There is no place left.
    Choose another."""


class Late(Refusal):
    sentence = "Too late."


def test_a_refusal_says_what_it_was_raised_with_else_its_own_words() -> None:
    assert str(Full()) == "There is no place left. Choose another."
    assert str(Late()) == "Too late."
    assert str(Late("The offer ended on 3 May 2026.")) == "The offer ended on 3 May 2026."


# Links ---------------------------------------------------------------------------------------


def test_an_address_in_a_message_comes_from_the_settings(settings) -> None:
    settings.SITE_URL = "https://programme.example"
    assert absolute("/my/") == absolute("my/") == "https://programme.example/my/"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        r"\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\x01//evil.example",
        "",
    ],
)
def test_a_redirect_stays_on_the_site(wanted: str) -> None:
    for request in (
        RequestFactory().get("/", {"next": wanted}),
        RequestFactory().post("/", {"next": wanted}),
    ):
        assert safe_next(request, "/my/") == "/my/"


def test_a_redirect_within_the_site_is_followed() -> None:
    assert safe_next(RequestFactory().get("/", {"next": "/staff/?a=1"}), "/my/") == "/staff/?a=1"
    assert safe_next(RequestFactory().post("/", {"next": "/staff/"}), "/my/") == "/staff/"


# Tokens --------------------------------------------------------------------------------------


@given(st.integers(1, 2**63), st.integers(1, 1000))
def test_a_token_opens_what_it_was_made_for(pk: int, version: int) -> None:
    token = tokens.make("support", pk, version)
    assert tokens.read("support", token) == (pk, version)
    assert tokens.read("booking", token) is None
    assert token.replace("~", "").replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_what_we_did_not_make_opens_nothing(text: str) -> None:
    assert tokens.read("support", text) is None
    assert tokens.read("support", tokens.make("support", 1) + (text or "x")) is None


@pytest.mark.parametrize("token", ["", "~", "1-1~", "é~é", "\udcff~x", "1-1~" + "a" * 10_000])
def test_a_malformed_token_opens_nothing(token: str) -> None:
    assert tokens.read("support", token) is None


def test_a_token_made_before_the_key_was_changed_opens_until_the_old_key_goes(settings) -> None:
    token = tokens.make("support", 7)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 9
    assert tokens.read("support", token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert tokens.read("support", token) == (7, 1)


# Encrypted text ------------------------------------------------------------------------------


@pytest.fixture
def secret():
    """An encrypted column of the site, and a row of it."""
    field = next(field for model, field in encrypted_fields() if model is EqualityRecord)
    row = EqualityRecord(person=PersonFactory(), **{field.name: "words"})
    for other in EqualityRecord._meta.concrete_fields:
        if getattr(row, other.attname) is None and not other.null and not other.primary_key:
            setattr(row, other.attname, NOW)
    row.save()
    return row, field


def stored(row, field) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f'select "{field.column}" from {row._meta.db_table} where {row._meta.pk.column} = %s',
            [row.pk],
        )
        value: str = cursor.fetchone()[0]
        return value


@pytest.mark.django_db
def test_the_database_never_holds_the_words(secret) -> None:
    row, field = secret
    assert "words" not in stored(row, field)
    assert getattr(type(row).objects.get(), field.name) == "words"


@pytest.mark.django_db
def test_what_is_stored_does_not_tell_when_it_was_written(secret) -> None:
    """A Fernet token's second to ninth bytes are a time, in clear."""
    row, field = secret
    assert urlsafe_b64decode(stored(row, field))[1:9] == bytes(8)


@pytest.mark.django_db
def test_encrypted_text_cannot_be_searched(secret) -> None:
    row, field = secret
    rows = type(row).objects
    assert rows.filter(**{f"{field.name}__isnull": False}).exists()
    with pytest.raises(FieldError, match="is encrypted: it cannot be compared"):
        rows.filter(**{field.name: "words"})
    with pytest.raises(FieldError, match="is encrypted"):
        rows.filter(**{f"{field.name}__contains": "w"})


@pytest.mark.django_db
def test_keys_are_changed_without_losing_a_text(secret, settings) -> None:
    row, field = secret
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    before = stored(row, field)
    assert getattr(type(row).objects.get(), field.name) == "words"
    assert rotate() == 1
    assert stored(row, field) != before
    settings.FIELD_KEYS = [new]
    assert getattr(type(row).objects.get(), field.name) == "words"


@pytest.mark.django_db
def test_a_text_without_its_key_stops_no_page_and_is_not_overwritten(secret, settings) -> None:
    row, field = secret
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    found = type(row).objects.get()
    unread = getattr(found, field.name)
    assert isinstance(unread, Unreadable)
    assert "cannot be read" in unread
    found.save()
    with pytest.raises(InvalidToken):
        rotate()
    settings.FIELD_KEYS = old
    assert getattr(type(row).objects.get(), field.name) == "words"


def test_nothing_is_not_encrypted() -> None:
    field = fields.EncryptedTextField()
    for nothing in (None, ""):
        assert field.get_prep_value(nothing) == nothing
        assert field.from_db_value(nothing) == nothing


# The ledger of erasures ----------------------------------------------------------------------


def test_the_ledger_keeps_erasures_in_order_and_holds_ids_alone(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    assert list(ledger.read()) == []
    for number in (7, 3):
        ledger.write(number, at=datetime(2026, 11, number, tzinfo=UTC))
    assert [(entry.person_id, entry.at.day) for entry in ledger.read()] == [(7, 7), (3, 3)]


# Personal data -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_held_is_shown_under_the_names_people_read() -> None:
    job = Job(title="Bringing people in", owner_id=7, created_at=NOW)
    assert labelled(job, ["title", "state"]) == {
        "Title": "Bringing people in",
        "State": "Waiting to start",
    }
    job.save()
    of_seven = Held(
        model="common.Job",
        title="Work",
        fields=("title",),
        of=lambda person: Job.objects.filter(owner_id=person),
        erase=lambda person, at: None,
        kept_for="Two weeks.",
    )
    assert of_seven.rows(7) == [{"Title": "Bringing people in"}]
    assert of_seven.retain(NOW) == keep(NOW) == 0


def test_an_app_may_choose_what_the_person_sees() -> None:
    shown = Held(
        model="common.Job",
        title="Work",
        fields=("title",),
        of=lambda person: Job.objects.none(),
        erase=lambda person, at: None,
        kept_for="Two weeks.",
        export=lambda person: iter([{"Title": "Only this"}]),
    )
    assert shown.rows(None) == [{"Title": "Only this"}]


def test_a_model_that_nobody_declares_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "declarations", lambda: (personal_data.PersonalData(),))
    missing = personal_data.undeclared(("lic_site.common",))
    names = {"Generation", "Job", "Sheet", "SheetFinding", "Tick"}
    assert missing == {f"common.{name}" for name in names}


@pytest.mark.django_db
def test_erasing_a_person_takes_their_work_and_its_file() -> None:
    declaration = next(
        held
        for declared in personal_data.declarations()
        for held in declared.held
        if held.model == "common.Job"
    )
    person = PersonFactory()
    Job.objects.create(title="Export", owner_id=person.pk, created_at=NOW)
    other = Job.objects.create(title="Export", owner_id=person.pk + 1, created_at=NOW)
    assert len(declaration.rows(person)) == 1
    declaration.erase(person, NOW)
    assert list(Job.objects.all()) == [other]


def test_records_say_which_they_are_without_telling_about_anybody() -> None:
    job = Job()
    assert str(job) == f"Job {job.pk}"
    assert str(Tick(name="a.b")) == "a.b"
    assert str(Generation(name="pages", number=3)) == "pages 3"
