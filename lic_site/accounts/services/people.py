"""Verbs about who a person is: their details, their addresses, their employer, their duplicates."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import ContactAddress, Organisation, Person, User
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.accounts.services.editors import follow_grants
from lic_site.common.errors import Refusal
from lic_site.common.personal_data import declarations

DETAILS = ("given_name", "family_name", "job_title", "grade_band")


class AlreadySomebody(Refusal):
    """You have already told us who you are. Change your details on your profile page."""


class NotYourAddress(Refusal):
    """Choose one of the addresses you have confirmed."""


class SamePerson(Refusal):
    """Choose two different people to bring together."""


class TwoAccounts(Refusal):
    """Both people sign in with an account of their own. Ask them which one they use, and end the
    other by removing its addresses first.
    """


class RecordsClash(Refusal):
    """Both people have a record of the same thing, such as an application to the same cohort.
    Settle that first, then bring them together.
    """


@transaction.atomic
def find_or_add_person(
    *, email: str, given_name: str, family_name: str = "", by: Person | None, at: datetime
) -> Person:
    """The person whom this address belongs to, in whatever case it is typed; a new person without
    an account if nobody's. The name of somebody known is left as they gave it.
    """
    email = email.strip().lower()
    known = ContactAddress.objects.filter(email__iexact=email)
    if (found := known.first()) is not None:
        return found.person
    try:
        with transaction.atomic():
            person = Person.objects.create(
                given_name=given_name, family_name=family_name, created_at=at
            )
            ContactAddress.objects.create(person=person, email=email, is_primary=True)
    except IntegrityError:  # added in another request a moment ago
        return known.get().person
    audit.record("accounts.person_added", by=by, at=at, thing=person, subject=person)
    return person


@transaction.atomic
def introduce_oneself(
    *,
    user: User,
    given_name: str,
    family_name: str,
    job_title: str = "",
    grade_band: str = "",
    organisation: Organisation | None = None,
    at: datetime,
) -> Person:
    """A signed-in user says who they are. Raises AlreadySomebody."""
    if Person.objects.filter(user=user).exists():
        raise AlreadySomebody
    person = Person.objects.create(
        user=user,
        given_name=given_name,
        family_name=family_name,
        job_title=job_title,
        grade_band=grade_band,
        organisation=organisation,
        created_at=at,
    )
    follow_addresses(user=user, at=at)
    audit.record("accounts.person_added", by=person, at=at, thing=person, subject=person)
    return person


@transaction.atomic
def claim_person(*, user: User, at: datetime) -> Person | None:
    """On signing in, take up the person whom a verified address of this user's belongs to.

    None when nobody is known by it: the user is then asked who they are.
    """
    person = Person.objects.filter(user=user).first()
    if person is None:
        person = Person.objects.filter(
            user=None, erased_at=None, addresses__in=_known_by(user)
        ).first()
        if person is None:
            return None
        person.user = user
        person.save(update_fields=["user"])
        audit.record("accounts.person_claimed", by=person, at=at, thing=person, subject=person)
        follow_grants(person=person, at=at)
    follow_addresses(user=user, at=at)
    return person


def _known_by(user: User) -> models.QuerySet[ContactAddress]:
    return ContactAddress.objects.filter(email__in=_verified(user))


def _verified(user: User) -> dict[str, bool]:
    """The user's verified addresses, lower case → whether it is the main one."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return {row.email.lower(): row.primary for row in rows}


@transaction.atomic
def follow_addresses(*, user: User, at: datetime) -> None:
    """Bring the person's addresses in step with those the user has verified for signing in.

    An address known as somebody's who never signed in shows that they are the same person; an
    address given up elsewhere moves over.
    """
    person = Person.objects.filter(user=user).first()
    if person is None:
        return
    verified = _verified(user)
    for other in Person.objects.filter(user=None, addresses__email__in=verified).distinct():
        with suppress(RecordsClash):  # left apart, for staff to bring together
            merge_people(keep=person, duplicate=other, by=person, at=at)
    before = set(person.addresses.values_list("email", flat=True))
    person.addresses.exclude(verified_at=None).exclude(email__in=verified).delete()
    person.addresses.update(is_primary=False)
    for email, is_primary in verified.items():
        address, _ = ContactAddress.objects.get_or_create(
            email=email, defaults={"person": person, "verified_at": at}
        )
        if address.person_id != person.pk:
            address.for_essential = address.for_optional = False
        address.person = person
        address.verified_at = address.verified_at or at
        address.is_primary = is_primary
        address.save()
    if before != set(person.addresses.values_list("email", flat=True)):
        audit.record(
            "accounts.addresses_changed", by=person, at=at, subject=person, fields=["email"]
        )


