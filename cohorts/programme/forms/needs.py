"""What participants need, and Staff College's answer."""

from typing import Any, ClassVar

from django import forms

from cohorts.programme.enums import Access, AdjustmentState, Diet, NeedKind
from cohorts.programme.models import Need
from cohorts.programme.needed import Contact

NOTHING = "nothing"
OTHER = "other"


class _ChoicesForm(forms.Form):
    """Choices and words; or 'nothing', which stands alone."""

    heading_field = "codes"
    mark_optional = False
    codes: forms.MultipleChoiceField
    nothing_too: ClassVar[str]

    text = forms.CharField(
        label="Anything we should know",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"data-rows": 4}),
    )

    @staticmethod
    def of(need: Need | None) -> dict[str, Any]:
        """What was said before."""
        if need is None:
            return {}
        return {"codes": need.codes or ([] if need.text else [NOTHING]), "text": need.text}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        codes, text = data.get("codes", []), data.get("text", "").strip()
        if "codes" in self.errors:
            return data
        if NOTHING in codes and (len(codes) > 1 or text):
            self.add_error("codes", self.nothing_too)
        elif not codes and not text:
            self.add_error("codes", "Tick what you need, or ‘I need nothing’.")
        elif OTHER in codes and not text:
            self.add_error("text", "You ticked ‘Something else’: say what, in a few words.")
        return data

    def said(self) -> dict[str, Any]:
        """The codes of choices, without 'nothing', and the words."""
        codes = [code for code in self.cleaned_data["codes"] if code != NOTHING]
        return {"codes": codes, "text": self.cleaned_data["text"].strip()}


class DietForm(_ChoicesForm):
    nothing_too = "You ticked ‘I eat everything’ and something beside it. Take one of them away."
    codes = forms.MultipleChoiceField(
        label="What do you eat?",
        help_text="Tick all that fit.",
        choices=[*Diet.choices, (NOTHING, "I eat everything")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["codes", "text"]


class AccessForm(_ChoicesForm):
    nothing_too = "You ticked ‘I need nothing’ and something beside it. Take one of them away."
    codes = forms.MultipleChoiceField(
        label="What do you need to take part in comfort?",
        help_text="Tick all that fit. Tell us about yourself only what helps us arrange it.",
        choices=[*Access.choices, (NOTHING, "I need nothing")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["codes", "text"]


class ContactForm(forms.Form):
    """One person to ring, or nobody."""

    mark_optional = False
    name = forms.CharField(label="Their name", max_length=120, required=False)
    relation = forms.CharField(
        label="Who they are to you",
        help_text="For example partner, sister, friend.",
        max_length=60,
        required=False,
    )
    phone = forms.CharField(label="Their phone number", max_length=30, required=False)
    nothing = forms.BooleanField(label="I would rather not name anybody", required=False)

    @staticmethod
    def of(need: Need | None) -> dict[str, Any]:
        if need is None:
            return {}
        contact = need.contact
        return {**vars(contact)} if contact else {"nothing": True}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("name", "relation", "phone") if data.get(name)]
        if data.get("nothing"):
            if given:
                self.add_error("nothing", "Untick this, or take away what you wrote above.")
            return data
        for name, words in (("name", "Write their name."), ("phone", "Write a phone number.")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"{words} Or tick that you would rather not name anybody.")
        return data

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["nothing"]:
            return {"codes": [], "text": ""}
        contact = Contact(data["name"], data["relation"], data["phone"])
        return {"codes": [], "text": str(contact)}


FORMS: dict[NeedKind, type[DietForm | AccessForm | ContactForm]] = {
    NeedKind.DIET: DietForm,
    NeedKind.ACCESS: AccessForm,
    NeedKind.CONTACT: ContactForm,
}


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label="Where is it?",
        choices=AdjustmentState,
        widget=forms.RadioSelect,
        error_messages={"required": "Say where it is."},
    )
    reply = forms.CharField(
        label="What the participant reads",
        max_length=2_000,
        widget=forms.Textarea(attrs={"data-rows": 4}),
        error_messages={"required": "Write what the participant reads."},
    )
    told_at = forms.DateTimeField(widget=forms.HiddenInput)
    """When what is answered was said, so that a change in between is noticed."""
