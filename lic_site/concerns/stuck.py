"""Messages about concerns that did not go out: in words, to nobody by name."""

from dataclasses import dataclass
from datetime import datetime

from lic_site.accounts.models import Person
from lic_site.concerns import policies
from lic_site.concerns.boards import FLOOR
from lic_site.notices.enums import State
from lic_site.notices.models import Notice


@dataclass(frozen=True)
class Stuck:
    words: str
    is_held: bool
    """Whether some are held since a restore, so that they may have gone out before it."""


def stuck(person: Person, at: datetime) -> Stuck | None:
    """What waits for this person of the messages that they may send again; None if nothing does.

    A reader is told how many. To whom the board shows figures alone, it says no number below its
    floor.
    """
    counted = policies.messages(person, Notice.objects.all()).stuck(at).by_state()
    if not counted:
        return None
    floor = FLOOR if policies.can(person, "see_counts") else 1
    failed, held = counted.get(State.FAILED, 0), counted.get(State.PARKED, 0)
    why = []
    if failed:
        why.append(f"{_said(failed, floor)} could not be sent")
    if held:
        are = "is" if held == floor == 1 else "are"
        why.append(f"{_said(held, floor)} {are} held since a restore")
    n = failed + held
    many = f"{_said(n, floor).capitalize()} messages about concerns have"
    begins = "1 message about concerns has" if n == floor == 1 else many
    return Stuck(f"{begins} not gone out: {' and '.join(why)}.", bool(held))


def _said(count: int, floor: int) -> str:
    return str(count) if count >= floor else "some"
