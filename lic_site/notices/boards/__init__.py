"""What the staff's message pages show, as plain values for the components."""

from lic_site.notices.boards.held import held
from lic_site.notices.boards.history import history
from lic_site.notices.boards.lists import (
    Capped,
    facts,
    rows,
)
from lic_site.notices.boards.overview import board
from lic_site.notices.boards.queue import titled
from lic_site.notices.boards.reached import reached
from lic_site.notices.boards.vitals import gauges, home, troubles, vitals

__all__ = [
    "Capped",
    "board",
    "facts",
    "gauges",
    "held",
    "history",
    "home",
    "reached",
    "rows",
    "titled",
    "troubles",
    "vitals",
]
