"""The journey of a concern before it is sent: which page comes next, what each is bound to, what is
told in the end.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.forms import MultipleChoiceField
from django.utils.datastructures import MultiValueDict

from lic_site.accounts.models import Person
from lic_site.concerns import policies
from lic_site.concerns.carried import Carried
from lic_site.concerns.forms import raising as forms
from lic_site.concerns.models import Contact
from lic_site.concerns.protocol import read_token
from lic_site.concerns.services.raising import Told

START, CHECK = "start", "check"
FORMS: dict[str, type[forms.PageForm]] = {
    "happened": forms.HappenedForm,
    "who": forms.WhoForm,
    "reader": forms.ReaderForm,
    "known": forms.KnownForm,
    "hope": forms.HopeForm,
}
PAGES = [START, *FORMS, CHECK]


@dataclass
class Journey:
    """``person`` is whoever is signed in, who may yet choose to stay anonymous."""

    carried: Carried
    person: Person | None

    @cached_property
    def regarding(self) -> str:
        """What the page it came from calls itself; empty for a token that is none of ours."""
        found = read_token(self.carried.about)
        return (found[0].find(found[1]) or "") if found else ""

    @cached_property
    def contacts(self) -> list[Contact]:
        """Who reads concerns today, but for the person themselves."""
        readers = policies.visible(None, Contact.objects.select_related("person"))
        mine = Q(person=self.person) if self.person else Q(pk__in=())
        return list(readers.exclude(mine).order_by("person__family_name", "pk"))

    @cached_property
    def ticked(self) -> list[str]:
        """Readers who lead what it came from."""
        found = read_token(self.carried.about)
        leading = {each.pk for each in found[0].concerned(found[1])} if found else set()
        return [str(each.pk) for each in self.contacts if each.person_id in leading]

    @property
    def barred(self) -> frozenset[str]:
        typed = self.carried.typed("who")
        return frozenset(self.ticked if typed is None else typed.getlist("concerned"))

    @property
    def nobody_left(self) -> bool:
        return all(str(each.pk) in self.barred for each in self.contacts)

    def form(self, page: str, *, is_asked: bool = False) -> forms.PageForm:
        """A page's form. With ``is_asked`` it shows what was typed without judging it."""
        typed = self.carried.typed(page)
        given: dict[str, Any] = {
            "person": self.person,
            "contacts": self.contacts,
            "barred": self.barred,
            "ticked": self.ticked,
        }
        form = FORMS[page](None if is_asked else typed, **given)
        if is_asked and typed is not None:
            _show(form, typed)
        return form

    def first_open(self) -> str:
        """The first page that is not rightly answered, or the last page of all."""
        return next((page for page in FORMS if not self._is_done(page)), CHECK)

    def after(self, page: str) -> str:
        """The next page; once all has been laid out, back to that as soon as all is right."""
        following = PAGES[PAGES.index(page) + 1 :]
        onward = following[0] if following else CHECK
        return self.first_open() if self.carried.checked or onward == CHECK else onward

    def _is_done(self, page: str) -> bool:
        return self.carried.typed(page) is not None and self.form(page).is_valid()

    def answers(self) -> dict[str, Any]:
        """Everything rightly answered."""
        found: dict[str, Any] = {}
        for page in FORMS:
            form = self.form(page)
            if form.is_valid():
                found |= form.cleaned_data
        return found

    def told(self) -> Told:
        given = self.answers()
        words = ("about", "words", "happened_when", "happened_where", "who", "hoped_for", "reach")
        return Told(regarding=self.regarding, **{name: given.get(name, "") for name in words})

    def reader(self) -> Contact:
        chosen = self.answers()["reader"]
        return next(each for each in self.contacts if str(each.pk) == chosen)

    def concerned(self) -> list[Person]:
        """The people ticked, those whose time as readers ended meanwhile among them."""
        ticked = Contact.objects.filter(pk__in=self.barred).select_related("person")
        return list({each.person_id: each.person for each in ticked}.values())


def _show(form: forms.PageForm, typed: MultiValueDict[str, str]) -> None:
    for name, field in form.fields.items():
        is_list = isinstance(field, MultipleChoiceField)
        form.initial[name] = typed.getlist(name) if is_list else typed.get(name, "")


def before(page: str) -> str:
    return PAGES[max(0, PAGES.index(page) - 1)]
