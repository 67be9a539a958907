"""What a new site needs before anybody signs in, told by each app.

``settings.FIRST_HOUR`` lists the verbs by dotted path, in order. Each takes the moment, loads what
is missing and changes nothing that has been edited since.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

type Load = Callable[..., object]


def load(*, at: datetime) -> Iterator[str]:
    """Run each in turn; gives the name of each when it is done."""
    for path in settings.FIRST_HOUR:
        verb: Load = import_string(path)
        verb(at=at)
        yield path
