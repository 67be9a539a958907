"""'Who sees this' once somebody takes part: what the rules come to, for the participant to read."""

_SEEN = {
    "routes": (
        "You and Staff College. Nobody who reads or decides about applications is shown it."
    ),
    "named": (
        "Once you agree, whoever coordinates for your employer sees your name and the name of "
        "this cohort, and that they looked is written down. Never your application, your "
        "attendance or what you need. It ends when you change employer."
    ),
    "introduction": (
        "The other people of your learning set and its facilitator. Nobody else, not Staff "
        "College either."
    ),
    "needs": (
        "You and Staff College, who arrange it. Never your manager, your borough, your "
        "facilitators or other participants. The venue gets numbers without names."
    ),
    "contact": (
        "You and Staff College, who may give it to whoever leads the residential. That they "
        "looked is written down."
    ),
}


def who_sees_place(part: str) -> str:
    """'Who sees this' for a part of somebody's place."""
    return _SEEN[part]
