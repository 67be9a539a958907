"""What this app puts on other pages: what waits for an answer on a person's home, what needs staff
on theirs.
"""

from datetime import datetime

from lic_site.accounts.models import Person
from lic_site.common.dates import local
from lic_site.common.panels import Action, Home
from lic_site.surveys import boards, policies
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Invitation, Wave

SHOWN = 5
"""Surveys on a home: the first to close; the rest follow as these are answered."""


def home(person: Person, at: datetime) -> Home:
    """Each survey that waits for this person, mailed or not: one query."""
    waiting = Invitation.objects.waiting(at).of(person).select_related("wave__questionnaire")
    return Home(
        actions=[
            Action(
                title=f"{each.wave.questionnaire.name}: {each.wave.about}",
                href=f"/survey/{token_for(each)}/",
                action="Answer",
                due=local(each.wave.closes_at).date(),
                text="A survey of a few minutes. Who sees your answers stands on its first page.",
            )
            for each in waiting.order_by("wave__closes_at", "pk")[:SHOWN]
        ]
    )


def address_about(person: Person, kind: str, pk: int, at: datetime) -> str:
    """Where the person answers a survey about this thing that still waits; empty if none does."""
    about = Invitation.objects.waiting(at).of(person)
    found = about.filter(wave__subject_kind=kind, wave__subject_id=pk)
    invitation = found.order_by("wave__closes_at", "pk").first()
    return f"/survey/{token_for(invitation)}/" if invitation else ""


def staff(person: Person, at: datetime) -> int:
    """How many surveys need somebody who runs them."""
    if not policies.can(person, "run_waves"):
        return 0
    return boards.in_trouble(Wave.objects.all(), at).count()
