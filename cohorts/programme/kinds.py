"""The messages this app sends."""

from lic_site.notices.protocol import NoticeKind

KINDS: list[NoticeKind] = []