@transaction.atomic
def change_details(*, person: Person, details: Mapping[str, str], by: Person, at: datetime) -> None:
    """Correct the person's name, job title or grade band."""
    changed = [name for name in DETAILS if details.get(name, (old := getattr(person, name))) != old]
    if not changed:
        return
    for name in changed:
        setattr(person, name, details[name])
    person.save(update_fields=changed)
    audit.record(
        "accounts.details_changed", by=by, at=at, thing=person, subject=person, fields=changed
    )


@transaction.atomic
def change_employer(
    *, person: Person, organisation: Organisation | None, by: Person | None, at: datetime
) -> None:
    """The person now works elsewhere. Their record stays; what they held for another organisation
    ends now.
    """
    if person.organisation_id == (organisation.pk if organisation else None):
        return
    person.organisation = organisation
    person.save(update_fields=["organisation"])
    scoped = person.grants.live(timezone.localdate(at)).exclude(organisation=None)
    for grant in scoped.exclude(organisation=organisation):
        grant.ended_at = at
        grant.save(update_fields=["ended_at"])
        audit.record("accounts.role_ended", by=by, at=at, thing=grant, subject=person)
    person.__dict__.pop("_holdings", None)
    follow_grants(person=person, at=at)
    audit.record(
        "accounts.employer_changed",
        by=by,
        at=at,
        thing=person,
        subject=person,
        fields=["organisation"],
    )


@transaction.atomic
def choose_address(*, person: Person, address: ContactAddress, category: str, at: datetime) -> None:
    """Messages of the category (``essential`` or ``optional``) go to this address from now on.

    Raises NotYourAddress.
    """
    if address.person_id != person.pk or address.verified_at is None:
        raise NotYourAddress
    field = {"essential": "for_essential", "optional": "for_optional"}[category]
    person.addresses.update(**{field: False})
    person.addresses.filter(pk=address.pk).update(**{field: True})
    audit.record(
        "accounts.address_chosen", by=person, at=at, thing=address, subject=person, fields=[field]
    )


@transaction.atomic
def merge_people(*, keep: Person, duplicate: Person, by: Person, at: datetime) -> None:
    """Bring two records of one person together: everything of ``duplicate`` becomes ``keep``'s.

    Of two equality records the newer stays. Raises SamePerson, TwoAccounts, RecordsClash.
    """
    if keep.pk == duplicate.pk:
        raise SamePerson
    if keep.user_id and duplicate.user_id:
        raise TwoAccounts
    user, duplicate.user = duplicate.user, None
    duplicate.save(update_fields=["user"])
    if user is not None:
        keep.user = user
    for name in (*DETAILS, "organisation"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(duplicate, name))
    keep.save()
    if keep.addresses.filter(is_primary=True).exists():
        duplicate.addresses.update(is_primary=False)
    duplicate.addresses.update(for_essential=False, for_optional=False)
    records = EqualityRecord.objects.filter(person__in=[keep, duplicate])
    for older in records.order_by("-updated_on", "-pk")[1:]:
        older.delete()
    try:
        with transaction.atomic():
            _move_everything(duplicate, keep)
    except IntegrityError as clash:
        raise RecordsClash from clash
    duplicate.given_name = duplicate.family_name = duplicate.job_title = ""
    duplicate.grade_band = ""
    duplicate.organisation = None
    duplicate.merged_into = keep
    duplicate.save()
    audit.record("accounts.people_merged", by=by, at=at, thing=duplicate, subject=keep)


def _move_everything(source: Person, target: Person) -> None:
    """Point every foreign key to ``source``, in whatever app, at ``target``; but first let each app
    drop what ``target`` has already and may have only once.
    """
    for declaration in declarations():
        for held in declaration.held:
            held.merge(target, source)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                rows = model._base_manager.filter(**{field.name: source})
                rows.update(**{field.name: target})
