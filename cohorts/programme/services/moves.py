"""How an application goes from one state to the next, and is written on its timeline."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cohorts.programme.enums import ApplicationState
from cohorts.programme.models import Application, ApplicationEvent
from lic_site.accounts.models import Person


def move(
    application: Application,
    to: ApplicationState,
    *,
    out_of: Collection[ApplicationState],
    by: Person | None,
    at: datetime,
    **values: Any,
) -> bool:
    """Change the state where it is still one of ``out_of``; False if somebody was faster.

    One conditional update, so that of two decisions only one wins. ``values`` are other fields
    that change with the state. Runs in the calling verb's transaction.
    """
    changed = Application.objects.filter(pk=application.pk, state__in=out_of).update(
        state=to, **values
    )
    if not changed:
        return False
    ApplicationEvent.objects.create(application=application, state=to, at=at, by=by)
    application.refresh_from_db()
    return True
