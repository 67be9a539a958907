"""Materials of a session: kept back, shared, downloaded by those they are for."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cohorts.programme.enums import CohortState
from cohorts.programme.kinds.sessions import MaterialsReady
from cohorts.programme.models import Cohort, Enrolment, Material, Session
from cohorts.programme.services.sessions import errors, materials
from lic_site.notices.models import Notice
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.running import (
    LearningSetFactory,
    MaterialFactory,
    a_running_cohort,
    a_session,
    in_set,
)
from tests.support.people import NOW, Cast, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def session(cast: Cast) -> Session:
    """Alice leads it; Bob takes part."""
    cohort = a_running_cohort(slug="running")
    in_set(LearningSetFactory(cohort=cohort), cast.colleague)
    return a_session(cohort, days=5, title="Second day", leads=cast.owner)


def a_file(name: str = "Race and power, Bob.pdf", words: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words)


def add(browser: Client, session: Session, **values: Any) -> Any:
    form = {"title": "Reading", "link": "", "share": "later"} | values
    return browser.post(url("add_material", session.pk), form)


def told() -> list[int]:
    waiting = Notice.objects.filter(kind="programme.materials_ready")
    return list(waiting.values_list("recipient_id", flat=True))


def test_a_file_is_kept_back_then_shared_and_told_once_a_day(
    alice: Client, session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    assert "Once it is shared" in text_of(alice, url("add_material", session.pk))
    assert add(alice, session, file=a_file()).status_code == 302
    made, bob = Material.objects.get(), signed_in(cast.colleague)
    assert (made.file_kind, made.size, made.shared_at) == ("PDF", len(PDF), None)
    page, download = url("my_session", "running", session.pk), url("material", made.pk)
    assert "Reading" not in text_of(bob, page)
    assert bob.get(download).status_code == 404
    assert not told()
    alice.post(url("change_material", made.pk), {"do": "share"})
    add(alice, session, title="More", link="https://example.org/more", share="now")
    assert told() == [cast.colleague.pk]
    assert "Reading" in text_of(bob, page)
    assert "https://example.org/more" in text_of(bob, page)
    answer: Any = bob.get(download)
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert answer.headers["Cache-Control"].startswith("private, no-store")
    alice.post(url("change_material", made.pk), {"do": "hide"})
    assert bob.get(download).status_code == 404


def test_only_those_it_is_for_and_who_lead_it_reach_a_file(
    alice: Client, session: Session, cast: Cast, signed_in: SignedIn, office: Client
) -> None:
    add(alice, session, file=a_file(), share="now")
    made = Material.objects.get()
    download, change = url("material", made.pk), url("change_material", made.pk)
    by_staff: Any = office.get(download)
    assert by_staff.getvalue() == PDF
    assert signed_in(cast.stranger).get(download).status_code == 404
    assert Client().get(download).status_code == 302
    for browser in (signed_in(cast.stranger), signed_in(cast.colleague)):
        assert browser.post(change, {"do": "remove"}).status_code == 404
        assert browser.get(url("add_material", session.pk)).status_code == 404
    assert alice.get(change).status_code == 405
    assert "Second day" in text_of(office, url("add_material", session.pk))
    to_staff = office.post(change, {"do": "hide"})
    assert to_staff.headers["Location"] == url("staff_session", "running", session.pk)
    linked = MaterialFactory(session=session)
    assert alice.get(url("material", linked.pk)).status_code == 404


def test_a_wrong_file_is_refused_in_words_and_what_was_typed_stays(
    alice: Client, session: Session
) -> None:
    for values, words in (
        ({"file": a_file("x.exe", b"MZ\x00\x01")}, "We cannot take this kind of file."),
        ({}, "Choose a file or give a link, not both."),
        ({"file": a_file(), "link": "https://example.org/"}, "not both."),
        ({"link": "nonsense"}, "Enter the whole link"),
        ({"title": ""}, "Say what it is, in a few words."),
    ):
        page = add(alice, session, **({"title": "Kept words"} | values)).content.decode()
        assert words in page
        assert "There is a problem" in page
        assert "Kept words" in page or not values.get("title", "x")
    assert not Material.objects.exists()


def test_removing_takes_the_file_away(
    alice: Client, session: Session, django_capture_on_commit_callbacks: Any, tmp_path: Path
) -> None:
    add(alice, session, file=a_file())
    made = Material.objects.get()
    assert any(path.is_file() for path in tmp_path.rglob("*"))
    with django_capture_on_commit_callbacks(execute=True):
        alice.post(url("change_material", made.pk), {"do": "remove"})
    assert not Material.objects.exists()
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
    assert alice.get(url("material", made.pk)).status_code == 404


def test_a_lost_file_is_a_404(alice: Client, session: Session, tmp_path: Path) -> None:
    add(alice, session, file=a_file())
    made = Material.objects.get()
    Path(made.file.path).unlink()
    assert alice.get(url("material", made.pk)).status_code == 404


def test_the_message_is_wanted_while_something_is_shared_with_them(
    session: Session, cast: Cast
) -> None:
    kind, made = MaterialsReady(), MaterialFactory(session=session)
    anchor = kind.anchor(session.pk)
    assert anchor is not None
    assert kind.is_wanted(anchor, cast.colleague)
    assert set(kind.context(anchor, cast.colleague)) == set(kind.sample())
    assert not kind.is_wanted(anchor, cast.stranger)
    materials.hide_material(material=made, by=cast.owner, at=NOW)
    assert not kind.is_wanted(anchor, cast.colleague)


def test_nobody_is_told_of_what_is_shared_in_a_plan(session: Session, cast: Cast) -> None:
    made = MaterialFactory(session=session, shared_at=None)
    Cohort.objects.update(state=CohortState.OPEN)
    made.refresh_from_db()
    materials.share_material(material=made, by=cast.owner, at=NOW)
    materials.share_material(material=made, by=cast.owner, at=NOW)
    assert made.shared_at == NOW
    assert not told()
    assert Enrolment.objects.exists()


def test_neither_file_nor_link_is_refused(session: Session, cast: Cast) -> None:
    with pytest.raises(errors.FileOrLink):
        materials.add_material(
            session=session, title="x", upload=None, link="", share=False, by=cast.owner, at=NOW
        )
