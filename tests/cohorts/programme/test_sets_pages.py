"""Learning sets on screen: Staff College's board, the member's own set, the facilitator's."""

import pytest
from django.test import Client

from cohorts.programme import tasks
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Cohort, Enrolment, Introduction, LearningSet, SetExclusion
from lic_site.accounts.enums import Role
from lic_site.common.enums import JobState
from lic_site.common.jobs import run_job
from lic_site.common.models import Job
from lic_site.notices.models import Notice
from tests.cohorts.programme.sets_world import a_cohort_of, halves, members_of
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import ManagerRelationFactory, PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import DAY, LearningSetFactory, a_running_cohort, a_session, in_set
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run_last_job() -> Job:
    job = Job.objects.get()
    run_job(str(job.pk))
    job.refresh_from_db()
    return job


def test_the_board_shows_who_is_where_and_how_even(office: Client) -> None:
    cohort, one, _ = halves(10)
    LearningSet.objects.filter(pk=one.pk).update(facilitator=PersonFactory(given_name="Jo"))
    gone = members_of(cohort)[0]
    gone.state, gone.ended_at = EnrolmentState.WITHDRAWN, NOW
    gone.save()
    EnrolmentFactory(cohort=cohort, person__given_name="Late")
    page = text_of(office, url("sets", cohort.slug))
    assert "Fewer than five" in page
    assert "Facilitator: Jo" in page
    assert "In no set yet" in page
    assert "Late Family" in page
    assert "Given-00" not in page
    assert "Fewest possible" in page
    assert 'value="' + str(members_of(cohort)[1].pk) + '" selected' in text_of(
        office, url("sets", cohort.slug) + f"?move={members_of(cohort)[1].pk}"
    )


def test_an_empty_board_says_how_to_begin(office: Client) -> None:
    cohort = a_running_cohort()
    assert "Nobody takes part yet" in text_of(office, url("sets", cohort.slug))
    assert "Too few people for a set" in text_of(office, url("make_sets", cohort.slug))
    few = a_running_cohort(members=3)
    assert "unless there are nine" in text_of(office, url("sets", few.slug))
    nine = a_running_cohort(members=9)
    assert "Nine people do not divide" in text_of(office, url("make_sets", nine.slug))


def test_the_board_takes_as_many_queries_for_many(office: Client) -> None:
    cohort = a_running_cohort()

    def add() -> None:
        in_set(LearningSetFactory(cohort=cohort, facilitator=PersonFactory()))
        EnrolmentFactory(cohort=cohort)

    grows_not(office, url("sets", cohort.slug), add, at_most=13)


def test_sets_are_made_in_the_background_and_say_how_it_went(office: Client) -> None:
    cohort = a_cohort_of(12)
    page = text_of(office, url("make_sets", cohort.slug))
    assert "2 sets of 6" in page
    assert "Who stays" not in page
    assert "Choose how many sets" in office.post(url("make_sets", cohort.slug)).content.decode()
    started = office.post(url("make_sets", cohort.slug), {"number": "2"})
    job = Job.objects.get()
    assert started["Location"] == f"/jobs/{job.pk}/"
    again = office.post(url("make_sets", cohort.slug), {"number": "2"})
    assert again["Location"] == started["Location"]
    job = run_last_job()
    assert job.state == JobState.DONE
    assert job.message == f"12 people are in 2 sets. {tasks.BEST}"
    assert cohort.learning_sets.count() == 2
    assert f'href="{url("sets", cohort.slug)}"' in text_of(office, f"/jobs/{job.pk}/")
    assert "Who stays" in text_of(office, url("make_sets", cohort.slug))


def test_sets_that_cannot_be_made_say_why_on_the_job(office: Client) -> None:
    cohort = a_cohort_of(6)
    one, two, *_ = members_of(cohort)
    ManagerRelationFactory(person=one.person, manager=two.person)
    office.post(url("make_sets", cohort.slug), {"number": "1"})
    job = run_last_job()
    assert job.state == JobState.FAILED
    assert "there is only one set" in text_of(office, f"/jobs/{job.pk}/")


def test_members_who_know_their_set_stay_unless_somebody_unticks_them(office: Client) -> None:
    cohort, *_ = halves(named=True)
    page = text_of(office, url("make_sets", cohort.slug))
    assert page.count(" checked") == 13  # the number too
    assert "told by e-mail at once" in page


def move(office: Client, cohort: Cohort, member: Enrolment, to: object, **more: str) -> str:
    data = {"person": str(member.pk), "to": str(to), **more}
    response = office.post(url("sets", cohort.slug), data, follow=True)
    return response.content.decode()


