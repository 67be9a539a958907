"""The public site as it is first planted."""

import pytest
from django.utils import timezone

from cms.models import HomePage
from cms.services import starting_site


@pytest.fixture
def home(db: None) -> HomePage:
    starting_site.plant(at=timezone.now())
    return HomePage.objects.get()
