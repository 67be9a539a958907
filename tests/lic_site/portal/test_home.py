"""The signed-in home begins with what needs this person now."""

from datetime import date, timedelta

import pytest
from django.test import Client

from cohorts.programme.enums import ApplicationState, CohortState, ReviewState, SupportRoute
from cohorts.programme.models import Application, CohortReader, Review
from cohorts.programme.services import support
from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import Person
from lic_site.accounts.services.roles import name_manager
from lic_site.common.panels import Action, Coming, Home, Thing, together
from lic_site.portal.navigation import HOME_SAYS, portal_places, staff_places
from tests.factories.concerns import ContactFactory, a_concern
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    OfferFactory,
    SessionFactory,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def home(person: Person, signed_in: SignedIn) -> str:
    return signed_in(person).get("/my/").content.decode()


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_an_empty_home_leads_to_the_open_cohort(cast: Cast, signed_in: SignedIn) -> None:
    assert "About the programme" in home(cast.owner, signed_in)
    CohortFactory(slug="spring")
    shown = home(cast.owner, signed_in)
    assert "Applications are open" in shown
    assert "/apply/spring/" in shown


def test_a_draft_needs_its_person(cast: Cast, signed_in: SignedIn) -> None:
    ApplicationFactory(applicant=cast.owner, cohort__name="Spring cohort", cohort__slug="spring")
    shown = home(cast.owner, signed_in)
    assert "Send your application: Spring cohort" in shown
    assert "/apply/spring/tasks/" in shown


def test_a_draft_that_can_no_longer_be_sent_does_not(cast: Cast, signed_in: SignedIn) -> None:
    ApplicationFactory(applicant=cast.owner, cohort__state=CohortState.SELECTING)
    assert "Send your application" not in home(cast.owner, signed_in)


def test_an_offer_comes_before_a_draft_with_a_later_deadline(
    cast: Cast, signed_in: SignedIn
) -> None:
    ApplicationFactory(applicant=cast.owner)
    application = ApplicationFactory(applicant=cast.owner, state=ApplicationState.OFFERED)
    OfferFactory(application=application, expires_at=NOW + timedelta(days=2))
    lapsed = ApplicationFactory(applicant=cast.owner, state=ApplicationState.OFFERED)
    OfferFactory(application=lapsed, expires_at=NOW - timedelta(minutes=1))
    shown = home(cast.owner, signed_in)
    assert shown.index("You are offered a place") < shown.index("Send your application")
    assert shown.count(f"/my/applications/{application.reference}/offer/") == 1
    assert f"/my/applications/{lapsed.reference}/offer/" not in shown


def test_a_sent_application_says_when_its_person_hears(cast: Cast, signed_in: SignedIn) -> None:
    ApplicationFactory(applicant=cast.owner, state=ApplicationState.SUBMITTED)
    assert "You hear from us about your application" in home(cast.owner, signed_in)


def test_a_participant_sees_the_dates_ahead(cast: Cast, signed_in: SignedIn) -> None:
    cohort = CohortFactory(state=CohortState.CONFIRMED)
    EnrolmentFactory(cohort=cohort, person=cast.owner)
    SessionFactory(cohort=cohort, title="Welcome workshop")
    assert "Welcome workshop" in home(cast.owner, signed_in)
    assert "Welcome workshop" not in home(cast.stranger, signed_in)


@pytest.mark.parametrize(("number", "told"), [(1, "1 application to read"), (3, "3 applications")])
def test_a_reader_sees_how_many_wait(
    cast: Cast, signed_in: SignedIn, number: int, told: str
) -> None:
    cohort = CohortFactory(state=CohortState.SELECTING)
    CohortReader.objects.create(cohort=cohort, person=cast.owner, added_at=NOW)
    for _number in range(number):
        Review.objects.create(
            application=ApplicationFactory(cohort=cohort, state=ApplicationState.UNDER_REVIEW),
            reader=cast.owner,
            state=ReviewState.ASSIGNED,
            assigned_at=NOW,
            due_on=date(2026, 12, 1),
        )
    assert told in home(cast.owner, signed_in)


def test_whoever_is_asked_for_support_is_led_to_answer(cast: Cast, signed_in: SignedIn) -> None:
    application = ApplicationFactory(
        applicant=cast.owner, cohort__state=CohortState.SELECTING, job_title="Team manager"
    )
    assert cast.colleague.user is not None
    named = support.Named("Bob", "Colleague", cast.colleague.user.email)
    chosen = support.choose_support(
        application=application, route=SupportRoute.MANAGER, named=named, by=cast.owner, at=NOW
    )
    assert "Alice" not in home(cast.colleague, signed_in)
    support.ask_support(application=application, by=cast.owner, at=NOW)
    shown = home(cast.colleague, signed_in)
    token = support.token_for(chosen)
    assert "Somebody asks for your support" in shown
    assert f"Alice Owner: {application.cohort.name}" in shown
    assert f"/support/{token}/" in shown
    assert application.reference not in shown
    assert "Alice" not in home(cast.stranger, signed_in)
    support.answer_support(token=token, answer=support.SupportAnswer.YES, at=NOW)
    assert "Alice" not in home(cast.colleague, signed_in)


