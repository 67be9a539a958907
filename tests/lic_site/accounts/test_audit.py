"""The audit trail is only ever added to."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from lic_site.accounts import append_only, audit
from lic_site.accounts.models import AppendOnly, AuditEvent
from tests.factories.people import PersonFactory

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return audit.record("tests.thing_viewed", by=None, at=AT, fields=["b", "a"])


def test_it_holds_ids_and_names_of_fields():
    person, other = PersonFactory(), PersonFactory()
    event = audit.record(
        "tests.thing_changed", by=person, at=AT, thing=other, subject=other, fields={"name"}
    )
    assert (event.actor_id, event.subject_id) == (person.pk, other.pk)
    assert (event.object_type, event.object_id) == ("accounts.person", other.pk)
    assert event.fields == ["name"]
    assert str(event) == f"Audit event {event.pk}"


def test_a_list_writes_down_each_record_with_whom_it_is_about():
    by, first, second = PersonFactory(), PersonFactory(), PersonFactory()
    about = [(first, first), (second, second)]
    audit.record_each("tests.things_viewed", by=by, at=AT, about=about)
    seen = AuditEvent.objects.values_list("actor_id", "subject_id")
    assert set(seen) == {(by.pk, first.pk), (by.pk, second.pk)}


def test_the_model_refuses_change_and_deletion(event):
    event.verb = "tests.nothing_happened"
    for refused in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(verb=""),
    ):
        with pytest.raises(AppendOnly):
            refused()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET verb = 'tests.nothing_happened'",
        "DELETE FROM accounts_auditevent",
    ],
)
def test_the_database_refuses_change_and_deletion(event, statement):
    append_only.remove(connection)
    append_only.install(connection)
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().verb == "tests.thing_viewed"


def test_a_demonstration_can_be_emptied_and_is_guarded_again(event):
    append_only.remove(connection)
    append_only.install(connection)
    with append_only.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_auditevent")
    audit.record("tests.thing_viewed", by=None, at=AT)
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_auditevent")


def test_since_tells_who_was_heard_of_looks_aside():
    actor, subject, seen = PersonFactory(), PersonFactory(), PersonFactory()
    audit.record("tests.thing_changed", by=actor, at=AT, subject=subject)
    audit.record("tests.thing_viewed", by=None, at=AT, subject=seen)
    assert audit.since(AT) == {actor.pk, subject.pk}


def test_looks_and_exports_are_told_apart_from_deeds(event):
    audit.record("tests.things_exported", by=None, at=AT)
    audit.record("tests.thing_changed", by=None, at=AT)
    verbs = set(AuditEvent.objects.looks().values_list("verb", flat=True))
    assert verbs == {"tests.thing_viewed", "tests.things_exported"}
