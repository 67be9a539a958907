"""Spreadsheets brought in: uploaded, columns matched, checked, confirmed, written all at once.

This room knows no kind of record. ``settings.IMPORTERS`` lists by dotted path those who do; each
fulfils ``protocol.Importer``.
"""
