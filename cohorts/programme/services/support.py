"""Support from a manager, or another senior colleague: informs, never blocks.

Nobody is written to until the applicant asks, having seen what the supporter will see: the name,
the cohort and its dates. Every link ends when the answer can no longer matter, or when the
applicant names somebody else.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import SUPPORT_STATES, SupportAnswer, SupportRoute
from cohorts.programme.models import Application, ManagerSupport
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.accounts.services.people import find_or_add_person
from lic_site.common import tokens
from lic_site.common.errors import Refusal
from lic_site.notices.services import send

PURPOSE = "support"
NAMED_ROUTES = frozenset({SupportRoute.MANAGER, SupportRoute.SENIOR})


class Yourself(Refusal):
    """That is your own address. Give the address of the colleague whose support you ask for."""

    field = "email"


class SupporterMissing(Refusal):
    """Say whose support you ask for: their first name and their work e-mail address."""


class NothingToAsk(Refusal):
    """You chose to ask nobody for now. Choose somebody first."""


class DecisionMade(Refusal):
    """Your application has been decided, so support can no longer be asked for."""


class LinkEnded(Refusal):
    """This link does not open anything now."""


@dataclass(frozen=True)
class Named:
    """The colleague whom the applicant names."""

    given_name: str
    family_name: str
    email: str


@transaction.atomic
def choose_support(
    *,
    application: Application,
    route: SupportRoute,
    named: Named | None = None,
    by: Person,
    at: datetime,
) -> ManagerSupport:
    """Say whom to ask, without asking yet. Naming the same person again, in whatever case their
    address is typed, changes nothing; naming another ends the earlier link and its answer.

    Raises SupporterMissing, Yourself, DecisionMade.
    """
    application = _undecided(application)
    supporter = None
    if route in NAMED_ROUTES:
        if named is None or not (named.given_name and named.email):
            raise SupporterMissing
        supporter = _supporter(named, by=by, at=at)
    support = ManagerSupport.objects.filter(application=application).first()
    if support is None:
        support = ManagerSupport(application=application)
    elif support.supporter != supporter or (supporter is None and support.route != route):
        support.version += 1
        support.asked_at = support.answered_at = None
        support.answer = support.conditions = ""
    support.route = route
    support.supporter = supporter
    support.given_name = named.given_name if named and supporter else ""
    support.family_name = named.family_name if named and supporter else ""
    support.email = named.email if named and supporter else ""
    support.save()
    audit.record("programme.support_chosen", by=by, at=at, thing=support, subject=by)
    return support


def _supporter(named: Named, *, by: Person, at: datetime) -> Person:
    email = named.email.strip().lower()
    own = {address.email.lower() for address in by.addresses.all()}
    if by.user is not None:
        own.add(by.user.email.lower())
    if email in own:
        raise Yourself
    supporter = find_or_add_person(
        email=email, given_name=named.given_name, family_name=named.family_name, by=by, at=at
    )
    if supporter.pk == by.pk:  # known by an address of theirs that was brought together
        raise Yourself
    return supporter


@transaction.atomic
def ask_support(*, application: Application, by: Person, at: datetime) -> ManagerSupport:
    """Ask now: write to the colleague, or put the request before Staff College. Asking twice
    asks once. Raises NothingToAsk, DecisionMade.
    """
    application = _undecided(application)
    support = ManagerSupport.objects.filter(application=application).first()
    if support is None or support.route == SupportRoute.NOBODY:
        raise NothingToAsk
    if support.asked_at is not None:
        return support
    support.asked_at = at
    support.save(update_fields=["asked_at"])
    audit.record("programme.support_asked", by=by, at=at, thing=support, subject=by)
    if support.supporter is not None:
        key = f"v{support.version}"
        send("programme.manager_asked", to=support.supporter, about=support, at=at, key=key)
    return support


def _undecided(application: Application) -> Application:
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state not in SUPPORT_STATES:
        raise DecisionMade
    return current


def token_for(support: ManagerSupport) -> str:
    """The supporter's link."""
    return tokens.make(PURPOSE, support.pk, support.version)


def open_request(token: str) -> ManagerSupport:
    """What the link opens. Raises LinkEnded, in the same words whether it was never made, has
    been replaced, or the answer can no longer matter.
    """
    found = tokens.read(PURPOSE, token)
    if found is None:
        raise LinkEnded
    pk, version = found
    support = (
        ManagerSupport.objects.select_related(
            "application__cohort", "application__applicant", "supporter"
        )
        .filter(
            pk=pk,
            version=version,
            asked_at__isnull=False,
            supporter__isnull=False,
            application__state__in=SUPPORT_STATES,
        )
        .first()
    )
    if support is None:
        raise LinkEnded
    return support


@transaction.atomic
def answer_support(
    *, token: str, answer: SupportAnswer, conditions: str = "", at: datetime
) -> ManagerSupport:
    """The colleague's answer; until the decision it can be given again. Raises LinkEnded.

    ``conditions`` are kept only with an answer that has them. The applicant is told once that an
    answer came.
    """
    asked = open_request(token)
    Application.objects.select_for_update().get(pk=asked.application_id)
    support = open_request(token)  # again: nobody else can be named and nothing decided now
    supporter, applicant = support.supporter, support.application.applicant
    is_first = support.answered_at is None
    support.answer = answer
    support.conditions = conditions if answer == SupportAnswer.CONDITIONS else ""
    support.answered_at = at
    support.save(update_fields=["answer", "conditions", "answered_at"])
    audit.record(
        "programme.support_answered", by=supporter, at=at, thing=support, subject=applicant
    )
    if is_first:
        key = f"v{support.version}"
        send("programme.manager_answered", to=applicant, about=support, at=at, key=key)
    return support
