"""The columns of a spreadsheet of past cohorts, and how an outcome may be written."""

from dataclasses import replace

from cohorts.programme.enums import EnrolmentState
from lic_site.accounts.imports.columns import POST, WHO
from lic_site.common.imports.lookups import Lookup
from lic_site.common.spreadsheets import Column

NAME = 120
DAY = "The day first: 21/11/2026."
_COHORT = (
    Column(
        "cohort",
        "Cohort",
        aliases=("Cohort name", "Name of cohort", "Programme cohort"),
        hint="Rows of one name are one cohort. Give its dates in each of them.",
        example="Cohort 1",
    ),
    Column(
        "starts_on",
        "Cohort starts",
        aliases=("Start date", "Starts", "Cohort start date", "Cohort start", "Starts on"),
        hint=DAY,
        example="05/10/2020",
    ),
    Column(
        "ends_on",
        "Cohort ends",
        aliases=("End date", "Ends", "Cohort end date", "Cohort end", "Ends on"),
        hint=DAY,
        example="09/07/2021",
    ),
)
_OUTCOME = Column(
    "outcome",
    "Outcome",
    aliases=("Result", "Status", "What came of it"),
    hint="Completed, Withdrawn or Deferred.",
    example="Completed",
)
_ON_JOINING = tuple(
    replace(
        column,
        title=f"{column.title} on joining",
        aliases=(
            column.title,
            *column.aliases,
            f"{column.title} at entry",
            *(f"{alias} at entry" for alias in column.aliases),
        ),
    )
    for column in POST
)
_MORE = (
    Column(
        "certificate_on",
        "Certificate issued on",
        required=False,
        aliases=("Certificate issued", "Certificate date", "Certificate"),
        hint=DAY,
        example="16/07/2021",
    ),
    Column(
        "programme",
        "Programme",
        required=False,
        hint="Needed only where there is more than one.",
        example="Leadership in Colour",
    ),
)
COLUMNS = (*_COHORT, *WHO, _OUTCOME, *_ON_JOINING, *_MORE)

_WORDS = {
    EnrolmentState.COMPLETED: ("Completed", "Complete", "Finished", "Passed", "Graduated", "Yes"),
    EnrolmentState.WITHDRAWN: (
        "Withdrawn",
        "Withdrew",
        "Left",
        "Dropped out",
        "Did not complete",
        "Not completed",
    ),
    EnrolmentState.DEFERRED: ("Deferred", "Postponed", "Moved to a later cohort"),
}


def outcomes() -> Lookup[EnrolmentState]:
    """What came of a place, however it is written."""
    return Lookup(
        [(word, state) for state, words in _WORDS.items() for word in words],
        what="an outcome. Write Completed, Withdrawn or Deferred",
    )