def test_a_move_says_what_it_did_or_why_not(office: Client) -> None:
    cohort, one, two = halves(10)
    first, *_, last = members_of(cohort)
    page = move(office, cohort, first, two.pk)
    assert "would be left with 4 people" in page
    assert "Move all the same" in page
    assert f"{first.person.name} is in Set 2." in move(
        office, cohort, first, two.pk, size_accepted="on"
    )
    ManagerRelationFactory(person=first.person, manager=last.person)
    move(office, cohort, last, "none")
    assert "is in no set" in move(office, cohort, last, "none")
    refused = move(office, cohort, last, two.pk, size_accepted="on")
    assert "in one line of management" in refused
    assert "Choose whom to move" in move(office, cohort, first, one.pk, person="")
    LearningSet.objects.filter(pk=one.pk).update(named_at=NOW)
    assert "They are told by e-mail" in move(office, cohort, last, one.pk)
    assert "Select a valid choice" in move(office, cohort, last, 987654)


def test_naming_shows_the_recipients_before_it_tells_them(office: Client) -> None:
    cohort, *_ = halves()
    page = text_of(office, url("name_sets", cohort.slug))
    assert "Tell 12 people who is in their set" in page
    assert all(each.person.name in page for each in members_of(cohort))
    assert "Your group for the coming months" in page
    assert "No facilitator yet: Set 1, Set 2" in page
    assert not Notice.objects.exists()
    done = office.post(url("name_sets", cohort.slug), follow=True).content.decode()
    assert "Each member is written to once" in done
    assert Notice.objects.filter(kind="programme.set_named").count() == 12
    assert "Nobody is waiting to be told" in text_of(office, url("name_sets", cohort.slug))
    again = office.post(url("name_sets", cohort.slug), follow=True).content.decode()
    assert "no set with people in it" in again


def test_two_are_kept_apart_and_it_is_lifted(office: Client) -> None:
    cohort, *_ = halves()
    one, two, *_, last = members_of(cohort)
    ManagerRelationFactory(person=two.person, manager=last.person)
    address = url("sets_apart", cohort.slug)
    office.post(address, {"one": one.pk, "other": last.pk})
    page = text_of(office, address)
    assert f"{one.person.name} and {last.person.name}" in page
    assert f"<li>{two.person.name} and {last.person.name}</li>" in page
    refused = office.post(address, {"one": one.pk, "other": one.pk}).content.decode()
    assert "Choose two different people" in refused
    kept = SetExclusion.objects.get()
    other = a_running_cohort()
    assert office.post(url("lift_apart", other.slug, kept.pk)).status_code == 404
    office.post(url("lift_apart", cohort.slug, kept.pk))
    assert "Nobody is kept apart by you" in text_of(office, address)


def test_a_set_gets_its_name_and_a_facilitator_who_was_found(office: Client) -> None:
    cohort, one, _ = halves()
    leads = PersonFactory(given_name="Jo", family_name="Fieldfare")
    address = url("change_set", cohort.slug, one.pk)
    assert "Fieldfare" not in text_of(office, address)
    assert "Fieldfare" in text_of(office, address + "?q=jo+field")
    taken = office.post(address, {"name": "Set 2", "facilitator": ""}).content.decode()
    assert "Another set of this cohort has that name" in taken
    member = members_of(cohort)[0].person
    refused = office.post(
        address + f"?q={member.given_name}", {"name": "Oak", "facilitator": member.pk}
    )
    assert "takes part in the cohort" in refused.content.decode()
    office.post(address + "?q=fieldfare", {"name": "Oak", "facilitator": leads.pk})
    one.refresh_from_db()
    assert (one.name, one.facilitator) == ("Oak", leads)
    assert "Fieldfare" in text_of(office, address)


def test_sets_are_added_and_removed(office: Client) -> None:
    cohort = a_running_cohort(members=3)
    office.post(url("add_set", cohort.slug))
    made = cohort.learning_sets.get()
    office.post(url("remove_set", cohort.slug, made.pk))
    assert not cohort.learning_sets.exists()


def test_my_set_is_not_shown_before_it_is_named(cast: Cast, signed_in: SignedIn) -> None:
    learning_set = LearningSetFactory(named_at=None, facilitator=PersonFactory(given_name="Jo"))
    cohort = learning_set.cohort
    in_set(learning_set, cast.owner)
    in_set(learning_set, cast.colleague)
    browser = signed_in(cast.owner)
    page = text_of(browser, url("my_set", cohort.slug))
    assert "not named yet" in page
    assert "Bob" not in page
    assert "Jo " not in page
    assert browser.get(url("share", cohort.slug))["Location"] == url("my_set", cohort.slug)
    facilitator = signed_in(learning_set.facilitator)
    assert facilitator.get(url("facilitated_set", learning_set.pk)).status_code == 404


