"""The form field for a private file."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from lic_site.common.errors import Refusal
from lic_site.common.uploads.checking import check
from lic_site.common.uploads.handler import RefusedUpload
from lic_site.common.uploads.kinds import DOCUMENTS, Kind


class PrivateFileField(forms.FileField):
    """Takes a file of one of ``kinds``. The clean value is the upload, at its start, with its
    ``kind``.
    """

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "The file is empty. Choose another one.",
    }

    def __init__(self, *, kinds: frozenset[Kind] = DOCUMENTS, **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        endings = [ending for kind in Kind if kind in self.kinds for ending in kind.endings]
        return super().widget_attrs(widget) | {"accept": ",".join(endings)}

    def to_python(self, data: File[Any] | None) -> UploadedFile[Any] | None:
        if isinstance(data, RefusedUpload):
            raise ValidationError(str(data.refusal), code="refused")
        upload = cast("UploadedFile[Any] | None", super().to_python(data))
        if upload is None:
            return None
        try:
            upload.kind = check(upload, self.kinds)  # type: ignore[attr-defined]
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return upload
