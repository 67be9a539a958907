"""By when a concern is acknowledged and first answered: working days in England, bank holidays
left out.

The numbers are a draft for the programme to confirm. They are no slower than what councils commonly
promise at the first stage of a complaint (an acknowledgement within a few working days, an answer
within 10), and leave room for the Acas code's 'without unreasonable delay'.
"""

from datetime import date, timedelta

from lic_site.notices.services.planning import bank_holidays
from lic_site.notices.working_days import WorkingDays

ACKNOWLEDGE_WITHIN = 2
"""Working days from the day it was received to an acknowledgement."""
ANSWER_WITHIN = 10
"""Working days from the day it was received to a first answer."""
_DAY = timedelta(days=1)


def is_working(day: date) -> bool:
    return day in WorkingDays(bank_holidays())


def after(day: date, working_days: int) -> date:
    """The day so many working days (one at least) after this one, which itself does not count."""
    return WorkingDays(bank_holidays()).counted(day, working_days)


def between(first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and including ``last``; 0 if none do."""
    days = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working(day) for day in days)
