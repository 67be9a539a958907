"""Figures are made once; sharing them is written down."""

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys.enums import Mode
from lic_site.surveys.models import Release
from lic_site.surveys.services import releasing
from tests.factories.people import PersonFactory
from tests.factories.survey_results import a_released_wave
from tests.factories.surveys import WaveFactory, answered
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def by() -> Person:
    return PersonFactory()


def test_a_release_never_changes() -> None:
    release = a_released_wave(8)
    answered(release.wave, PersonFactory.create_batch(3))
    again = releasing.make(wave=release.wave, at=NOW)
    assert again == release
    assert again.figures == release.figures
    assert Release.objects.count() == 1


def test_of_what_is_ones_own_there_are_no_figures() -> None:
    wave = WaveFactory(mode=Mode.OWN)
    assert releasing.make(wave=wave, at=NOW) is None
    assert not Release.objects.exists()


def test_sharing_and_taking_it_back_are_written_down_once(by: Person) -> None:
    release = a_released_wave(8)
    for verb in (releasing.share, releasing.share, releasing.unshare, releasing.unshare):
        verb(release=release, by=by, at=NOW)
    verbs = AuditEvent.objects.filter(actor_id=by.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["surveys.results_shared", "surveys.results_unshared"]


def test_nothing_is_shared_where_too_few_answered(by: Person) -> None:
    release = a_released_wave(3)
    with pytest.raises(releasing.NothingToShare):
        releasing.share(release=release, by=by, at=NOW)
    release.refresh_from_db()
    assert release.shared_at is None
