"""What a concern can come from fits the protocol."""

from typing import Any

from django.core.checks import CheckMessage, register

from lic_site.common import listed


@register()
def subjects_fit(**_: Any) -> list[CheckMessage]:
    """Errors ``concerns.E001`` to ``E003``."""
    return listed.check_named(
        "CONCERN_SUBJECTS",
        ids=("concerns.E001", "concerns.E002", "concerns.E003"),
        lacks=_lacks,
    )


def _lacks(subject: object) -> list[str]:
    is_named = str(getattr(subject, "name", "")).isalpha()
    without = listed.lacking(subject, answers=("find", "concerned"))
    return without if is_named else ["a name of letters", *without]
