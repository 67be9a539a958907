"""What the clock asks of this app, once a minute. Each may run twice, or two at once."""

from datetime import datetime

from lic_site.surveys.services import asking, closing, opening, planning


def waves_tick(at: datetime) -> None:
    """Close what is over, plan what comes, open what is due, move sealed answers in company."""
    closing.close_due(at=at)
    planning.plan(at=at)
    opening.open_due(at=at)
    closing.move(at=at)


def asking_tick(at: datetime) -> None:
    """Ask whoever's turn it is, remind whoever has not answered."""
    asking.ask_due(at=at)
    asking.chase_due(at=at)
