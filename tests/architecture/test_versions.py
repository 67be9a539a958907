"""An installer that meets a library's cap takes an older Django or Wagtail and says nothing."""

from importlib.metadata import version

import pytest


@pytest.mark.parametrize(
    ("library", "release"),
    [("django", "6.1."), ("wagtail", "8.0."), ("celery", "5.7."), ("django-allauth", "65.21.")],
)
def test_the_chosen_release_is_in_use(library: str, release: str) -> None:
    assert version(library).startswith(release)
