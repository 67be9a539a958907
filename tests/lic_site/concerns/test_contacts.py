"""Who reads concerns: named by staff, from a day until a day, nobody by themselves."""

from datetime import date, timedelta

import pytest

from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.policies import Holding, holdings, needs_second_factor
from lic_site.concerns import boards, panels, policies
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.services import contacts, errors
from tests.factories.concerns import ContactFactory, a_concern
from tests.factories.people import PersonFactory, staff
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture(params=[Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD])
def keeper(request: pytest.FixtureRequest) -> Person:
    return staff(request.param)


def name(person: Person, by: Person | None, **days: date) -> Contact:
    given = {"starts_on": TODAY, "ends_on": TODAY + 30 * DAY, **days}
    return contacts.add_contact(person=person, what_for="anything", by=by, at=NOW, **given)


def test_a_reader_reads_from_the_first_day_to_the_last(cast: Cast, keeper: Person) -> None:
    contact = name(cast.owner, keeper)
    role = Holding(DerivedRole.CONCERN_CONTACT)
    assert role in holdings(cast.owner, TODAY)
    assert role in holdings(cast.owner, TODAY + 30 * DAY)
    assert role not in holdings(cast.owner, TODAY + 31 * DAY)
    assert role not in holdings(cast.owner, TODAY - DAY)
    assert AuditEvent.objects.get(verb="concerns.contact_added").object_id == contact.pk


def test_a_reader_needs_a_second_factor_as_long_as_they_read(cast: Cast, keeper: Person) -> None:
    assert not needs_second_factor(cast.owner)
    contact = name(cast.owner, keeper)
    assert needs_second_factor(cast.owner)
    contacts.end_contact(contact=contact, by=keeper, at=NOW)
    assert not needs_second_factor(Person.objects.get(pk=cast.owner.pk))


def test_nobody_makes_themselves_a_reader_or_changes_their_own_days(
    cast: Cast, keeper: Person
) -> None:
    with pytest.raises(errors.NotYoursToKeep):
        name(keeper, keeper)
    with pytest.raises(errors.NotYoursToKeep):
        name(cast.owner, cast.colleague)
    mine = ContactFactory(person=keeper)
    days = {"starts_on": TODAY, "ends_on": TODAY + 90 * DAY}
    with pytest.raises(errors.NotYoursToKeep):
        contacts.change_contact(contact=mine, what_for="x", by=keeper, at=NOW, **days)


def test_a_reader_may_step_down_and_nobody_else_ends_it(cast: Cast, readers: Readers) -> None:
    with pytest.raises(errors.NotYoursToKeep):
        contacts.end_contact(contact=readers.priya, by=cast.owner, at=NOW)
    contacts.end_contact(contact=readers.priya, by=readers.priya.person, at=NOW)
    with pytest.raises(errors.ContactEnded):
        contacts.end_contact(contact=readers.priya, by=readers.priya.person, at=NOW)


def test_a_readers_days_and_words_are_changed(readers: Readers, keeper: Person) -> None:
    days = {"starts_on": TODAY, "ends_on": TODAY + DAY}
    contacts.change_contact(contact=readers.priya, what_for="x", by=keeper, at=NOW, **days)
    changed = Contact.objects.get(pk=readers.priya.pk)
    assert (changed.what_for, changed.ends_on) == ("x", TODAY + DAY)
    contacts.end_contact(contact=changed, by=keeper, at=NOW)
    changed.refresh_from_db()
    with pytest.raises(errors.ContactEnded):
        contacts.change_contact(contact=changed, what_for="x", by=keeper, at=NOW, **days)


def test_a_time_that_was_ended_meanwhile_does_not_begin_again(
    readers: Readers, keeper: Person
) -> None:
    seen = Contact.objects.get(pk=readers.priya.pk)
    contacts.end_contact(contact=readers.priya, by=keeper, at=NOW)
    days = {"starts_on": TODAY, "ends_on": TODAY + DAY}
    with pytest.raises(errors.ContactEnded):
        contacts.change_contact(contact=seen, what_for="x", by=keeper, at=NOW, **days)
    assert Contact.objects.get(pk=seen.pk).ended_at == NOW


