"""Under which name a linked answer is kept: the same in each wave of a group, known to nobody."""

import hashlib
import hmac
import secrets

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.surveys.models import Series, Wave


@transaction.atomic
def pseudonym(wave: Wave, person: Person) -> str:
    """64 letters that lead back to the person only by way of the site's own keys."""
    series, _ = Series.objects.get_or_create(
        name=wave.series, defaults={"secret": secrets.token_hex(32)}
    )
    return of(series, person)


def of(series: Series, person: Person) -> str:
    """HMAC-SHA256 of the person under the secret of the series."""
    return hmac.new(series.secret.encode(), str(person.pk).encode(), hashlib.sha256).hexdigest()


def all_of(person: Person) -> list[str]:
    """Every pseudonym that the person has."""
    return [of(series, person) for series in Series.objects.all()]
