"""Every component as Chromium draws it; ``Visitor.go`` runs axe over each page."""

import pytest

from tests.functional.conftest import NewVisitor

LAYOUTS = ["public", "portal", "staff", "bare"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_component_is_free_of_barriers(visitor: NewVisitor, phone: bool, layout: str) -> None:
    visitor(phone=phone).go(f"/dev/components/?layout={layout}&bad=1")


@pytest.mark.django_db(transaction=True)
def test_the_error_summary_takes_the_focus_and_leads_to_the_field(visitor: NewVisitor) -> None:
    page = visitor().page
    page.goto("/dev/components/?bad=1")
    assert page.locator(".govuk-error-summary").evaluate("it => it === document.activeElement")
    page.get_by_role("link", name="Full name: Answer this question.").click()
    assert page.locator("#id_name").evaluate("it => it === document.activeElement")


@pytest.mark.django_db(transaction=True)
def test_a_page_keeps_within_a_narrow_window(visitor: NewVisitor) -> None:
    page = visitor().page
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 at 400%
    page.goto("/dev/components/?bad=1")
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0
