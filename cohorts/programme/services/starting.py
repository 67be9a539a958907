"""The programme as a new site begins with it."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohorts.programme.models import Funding, PositiveActionRecord, Programme, Strand
from cohorts.programme.services.programmes import save_part

WORDS = Path(__file__).resolve().parent.parent / "starting.toml"


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
