"""The messages this app sends: those of applying, of selection, of places, of the register."""

from cohorts.programme.kinds import applying, places, register, selection
from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = [
    *applying.KINDS,
    *selection.KINDS,
    *places.KINDS,
    *register.KINDS,
]
