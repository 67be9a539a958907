"""Who may do and see what in the programme. Deny by default.

A Staff College admin runs cohorts but never decides on their own application. A reader sees what
they were asked to read, and another reader's scores only when both are in. Nobody but the
applicant sees a draft. A facilitator sees their own sessions until 30 days after.
"""

from cohorts.programme.policies.rows import own, visible
from cohorts.programme.policies.running import named_to
from cohorts.programme.policies.running_words import who_sees_place
from cohorts.programme.policies.staff import coordinated
from cohorts.programme.policies.verbs import can
from cohorts.programme.policies.words import audience, who_sees

__all__ = [
    "audience",
    "can",
    "coordinated",
    "named_to",
    "own",
    "visible",
    "who_sees",
    "who_sees_place",
]
