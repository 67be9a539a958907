"""What this app puts on the pages of the top floor: a person's home, staff's today."""

from cohorts.programme.panels.person import home
from cohorts.programme.panels.place import home as place

__all__ = ["home", "place"]
