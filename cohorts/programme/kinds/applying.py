"""What applicants and the colleagues who support them are written to about."""

from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = []
