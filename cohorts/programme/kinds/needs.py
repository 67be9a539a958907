"""What participants are written to about what they need. Never what it is."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cohorts.programme.enums import OVER_STATES
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Cohort, Enrolment, Need
from cohorts.programme.services.needs.wanted import due_days, end_of, needs_due_on, needs_wanted
from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import Due, NoticeKind


class NeedsAsked(Kind[Enrolment]):
    """A day after the place is taken, by hand, and before the day by which it is wanted."""

    name = "programme.needs_asked"
    title = "Asked what they need"
    anchor_title = "needs are wanted"
    audience_title = "participants who have not said what they need"
    reminder_days: tuple[int, ...] = (-14, -5)
    model = Enrolment
    related = ("cohort",)

    def is_wanted(self, anchor: Enrolment, recipient: Person) -> bool:
        return needs_wanted(anchor)

    def path(self, anchor: Enrolment, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.cohort.slug}/needs/"

    def words(self, anchor: Enrolment, recipient: Person) -> Mapping[str, Any]:
        return {"due_on": needs_due_on(anchor.cohort)}

    def sample_words(self) -> Mapping[str, Any]:
        return {"due_on": date(2027, 2, 8)}

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        """Nobody's day moves without its number, which is the revision, moving with it. Three
        queries, however many cohorts and people.
        """
        untold = Enrolment.objects.active().filter(needs_told_at=None)
        cohorts = Cohort.objects.exclude(state__in=OVER_STATES).filter(enrolments__in=untold)
        days = {
            cohort: due_on
            for cohort, due_on in due_days(cohorts.distinct()).items()
            if after < end_of(due_on) <= until
        }
        if not days:
            return
        for each in untold.filter(cohort__in=days).select_related("person"):
            due_on = days[each.cohort_id]
            yield Due(each, each.person, end_of(due_on), revision=due_on.toordinal())


class NeedAnswered(Kind[Need]):
    """That there is a reply: what it is about stands on the page alone."""

    name = "programme.need_answered"
    title = "Reply about a need"
    pace = Pace.CAN_WAIT
    model = Need
    related = ("enrolment__cohort",)

    def is_wanted(self, anchor: Need, recipient: Person) -> bool:
        return anchor.answered_at is not None

    def path(self, anchor: Need, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.enrolment.cohort.slug}/needs/"


KINDS: list[NoticeKind] = [NeedsAsked(), NeedAnswered()]
