"""Erasure leaves no trace of a person, retention runs by itself, and a restore forgets nothing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

from lic_site.accounts import audit, ticks
from lic_site.accounts.enums import Role
from lic_site.accounts.models import (
    AuditEvent,
    ContactAddress,
    ManagerRelation,
    Person,
    RetentionRun,
    User,
)
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.accounts.policies import holds
from lic_site.accounts.records import archive, in_words, sections
from lic_site.accounts.services import privacy
from lic_site.accounts.services.equality import record_equality
from lic_site.accounts.services.people import merge_people
from lic_site.common import ledger
from lic_site.common.personal_data import declarations, undeclared
from tests.factories.people import (
    LONG_AGO,
    ContactAddressFactory,
    ManagerRelationFactory,
    PersonFactory,
    RoleGrantFactory,
    UserFactory,
    staff,
)

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_ledger(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def person():
    person = PersonFactory(
        given_name="Zephyrine", family_name="Quillfeather", user__email="zephyrine@example.org"
    )
    ContactAddressFactory(person=person, email="quillfeather@example.net")
    ManagerRelationFactory(person=person)
    ManagerRelationFactory(manager=person)
    RoleGrantFactory(person=person, role=Role.ANALYST)
    record_equality(person=person, answers={"ethnic_own_words": "Sui generis"}, at=AT)
    return person


def everything_stored():
    """Every value of every row of every table, as one text."""
    return "\n".join(
        str(list(model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    )


def erase(person):
    privacy.erase_person(person=person, by=person, at=AT)


class TestErasure:
    def test_no_trace_is_left_in_any_table(self, person):
        assert "Zephyrine" in everything_stored()
        erase(person)
        stored = everything_stored().lower()
        for trace in ("zephyrine", "quillfeather", "sui generis"):
            assert trace not in stored

    def test_what_only_this_person_held_is_gone(self, person):
        user = person.user
        erase(person)
        assert not User.objects.filter(pk=user.pk).exists()
        assert not EmailAddress.objects.filter(email=user.email).exists()
        assert not ContactAddress.objects.filter(person=person).exists()
        assert not EqualityRecord.objects.exists()
        assert not ManagerRelation.objects.exists()
        assert not holds(Person.objects.get(pk=person.pk), Role.ANALYST)

    def test_the_row_and_the_role_stay_so_that_counts_stay_true(self, person):
        before = Person.objects.count(), person.grants.count()
        erase(person)
        assert (Person.objects.count(), person.grants.count()) == before
        assert Person.objects.get(pk=person.pk).name == "Erased"

    def test_every_session_ends(self, person, client):
        client.force_login(person.user)
        key = client.session.session_key
        UserSession.objects.create(
            user=person.user, session_key=key, ip="127.0.0.1", user_agent="Test"
        )
        erase(person)
        assert not Session.objects.filter(session_key=key).exists()

    def test_records_that_were_brought_together_go_with_it(self, person):
        twin = PersonFactory(user=None)
        merge_people(keep=person, duplicate=twin, by=person, at=AT)
        erase(person)
        twin.refresh_from_db()
        assert twin.erased_at == AT

    def test_it_is_written_down_by_number_alone(self, person):
        erase(person)
        event = AuditEvent.objects.get(verb="accounts.person_erased")
        assert (event.actor_id, event.subject_id, event.fields) == (person.pk, person.pk, [])

    def test_others_are_untouched(self, person):
        other = PersonFactory(given_name="Stays")
        erase(person)
        other.refresh_from_db()
        assert (other.given_name, other.erased_at) == ("Stays", None)
        assert other.addresses.exists()

    def test_a_person_without_an_account_is_erased_too(self):
        person = PersonFactory(user=None, address="manager@example.org")
        privacy.erase_person(person=person, by=None, at=AT)
        assert not ContactAddress.objects.exists()


class TestAfterARestore:
    def test_whoever_was_erased_since_the_backup_is_erased_again(self, person):
        erase(person)
        Person.objects.filter(pk=person.pk).update(given_name="Zephyrine", erased_at=None)
        other = PersonFactory()
        assert privacy.reapply_erasures(since=AT - timedelta(days=1), at=AT) == 1
        person.refresh_from_db()
        other.refresh_from_db()
        assert (person.given_name, other.erased_at) == ("Erased", None)
        assert privacy.reapply_erasures(since=AT - timedelta(days=1), at=AT) == 0

    def test_the_ledger_knows_every_erasure(self, person):
        erase(person)
        assert [entry.person_id for entry in ledger.read()] == [person.pk]


class TestRetention:
    NIGHT = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)

    def test_it_runs_once_a_night_in_london(self):
        assert privacy.run_retention(at=datetime(2026, 7, 1, 1, 59, tzinfo=UTC)) is None
        assert privacy.run_retention(at=datetime(2026, 7, 1, 2, tzinfo=UTC)) == 0
        assert privacy.run_retention(at=datetime(2026, 7, 1, 12, tzinfo=UTC)) is None
        assert privacy.run_retention(at=datetime(2026, 7, 2, 12, tzinfo=UTC)) == 0
        assert str(RetentionRun.objects.first()) == "Retention of 2 July 2026"

    def test_a_run_that_died_is_taken_up_again(self):
        RetentionRun.objects.create(on=self.NIGHT.date())
        assert privacy.run_retention(at=self.NIGHT) == 0

    def test_people_long_silent_are_erased_and_others_kept(self):
        lost = PersonFactory(user=None)
        silent = PersonFactory()
        recent, heard = PersonFactory(user=None), PersonFactory()
        Person.objects.filter(pk=recent.pk).update(created_at=AT - timedelta(days=30))
        User.objects.filter(person=heard).update(last_login=AT - timedelta(days=300))
        touched = PersonFactory()
        audit.record("tests.thing_changed", by=None, at=AT, subject=touched)
        ticks.retention(self.NIGHT)
        erased = set(Person.objects.exclude(erased_at=None))
        assert erased == {lost, silent}
        assert LONG_AGO < AT - privacy.SIX_YEARS

    def test_a_sign_up_never_confirmed_goes_after_a_week(self):
        stale = UserFactory(verified_address=False, date_joined=AT - timedelta(days=9))
        fresh = UserFactory(verified_address=False, date_joined=AT)
        confirmed = UserFactory(date_joined=AT - timedelta(days=9))
        ticks.retention(self.NIGHT)
        assert set(User.objects.all()) == {fresh, confirmed}
        assert not User.objects.filter(pk=stale.pk).exists()

    def test_sessions_that_ended_leave_nothing(self):
        user = UserFactory()
        Session.objects.create(session_key="over", session_data="", expire_date=AT)
        Session.objects.create(
            session_key="live", session_data="", expire_date=self.NIGHT + timedelta(days=1)
        )
        for key in ("over", "live", "unknown"):
            UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")
        ticks.retention(self.NIGHT)
        assert [session.session_key for session in UserSession.objects.all()] == ["live"]
        assert Session.objects.count() == 1


class TestYourData:
    def test_every_kind_is_there_with_how_long_it_is_kept(self, person):
        told = sections(person)
        by_title = {section.title: section for section in told}
        assert by_title["Who you are"].rows[0][0] == {"key": "First name", "value": "Zephyrine"}
        assert by_title["What you told us for equality monitoring"].rows
        assert by_title["Line management"].rows
        assert by_title["Roles you have been given"].rows
        assert all(section.kept_for for section in told)

    def test_the_archive_is_made_for_people_and_for_machines(self, person):
        assert b"your-records.json" in archive(person, at=AT)

    def test_values_are_put_in_words(self):
        words = [in_words(value) for value in (True, False, None, "", ["a", None], AT, AT.date())]
        assert words == [
            "Yes",
            "No",
            "Not given",
            "Not given",
            "a, Not given",
            "21 November 2026 at 9am",
            "21 November 2026",
        ]


WAGTAILS = {"uploaded_by_user"}
"""Wagtail's own keys to an editor's user: emptied when the user is deleted."""
OURS = ("lic_site.", "cohorts.", "cms")


def test_every_model_of_ours_is_declared():
    assert undeclared() == set()


@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if model.__module__.startswith(OURS)],
    ids=lambda model: model._meta.label,
)
def test_every_field_that_leads_to_a_person_is_declared(model):
    """A key to a person or a user, or an e-mail address, makes a model personal, and each such
    field is named.
    """
    held = {
        entry.model.lower(): set(entry.fields)
        for declaration in declarations()
        for entry in declaration.held
    }
    personal = {
        field.name
        for field in model._meta.local_concrete_fields
        if field.name not in WAGTAILS
        and (isinstance(field, models.EmailField) or field.related_model in {Person, User})
    }
    assert personal <= held.get(model._meta.label_lower, set())


def test_nobody_s_answers_stand_in_the_clear(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM accounts_equalityrecord")
        ((stored,),) = cursor.fetchall()
    assert "generis" not in stored
    assert "generis" in json.loads(EqualityRecord.objects.get().answers)["ethnic_own_words"]


def test_staff_are_erased_like_anybody(settings):
    admin = staff()
    erase(admin)
    assert not holds(Person.objects.get(pk=admin.pk), Role.COLLEGE_ADMIN)
