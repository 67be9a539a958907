"""What people type about themselves, and what staff type about people."""

from datetime import timedelta

from allauth.account.forms import SignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lic_site.accounts.enums import GradeBand, Role
from lic_site.accounts.equality import (
    DETAILED_GROUPS,
    ETHNIC_GROUPS,
    OWN_WORDS_LENGTH,
    PREFER_NOT,
    PREFER_NOT_WORDS,
    QUESTIONS,
)
from lic_site.accounts.models import Organisation, Person, User
from lic_site.accounts.policies import WHO_SEES
from lic_site.common.widgets import DateParts


class SignUpForm(SignupForm):
    """allauth's, answering in the same time whether or not the address is known."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        user, response = super().try_save(request)
        return user, response


def _grades() -> list[tuple[str, str]]:
    return [("", "Choose one"), *GradeBand.choices]


class DetailsForm(forms.Form):
    """Name, job title, grade."""

    who_sees = {"grade_band": WHO_SEES["details"]}

    given_name = forms.CharField(
        label="First name", max_length=80, error_messages={"required": "Enter your first name."}
    )
    family_name = forms.CharField(
        label="Last name", max_length=80, error_messages={"required": "Enter your last name."}
    )
    job_title = forms.CharField(
        label="Job title",
        max_length=120,
        error_messages={"required": "Enter your job title, in your own words."},
    )
    grade_band = forms.ChoiceField(
        label="Grade",
        help_text="The one nearest to your post.",
        choices=_grades,
        error_messages={"required": "Choose the grade nearest to your post."},
    )


class EmployerForm(forms.Form):
    """Who employs the person."""

    who_sees = {"organisation": WHO_SEES["employer"]}

    organisation = forms.ModelChoiceField(
        label="Who do you work for?",
        help_text="Choose the organisation that employs you.",
        queryset=Organisation.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose who you work for."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        current = Organisation.objects.filter(ended_on=None)
        self.fields["organisation"].queryset = current  # type: ignore[attr-defined]


class AboutYouForm(EmployerForm, DetailsForm):
    """A new user says who they are."""

    who_sees = {"organisation": WHO_SEES["details"]}
    field_order = ["given_name", "family_name", "job_title", "grade_band", "organisation"]


class ManagerForm(forms.Form):
    """Who somebody's line manager is."""

    who_sees = {"email": WHO_SEES["manager"]}

    given_name = forms.CharField(
        label="Their first name",
        max_length=80,
        error_messages={"required": "Enter their first name."},
    )
    family_name = forms.CharField(label="Their last name", max_length=80, required=False)
    email = forms.EmailField(
        label="Their work e-mail address",
        help_text="We write to them only if you ask for their support.",
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "Enter an e-mail address such as name@council.gov.uk.",
        },
    )

    def name(self) -> str:
        """As typed."""
        return f"{self.cleaned_data['given_name']} {self.cleaned_data['family_name']}".strip()


class AddressesForm(forms.Form):
    """Which address gets which kind of message."""

    essential = forms.ChoiceField(
        label="Things you need to do or know",
        help_text="Deadlines, answers you are waiting for, changed dates.",
        widget=forms.RadioSelect,
    )
    optional = forms.ChoiceField(
        label="News and invitations",
        help_text="You can turn these off in each message.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.addresses = {str(a.pk): a for a in person.addresses.exclude(verified_at=None)}
        choices = [(pk, address.email) for pk, address in self.addresses.items()]
        for name in ("essential", "optional"):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            wanted = person.address_for(name)
            field.initial = next((pk for pk, email in choices if email == wanted), None)


class EthnicGroupForm(forms.Form):
    """The first of two steps."""

    who_sees = {"ethnic_group": WHO_SEES["equality"]}
    heading_field = "ethnic_group"
    mark_optional = False

    ethnic_group = forms.ChoiceField(
        label="What is your ethnic group?",
        help_text="You need not answer. Leave it empty to take an answer back.",
        choices=[*ETHNIC_GROUPS, (PREFER_NOT, PREFER_NOT_WORDS)],
        widget=forms.RadioSelect,
        required=False,
    )


class EthnicBackgroundForm(forms.Form):
    """The second: the background within the group."""

    who_sees = {"ethnic_detail": WHO_SEES["equality"]}

    ethnic_detail = forms.ChoiceField(
        label="Which of these best describes your background?",
        widget=forms.RadioSelect,
        required=False,
    )
    ethnic_own_words = forms.CharField(
        label="How you would describe it yourself", max_length=OWN_WORDS_LENGTH, required=False
    )

    def __init__(self, *args: object, group: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [*DETAILED_GROUPS[group], (PREFER_NOT, PREFER_NOT_WORDS)]
        self.fields["ethnic_detail"].choices = choices  # type: ignore[attr-defined]


class EqualityForm(forms.Form):
    """The other questions, each of them optional."""

    mark_optional = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.words,
                choices=[*question.choices, (PREFER_NOT, PREFER_NOT_WORDS)],
                widget=forms.RadioSelect,
                required=False,
            )


class PeopleFilterForm(forms.Form):
    """Staff's search among people."""

    mark_optional = False

    q = forms.CharField(label="Name or e-mail address", required=False, max_length=120)
    organisation = forms.ModelChoiceField(
        label="Employer",
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label="Any",
    )
    role = forms.ChoiceField(
        label="Role held today", choices=[("", "Any"), *Role.choices], required=False
    )
    everybody = forms.BooleanField(
        label="Everybody on record, also those who only left a name and an address",
        required=False,
    )


def _in_a_year() -> object:
    return timezone.localdate() + timedelta(days=364)


class GrantForm(forms.Form):
    """A role for a person, until a day."""

    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    organisation = forms.ModelChoiceField(
        label="For which organisation?",
        help_text="A borough coordinator's own. Leave it empty for the whole programme.",
        queryset=Organisation.objects.filter(ended_on=None),
        required=False,
        empty_label="The whole programme",
    )
    starts_on = forms.DateField(
        label="First day",
        widget=DateParts,
        initial=timezone.localdate,
        error_messages={"required": "Enter the first day.", "invalid": "Enter a real date."},
    )
    ends_on = forms.DateField(
        label="Last day",
        help_text="The role ends by itself after this day.",
        widget=DateParts,
        initial=_in_a_year,
        error_messages={"required": "Enter the last day.", "invalid": "Enter a real date."},
    )
