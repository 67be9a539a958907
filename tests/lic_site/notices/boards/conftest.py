"""A Staff College admin, and a clock that has run."""

import pytest
from django.test import Client

from lic_site.common.models import Tick
from tests.factories.people import staff
from tests.lic_site.notices.support import NOW
from tests.support.people import SignedIn


@pytest.fixture
def college(signed_in: SignedIn) -> Client:
    for name in ("plan_tick", "deliver_tick"):
        Tick.objects.create(name=f"lic_site.notices.tasks.{name}", started_at=NOW, finished_at=NOW)
    return signed_in(staff())
