"""Results as they are read, taken along and shared."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from openpyxl import load_workbook

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Release, Wave
from tests.factories.people import PersonFactory, staff
from tests.factories.survey_results import (
    a_released_wave,
    choice,
    closed,
    pre_and_post,
    scale,
    version_of,
)
from tests.factories.surveys import WaveFactory, answered
from tests.support.people import SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def admin() -> Person:
    return staff(Role.COLLEGE_ADMIN)


@pytest.fixture
def client(admin: Person, signed_in: SignedIn) -> Client:
    return signed_in(admin)


def path(release: Release, more: str = "") -> str:
    return f"/staff/surveys/{release.wave_id}/results/{more}"


def test_a_page_says_who_answered_and_how(client: Client) -> None:
    page = client.get(path(a_released_wave(12))).text
    assert "12 of 12 answered: 100%" in page
    assert "The day was useful to me" in page
    assert "lic-chart--narrow" in page
    assert "95% interval" in page
    assert "nobody can be asked what they meant" in page


def test_too_few_answers_are_not_shown_and_why_is_said(client: Client) -> None:
    page = client.get(path(a_released_wave(4))).text
    assert "Fewer than five people answered, so no figure is shown" in page
    assert "Fewer than five of 4 answered" in page
    assert "4 of 4 answered" not in page
    assert "was deleted unread" in page
    assert "The day was useful" not in page


def test_groups_have_fixed_addresses(client: Client) -> None:
    wave = WaveFactory()
    people = PersonFactory.create_batch(14)
    answered(wave, people[:7], where=("room",))
    answered(wave, people[7:], where=("online",))
    release = closed(wave)
    assert path(release, "by/where/") in client.get(path(release)).text
    page = client.get(path(release, "by/where/")).text
    assert "In the room" in page
    assert "n = 7" in page
    assert client.get(path(release, "by/useful/")).status_code == 404
    assert client.get(path(release, "by/nothing/")).status_code == 404


def test_pairs_are_told_with_their_number_and_without_overclaiming(client: Client) -> None:
    _, after = pre_and_post(16, looking_back=True)
    page = client.get(path(after)).text
    assert "The same people, before and after" in page
    assert "<b>16</b> people, paired" in page
    assert "It does not say what caused it" in page
    assert "Over time" in page


def test_a_spreadsheet_holds_what_the_page_holds_and_is_written_down(
    client: Client, admin: Person, settings: Any
) -> None:
    settings.DEMO = True
    release = a_released_wave(12)
    response = client.post(path(release, "download/xlsx/"))
    assert response["Content-Disposition"] == 'attachment; filename="results.xlsx"'
    sheet = load_workbook(BytesIO(b"".join(response))).active
    rows = list(sheet.values)
    assert rows[0][0] == "Question"
    assert sum(row[4] for row in rows[1:6]) == 12
    assert {row[7] for row in rows[1:]} == {"Demonstration data"}
    assert AuditEvent.objects.filter(verb="surveys.results_exported", actor_id=admin.pk).exists()
    text = b"".join(client.post(path(release, "download/csv/"))).decode()
    assert "Strongly agree" in text
    assert client.post(path(release, "download/doc/")).status_code == 404


def test_a_report_can_be_read_by_a_screen_reader(client: Client) -> None:
    _, after = pre_and_post(16, looking_back=True)
    response = client.post(path(after, "report/"))
    pdf = pikepdf.open(BytesIO(response.content))
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    names = [str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    figures = [
        e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"
    ]
    assert len(figures) >= 4
    assert all("/Alt" in each for each in figures)
    assert "/Table" in names
    assert "/TH" in names


def test_results_are_shared_and_closed_again(client: Client) -> None:
    release = a_released_wave(12)
    client.post(path(release, "share/"), {"do": "share"})
    release.refresh_from_db()
    assert release.shared_at
    assert "Stop sharing" in client.get(path(release)).text
    client.post(path(release, "share/"), {"do": "unshare"})
    release.refresh_from_db()
    assert release.shared_at is None


def test_too_few_answers_cannot_be_shared(client: Client) -> None:
    page = client.post(path(a_released_wave(2), "share/"), {"do": "share"}, follow=True)
    assert "nothing to share" in page.text


def test_what_is_ones_own_has_no_page_for_staff(client: Client) -> None:
    wave = WaveFactory(mode=Mode.OWN, state=WaveState.CLOSED)
    Release.objects.create(wave=wave, figures={}, asked=9, answered=9, made_at=wave.made_at)
    for more in ("", "report/", "share/"):
        url = f"/staff/surveys/{wave.pk}/results/{more}"
        assert (client.post(url) if more else client.get(url)).status_code == 404
    assert client.get(f"/staff/surveys/{wave.pk}/answers/").status_code == 404


def test_named_answers_are_for_admins_and_each_look_is_written_down(
    client: Client, admin: Person, signed_in: SignedIn
) -> None:
    wave = WaveFactory(mode=Mode.NAMED)
    people = PersonFactory.create_batch(2)
    answered(wave, people, change=("More time, please",), useful=("2",))
    page = client.get(f"/staff/surveys/{wave.pk}/answers/").text
    assert people[0].name in page
    assert "More time, please" in page
    looks = AuditEvent.objects.filter(verb="surveys.answers_viewed", actor_id=admin.pk)
    assert {look.subject_id for look in looks} == {person.pk for person in people}
    response = client.post(f"/staff/surveys/{wave.pk}/answers/export/")
    rows = list(load_workbook(BytesIO(b"".join(response))).active.values)
    assert len(rows) == 3
    assert AuditEvent.objects.filter(verb="surveys.answers_exported").count() == 2
    lead = signed_in(staff(Role.PROGRAMME_LEAD))
    assert lead.get(f"/staff/surveys/{wave.pk}/answers/").status_code == 404


def test_cohorts_and_sessions_stand_side_by_side(client: Client) -> None:
    first = a_released_wave(8, group=4, group_name="Cohort 4", about="First day")
    second = WaveFactory(version=first.wave.version, group=4, about="Second day")
    answered(second, PersonFactory.create_batch(9))
    closed(second)
    slug = first.wave.questionnaire.slug
    start = client.get("/staff/surveys/compare/").text
    assert f"/staff/surveys/compare/{slug}/4/" in start
    page = client.get(f"/staff/surveys/compare/{slug}/4/").text
    assert "First day" in page
    assert "Second day" in page
    assert client.get("/staff/surveys/compare/nothing/").status_code == 404
    assert client.get(f"/staff/surveys/compare/{slug}/").status_code == 200


def test_a_page_takes_few_queries_whatever_is_asked(client: Client) -> None:
    def asked(questions: int) -> str:
        several = [scale(f"q{n}", f"Question {n}", item=f"i{n}") for n in range(questions)]
        wave = WaveFactory(version=version_of(*several, choice("where", "Where", "A", "B")))
        for person in PersonFactory.create_batch(6):
            answered(wave, [person], q0=("3",))
        return path(closed(wave))

    for url in (asked(1), asked(3)):
        grows_not(client, url, lambda: None, at_most=12)


def test_comparing_takes_few_queries_whatever_was_released(client: Client) -> None:
    first = a_released_wave(6)
    url = f"/staff/surveys/compare/{first.wave.questionnaire.slug}/"

    def add() -> None:
        wave = WaveFactory(version=first.wave.version)
        answered(wave, PersonFactory.create_batch(5))
        closed(wave)

    grows_not(client, url, add, at_most=8)
    assert Wave.objects.count() == 4
