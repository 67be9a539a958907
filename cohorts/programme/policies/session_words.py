"""'Who sees this' of a session: what the rules in ``running`` come to, in words."""

PLACE = (
    "Everybody, for a date of the whole cohort: it stands on the public page. For any other date, "
    "those it is for, its facilitators and Staff College."
)
JOIN_LINK = (
    "Those the session is for, its facilitators and Staff College. It is never on a public page, "
    "in a message or in a calendar file."
)
CANCELLED_BECAUSE = "Those the session is for, its facilitators and Staff College."
MATERIALS = (
    "Once it is shared, whoever takes part in the session. Until then those who lead it and Staff "
    "College."
)
COACHING = (
    "That you booked a time, and which, is seen by the coach and Staff College. Other participants "
    "see only that it is gone."
)
