"""What applicants write."""

from typing import Any

from django import forms

from cohorts.programme.enums import SupportRoute
from cohorts.programme.models import Question
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Organisation

LONGEST_ANSWER = 20_000
"""Characters: far above any limit in words, so that what somebody wrote is kept."""
YES_NO = [("yes", "Yes"), ("no", "No")]


class EligibilityForm(forms.Form):
    heading_field = "eligible"

    eligible = forms.ChoiceField(
        label="Are you Global Majority staff in London’s children’s services?",
        help_text="Global Majority means people who are Black, Asian, Brown, of mixed heritage, "
        "indigenous to the global South, or racialised as ethnic minorities here. You decide "
        "whether this is you. We ask for a yes or no and nothing more.",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )


class DetailsForm(forms.Form):
    """The post from which somebody applies."""

    job_title = forms.CharField(
        max_length=120, error_messages={"required": "Write your job title."}
    )
    grade_band = forms.ChoiceField(
        label="Grade",
        help_text="Choose the nearest. It need not be the name your organisation uses.",
        choices=GradeBand,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the grade nearest to yours."},
    )
    organisation = forms.ModelChoiceField(
        label="Where you work",
        queryset=Organisation.objects.filter(ended_on=None),
        empty_label="Choose your organisation",
        error_messages={"required": "Choose the organisation you work for."},
    )


class AnswerForm(forms.Form):
    heading_field = "text"
    mark_optional = False

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=question.text if question.is_required else f"{question.text} (optional)",
            help_text=question.hint,
            required=False,
            max_length=LONGEST_ANSWER,
            widget=forms.Textarea(attrs={"data-maxwords": question.max_words, "data-rows": 12}),
            error_messages={
                "max_length": f"This is longer than {LONGEST_ANSWER:,} characters, which is more "
                "than we can keep. Shorten it, then save again."
            },
        )


class AdjustmentsForm(forms.Form):
    heading_field = "text"
    mark_optional = False

    text = forms.CharField(
        label="Is there anything you need so that you can apply, or be considered fairly?",
        help_text="For example another format, more time, or somebody to talk to. "
        "Leave it empty if there is nothing.",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"data-rows": 6}),
    )


class RouteForm(forms.Form):
    """Whom to ask."""

    heading_field = "route"

    route = forms.ChoiceField(
        label="Whose support would you like to ask for?",
        choices=SupportRoute,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. ‘Nobody for now’ is a good answer too."},
    )


class SupporterForm(forms.Form):
    """The colleague to be asked."""

    mark_optional = False

    given_name = forms.CharField(
        label="Their first name",
        max_length=80,
        error_messages={"required": "Write the first name of the colleague you ask."},
    )
    family_name = forms.CharField(
        label="Their last name",
        max_length=80,
        error_messages={"required": "Write the last name of the colleague you ask."},
    )
    email = forms.EmailField(
        label="Their work e-mail address",
        error_messages={
            "required": "Write the work e-mail address of the colleague you ask.",
            "invalid": "Write an address like name@example.gov.uk.",
        },
    )


class AskForm(forms.Form):
    when = forms.ChoiceField(
        label="Shall we ask now?",
        help_text="You can ask at any time until the decision, or not at all.",
        choices=[("now", "Yes, ask now"), ("later", "No, I will ask later")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether we should ask now or later."},
    )


class ExclusionForm(forms.Form):
    name = forms.CharField(
        max_length=160,
        error_messages={"required": "Write the name of the person who must not read it."},
    )
    email = forms.EmailField(
        label="Their work e-mail address, if you know it",
        help_text="It helps us tell apart people with the same name. We never write to them.",
        required=False,
        error_messages={"invalid": "Write an address like name@example.gov.uk, or leave it empty."},
    )
    mark_optional = False


class DeclarationForm(forms.Form):
    declared = forms.BooleanField(
        label="What I wrote is true and is about my own work",
        error_messages={"required": "Tick the box to say that what you wrote is true."},
    )


class AcceptForm(forms.Form):
    committed = forms.BooleanField(
        label="I can come on all of these dates, and I have spoken about them where I need to",
        error_messages={
            "required": "Tick the box to say that you can come on the dates. "
            "If you cannot, write to us before you decide."
        },
    )
