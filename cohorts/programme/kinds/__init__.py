"""The messages this app sends: those of applying, of selection, and of a cohort that runs."""

from cohorts.programme.kinds import applying, places, selection
from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = [*applying.KINDS, *selection.KINDS, *places.KINDS]
