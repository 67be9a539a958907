"""What a visitor reads."""

import pytest
from django.test import Client
from wagtail.models import Page

from cms.models import HomePage

PATHS = [
    "/",
    "/programme/",
    "/about/",
    "/news/",
    "/contact/",
    "/positive-action/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_reads_every_page_and_gets_no_cookie(
    home: HomePage, client: Client, path: str
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert '<meta name="description" content="' in html


def test_no_planted_page_is_forgotten_here(home: HomePage) -> None:
    assert {page.url for page in Page.objects.filter(depth__gte=2)} == set(PATHS)
