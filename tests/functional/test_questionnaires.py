"""An editor builds a questionnaire with a condition, looks at it as others will, publishes it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from lic_site.accounts.enums import Role
from lic_site.accounts.services.editors import follow_grants
from lic_site.surveys.definition import Condition
from lic_site.surveys.enums import Test as Whether
from lic_site.surveys.models import Questionnaire
from tests.factories.people import staff
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/manage/questionnaires/"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.PAGE_CACHE = False  # asked anew each time, not once a second
    plant_roots()
    call_command("bootstrap", verbosity=0)


def robin(new: NewVisitor, **kind: bool) -> Visitor:
    visitor = new(**kind)
    editor = staff(Role.EDITOR, given_name="Robin")
    follow_grants(at=timezone.now())
    visitor.sign_in(editor)
    return visitor


def begin(page: Page) -> None:
    page.goto(LIST)
    page.get_by_role("link", name="New questionnaire").click()
    page.get_by_role("link", name="An empty one").click()
    page.get_by_label("Name").fill("After the walk")
    page.get_by_label("Reaction").check()
    page.get_by_role("button", name="Make the draft").click()


def add_page(page: Page, title: str) -> None:
    page.get_by_role("link", name="Add a page").click()
    page.get_by_label("Heading of the page").fill(title)
    page.get_by_role("button", name="Save").click()


def build(visitor: Visitor) -> None:
    page = visitor.page
    begin(page)
    expect(page.get_by_text("There is no question yet")).to_be_visible()
    add_page(page, "The walk")
    visitor.look()
    page.get_by_role("link", name="Add a question to ‘The walk’").click()
    visitor.look()
    page.get_by_role("link", name="Agreement").click()
    page.get_by_label("Question").fill("It was worth the time")
    visitor.look()
    page.get_by_role("button", name="Save", exact=True).click()
    add_page(page, "More")
    page.get_by_role("link", name="Add a question to ‘More’").click()
    page.get_by_role("link", name="A longer answer").click()
    page.get_by_label("Question").fill("What should change?")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Condition of ‘What should change?’").click()
    page.get_by_role("link", name="It was worth the time").click()
    page.get_by_label("is at most").check()
    page.get_by_label("Which number").fill("2")
    visitor.look()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Only if ‘It was worth the time’ is at most: 2")).to_be_visible()
    visitor.look()


def publish(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Preview").click()
    visitor.look()
    expect(page.get_by_role("radio", name="Strongly agree")).to_be_visible()
    page.get_by_role("link", name="Next page").click()
    visitor.look()
    page.get_by_role("link", name="Back to the questionnaire").click()
    page.get_by_role("link", name="Check and publish").click()
    visitor.look()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is out.").first).to_be_visible()
    page.reload()  # Wagtail's message fades in and out, which is no matter of ours
    visitor.look()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_editor_builds_looks_and_publishes(visitor: NewVisitor, phone: bool) -> None:
    someone = robin(visitor, phone=phone)
    build(someone)
    publish(someone)
    version = Questionnaire.objects.get(name="After the walk").versions.get()
    first, last = version.definition.questions()
    assert last.when == Condition(question=first.code, test=Whether.AT_MOST, values=("2",))
    someone.page.goto(LIST)
    someone.look()
    assert not someone.complaints


def test_it_works_by_keyboard_without_javascript(visitor: NewVisitor) -> None:
    someone = robin(visitor, javascript=False, keyboard=True)
    someone.go(LIST)
    someone.press("New questionnaire")
    someone.press("An empty one")
    someone.fill("Name", "After the walk")
    someone.choose("Reaction: what people thought of it")
    someone.press("Make the draft")
    someone.press("Add a page")
    someone.fill("Heading of the page", "One")
    someone.press("Save")
    someone.press("Add a question to ‘One’")
    someone.press("Choose one")
    someone.fill("Question", "How?")
    someone.fill("Answer 1", "On foot")
    someone.fill("Answer 2", "By bus")
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")
    someone.press("Change ‘How?’")
    someone.press("Up ‘By bus’")
    expect(someone.page.get_by_label("Answer 1")).to_have_value("By bus")
