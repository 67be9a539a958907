"""What staff choose: a file, which column is which, and whether it is brought in."""

from collections.abc import Iterator
from typing import Any

from django import forms

from lic_site.common.errors import Refusal
from lic_site.common.imports.protocol import Importer
from lic_site.common.models import Sheet
from lic_site.common.spreadsheets import Opening, opening, places_of
from lic_site.common.uploads import SPREADSHEETS, PrivateFileField
from lic_site.portal.imports.policies import WHO_SEES

SHOWN = 40
"""Letters of a cell that are shown beside its column's title."""


class ChooseForm(forms.Form):
    """The file."""

    who_sees = {"file": WHO_SEES}
    mark_optional = False

    file = PrivateFileField(
        kinds=SPREADSHEETS,
        label="The spreadsheet",
        help_text="An Excel workbook (.xlsx), of which the first sheet is read, or a CSV file.",
        error_messages={"required": "Choose a spreadsheet."},
    )

    def clean_file(self) -> Any:
        """A file that opens and has something in it. What it says is checked later."""
        upload = self.cleaned_data["file"]
        try:
            opening(upload.file, upload.kind)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        upload.seek(0)
        return upload


class MatchForm(forms.Form):
    """Which column of the file holds what; those that name themselves are chosen already."""

    def __init__(self, *args: Any, importer: Importer, opened: Opening, sheet: Sheet) -> None:
        super().__init__(*args)
        self.importer = importer
        choices = [("", "Not in this spreadsheet"), *_choices(opened)]
        guessed = sheet.places or _guessed(opened, importer)
        for column in importer.columns:
            self.fields[column.name] = forms.ChoiceField(
                label=column.title,
                help_text=column.hint,
                choices=choices,
                required=column.required,
                initial=str(guessed.get(column.name, "")),
                error_messages={"required": f"Choose the column that holds ‘{column.title}’."},
            )

    def clean(self) -> dict[str, Any]:
        """One column cannot hold two things."""
        taken: dict[str, str] = {}
        for column in self.importer.columns:
            place = self.cleaned_data.get(column.name)
            if not place:
                continue
            if place in taken:
                words = (
                    f"This column is chosen for ‘{taken[place]}’ too. Choose another one for one "
                    "of them."
                )
                self.add_error(column.name, words)
            taken[place] = column.title
        return self.cleaned_data

    @property
    def places(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


def _guessed(opened: Opening, importer: Importer) -> dict[str, int]:
    try:
        return places_of(opened.titles, importer.columns)
    except Refusal:  # two columns of one title: a person chooses
        return {}


def _choices(opened: Opening) -> Iterator[tuple[str, str]]:
    for place, title in enumerate(opened.titles):
        values = [row[place] for row in opened.rows if row[place]]
        if not title and not values:
            continue
        named = title or f"Column {place + 1}, which has no title"
        such_as = f", such as ‘{values[0][:SHOWN]}’" if values else ", empty at the top"
        yield str(place), f"{named}{such_as}"


class ConfirmForm(forms.Form):
    """The decision, about what was looked at."""

    mark_optional = False

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    known = forms.ChoiceField(
        label="Those already on record whose details differ",
        choices=[
            ("keep", "Leave them as they are on record"),
            ("update", "Bring them up to the spreadsheet"),
        ],
        widget=forms.RadioSelect,
        initial="keep",
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["known"]

    @property
    def is_update(self) -> bool:
        return self.cleaned_data.get("known") == "update"