def test_others_see_a_first_name_and_what_each_shares(cast: Cast, signed_in: SignedIn) -> None:
    learning_set = LearningSetFactory(facilitator=PersonFactory(given_name="Jo"))
    cohort = learning_set.cohort
    mine, bobs = in_set(learning_set, cast.owner), in_set(learning_set, cast.colleague)
    alice, bob = signed_in(cast.owner), signed_in(cast.colleague)
    a_session(cohort, days=9, learning_set=learning_set, title="We meet")
    address = url("my_set", cohort.slug)
    page = text_of(alice, address)
    assert "Bob" in page
    assert "Jo " in page
    assert "We meet" in page
    assert not {"Colleague", cast.colleague.job_title} & set(page.split())
    shared = bob.post(
        url("share", cohort.slug),
        {"shows_family_name": "on", "email": "bob@example.org", "about": "I like <rivers>."},
    )
    assert shared["Location"] == address
    page = text_of(alice, address)
    assert "Bob Colleague" in page
    assert "bob@example.org" in page
    assert "I like &lt;rivers&gt;." in page
    assert "Team manager" not in page
    wrong = alice.post(url("share", cohort.slug), {"email": "nowhere", "about": "Kept."})
    assert "Write an address like" in wrong.content.decode()
    assert "Kept." in wrong.content.decode()
    assert not Introduction.objects.filter(enrolment=mine).exists()
    bobs.state, bobs.ended_at = EnrolmentState.WITHDRAWN, NOW
    bobs.save()
    assert "Bob" not in text_of(alice, address)


def test_the_facilitator_sees_names_and_what_was_shared(cast: Cast, signed_in: SignedIn) -> None:
    leads = PersonFactory()
    learning_set = LearningSetFactory(facilitator=leads)
    mine = in_set(learning_set, cast.owner)
    Introduction.objects.create(
        enrolment=mine, shows_job_title=True, phone="020 7946 0000", updated_at=NOW
    )
    page = text_of(signed_in(leads), url("facilitated_set", learning_set.pk))
    assert "Alice Owner" in page
    assert "020 7946 0000" in page
    assert "Team manager" in page


def test_strangers_find_no_set(cast: Cast, signed_in: SignedIn) -> None:
    learning_set = LearningSetFactory(facilitator=PersonFactory())
    cohort = learning_set.cohort
    in_set(learning_set, cast.owner)
    other = LearningSetFactory(cohort=cohort, facilitator=PersonFactory())
    own = url("my_set", cohort.slug)
    for stranger in (cast.stranger, staff(), staff(Role.PROGRAMME_LEAD), other.facilitator):
        browser = signed_in(stranger)
        assert browser.get(own).status_code == 404
        assert browser.get(url("share", cohort.slug)).status_code == 404
        assert browser.get(url("facilitated_set", learning_set.pk)).status_code == 404
    visitor = Client()
    for address in (own, url("facilitated_set", learning_set.pk), url("sets", cohort.slug)):
        assert visitor.get(address)["Location"].startswith("/accounts/login/")
        assert signed_in(cast.owner).delete(address).status_code in {404, 405}
    assert signed_in(cast.owner).get(url("sets", cohort.slug)).status_code == 404


def test_a_facilitator_stops_seeing_the_set_thirty_days_after_the_cohort(
    signed_in: SignedIn,
) -> None:
    leads = PersonFactory()
    cohort = a_running_cohort()
    learning_set = LearningSetFactory(cohort=cohort, facilitator=leads)
    address = url("facilitated_set", learning_set.pk)
    for days, status in ((29, 200), (31, 404)):
        cohort.starts_on = NOW.date() - 300 * DAY
        cohort.ends_on = NOW.date() - days * DAY
        cohort.save()
        assert signed_in(leads).get(address).status_code == status


def test_the_set_page_takes_as_many_queries_for_many(cast: Cast, signed_in: SignedIn) -> None:
    learning_set = LearningSetFactory(facilitator=PersonFactory())
    in_set(learning_set, cast.owner)

    def add() -> None:
        Introduction.objects.create(
            enrolment=in_set(learning_set), shows_organisation=True, updated_at=NOW
        )

    grows_not(signed_in(cast.owner), url("my_set", learning_set.cohort.slug), add, at_most=12)
