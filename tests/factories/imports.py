"""Spreadsheets on their way in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from lic_site.accounts.models import Person
from lic_site.common.imports.protocol import importers
from lic_site.common.models import Sheet
from lic_site.common.spreadsheets import opening, places_of, write_csv, write_xlsx
from lic_site.common.uploads import SPREADSHEETS, Kind, check
from lic_site.portal.imports import services
from tests.support.people import NOW

type Cells = Mapping[str, Any]

AMA = {"given_name": "Ama", "family_name": "Mensah", "email": "ama@example.org"}
KOFI = {"given_name": "Kofi", "family_name": "Boateng", "email": "kofi@example.org"}
BAD = {"given_name": "Kofi", "family_name": "", "email": "nobody"}


def a_sheet_of(kind: str, rows: Iterable[Cells], *, name: str = "sheet.xlsx") -> UploadedFile[Any]:
    """An upload with these rows under the importer's own titles."""
    columns = importers()[kind].columns
    titles = [column.title for column in columns]
    lines = [[row.get(column.name, "") for column in columns] for row in rows]
    if name.endswith(".csv"):
        return an_upload(name, b"".join(write_csv(titles, lines)))
    with write_xlsx(titles, lines) as book:
        return an_upload(name, book.read())


def an_upload(name: str, content: bytes) -> UploadedFile[Any]:
    """As a form hands it over: looked at, its kind known."""
    upload = SimpleUploadedFile(name, content)
    upload.kind = check(upload, SPREADSHEETS)  # type: ignore[attr-defined]
    return upload


def chosen(
    kind: str, upload: UploadedFile[Any], *, by: Person | None = None, at: datetime = NOW
) -> Sheet:
    return services.choose_sheet(kind=kind, upload=upload, by=by, at=at)


def checked(
    kind: str, upload: UploadedFile[Any], *, by: Person | None = None, at: datetime = NOW
) -> Sheet:
    """Chosen, its columns matched by their titles, and checked."""
    sheet = chosen(kind, upload, by=by, at=at)
    kind_of_file: Kind = upload.kind  # type: ignore[attr-defined]
    upload.seek(0)
    titles = opening(upload, kind_of_file).titles  # type: ignore[arg-type]
    places = places_of(titles, importers()[kind].columns)
    sheet = services.match_columns(sheet=sheet, places=places)
    services.check_sheet(sheet=sheet, at=at)
    sheet.refresh_from_db()
    return sheet


def brought_in(
    sheet: Sheet, *, by: Person | None = None, at: datetime = NOW, is_update: bool = False
) -> Sheet:
    """Confirmed and written."""
    sheet = services.confirm_sheet(
        sheet=sheet, fingerprint=sheet.fingerprint, is_update=is_update, by=by, at=at
    )
    services.bring_in(sheet=sheet, is_update=is_update, by=by, at=at)
    sheet.refresh_from_db()
    return sheet


def people_checked(*rows: Cells, **options: Any) -> Sheet:
    """A sheet of these people, checked."""
    return checked("people", a_sheet_of("people", rows or (AMA,)), **options)


def confirm(sheet: Sheet, *, is_update: bool = False, by: Person | None = None) -> Sheet:
    """Decide on what was previewed."""
    return services.confirm_sheet(
        sheet=sheet, fingerprint=sheet.fingerprint, is_update=is_update, by=by, at=NOW
    )
