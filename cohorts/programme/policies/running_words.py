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
    "leaving": (
        "You and Staff College. Your line manager, your employer’s coordinator and whoever leads "
        "sessions never see why: those who expect you at a session see only that you no longer "
        "come."
    ),
    "place_note": (
        "Staff College; and the participant, if they ask for everything we hold on them. "
        "Nobody else."
    ),
    "certificate": (
        "Whoever you show it to. With its number and your last name they can ask us whether it "
        "is true: we say yes or no, the programme, and the month it was issued. Never your name, "
        "and nobody can search for you."
    ),
}


def who_sees_place(part: str) -> str:
    """'Who sees this' for a part of somebody's place."""
    return _SEEN[part]
