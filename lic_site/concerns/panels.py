"""What this app puts on other pages: a reader's home, staff's home."""

from datetime import datetime

from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common.panels import Action, Home
from lic_site.concerns import boards, policies
from lic_site.concerns.models import Concern
from lic_site.concerns.stuck import stuck

BOARD = "/staff/concerns/"


def home(person: Person, at: datetime) -> Home:
    """That something waits for a reader: how many, and no more."""
    if not policies.can(person, "read_concerns"):
        return Home()
    on = timezone.localdate(at)
    due = [each for each in policies.visible(person, Concern.objects.open()) if each.due_by]
    if not due:
        return Home()
    count = len(due)
    return Home(
        actions=[
            Action(
                title="Something waits for you to read it"
                if count == 1
                else f"{count} things wait for you to read them",
                href=BOARD,
                action="Open the board",
                due=min(each.due_by for each in due if each.due_by),
                urgent=any(each.working_days_late(on) for each in due),
            )
        ]
    )


def staff(person: Person, at: datetime) -> list[str]:
    """What whoever keeps the readers must see to, in sentences."""
    if not policies.can(person, "see_counts"):
        return []
    waiting = stuck(person, at)
    unsent = [f"{waiting.words} See to them on the board of concerns."] if waiting else []
    return [*boards.warnings(person, timezone.localdate(at)), *unsent]
