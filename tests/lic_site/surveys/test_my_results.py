"""Results as those read them whom they are about."""

import pytest

from lic_site.accounts.models import Person
from lic_site.surveys.models import Release
from lic_site.surveys.services import releasing
from tests.factories.people import PersonFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import a_running_cohort, a_session
from tests.factories.survey_results import a_released_wave, closed
from tests.factories.surveys import WaveFactory, answered
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def participant() -> Person:
    person: Person = EnrolmentFactory(cohort=a_running_cohort()).person
    return person


def a_release_for(person: Person, people: int = 12) -> Release:
    cohort = person.enrolments.get().cohort
    wave = WaveFactory(subject_id=a_session(cohort, days=-2).pk, group=cohort.pk)
    answered(wave, PersonFactory.create_batch(people))
    return closed(wave)


def test_results_are_read_once_they_are_shared_and_no_earlier(
    participant: Person, signed_in: SignedIn
) -> None:
    release, client = a_release_for(participant), signed_in(participant)
    url = f"/my/surveys/results/{release.wave_id}/"
    assert client.get(url).status_code == 404
    assert "No results yet" in client.get("/my/surveys/results/").text
    releasing.share(release=release, by=PersonFactory(), at=NOW)
    assert release.wave.about in client.get("/my/surveys/results/").text
    page = client.get(url).text
    assert "12 of 12 answered" in page
    assert "Share with participants" not in page
    assert "Spreadsheet" not in page
    assert client.get(f"/staff/surveys/{release.wave_id}/results/").status_code == 404


def test_nobody_reads_results_of_what_they_took_no_part_in(
    participant: Person, signed_in: SignedIn
) -> None:
    other = a_released_wave(12, subject_id=99_999)
    releasing.share(release=other, by=PersonFactory(), at=NOW)
    client = signed_in(participant)
    assert client.get(f"/my/surveys/results/{other.wave_id}/").status_code == 404


def test_the_list_takes_few_queries_whatever_was_shared(
    participant: Person, signed_in: SignedIn
) -> None:
    def add() -> None:
        release = a_release_for(participant, 5)
        releasing.share(release=release, by=PersonFactory(), at=NOW)

    grows_not(signed_in(participant), "/my/surveys/results/", add, at_most=12)
