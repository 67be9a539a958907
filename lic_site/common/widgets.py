"""Form widgets of our own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms


class DateParts(forms.Widget):
    """A date asked as day, month and year in three boxes.

    Works with ``forms.DateField`` as it is: a whole date is handed over as ``2026-11-21``, and one
    that is not a date as the person typed it, so that the boxes keep it beside the error.
    """

    template_name = "forms/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, birthday: bool = False) -> None:
        super().__init__(dict(attrs or {}))
        self.birthday = birthday

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> str | None:
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in _PARTS)
        if not (day or month or year):
            return None
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return f"{year}-{month}-{day}"

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: object,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> bool:
        return not any(f"{name}_{part}" in data for part in _PARTS)

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value.isoformat()
        return str(value) if value else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = (self.format_value(value) or "--").split("-", 2)
        typed += [""] * (3 - len(typed))
        year, month, day = typed
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": base if part == "day" else f"{base}_{part}",
                "part": part,
                "value": text.lstrip("0") if part != "year" else text,
                "width": 4 if part == "year" else 2,
                "autocomplete": f"bday-{part}" if self.birthday else "",
            }
            for part, text in zip(_PARTS, (day, month, year), strict=True)
        ]
        return context

    def id_for_label(self, id_: str) -> str:
        return id_


_PARTS = ("day", "month", "year")
