"""The words of a kind of message, asked for part by part."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from lic_site.notices import texts, wording
from lic_site.notices.protocol import kinds


class MessageTextForm(WagtailAdminModelForm):
    """Refuses what could not be sent, beside the part in which it lies; a draft too."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        kind = kinds().get(self.instance.kind)
        if kind is None:
            raise ValidationError("There is no such message any more. Nothing can be changed.")
        if self.errors:
            return cleaned
        source = wording.together(**{part: cleaned.get(part) or "" for part in wording.Part})
        for fault in wording.faults(source, names=texts.names_of(kind)):
            self.add_error(fault.part.value, fault.sentence)
        return cleaned
