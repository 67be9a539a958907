"""What somebody can raise a concern about from its page: a session, a learning set, a cohort.

Whoever leads it is not offered to read it.
"""

from collections.abc import Iterable

from django.utils import timezone

from cohorts.programme.models import Cohort, LearningSet, Session
from cohorts.programme.services.sessions.telling import leaders
from lic_site.accounts.models import Person
from lic_site.concerns.protocol import Subject


class _Session:
    name = "session"

    def find(self, pk: int) -> str | None:
        session = Session.objects.select_related("cohort").filter(pk=pk).first()
        if session is None:
            return None
        day = timezone.localtime(session.starts_at)
        return f"{session.title}, {day:%-d %B %Y} ({session.cohort.name})"

    def concerned(self, pk: int) -> Iterable[Person]:
        session = Session.objects.filter(pk=pk).first()
        return leaders(session) if session else ()


class _LearningSet:
    name = "set"

    def find(self, pk: int) -> str | None:
        found = LearningSet.objects.select_related("cohort").filter(pk=pk).first()
        return f"{found.name} ({found.cohort.name})" if found else None

    def concerned(self, pk: int) -> Iterable[Person]:
        return Person.objects.filter(facilitated_sets=pk)


class _Cohort:
    name = "cohort"

    def find(self, pk: int) -> str | None:
        cohort = Cohort.objects.filter(pk=pk).first()
        return cohort.name if cohort else None

    def concerned(self, pk: int) -> Iterable[Person]:
        return Person.objects.filter(facilitating__session__cohort=pk).distinct()


SUBJECTS: list[Subject] = [_Session(), _LearningSet(), _Cohort()]
