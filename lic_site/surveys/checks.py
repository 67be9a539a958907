"""What people can be asked about fits the protocol."""

from typing import Any

from django.core.checks import CheckMessage, register

from lic_site.common import listed
from lic_site.surveys.protocol import ANSWERS, SAYS


@register()
def subjects_fit(**_: Any) -> list[CheckMessage]:
    """Errors ``surveys.E001`` to ``E003``."""
    return listed.check_named(
        "SURVEY_SUBJECTS",
        ids=("surveys.E001", "surveys.E002", "surveys.E003"),
        lacks=_lacks,
    )


def _lacks(subject: object) -> list[str]:
    is_named = str(getattr(subject, "name", "")).isalpha()
    without = listed.lacking(subject, says=SAYS, answers=ANSWERS)
    return without if is_named else ["a name of letters", *without]
