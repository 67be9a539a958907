"""Spreadsheets in and out."""

from lic_site.common.spreadsheets.reading import (
    MAX_ROWS,
    Column,
    DoubleColumn,
    Formulas,
    MissingColumns,
    Nothing,
    Opening,
    Row,
    TooManyRows,
    Unreadable,
    opening,
    places_of,
    read,
)
from lic_site.common.spreadsheets.writing import (
    Value,
    download,
    safe,
    starts_formula,
    write_csv,
    write_xlsx,
)

__all__ = [
    "MAX_ROWS",
    "Column",
    "DoubleColumn",
    "Formulas",
    "MissingColumns",
    "Nothing",
    "Opening",
    "Row",
    "TooManyRows",
    "Unreadable",
    "Value",
    "download",
    "opening",
    "places_of",
    "read",
    "safe",
    "starts_formula",
    "write_csv",
    "write_xlsx",
]
