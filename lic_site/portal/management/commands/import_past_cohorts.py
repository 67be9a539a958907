"""``manage.py import_past_cohorts FILE [--dry-run]``: ``/staff/imports/`` without a browser."""

from lic_site.portal.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring past cohorts in from a spreadsheet: all of it, or nothing. Nobody is told."
    kind = "past-cohorts"
