"""``manage.py import_people FILE [--dry-run]``: ``/staff/imports/`` without a browser."""

from lic_site.portal.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring people in from a spreadsheet: all of it, or nothing. Nobody is told."
    kind = "people"
