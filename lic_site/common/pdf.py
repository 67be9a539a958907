"""PDFs that a screen reader can read (PDF/UA-1), set from ``templates/pdf/`` by Typst.

What people wrote reaches a template as data (``json(bytes(sys.inputs.data))``), never as markup.
The fonts beside the styles are the site's own two, cut to what Typst reads; letters that these lack
are taken from Typst's own fonts, then from those of the machine.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = settings.BASE_DIR / "lic_site" / "assets" / "print"


class Unprintable(Exception):
    """No font at hand has some letter of the data."""


def typeset(template: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The PDF that ``templates/pdf/<template>.typ`` makes of the data; made at ``at``, if given.

    Raises Unprintable. Takes some 50 ms, fetches nothing, and keeps nothing on disk.
    """
    try:
        made = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=at and int(at.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" in str(error):
            raise Unprintable from None  # its words quote the data
        raise
    return bytes(made)
