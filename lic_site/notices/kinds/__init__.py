"""The messages that belong to no app above: written by staff, or gathered from others."""

from lic_site.notices.kinds import digests, mailings
from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = [*mailings.KINDS, *digests.KINDS]
