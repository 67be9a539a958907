"""Once a day is possible, and somebody chose it."""

from typing import Any

import pytest
import time_machine

from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from tests.factories.people import PersonFactory
from tests.lic_site.notices.digests.support import wants_digest
from tests.lic_site.notices.support import Reminder


@pytest.fixture(autouse=True)
def _once_a_day(
    settings: Any,
    clock: time_machine.Traveller,
    reminder: Reminder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.NOTICE_QUIET_HOURS = True
    settings.NOTICE_KINDS = [*settings.NOTICE_KINDS, "lic_site.notices.kinds.digests.KINDS"]
    monkeypatch.setattr(Reminder, "pace", Pace.CAN_WAIT)


@pytest.fixture
def person(db: None) -> Person:
    return wants_digest(PersonFactory(address="alice@example.org"))
