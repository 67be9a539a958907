"""The programme as a new site begins with it."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from govuk_bank_holidays.bank_holidays import BankHolidays

from cohorts.programme.enums import AvoidKind
from cohorts.programme.models import (
    AvoidDate,
    Funding,
    PositiveActionRecord,
    Programme,
    Strand,
)
from cohorts.programme.services.programmes import save_part
from cohorts.programme.services.sessions.avoiding import save_avoid_date

WORDS = Path(__file__).resolve().parent.parent / "starting.toml"
DAYS = WORDS.with_name("dates_to_avoid.toml")
YEARS = range(2026, 2029)
"""The years whose bank holidays are loaded."""


@transaction.atomic
def load_programme(*, at: datetime) -> Programme:
    """Load the programme with its strands, its positive-action record and its first funding.

    Where there is a programme already, it is left as staff have edited it.
    """
    programme = Programme.objects.order_by("pk").first()
    if programme is not None:
        return programme
    words: dict[str, Any] = tomllib.loads(WORDS.read_text())
    strands, record, funding = (
        words.pop(part) for part in ("strands", "positive_action", "funding")
    )
    programme = save_part(part=Programme(), by=None, at=at, **words)
    for strand in strands:
        save_part(part=Strand(programme=programme), by=None, at=at, **strand)
    review_on = timezone.localdate(at) + timedelta(days=record.pop("review_every_days"))
    save_part(
        part=PositiveActionRecord(programme=programme),
        by=None,
        at=at,
        review_on=review_on,
        **{name: text.strip() for name, text in record.items()},
    )
    for line in funding:
        save_part(part=Funding(programme=programme), by=None, at=at, **line)
    return programme


@transaction.atomic
def load_dates_to_avoid(*, at: datetime) -> None:
    """Load faith festivals, school holidays and bank holidays. Where there is any such day
    already, the list is left as staff have edited it. Reads no network: the bank holidays are
    those that GOV.UK had published when ``govuk-bank-holidays`` was released.
    """
    if AvoidDate.objects.exists():
        return
    days: dict[str, list[dict[str, Any]]] = tomllib.loads(DAYS.read_text())
    for kind, entries in days.items():
        for entry in entries:
            last = entry.pop("ends_on", entry["starts_on"])
            save_avoid_date(
                avoid_date=AvoidDate(kind=AvoidKind(kind), ends_on=last), by=None, at=at, **entry
            )
    for name, day in _bank_holidays():
        save_avoid_date(
            avoid_date=AvoidDate(kind=AvoidKind.BANK, starts_on=day, ends_on=day),
            by=None,
            at=at,
            name=name,
            source="GOV.UK, bank holidays in England and Wales",
        )


def _bank_holidays() -> Iterator[tuple[str, date]]:
    known = BankHolidays(use_cached_holidays=True)
    for holiday in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES):
        if holiday["date"].year in YEARS:
            yield holiday["title"], holiday["date"]
