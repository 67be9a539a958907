"""A certificate as a file. Its name says nothing."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cohorts.programme.certificates import Printed, draw
from cohorts.programme.models import Certificate
from lic_site.common.links import absolute


def check_address(certificate: Certificate) -> str:
    """Where it is checked: the number, and no name."""
    return absolute(reverse("programme:check_number", args=[certificate.number]))


def certificate_file(certificate: Certificate) -> HttpResponse:
    """Drawn anew each time, and kept nowhere. Raises Unprintable."""
    cohort = certificate.enrolment.cohort
    printed = Printed(
        name=certificate.name,
        programme=cohort.programme.name,
        cohort=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        issued_on=certificate.issued_on,
        number=certificate.number,
        issue=certificate.issue,
        address=check_address(certificate),
    )
    return HttpResponse(
        draw(printed, at=timezone.now()),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="certificate.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
