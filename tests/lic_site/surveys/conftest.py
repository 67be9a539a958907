import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Release, Wave
from tests.factories.people import PersonFactory, staff
from tests.factories.surveys import DAY, CheckerFactory, WaveFactory, answered
from tests.support.people import NOW


@pytest.fixture
def admin(db: None) -> Person:
    return staff(Role.COLLEGE_ADMIN)


@pytest.fixture
def lead(db: None) -> Person:
    return staff(Role.PROGRAMME_LEAD)


@pytest.fixture
def checker(admin: Person) -> Person:
    """The admin, named to check comments."""
    CheckerFactory(person=admin)
    return admin


def a_closed_wave(answers: int, *, mode: Mode = Mode.ANONYMOUS, **given: tuple[str, ...]) -> Wave:
    """Closed yesterday, so many having answered, with the release of its figures (empty ones)."""
    wave = WaveFactory(mode=mode)
    answered(wave, PersonFactory.create_batch(answers), **given)
    wave.state, wave.closes_at, wave.closed_at = WaveState.CLOSED, NOW - DAY / 2, NOW - DAY / 2
    wave.save()
    Release.objects.create(
        wave=wave, figures={}, asked=answers, answered=answers, made_at=wave.closed_at
    )
    return wave
