"""Spreadsheets brought in from the command line: the same verbs as the pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lic_site.common.enums import Outcome, SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports import sheets
from lic_site.common.models import Sheet
from lic_site.common.spreadsheets import MissingColumns, places_of
from lic_site.common.uploads import SPREADSHEETS, check
from lic_site.portal.imports import services

SHOWN = 50


class ImportCommand(BaseCommand):
    """A command for one importer; it names the ``kind``."""

    kind: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="an .xlsx or .csv file")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do")
        parser.add_argument(
            "--update", action="store_true", help="bring what is known up to the spreadsheet"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            sheet = self._checked(path)
            self._tell(sheet)
            if options["dry_run"]:
                services.discard_sheet(sheet=sheet, by=None, at=timezone.now())
                self.stdout.write("Nothing was brought in: this was a dry run.")
                return
            self._bring_in(sheet, is_update=options["update"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _checked(self, path: Path) -> Sheet:
        """The file taken in, its columns found by their titles, every row checked."""
        with path.open("rb") as file:
            upload = UploadedFile(file, name=path.name, size=path.stat().st_size)
            upload.kind = check(upload, SPREADSHEETS)  # type: ignore[attr-defined]
            sheet = services.choose_sheet(kind=self.kind, upload=upload, by=None, at=timezone.now())
        try:
            columns = sheets.importer_of(sheet).columns
            places = places_of(sheets.opening_of(sheet).titles, columns)
            missing = [one.title for one in columns if one.required and one.name not in places]
            if missing:
                raise MissingColumns(missing)
        except Refusal:
            services.discard_sheet(sheet=sheet, by=None, at=timezone.now())
            raise
        sheet = services.match_columns(sheet=sheet, places=places)
        services.check_sheet(sheet=sheet, at=timezone.now())
        sheet.refresh_from_db()
        if sheet.state == SheetState.FAILED:
            raise Refusal(sheet.message)
        return sheet

    def _tell(self, sheet: Sheet) -> None:
        for outcome in Outcome:
            self.stdout.write(f"{outcome.label}: {sheet.counts[outcome]:,}")
        for one in sheet.findings.all()[:SHOWN]:
            self.stdout.write(f"Row {one.row}, {one.column}: {one.words}")

    def _bring_in(self, sheet: Sheet, *, is_update: bool) -> None:
        now = timezone.now()
        try:
            services.confirm_sheet(
                sheet=sheet, fingerprint=sheet.fingerprint, is_update=is_update, by=None, at=now
            )
            written = services.bring_in(sheet=sheet, is_update=is_update, by=None, at=now)
        except Refusal:
            sheet.refresh_from_db()
            if sheet.state in sheets.OPEN:
                services.discard_sheet(sheet=sheet, by=None, at=now)
            raise
        if written is None:
            raise Refusal(f"{services.MOVED} It waits at /staff/imports/{sheet.pk}/.")
        self.stdout.write(written.message)
