"""'Who sees this' once somebody takes part: what the rules come to, for the participant to read."""

_SEEN = {
    "named": (
        "Once you agree, whoever coordinates for your employer sees your name and the name of "
        "this cohort, and that they looked is written down. Never your application, your "
        "attendance or what you need. It ends when you change employer."
    ),
}


def who_sees_place(part: str) -> str:
    """'Who sees this' for a part of somebody's place."""
    return _SEEN[part]
