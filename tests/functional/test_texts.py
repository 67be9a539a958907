"""An editor changes what a message says, sees it, and puts the site's own words back."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from cohorts.programme.models import Session
from lic_site.accounts.enums import Role
from lic_site.accounts.services.editors import follow_grants
from lic_site.notices import services
from lic_site.notices.models import MessageText
from tests.factories.people import staff
from tests.factories.running import a_running_cohort, a_session
from tests.functional.conftest import NewVisitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "programme.session_changed"


@pytest.fixture
def session(settings: Any) -> Session:
    settings.PAGE_CACHE = False  # asked anew each time, not once a second
    plant_roots()
    call_command("bootstrap", verbosity=0)
    cohort = a_running_cohort(members=1)
    return a_session(cohort, days=20, at=timezone.now())


def told(session: Session) -> str:
    """Whoever is expected at the session is told that it moved; what they read."""
    [place] = session.cohort.enrolments.select_related("person")
    sent = len(mail.outbox)
    services.send(KIND, to=place.person, about=session, at=timezone.now(), key=str(sent))
    services.drain(seconds=5)
    assert len(mail.outbox) == sent + 1
    return str(mail.outbox[-1].body)


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()


def test_an_editor_changes_what_a_message_says(session: Session, visitor: NewVisitor) -> None:
    robin = visitor()
    editor = staff(Role.EDITOR, given_name="Robin")
    follow_grants(at=timezone.now())
    robin.sign_in(editor)
    page = robin.page
    page.goto("/manage/texts/")
    page.get_by_role("link", name="Session moved", exact=True).click()
    body = page.locator("#id_body")
    words = body.input_value()
    assert "{details}" in words

    body.fill(words.replace("{given_name}", "{givenname}"))
    publish(page)
    expect(page.get_by_text("Did you mean ‘given_name’?")).to_be_visible()
    assert "{givenname}" in body.input_value(), "what was typed stays"
    assert "Something in your calendar has changed" in told(session)

    body.fill("Dear {given_name},\n\nour words.\n\n{details}")
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe#w-preview-iframe")
    expect(shown.get_by_text("our words.")).to_be_visible()
    expect(shown.get_by_text("Leading through change")).to_be_visible()

    publish(page)
    page.wait_for_url("**/manage/texts/")
    assert "our words." in told(session)

    page.get_by_role("link", name="Session moved", exact=True).click()
    expect(page.get_by_text("Your published words go out")).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Back to the site’s own words").click()
    page.get_by_role("button", name="Use the site’s own words").click()
    expect(page.get_by_text("says the site’s own words again")).to_be_visible()
    assert not MessageText.objects.get(kind=KIND).live
    assert "Something in your calendar has changed" in told(session)
