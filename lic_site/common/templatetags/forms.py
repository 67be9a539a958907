"""What the form templates need to know of a field, worked out here so that they need not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from lic_site.common.widgets import DateParts

register = template.Library()

# The first that matches names the template forms/<kind>.html.
_KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DateParts, "group"),
    (forms.MultiWidget, "group"),
    (forms.SelectDateWidget, "group"),
    (forms.Select, "input"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
]


@dataclass(frozen=True, slots=True)
class Part:
    """One field as its template sees it."""

    template: str
    label: str
    optional: bool
    is_heading: bool
    who_sees: str
    describedby: str
    counts: int | None
    counts_words: int | None
    inline: bool


@register.simple_tag
def field_part(field: BoundField) -> Part:
    """How to draw ``field``. A form may say ``heading_field = "name"`` to make that field's label
    the page's heading, ``who_sees = {"name": "One sentence."}`` to say who sees an answer, and
    ``mark_optional = False`` to leave '(optional)' off.
    """
    attrs = field.field.widget.attrs
    words = attrs.get("data-maxwords")
    limit = attrs.get("maxlength") or getattr(field.field, "max_length", None)
    textarea = isinstance(field.field.widget, forms.Textarea)
    kind = _kind(field)
    return Part(
        template=f"forms/{kind}.html",
        label=str(field.label),
        optional=_is_optional(field, kind),
        is_heading=getattr(field.form, "heading_field", None) == field.name,
        who_sees=_who_sees(field),
        describedby=_describedby(field, counted=textarea and bool(limit or words)),
        counts=int(limit) if textarea and limit and not words else None,
        counts_words=int(words) if textarea and words else None,
        inline=bool(attrs.get("data-inline")),
    )


@register.simple_tag
def widget(field: BoundField, part: Part) -> SafeString:
    """The field's own widget, with GOV.UK Frontend's classes and what describes it."""
    own = field.field.widget
    invalid = bool(field.errors)
    attrs: dict[str, Any] = {"placeholder": False}
    if part.describedby and not field.use_fieldset:
        attrs["aria-describedby"] = part.describedby
    if isinstance(own, (DateParts, forms.MultiWidget)):
        return field.as_widget(attrs={"invalid": invalid} if isinstance(own, DateParts) else {})
    names = [own.attrs.get("class", ""), *_classes(own, invalid=invalid)]
    attrs["class"] = " ".join(filter(None, names))
    if isinstance(own, forms.Textarea):
        attrs |= {"maxlength": False, "rows": own.attrs.get("data-rows", 6), "cols": False}
    return field.as_widget(attrs=attrs)


@register.simple_tag
def form_problems(*sources: BaseForm | str | None) -> list[tuple[str, str]]:
    """(what is wrong, id of the field to go to) for the error summary, in the page's order.

    A field's stock message ('Answer this question.') is told apart by the field's label.
    """
    return [
        problem for form in sources if isinstance(form, BaseForm) for problem in _problems(form)
    ]


def _problems(form: BaseForm) -> Iterator[tuple[str, str]]:
    if not form.is_bound:
        return
    for error in form.non_field_errors():
        yield str(error), ""
    for field in form:
        stock = _stock_messages(type(field.field))
        for error in field.errors:
            says_which = f"{field.label}: {error}" if str(error) in stock else str(error)
            yield says_which, _target(field)


def _stock_messages(kind: type[forms.Field]) -> set[str]:
    return {
        str(text)
        for base in kind.__mro__
        for text in getattr(base, "default_error_messages", {}).values()
    }


def _target(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def _kind(field: BoundField) -> str:
    own = field.field.widget
    return next((kind for base, kind in _KINDS if isinstance(own, base)), "input")


def _is_optional(field: BoundField, kind: str) -> bool:
    return (
        not field.field.required
        and kind != "checkbox"
        and getattr(field.form, "mark_optional", True)
        and "optional" not in str(field.label).lower()
    )


def _who_sees(field: BoundField) -> str:
    return str(getattr(field.form, "who_sees", {}).get(field.name, ""))


def _describedby(field: BoundField, *, counted: bool) -> str:
    parts = [field.field.widget.attrs.get("aria-describedby", "")]
    if field.auto_id:
        parts += [
            f"{field.auto_id}_helptext" if field.help_text else "",
            f"{field.auto_id}_who" if _who_sees(field) else "",
            f"{field.auto_id}_error" if field.errors else "",
            f"{field.auto_id}-info" if counted else "",
        ]
    return " ".join(filter(None, parts))


def _classes(own: forms.Widget, *, invalid: bool) -> Iterator[str]:
    match own:
        case forms.Select():
            base = "govuk-select"
        case forms.Textarea():
            base = "govuk-textarea"
        case forms.FileInput():
            base = "govuk-file-upload"
        case _:
            base = "govuk-input"
    yield base
    if isinstance(own, forms.PasswordInput):
        yield "govuk-password-input__input govuk-js-password-input-input"
    if isinstance(own, forms.Textarea):
        yield "govuk-js-character-count"
    if isinstance(own, forms.NumberInput):
        yield "govuk-input--width-5"
    if invalid:
        yield f"{base}--error"
