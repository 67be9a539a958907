"""What the clock asks of this app, once a minute."""

from datetime import datetime

from lic_site.concerns.services.rounds import run_round


def round_tick(at: datetime) -> None:
    """At four times a day readers are told what came, reminded, relieved."""
    run_round(at=at)
