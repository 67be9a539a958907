"""``/staff/concerns/contacts/``: who reads concerns, and until when."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.concerns import boards, policies
from lic_site.concerns.forms.contacts import ContactForm, NewContactForm
from lic_site.concerns.models import Contact
from lic_site.concerns.services import contacts as verbs


@require_safe
@allowed("keep_contacts", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    on = timezone.localdate()
    found = policies.visible(request.person, Contact.objects.select_related("person"))
    live = set(Contact.objects.live(on).values_list("pk", flat=True))
    now = [each for each in found if each.pk in live]
    coming = [each for each in found if each.pk not in live and _is_to_come(each)]
    past = [each for each in found if each not in now and each not in coming]
    context = {"now": now, "coming": coming, "past": past, "fewest": boards.FEWEST_READERS}
    return render(request, "concerns/staff/contacts.html", context)


def _is_to_come(contact: Contact) -> bool:
    return contact.ended_at is None and contact.starts_on > timezone.localdate()


@edit_methods
@allowed("keep_contacts", policies)
def add(request: SignedInRequest) -> HttpResponse:
    form = NewContactForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ContactForm.base_fields}
        try:
            verbs.add_contact(person=form.person, by=request.person, at=timezone.now(), **given)
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "They read concerns from their first day on.")
            return redirect("concerns:contacts")
    return _page(request, form, refusal, contact=None)


@edit_methods
@allowed("keep_contacts", policies)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = _fetch(request, pk)
    names = tuple(ContactForm.base_fields)
    initial = {name: getattr(contact, name) for name in names}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = ""
    if form.is_valid():
        try:
            verbs.change_contact(
                contact=contact, by=request.person, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "It is changed.")
            return redirect("concerns:contacts")
    return _page(request, form, refusal, contact=contact)


@edit_methods
@allowed("keep_contacts", policies)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then end their time."""
    contact, refusal = _fetch(request, pk), ""
    if request.method == "POST":
        try:
            verbs.end_contact(contact=contact, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "Their time as a reader has ended.")
            return redirect("concerns:contacts")
    context = {"contact": contact, "refusal": refusal}
    return render(request, "concerns/staff/contact_end.html", context)


def _page(
    request: SignedInRequest, form: Any, refusal: str, *, contact: Contact | None
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "contact": contact}
    return render(request, "concerns/staff/contact.html", context)


def _fetch(request: SignedInRequest, pk: int) -> Contact:
    return fetch(policies, request.person, Contact.objects.select_related("person"), pk=pk)
