"""What comments are about: a short list that staff keep."""

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.models import Theme
from lic_site.surveys.policies import can
from lic_site.surveys.services import errors

FIRST = Path(__file__).resolve().parent.parent / "themes.toml"


@transaction.atomic
def load_themes(*, at: datetime) -> None:  # noqa: ARG001 - as every verb of the first hour
    """The themes that a site begins with; left alone once there are any."""
    if not Theme.objects.exists():
        names = tomllib.loads(FIRST.read_text())["themes"]
        Theme.objects.bulk_create(Theme(name=name) for name in names)


@transaction.atomic
def add_theme(*, name: str, by: Person, at: datetime) -> Theme:
    """Raises NotYours, SameTheme."""
    _must_keep(by)
    _must_be_new(name)
    theme = Theme.objects.create(name=name.strip())
    audit.record("surveys.theme_added", by=by, at=at, thing=theme)
    return theme


@transaction.atomic
def rename_theme(*, theme: Theme, name: str, by: Person, at: datetime) -> None:
    """Everywhere it stands. Raises NotYours, SameTheme."""
    _must_keep(by)
    _must_be_new(name, theme)
    theme.name = name.strip()
    theme.save(update_fields=["name"])
    audit.record("surveys.theme_renamed", by=by, at=at, thing=theme)


@transaction.atomic
def retire_theme(*, theme: Theme, by: Person, at: datetime) -> None:
    """It is offered no more; comments keep it. Retiring it again brings it back. Raises
    NotYours.
    """
    _must_keep(by)
    theme.retired_at = None if theme.retired_at else at
    theme.save(update_fields=["retired_at"])
    audit.record("surveys.theme_retired", by=by, at=at, thing=theme)


def _must_keep(by: Person) -> None:
    if not can(by, "keep_themes"):
        raise errors.NotYours


def _must_be_new(name: str, theme: Theme | None = None) -> None:
    same = Theme.objects.filter(name__iexact=name.strip())
    if (same.exclude(pk=theme.pk) if theme else same).exists():
        raise errors.SameTheme
