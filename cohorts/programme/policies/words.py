"""'Who sees this', in words: what the rules come to, for the person who writes or shares."""

from cohorts.programme import models
from cohorts.programme.enums import ApplicationState, Viewer

_AUDIENCES: dict[str, tuple[Viewer, ...]] = {
    "answers": (Viewer.APPLICANT, Viewer.READER, Viewer.COLLEGE),
    "details": (Viewer.APPLICANT, Viewer.COLLEGE),
    "adjustments": (Viewer.APPLICANT, Viewer.COLLEGE),
    "exclusions": (Viewer.APPLICANT, Viewer.COLLEGE),
    "support": (Viewer.APPLICANT, Viewer.COLLEGE),
}


def audience(part: str) -> tuple[Viewer, ...]:
    """Who sees this part of an application once it is sent: what ``visible`` allows, in names."""
    return _AUDIENCES[part]


_WHO_SEES_SUPPORT = (
    "You. The colleague you ask sees your name, the cohort and its dates from the moment you say "
    "‘ask now’, whether or not your application is sent, and nothing else. Staff College sees whom "
    "you ask, and the answer, once it is sent; what you ask it in confidence, as soon as you ask."
)


def who_sees(part: str, application: models.Application) -> str:
    """'Who sees this' for a part of an application, for its applicant to read."""
    if part == "support_answer":
        return _WHO_SEES_SUPPORT
    viewers = [viewer for viewer in audience(part) if viewer != Viewer.APPLICANT]
    names = " and ".join(viewer.label for viewer in viewers)
    when = ", once it is sent," if application.state == ApplicationState.DRAFT else ""
    hidden = Viewer.READER in viewers and application.cohort.names_hidden
    nameless = " Those who read it see neither your name nor your employer." if hidden else ""
    return f"You and{when} {names}. Nobody else.{nameless}"
