"""Files that people send: what they may be, how they are looked at, and how they are refused.

A form takes one with ``PrivateFileField(kinds=DOCUMENTS)``; the clean value is the upload with its
``kind``.
Nothing is believed but the content: not the name, not the type the browser claims.
"""

from lic_site.common.uploads.checking import check
from lic_site.common.uploads.fields import PrivateFileField
from lic_site.common.uploads.kinds import DOCUMENTS, IMAGES, SPREADSHEETS, Kind

__all__ = ["DOCUMENTS", "IMAGES", "SPREADSHEETS", "Kind", "PrivateFileField", "check"]
