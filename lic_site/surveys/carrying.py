"""What somebody has typed so far, carried from page to page in the pages themselves, sealed. Of an
anonymous survey it is nowhere else.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from lic_site.common.carried import seal, unseal
from lic_site.surveys.models import Draft, Invitation

PURPOSE = "survey"


@dataclass
class Carried:
    """``typed`` is by the question's code, right or wrong, asked or not; ``checked`` says that all
    of it has been laid out to be checked once.
    """

    invitation: int
    version: int
    checked: bool = False
    typed: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def new(cls, invitation: Invitation, draft: Draft | None = None) -> Self:
        """Empty, or with what was kept."""
        typed: dict[str, list[str]] = json.loads(draft.answers) if draft else {}
        return cls(invitation.pk, invitation.wave.version_id or 0, typed=typed)

    def seal(self) -> str:
        return seal(PURPOSE, asdict(self))


def opened(text: str, invitation: Invitation) -> Carried | None:
    """What was sealed for this invitation; None for anything else."""
    found: dict[str, Any] | None = unseal(PURPOSE, text)
    if found is None or found["invitation"] != invitation.pk:
        return None
    return Carried(**found)
