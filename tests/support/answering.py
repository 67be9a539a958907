"""What the addresses of whoever answers stand on in the role matrix's world."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Response, Share
from tests import role_matrix as who
from tests.factories.surveys import InvitationFactory, WaveFactory, answered
from tests.support.running import Running


def arguments(
    people: Mapping[str, Person], runs: Running, at: datetime
) -> dict[str, dict[str, Any]]:
    """The applicant is asked about the second day, and answered for themselves about the first."""
    wave = WaveFactory(
        mode=Mode.OWN,
        subject_kind="session",
        subject_id=runs.ahead.pk,
        about="Second day",
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=9),
    )
    asked = InvitationFactory(wave=wave, person=people[who.APPLICANT])
    before = WaveFactory(mode=Mode.OWN, subject_kind="session", subject_id=runs.held.pk)
    answered(before, [people[who.APPLICANT]], at=at)
    response = Response.objects.get(person=people[who.APPLICANT])
    share = Share.objects.create(
        response=response,
        question="useful",
        reader=people[who.COLLEAGUE],
        relation="Your line manager",
        shared_at=at,
    )
    return {
        "survey/": {"token": token_for(asked)},
        "my/surveys/": {"pk": response.pk, "question": "useful"},
        "my/surveys/shares/": {"pk": share.pk},
    }
