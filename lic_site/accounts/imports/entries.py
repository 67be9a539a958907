"""A row of a spreadsheet of people, once its cells are read."""

from dataclasses import dataclass, field
from typing import Any

from lic_site.accounts.models import Organisation, Person
from lic_site.common.spreadsheets import Row


@dataclass
class Entry:
    """One row that could be read."""

    row: Row
    given_name: str
    family_name: str
    emails: tuple[str, ...]
    job_title: str
    grade_band: str
    organisation: Organisation | None
    manager_email: str
    manager_name: str
    known: Person | None = None
    manager: Person | None = None
    """Where they are on record already; otherwise they have a row, or are added."""
    differences: dict[str, Any] = field(default_factory=dict)
    """Of somebody known: the fields that the sheet says otherwise, with the sheet's values."""

    @property
    def number(self) -> int:
        return self.row.number
