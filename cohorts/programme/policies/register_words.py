"""'Who sees this' around the register: what the rules come to, for whoever writes."""

_SEEN = {
    "apology": (
        "Whoever leads this session, until 30 days after it, and Staff College. Never your "
        "manager, your employer or the others who take part. It is deleted a year after the "
        "cohort ends."
    ),
    "catch_up": (
        "Whoever led this session, until 30 days after it, and Staff College. Never your manager "
        "or your employer. It is deleted a year after the cohort ends."
    ),
    "register": (
        "Each participant sees their own mark. Whoever leads this session sees the register until "
        "30 days after it; Staff College always. No manager and no coordinator does."
    ),
    "contact": (
        "Staff College admins, and the participant, who can read it among what we hold on them. "
        "Never the programme lead, facilitators, managers or coordinators. That you looked is "
        "written down."
    ),
    "support": (
        "Staff College admins alone: never the programme lead, facilitators, managers or "
        "coordinators. That you looked is written down."
    ),
}


def who_sees_register(part: str) -> str:
    """'Who sees this' for what is written or marked around the register."""
    return _SEEN[part]
