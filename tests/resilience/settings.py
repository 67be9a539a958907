"""The site's own settings with one kind of message that these tests send, and those about
sessions.
"""

from pathlib import Path

from lic_site import settings as _site

globals().update({name: value for name, value in vars(_site).items() if name.isupper()})

NOTICE_KINDS = ["tests.resilience.kinds.KINDS", "cohorts.programme.kinds.sessions.KINDS"]
TEMPLATES = _site.TEMPLATES
TEMPLATES[0]["DIRS"] = [  # type: ignore[index]
    *_site.TEMPLATES[0]["DIRS"],  # type: ignore[misc]
    Path(__file__).parents[1] / "templates",
]
