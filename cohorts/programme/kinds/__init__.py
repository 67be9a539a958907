"""The messages this app sends, by what they are about."""

from cohorts.programme.kinds import applying, needs, places, register, selection, sessions, sets
from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = [
    *applying.KINDS,
    *selection.KINDS,
    *needs.KINDS,
    *places.KINDS,
    *register.KINDS,
    *sessions.KINDS,
    *sets.KINDS,
]
