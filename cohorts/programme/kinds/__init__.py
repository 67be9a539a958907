"""The messages this app sends: those of applying, and those of selection."""

from cohorts.programme.kinds import applying, selection
from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = [*applying.KINDS, *selection.KINDS]
