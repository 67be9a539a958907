"""The editor's side at /manage/."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks import Link
from cms.models import HomePage, StandardPage
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.services.editors import prepare_editors
from lic_site.accounts.services.roles import grant_role
from tests.factories.people import PersonFactory
from tests.support.people import SignedIn

LEADS_OUT = re.compile(r"logout|/manage/pages/\d+/(delete|unpublish)|\?")


@pytest.fixture
def editor(home: HomePage) -> Person:
    return entitled("Robin", "Inkwell")


def entitled(given_name: str, family_name: str) -> Person:
    person: Person = PersonFactory(given_name=given_name, family_name=family_name)
    now = timezone.now()
    prepare_editors(at=now)
    today = timezone.localdate(now)
    grant_role(person=person, role=Role.EDITOR, starts_on=today, ends_on=today, by=None, at=now)
    return person


def pages_within_reach(client: Client, start: str, most: int) -> Iterator[tuple[str, str]]:
    """Every page of the editor that its links lead to, with what stands on it."""
    waiting, seen = [start], {start}
    while waiting and len(seen) <= most:
        path = waiting.pop(0)
        response = client.get(path, follow=True)
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        html = response.content.decode()
        yield path, html
        for found in re.findall(r'(?:href|url)(?:=|&quot;: &quot;|": ")"?(/manage/[^"&]*)', html):
            if found not in seen and not LEADS_OUT.search(found):
                seen.add(found)
                waiting.append(found)


def test_an_editor_sees_no_person_anywhere(
    home: HomePage, editor: Person, signed_in: SignedIn
) -> None:
    other = entitled("Zebedee", "Quillfeather")
    assert other.user is not None
    about = StandardPage.objects.get(slug="about")
    about.owner = other.user
    about.save_revision(user=other.user, log_action=True).publish(user=other.user)
    client = signed_in(editor)
    one = f"/manage/pages/{about.pk}/"
    starts = ("", "account/", "images/", "documents/", "redirects/", "pages/search/?q=about")
    seen = {}
    for start in [*(f"/manage/{name}" for name in starts), f"{one}edit/", f"{one}history/", one]:
        seen |= dict(pages_within_reach(client, start, 3))
    assert len(seen) > 7
    for path, html in seen.items():
        for secret in ("Zebedee", "Quillfeather", other.user.email):
            assert secret not in html, path


@pytest.mark.parametrize(
    "path", ["users/", "groups/", "sites/", "workflows/list/", "reports/aging-pages/"]
)
def test_an_editor_opens_no_list_of_people_rights_or_deeds(
    editor: Person, signed_in: SignedIn, path: str
) -> None:
    response = signed_in(editor).get(f"/manage/{path}")
    assert response.status_code in {302, 403, 404}


def test_the_editor_wears_the_programmes_look_and_leads_to_no_report(
    editor: Person, signed_in: SignedIn
) -> None:
    html = signed_in(editor).get("/manage/").content.decode()
    assert "css/editor.css" in html
    assert "lic-mark" in html
    assert "/manage/reports/" not in html


def test_an_editor_changes_a_page_and_publishes_it(
    home: HomePage, editor: Person, signed_in: SignedIn
) -> None:
    page = StandardPage.objects.get(slug="cookies")
    client = signed_in(editor)
    assert client.get(f"/manage/pages/{page.pk}/edit/").status_code == 200
    assert page.permissions_for_user(editor.user).can_publish()
    assert page.get_workflow() is not None


def test_an_image_says_what_it_shows(db: None) -> None:
    picture = get_image_model()(title="A room", file=get_test_image_file())
    with pytest.raises(ValidationError) as refused:
        picture.full_clean()
    assert "description" in refused.value.message_dict


def test_a_document_of_another_kind_is_refused(editor: Person, signed_in: SignedIn) -> None:
    client = signed_in(editor)
    file = SimpleUploadedFile("run.exe", b"MZ", content_type="application/octet-stream")
    response = client.post("/manage/documents/add/", {"title": "Run", "file": file})
    assert response.status_code == 200
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"label": "Go", "page": None, "address": ""}, "page"),
        ({"label": "Go", "page": None, "address": "javascript:alert(1)"}, "address"),
        ({"label": "Go", "page": None, "address": "//elsewhere.example"}, "address"),
    ],
)
def test_a_link_leads_somewhere_safe(value: dict[str, str | None], field: str) -> None:
    block = Link()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    assert field in refused.value.block_errors


def test_a_link_to_a_page_of_the_site_passes() -> None:
    block = Link()
    link = block.to_python({"label": "Apply", "page": None, "address": "/apply/"})
    assert block.clean(link)["address"] == "/apply/"