def test_what_can_no_longer_be_answered_is_not_asked(cast: Cast, signed_in: SignedIn) -> None:
    application = ApplicationFactory(applicant=cast.owner, cohort__state=CohortState.SELECTING)
    assert cast.colleague.user is not None
    named = support.Named("Bob", "Colleague", cast.colleague.user.email)
    support.choose_support(
        application=application, route=SupportRoute.MANAGER, named=named, by=cast.owner, at=NOW
    )
    support.ask_support(application=application, by=cast.owner, at=NOW)
    Application.objects.update(state=ApplicationState.REJECTED, submitted_at=NOW)
    assert "Alice" not in home(cast.colleague, signed_in)


def test_a_line_manager_is_told_that_nobody_waits(cast: Cast, signed_in: SignedIn) -> None:
    CohortFactory()
    name_manager(
        person=cast.owner, manager=cast.colleague, named_as="Bob Colleague", by=None, at=NOW
    )
    shown = home(cast.colleague, signed_in)
    assert "Nobody is waiting for your support" in shown
    assert "Applications are open" not in shown
    assert "Alice" not in shown


@pytest.mark.parametrize("role", HOME_SAYS)
def test_every_role_is_told_what_will_come(
    cast: Cast, signed_in: SignedIn, role: Role | DerivedRole
) -> None:
    cohort = CohortFactory()
    if role == DerivedRole.READER:
        CohortReader.objects.create(cohort=cohort, person=cast.owner, added_at=NOW)
    person = cast.owner if role == DerivedRole.READER else staff(role)
    shown = home(person, signed_in)
    assert "Nothing waits for you" in shown
    assert '<p class="govuk-body">\n        You ' in shown
    assert "Applications are open" not in shown


def test_staff_are_led_to_their_pages(signed_in: SignedIn) -> None:
    assert "Go to the staff pages" in home(staff(), signed_in)


def test_the_home_does_not_grow_by_a_query_a_row(cast: Cast, signed_in: SignedIn) -> None:
    def add() -> None:
        application = ApplicationFactory(applicant=cast.owner, state=ApplicationState.OFFERED)
        OfferFactory(application=application)
        ApplicationFactory(applicant=cast.owner)

    grows_not(signed_in(cast.owner), "/my/", add, at_most=13)


def test_parts_are_laid_side_by_side_most_pressing_first() -> None:
    one = Home(actions=[Action("No date", "/a/", "Go")], things=[Thing("A", "/a/")])
    other = Home(
        actions=[
            Action("Later", "/b/", "Go", due=NOW + timedelta(days=9)),
            Action("Soon", "/c/", "Go", due=date(2026, 11, 22)),
        ],
        coming=[Coming("Far", date(2027, 3, 1)), Coming("Near", NOW)],
    )
    both = together([one, other])
    assert [action.title for action in both.actions] == ["Soon", "Later", "No date"]
    assert [coming.title for coming in both.coming] == ["Near", "Far"]


MENU = {"/my/", "/my/applications/", "/my/surveys/", "/my/data/"}
"""What everybody has."""


@pytest.mark.parametrize(
    ("role", "portal", "boards"),
    [
        (None, MENU, {"/my/"}),
        (
            Role.BOROUGH_COORDINATOR,
            {*MENU, "/my/borough/"},
            {"/my/"},
        ),
    ],
)
def test_menus_hold_only_what_a_person_may_open(
    role: str | None, portal: set[str], boards: set[str]
) -> None:
    person = staff(role) if role else PersonFactory()
    assert {place.href for place in portal_places(person)} == portal
    assert {place.href for place in staff_places(person)} == boards


def test_every_place_in_the_menus_opens(signed_in: SignedIn) -> None:
    for role in (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD, Role.BOROUGH_COORDINATOR):
        person = staff(role)
        places = {*portal_places(person)}
        if role != Role.BOROUGH_COORDINATOR:
            places |= {*staff_places(person)}
        for place in places:
            assert signed_in(person).get(place.href).status_code == 200, (role, place.href)


def test_a_home_leads_to_the_messages_of_its_person(cast: Cast, signed_in: SignedIn) -> None:
    assert 'href="/my/messages/"' in home(cast.owner, signed_in)


def test_a_home_leads_to_what_its_person_raised_and_to_nobody_else_s(
    cast: Cast, signed_in: SignedIn
) -> None:
    reader = ContactFactory()
    a_concern(reader, concerned=[cast.owner])
    assert 'href="/my/concerns/"' not in home(cast.owner, signed_in)
    a_concern(reader, by=cast.owner)
    assert 'href="/my/concerns/"' in home(cast.owner, signed_in)
    assert 'href="/my/concerns/"' not in home(reader.person, signed_in)


def test_a_visitor_has_no_menu() -> None:
    assert not [*portal_places(None), *staff_places(None)]


def test_an_editor_and_an_analyst_find_their_work(signed_in: SignedIn) -> None:
    assert 'href="/manage/"' in home(staff(Role.EDITOR), signed_in)
    shown = home(staff(Role.ANALYST), signed_in)
    assert 'href="/staff/equality/"' in shown
    assert 'href="/staff/surveys/compare/"' in shown
    assert 'href="/manage/"' not in shown


def test_an_analyst_is_not_led_to_pages_that_are_closed_to_them() -> None:
    assert [place.href for place in staff_places(staff(Role.ANALYST))] == [
        "/staff/surveys/compare/",
        "/staff/equality/",
        "/my/",
    ]


def test_an_analyst_finds_the_results_of_surveys(signed_in: SignedIn) -> None:
    assert signed_in(staff(Role.ANALYST)).get("/staff/surveys/compare/").status_code == 200
