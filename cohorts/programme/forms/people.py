"""Finding people in a cohort."""

from typing import Any

from django import forms

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Cohort
from cohorts.programme.roster import NO_SET
from lic_site.accounts.models import Borough


class PeopleForm(forms.Form):
    """Staff's search among the people of one cohort."""

    mark_optional = False

    q = forms.CharField(label="Name or employer", required=False, max_length=120)
    state = forms.ChoiceField(
        label="Where they are", choices=[("", "Any"), *EnrolmentState.choices], required=False
    )
    set = forms.ChoiceField(label="Learning set", required=False)
    borough = forms.ChoiceField(label="Borough", required=False)
    support = forms.BooleanField(label="May need support", required=False)
    untold = forms.BooleanField(label="Have not said what they need", required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Borough.objects.filter(organisations__people__enrolments__cohort=cohort)
        boroughs = theirs.order_by("name").distinct()
        sets = cohort.learning_sets.values_list("pk", "name")
        in_set: Any = self.fields["set"]
        in_set.choices = [("", "Any"), *((str(pk), name) for pk, name in sets), (NO_SET, "None")]
        from_borough: Any = self.fields["borough"]
        from_borough.choices = [("", "Any"), *((str(one.pk), one.name) for one in boroughs)]
