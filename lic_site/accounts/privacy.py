"""What this app holds about people, and what becomes of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from lic_site.accounts.equality import words_for
from lic_site.accounts.models import (
    AuditEvent,
    ContactAddress,
    ManagerRelation,
    Person,
    RoleGrant,
    User,
)
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.accounts.services.equality import equality_answers
from lic_site.accounts.services.privacy import (
    SIX_YEARS,
    TWO_YEARS,
    erase_person,
    silent_since,
)
from lic_site.common.personal_data import Held, PersonalData, Row, keep

WITH_YOU = "Kept for as long as we keep your record."


def _by_the_verb(_person: Person, _at: datetime) -> None:
    """``erase_person`` itself does these rows last, when no other row needs them."""


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _retain_people(at: datetime) -> int:
    silent = silent_since(at - SIX_YEARS, with_account=True)
    silent += silent_since(at - TWO_YEARS, with_account=False)
    for person in silent:
        erase_person(person=person, by=None, at=at)
    return len(silent)


def _retain_sign_ups(at: datetime) -> int:
    """A sign-up that nobody confirmed within a week was a mistake, or somebody else's address."""
    stale = User.objects.filter(date_joined__lt=at - timedelta(days=7), person=None).exclude(
        emailaddress__verified=True
    )
    return stale.delete()[0]


def _retain_sessions(at: datetime) -> int:
    over = Session.objects.filter(expire_date__lt=at)
    UserSession.objects.exclude(
        session_key__in=Session.objects.exclude(expire_date__lt=at).values("session_key")
    ).delete()
    return over.delete()[0]


def _grants_end(person: Person, at: datetime) -> None:
    person.grants.filter(ended_at=None).update(ended_at=at)


def _equality_words(person: Person) -> Iterable[Row]:
    answers = equality_answers(person)
    return [words_for(answers)] if answers else []


PERSONAL_DATA = PersonalData(
    held=(
        Held(
            model="accounts.Person",
            title="Who you are",
            fields=(
                "given_name",
                "family_name",
                "job_title",
                "grade_band",
                "organisation",
                "user",
                "merged_into",
                "created_at",
            ),
            of=lambda person: Person.objects.filter(pk=person.pk).select_related("organisation"),
            erase=_by_the_verb,
            kept_for=(
                "Erased six years after we last heard from you, or two years if you never had an "
                "account."
            ),
            retain=_retain_people,
            export=lambda person: [
                {
                    "First name": person.given_name,
                    "Last name": person.family_name,
                    "Job title": person.job_title,
                    "Grade": person.get_grade_band_display(),
                    "Employer": person.organisation,
                    "Known to us since": person.created_at,
                }
            ],
        ),
        Held(
            model="accounts.User",
            title="Your account",
            fields=("email", "date_joined", "last_login"),
            of=lambda person: User.objects.filter(person=person),
            erase=_by_the_verb,
            export=lambda person: [
                {
                    "Made on": user.date_joined,
                    "Last signed in": user.last_login or "Never",
                }
                for user in User.objects.filter(person=person)
            ],
            kept_for="Deleted with your record. A sign-up never confirmed is deleted after a week.",
            retain=_retain_sign_ups,
        ),
        Held(
            model="account.EmailAddress",
            title="Addresses you sign in with",
            fields=("email", "verified", "primary"),
            of=lambda person: EmailAddress.objects.filter(user__person=person),
            export=lambda person: [
                {"Address": address.email, "Confirmed": address.verified, "Main": address.primary}
                for address in EmailAddress.objects.filter(user__person=person)
            ],
            erase=_by_the_verb,
            kept_for=WITH_YOU,
        ),
        Held(
            model="mfa.Authenticator",
            title="Your second factors",
            fields=("type", "created_at", "last_used_at"),
            of=lambda person: Authenticator.objects.filter(user__person=person),
            export=lambda person: [
                {"Kind": factor.get_type_display(), "Since": factor.created_at}
                for factor in Authenticator.objects.filter(user__person=person)
            ],
            erase=_by_the_verb,
            kept_for="Kept until you remove them.",
        ),
        Held(
            model="usersessions.UserSession",
            title="Where you are signed in",
            fields=("ip", "user_agent", "created_at"),
            of=lambda person: UserSession.objects.filter(user__person=person),
            export=lambda person: [
                {
                    "Since": session.created_at,
                    "Internet address": session.ip,
                    "Browser": session.user_agent,
                }
                for session in UserSession.objects.filter(user__person=person)
            ],
            erase=_by_the_verb,
            kept_for="Deleted when you sign out, at the latest after two weeks.",
            retain=_retain_sessions,
        ),
        Held(
            model="accounts.ContactAddress",
            title="Addresses we write to",
            fields=("person", "email", "verified_at", "for_essential", "for_optional"),
            of=lambda person: ContactAddress.objects.filter(person=person),
            erase=lambda person, _at: _delete(ContactAddress.objects.filter(person=person)),
            kept_for=WITH_YOU,
            export=lambda person: [
                {
                    "Address": address.email,
                    "Confirmed": address.verified_at or "Not yet",
                    "Main address": "Yes" if address.is_primary else "No",
                }
                for address in person.addresses.all()
            ],
        ),
        Held(
            model="accounts.ManagerRelation",
            title="Line management",
            fields=("person", "manager", "named_as", "starts_on", "ends_on"),
            of=lambda person: ManagerRelation.objects.filter(Q(person=person) | Q(manager=person)),
            erase=lambda person, _at: _delete(
                ManagerRelation.objects.filter(Q(person=person) | Q(manager=person))
            ),
            kept_for=WITH_YOU,
            export=lambda person: [
                {
                    "Your line manager": relation.named_as,
                    "From": relation.starts_on,
                    "Until": relation.ends_on or "Now",
                }
                for relation in person.managers.all()
            ],
        ),
        Held(
            model="accounts.RoleGrant",
            title="Roles you have been given",
            fields=("person", "role", "organisation", "starts_on", "ends_on", "granted_by"),
            of=lambda person: RoleGrant.objects.filter(person=person),
            erase=_grants_end,
            kept_for="Kept without your name, so that it stays known who could see what.",
            export=lambda person: [
                {
                    "Role": grant.get_role_display(),
                    "For": grant.organisation or "The whole programme",
                    "From": grant.starts_on,
                    "Until": grant.ended_at or grant.ends_on,
                }
                for grant in person.grants.select_related("organisation")
            ],
        ),
        Held(
            model="accounts.EqualityRecord",
            title="What you told us for equality monitoring",
            fields=("person", "answers", "updated_on"),
            of=lambda person: EqualityRecord.objects.filter(person=person),
            erase=lambda person, _at: _delete(EqualityRecord.objects.filter(person=person)),
            kept_for="Kept until you withdraw it, and no longer than your record.",
            export=_equality_words,
        ),
        Held(
            model="accounts.AuditEvent",
            title="What was done with your records",
            fields=("actor_id", "subject_id", "verb", "at"),
            of=lambda person: AuditEvent.objects.about(person.pk),
            erase=_by_the_verb,
            kept_for="Kept for good. It holds numbers that lead to nobody once you are erased.",
            retain=keep,
            export=lambda _person: (),
        ),
    ),
    impersonal=(
        "accounts.Borough",
        "accounts.SubRegion",
        "accounts.Organisation",
        "accounts.RetentionRun",
    ),
)
