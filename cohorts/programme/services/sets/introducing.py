"""What a participant shows the others of their set."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.models import Enrolment, Introduction
from cohorts.programme.services.sets.errors import NotNamedYet
from lic_site.accounts import audit
from lic_site.accounts.models import Person


@transaction.atomic
def introduce(
    *,
    enrolment: Enrolment,
    shows_family_name: bool,
    shows_job_title: bool,
    shows_organisation: bool,
    email: str,
    phone: str,
    about: str,
    by: Person,
    at: datetime,
) -> Introduction:
    """Keep what the others of the set see beside the first name. Raises NotNamedYet."""
    chosen = enrolment.learning_set
    if chosen is None or chosen.named_at is None:
        raise NotNamedYet
    values = {
        "shows_family_name": shows_family_name,
        "shows_job_title": shows_job_title,
        "shows_organisation": shows_organisation,
        "email": email,
        "phone": phone,
        "about": about,
    }
    made, _ = Introduction.objects.update_or_create(
        enrolment=enrolment, defaults={**values, "updated_at": at}
    )
    audit.record(
        "programme.introduction_changed",
        by=by,
        at=at,
        thing=made,
        subject=enrolment.person,
        fields=list(values),
    )
    return made
