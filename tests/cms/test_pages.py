"""What a visitor reads."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from cms import menus
from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort
from cohorts.programme.services.starting import load_programme
from tests.support.queries import queries_of

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


def a_cohort(slug: str = "spring", **plan: object) -> Cohort:
    now = timezone.now()
    fields: dict[str, object] = {
        "name": f"Cohort {slug}",
        "summary": "For people who want a wider brief.",
        "state": CohortState.OPEN,
        "places": 24,
        "starts_on": now.date() + timedelta(days=90),
        "ends_on": now.date() + timedelta(days=300),
        "applications_open_at": now - timedelta(days=5),
        "applications_close_at": now + timedelta(days=20),
        "decisions_by": now.date() + timedelta(days=60),
        "created_at": now,
    }
    programme = load_programme(at=now)
    return Cohort.objects.create(programme=programme, slug=slug, **(fields | plan))


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_visitor_reads_every_page_and_gets_no_cookie(home: HomePage, client: Client) -> None:
    assert {page.url for page in Page.objects.filter(depth__gte=2)} == set(PATHS)
    for path in PATHS:
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200, path
        assert not response.cookies, path
        assert html.count("<h1") == html.count("<main") == 1, path
        assert '<meta name="description" content="' in html, path
        assert "{page:" not in html, path
        assert 'href=""' not in html, path


def test_the_menus_are_the_tree_and_mark_where_one_is(home: HomePage, client: Client) -> None:
    html = read(client, "/about/")
    main = html.partition('aria-label="Main"')[2].partition("</nav>")[0]
    assert all(title in main for title in ("The programme", "About", "News", "Contact"))
    assert "Cookies" not in main
    assert html.count('aria-current="page"') == 1
    assert all(title in html for title in ("Privacy", "Cookies", "Accessibility statement"))
    StandardPage.objects.get(slug="about").unpublish()
    assert "/about/" not in read(Client(), "/contact/")


def test_the_home_page_leads_to_the_cohort_that_is_open(home: HomePage, client: Client) -> None:
    a_cohort("draft", state=CohortState.DRAFT)
    later = timezone.now() + timedelta(days=9)
    a_cohort("later", applications_open_at=later)
    a_cohort("spring", eligible_grades=["first_line_manager"])
    html = read(client, "/")
    assert "/apply/spring/" in html
    assert "/apply/draft/" not in html
    html = read(client, "/programme/")
    assert "First-line manager" in html
    assert html.index("/apply/spring/") < html.index("Opening soon")
    assert "/interest/leadership-in-colour/" in html


def test_without_an_open_cohort_a_visitor_may_ask_to_be_told(
    home: HomePage, client: Client
) -> None:
    load_programme(at=timezone.now())
    assert "See how it works" in read(client, "/")
    assert "/interest/leadership-in-colour/" in read(client, "/programme/")


def test_the_positive_action_page_is_drawn_from_the_record(home: HomePage, client: Client) -> None:
    assert "has not been published yet" in read(client, "/positive-action/")
    load_programme(at=timezone.now())
    html = read(Client(), "/positive-action/")
    assert "970 of 1,950" in html
    assert "Open Government Licence v3.0" in html


@pytest.mark.parametrize(("path", "at_most"), [("/", 16), ("/programme/", 16), ("/about/", 13)])
def test_a_page_takes_few_queries_however_many_cohorts(
    home: HomePage, client: Client, path: str, at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lic_site.common.page_cache.LIFE", 0)
    a_cohort("one")
    before = queries_of(client, path)
    a_cohort("two")
    a_cohort("three")
    assert queries_of(client, path) == before <= at_most


def test_news_is_newest_first_and_paged(home: HomePage, client: Client) -> None:
    assert "No news yet" in read(client, "/news/")
    index = NewsIndexPage.objects.get()
    for day in range(1, 13):
        index.add_child(
            instance=NewsPage(
                title=f"News of day {day}",
                published_on=timezone.localdate() - timedelta(days=day),
                introduction="What happened.",
            )
        )
    html = read(Client(), "/news/?page=1")
    assert html.index("News of day 1<") < html.index("News of day 10<")
    assert "News of day 11" not in html
    assert "News of day 11" in read(Client(), "/news/?page=2")
    assert "Published" in read(Client(), "/news/news-of-day-1/")


def test_search_engines_get_pages_and_open_cohorts_and_no_private_address(
    home: HomePage, client: Client
) -> None:
    a_cohort("spring")
    sitemap = read(client, "/sitemap.xml")
    for path in [*PATHS, "/apply/spring/"]:
        assert f"<loc>{settings.SITE_URL}{path}</loc>" in sitemap
    robots = read(client, "/robots.txt")
    for prefix in ("/my/", "/staff/", "/manage/", "/accounts/", "/support/"):
        assert f"Disallow: {prefix}\n" in robots
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in robots


def test_before_anything_is_planted_nothing_breaks(db: None, client: Client) -> None:
    Page.objects.filter(depth=2).delete()
    assert "<url>" not in read(client, "/sitemap.xml")
    assert client.get("/").status_code == 404


def test_the_menus_are_kept_until_an_editor_changes_them(
    home: HomePage,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("lic_site.common.page_cache.READ_EVERY", 0)
    request = partial(RequestFactory().get, "/about/", headers={"host": "localhost"})

    def main() -> list[str]:
        return [entry.text for entry in menus.of(request()).main]

    with override_settings(PAGE_CACHE=True):
        assert "Contact" in main()
        with django_assert_num_queries(1):  # the generation's number
            main()
        with django_capture_on_commit_callbacks(execute=True):
            StandardPage.objects.get(slug="contact").unpublish()
        assert "Contact" not in main()
        with django_capture_on_commit_callbacks(execute=True):
            Site.objects.all().delete()
        assert main() == []
