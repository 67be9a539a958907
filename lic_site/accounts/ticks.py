"""What the clock asks of this app, once a minute. Each may run twice, or late."""

from datetime import datetime

from lic_site.accounts.services.editors import follow_grants
from lic_site.accounts.services.privacy import run_retention


def editors(at: datetime) -> None:
    """Grants that began or ended today reach Wagtail's groups."""
    follow_grants(at=at)


def retention(at: datetime) -> None:
    """What is past its time goes, once a night."""
    run_retention(at=at)
