"""Learning sets: making them, moving people, keeping two apart, what a member shares."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from cohorts.programme.models import Enrolment, Introduction, LearningSet
from lic_site.accounts.models import Person

NO_SET = "none"
type Choices = Sequence[tuple[str, Any]]


def _people(members: Iterable[Enrolment]) -> Choices:
    named = [(str(each.pk), each.person.name) for each in members]
    return sorted(named, key=lambda choice: choice[1].casefold())


class MoveForm(forms.Form):
    """One person into a set, or out of one."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose whom to move."})
    to = forms.ChoiceField(label="To", error_messages={"required": "Choose a set."})

    def __init__(
        self,
        *args: Any,
        members: Iterable[Enrolment],
        sets: Iterable[LearningSet],
        asks_size: bool = False,
        **kwargs: Any,
    ) -> None:
        """``asks_size``: the size of a set was in the way, and may be meant."""
        super().__init__(*args, **kwargs)
        targets = [(str(each.pk), each.name) for each in sets]
        for name, choices in (
            ("person", _people(members)),
            ("to", [*targets, (NO_SET, "No set")]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
            field.choices = [("", "Choose"), *choices]
        if asks_size:
            self.fields["size_accepted"] = forms.BooleanField(
                label="Move all the same", required=False
            )


class MakeForm(forms.Form):
    """How many sets, and who is left where they are."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        numbers: Iterable[int],
        count: int,
        sets: Iterable[tuple[str, Iterable[Enrolment]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.TypedChoiceField(
            label="How many sets?",
            coerce=int,
            choices=[(number, _of(count, number)) for number in numbers],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how many sets."},
        )
        groups = [(name, _people(members)) for name, members in sets]
        if groups:
            self.fields["stay"] = forms.TypedMultipleChoiceField(
                label="Who stays where they are?",
                help_text="Everybody else may be moved, to spread boroughs, grades and employers.",
                coerce=int,
                choices=[
                    (key, f"{person}, {name}") for name, people in groups for key, person in people
                ],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )


def _of(count: int, number: int) -> str:
    each, over = divmod(count, number)
    sets = "1 set" if number == 1 else f"{number} sets"
    return f"{sets} of {each} or {each + 1}" if over else f"{sets} of {each}"


class ApartForm(forms.Form):
    one = forms.ChoiceField(label="Keep", error_messages={"required": "Choose somebody."})
    other = forms.ChoiceField(
        label="apart from", error_messages={"required": "Choose somebody else."}
    )

    def __init__(self, *args: Any, members: Iterable[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people(members)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
            field.choices = [("", "Choose"), *people]


class SetForm(forms.Form):
    """A set's name and who facilitates it."""

    name = forms.CharField(max_length=60, error_messages={"required": "Give the set a name."})

    def __init__(
        self, *args: Any, learning_set: LearningSet, candidates: Iterable[Person], **kwargs: Any
    ) -> None:
        self.learning_set = learning_set
        super().__init__(*args, **kwargs)
        self.fields["facilitator"] = forms.ChoiceField(
            choices=[
                ("", "Nobody yet"),
                *((str(each.pk), _with_employer(each)) for each in candidates),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
        self.mark_optional = False

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = LearningSet.objects.filter(cohort=self.learning_set.cohort_id)
        if others.exclude(pk=self.learning_set.pk).filter(name=name).exists():
            raise forms.ValidationError("Another set of this cohort has that name. Choose another.")
        return name


def _with_employer(person: Person) -> str:
    return f"{person.name}, {person.organisation}" if person.organisation else person.name


class IntroductionForm(forms.ModelForm[Introduction]):
    """What the others of the set see beside the first name."""

    mark_optional = False

    class Meta:
        model = Introduction
        fields = (
            "shows_family_name",
            "shows_job_title",
            "shows_organisation",
            "email",
            "phone",
            "about",
        )
        labels = {
            "shows_family_name": "Show my last name",
            "shows_job_title": "Show my job title",
            "shows_organisation": "Show my employer",
            "email": "E-mail address",
            "phone": "Phone number",
            "about": "About me",
        }
        help_texts = {
            "email": "Any address you like the others to use. Leave it empty to show none.",
            "phone": "Leave it empty to show none.",
            "about": "What you would like the others to know.",
        }
        error_messages = {
            "email": {"invalid": "Write an address like name@example.org, or leave it empty."},
        }
        widgets = {"about": forms.Textarea(attrs={"data-rows": 5})}