def test_days_that_do_not_fit_are_refused(cast: Cast, readers: Readers) -> None:
    with pytest.raises(errors.ContactRefused, match="last day is before the first"):
        name(cast.owner, None, ends_on=TODAY - DAY)
    with pytest.raises(errors.AlreadyReads):
        name(readers.priya.person, None)
    with pytest.raises(errors.NoAccount):
        name(PersonFactory(user=None), None)


def test_with_fewer_than_two_readers_staff_are_warned(readers: Readers, keeper: Person) -> None:
    assert panels.staff(keeper, NOW) == []
    Contact.objects.filter(pk=readers.priya.pk).update(ended_at=NOW - DAY)
    assert any("Fewer than two people" in said for said in panels.staff(keeper, NOW))
    assert panels.staff(readers.nadia.person, NOW) == []


def test_staff_are_told_that_something_is_late_or_without_a_reader(
    readers: Readers, keeper: Person
) -> None:
    a_concern(readers.priya, at=NOW - 10 * DAY, concerned=[readers.nadia.person])
    assert any("acknowledged" in said for said in panels.staff(keeper, NOW))
    Contact.objects.filter(pk=readers.priya.pk).update(ended_at=NOW - DAY)
    assert any("nobody else may read it" in said for said in panels.staff(keeper, NOW))


def test_whom_it_is_about_finds_it_in_no_figure_and_no_warning(
    readers: Readers, keeper: Person
) -> None:
    for _ in range(boards.FLOOR):
        a_concern(readers.priya, at=NOW - 10 * DAY, concerned=[keeper])
    figures = boards.figures(keeper, TODAY)
    assert dict(figures.counts)["Received"] == "Fewer than 5"
    assert figures.warnings == []
    other = staff()
    assert dict(boards.figures(other, TODAY).counts)["Received"] == "5"


def test_small_counts_are_not_told(readers: Readers, keeper: Person) -> None:
    nothing = dict(boards.figures(keeper, TODAY).counts)
    for _ in range(boards.FLOOR - 1):
        a_concern(readers.priya)
    assert dict(boards.figures(keeper, TODAY).counts) == nothing


def test_a_reader_is_told_at_home_how_many_wait(readers: Readers, cast: Cast) -> None:
    priya = readers.priya.person
    assert panels.home(priya, NOW).actions == []
    a_concern(readers.priya, at=NOW - 10 * DAY)
    (action,) = panels.home(priya, NOW).actions
    assert (action.title, action.urgent) == ("Something waits for you to read it", True)
    a_concern(readers.priya)
    (action,) = panels.home(priya, NOW).actions
    assert action.title == "2 things wait for you to read them"
    assert panels.home(cast.owner, NOW).actions == []


def test_no_role_opens_a_concern(readers: Readers, keeper: Person) -> None:
    concern = a_concern(readers.priya)
    assert not policies.visible(keeper, Concern.objects.all()).exists()
    assert not policies.visible(None, Concern.objects.all()).exists()
    assert not policies.can(keeper, "handle", concern)
    assert not policies.can(None, "see_board")
    assert not policies.can(keeper, "no such verb")


def test_whom_it_is_about_never_reads_it_even_if_it_were_addressed_to_them(
    readers: Readers,
) -> None:
    """A belt beside the rules on choosing and passing on."""
    concern = a_concern(readers.priya, concerned=[readers.nadia.person])
    Concern.objects.update(reader=readers.nadia.person)
    assert not policies.can(readers.nadia.person, "handle", concern)
    assert not policies.visible(readers.nadia.person, Concern.objects.all()).exists()


def test_a_name_that_is_gone_is_shown_to_nobody(readers: Readers, cast: Cast) -> None:
    anonymous = a_concern(readers.priya)
    assert not policies.name_shown(anonymous)
    assert policies.name_shown(a_concern(readers.priya, by=cast.owner))
