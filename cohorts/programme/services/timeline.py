"""Each step of an application, for its timeline."""

from datetime import datetime

from cohorts.programme.enums import ApplicationState
from cohorts.programme.models import ApplicationEvent
from lic_site.accounts.models import Person


def note_step(
    *, application_id: int, state: ApplicationState, by: Person | None, at: datetime
) -> None:
    """Write down that the application came into this state. ``by`` None is the clock."""
    ApplicationEvent.objects.create(application_id=application_id, state=state, by=by, at=at)
