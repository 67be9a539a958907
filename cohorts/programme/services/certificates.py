"""Certificates: issued, issued again, withdrawn, checked by anybody who has the number and the
last name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cohorts.programme.certificates import can_print, same_name, tidy_number
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Certificate, Enrolment
from cohorts.programme.references import new_certificate_number
from cohorts.programme.services.places import lock_cohort
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.services import send


class NotCompleted(Refusal):
    """Only somebody who has completed the cohort gets a certificate."""


class OwnCertificate(Refusal):
    """You cannot issue your own certificate. Ask a colleague."""


class CannotPrint(Refusal):
    """There are letters in this name that the certificate cannot print. Give the name as it should
    be printed, in letters such as A to Z.
    """

    field = "name"


class AlreadyWithdrawn(Refusal):
    """This certificate is withdrawn already."""


@dataclass(frozen=True)
class Issued:
    certificates: tuple[Certificate, ...]
    left_out: tuple[Enrolment, ...]
    """Completed, but the name cannot be printed as it is."""


@transaction.atomic
def issue_certificates(
    *, enrolments: Iterable[Enrolment], by: Person, at: datetime, tells: bool = True
) -> Issued:
    """Issue to everybody of one cohort who has completed it and has no certificate in force; each
    is told, unless the caller writes to them itself. Issuing twice issues once. One's own is left
    to a colleague.
    """
    wanted = [each.pk for each in enrolments]
    completed = Enrolment.objects.filter(
        pk__in=wanted, state=EnrolmentState.COMPLETED, person__erased_at=None
    ).exclude(person=by)
    for cohort_id in sorted(set(completed.values_list("cohort_id", flat=True))):
        lock_cohort(cohort_id)
    certificates, left_out = [], []
    for enrolment in completed.select_related("person", "certificate").order_by("pk"):
        held: Certificate | None = getattr(enrolment, "certificate", None)
        if held is not None and held.withdrawn_at is None:
            continue
        if not can_print(enrolment.person.name):
            left_out.append(enrolment)
            continue
        certificates.append(_issue(enrolment, held, by=by, at=at, tells=tells))
    return Issued(tuple(certificates), tuple(left_out))


@transaction.atomic
def reissue_certificate(
    *, enrolment: Enrolment, name: str, family_name: str, by: Person, at: datetime
) -> Certificate:
    """Issue it (again) with this name. The number stays, so that what was printed can still be
    checked, under the last name given now.

    Raises NotCompleted, CannotPrint, OwnCertificate.
    """
    lock_cohort(enrolment.cohort_id)
    enrolment.refresh_from_db()
    if enrolment.person_id == by.pk:
        raise OwnCertificate
    if enrolment.state != EnrolmentState.COMPLETED or enrolment.person.erased_at:
        raise NotCompleted
    if not can_print(name):
        raise CannotPrint
    held = Certificate.objects.filter(enrolment=enrolment).first()
    return _issue(enrolment, held, by=by, at=at, name=name, family_name=family_name)


def _issue(
    enrolment: Enrolment,
    held: Certificate | None,
    *,
    by: Person,
    at: datetime,
    name: str = "",
    family_name: str = "",
    tells: bool = True,
) -> Certificate:
    person = enrolment.person
    printed = {
        "name": name or person.name,
        "family_name": family_name or person.family_name or person.given_name,
    }
    if held is None:
        certificate = Certificate.objects.create(
            enrolment=enrolment,
            number=new_certificate_number(),
            issued_on=timezone.localdate(at),
            issued_by=by,
            **printed,
        )
    else:
        issue = held.issue + 1
        Certificate.objects.filter(pk=held.pk).update(issue=issue, withdrawn_at=None, **printed)
        held.refresh_from_db()
        certificate = held
    audit.record("programme.certificate_issued", by=by, at=at, thing=certificate, subject=person)
    if tells:
        key = str(certificate.issue)
        send("programme.certificate_ready", to=person, about=certificate, at=at, key=key)
    return certificate


@transaction.atomic
def withdraw_certificate(*, enrolment: Enrolment, by: Person, at: datetime) -> Certificate:
    """The certificate no longer counts: it cannot be downloaded, and no check confirms it.

    Raises AlreadyWithdrawn.
    """
    lock_cohort(enrolment.cohort_id)
    live = Certificate.objects.filter(enrolment=enrolment, withdrawn_at=None)
    if not live.update(withdrawn_at=at):
        raise AlreadyWithdrawn
    certificate = Certificate.objects.get(enrolment=enrolment)
    audit.record(
        "programme.certificate_withdrawn",
        by=by,
        at=at,
        thing=certificate,
        subject=enrolment.person,
        fields=["withdrawn_at"],
    )
    return certificate


@transaction.atomic
def set_checkable(
    *, certificate: Certificate, checkable: bool, by: Person, at: datetime
) -> Certificate:
    """The holder lets the check page confirm the certificate, or stops it."""
    changed = Certificate.objects.filter(pk=certificate.pk).exclude(is_checkable=checkable)
    if changed.update(is_checkable=checkable):
        audit.record(
            "programme.certificate_changed",
            by=by,
            at=at,
            thing=certificate,
            subject=by,
            fields=["is_checkable"],
        )
    certificate.refresh_from_db()
    return certificate


@dataclass(frozen=True)
class Confirmed:
    """All that a check says: neither whose certificate it is nor which cohort."""

    programme: str
    issued_on: date


def check_certificate(*, number: str, family_name: str) -> Confirmed | None:
    """What the check page says of this number under this last name: None for a number that is not
    known, another name, a check that was switched off, a certificate withdrawn. As much work for
    each.
    """
    rows = Certificate.objects.filter(number=tidy_number(number)).values_list(
        "family_name",
        "is_checkable",
        "withdrawn_at",
        "issued_on",
        "enrolment__cohort__programme__name",
    )
    name, is_checkable, withdrawn_at, issued_on, programme = rows.first() or _NOBODY
    is_theirs = same_name(family_name, name)
    if is_theirs and is_checkable and withdrawn_at is None:
        return Confirmed(programme, issued_on)
    return None


_NOBODY = ("", False, None, date.min, "")
