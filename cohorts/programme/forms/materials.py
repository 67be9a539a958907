"""A file or a link for a session; days better avoided."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cohorts.programme.forms.cohorts import SaysWhatIsMissing
from cohorts.programme.models import AvoidDate
from cohorts.programme.policies import session_words
from lic_site.common.uploads import PrivateFileField
from lic_site.common.widgets import DateParts


class MaterialForm(SaysWhatIsMissing):
    title = forms.CharField(max_length=120, help_text="What participants see.")
    file = PrivateFileField(
        label="File", required=False, help_text="PDF, Word, PowerPoint, Excel, or a picture."
    )
    link = forms.URLField(label="Or a link", max_length=500, required=False, assume_scheme="https")
    share = forms.TypedChoiceField(
        label="Who may see it now",
        coerce=lambda value: value == "now",
        choices=[("now", "Share it now: those it is for are told"), ("later", "Keep it back")],
        initial="later",
        widget=forms.RadioSelect,
    )

    missing: ClassVar[Mapping[str, str]] = {
        "title": "Say what it is, in a few words.",
        "share": "Choose whether to share it now.",
    }
    who_sees: ClassVar[Mapping[str, str]] = {"file": session_words.MATERIALS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].error_messages["invalid"] = (
            "Enter the whole link, such as https://example.org/reading."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (self.errors.get("file") or self.errors.get("link")) and bool(
            data.get("file")
        ) == bool(data.get("link")):
            self.add_error("file", "Choose a file or give a link, not both.")
        return data

    def plan(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "upload": data.get("file"),
            "link": data["link"],
            "share": data["share"],
        }


class AvoidDateForm(forms.ModelForm[AvoidDate]):
    class Meta:
        model = AvoidDate
        fields = ["name", "kind", "starts_on", "ends_on", "is_approximate", "note", "source"]
        widgets = {
            "kind": forms.RadioSelect,
            "starts_on": DateParts,
            "ends_on": DateParts,
        }
        labels = {"is_approximate": "It may move by a day", "source": "Where it is from"}
        help_texts = {
            "is_approximate": "The days before and after are minded too.",
            "note": "What to mind, such as fasting.",
        }
