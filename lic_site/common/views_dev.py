"""The component gallery: every component with invented data, for looking at and for axe.

Only in the demonstration (see ``lic_site.urls``).
"""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lic_site.common.widgets import DateParts


class SampleForm(forms.Form):
    """One field of each kind."""

    who_sees = {"why": "The two readers of your application, without your name or your employer."}

    name = forms.CharField(label="Full name", help_text="As you would like it on a certificate.")
    email = forms.EmailField(label="E-mail address", required=False)
    starts = forms.DateField(
        label="When did you start in this post?",
        help_text="For example, 21 11 2026.",
        widget=DateParts,
    )
    grade = forms.ChoiceField(
        label="Grade",
        choices=[("", "Choose one"), ("sp", "Senior practitioner"), ("m", "Team manager")],
    )
    support = forms.ChoiceField(
        label="Does your manager support this?",
        choices=[("yes", "Yes"), ("no", "No"), ("later", "I have not asked yet")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="What would help you take part?",
        choices=[
            ("step", "Step-free rooms"),
            ("bsl", "A BSL interpreter"),
            ("rest", "Rest breaks"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(
        label="Why this programme, and why now?", widget=forms.Textarea, max_length=1500
    )
    evidence = forms.FileField(label="A letter or other evidence", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="I can come on all six dates")


class SampleFilters(forms.Form):
    """A list's search and filters."""

    mark_optional = False

    q = forms.CharField(label="Search", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "Any"), ("s", "Submitted"), ("o", "Offered")], required=False
    )
    region = forms.ChoiceField(
        label="Sub-region", choices=[("", "All"), ("n", "North"), ("s", "South")], required=False
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component. ``?bad=1`` shows the form with its errors, ``?layout=`` another layout."""
    data = {"name": "", "starts_day": "31", "starts_month": "2", "starts_year": "2026"}
    layout = request.GET.get("layout", "")
    context = _sample() | {
        "form": SampleForm(data if "bad" in request.GET else None),
        "filters": SampleFilters(request.GET),
        "page": Paginator(range(230), 20).get_page(request.GET.get("page", 4)),
        "layout": f"layouts/{layout if layout in _LAYOUTS else 'portal'}.html",
        "nav": [
            {"text": "Home", "href": "?", "current": True},
            {"text": "Applications", "href": "?a"},
            {"text": "Your data", "href": "?b"},
        ],
    }
    return render(request, "dev/components.html", context)


_LAYOUTS = {"public", "portal", "staff", "bare"}


def _sample() -> dict[str, Any]:
    return {
        "actions": [
            {
                "title": "Finish your application",
                "text": "Two answers are left. Cohort 8, spring 2027.",
                "due": datetime(2026, 11, 27, 17, 0, tzinfo=UTC),
                "href": "#",
                "action": "Carry on",
                "urgent": True,
            },
            {"title": "Answer an offer", "due": date(2026, 12, 4), "href": "#", "action": "Answer"},
            {"title": "Read three applications", "href": "#", "action": "Start reading"},
        ],
        "tasks": [
            {"title": "Are you eligible?", "href": "#", "status": "Done", "tone": "done"},
            {
                "title": "About your work",
                "href": "#",
                "hint": "Your post, grade and employer",
                "status": "Started",
                "tone": "going",
            },
            {"title": "Your answers", "href": "#", "status": "To do", "tone": "todo"},
            {"title": "Check and send", "status": "Cannot start yet", "tone": "plain"},
        ],
        "tones": ["plain", "todo", "going", "done", "wait", "stop"],
        "rows": [
            {"key": "Full name", "value": "Amara Okafor-Lindqvist", "href": "#"},
            {"key": "Post", "value": "Advanced practitioner", "hint": "since 2023", "href": "#"},
            {"key": "What would help you take part?", "value": "", "href": "#"},
        ],
        "columns": [
            {"text": "Applicant", "sort": "name"},
            {"text": "Borough"},
            {"text": "Score", "numeric": True, "sort": "score"},
            {"text": "State"},
        ],
        "table_rows": [
            {
                "cells": [
                    {"text": name, "href": "#", "hint": hint},
                    {"text": borough},
                    {"text": score},
                    {"text": state, "tone": tone},
                ]
            }
            for name, hint, borough, score, state, tone in (
                ("Amara Okafor", "Team manager", "Hackney", "17.5", "Offered", "done"),
                ("Devika Raman", "Practitioner", "Ealing", "16.0", "Waiting list", "wait"),
                ("Yusuf Hashi", "Head of service", "Newham", "11.5", "Being read", "going"),
            )
        ],
        "events": [
            {"title": "Application sent", "when": datetime(2026, 11, 3, 9, 30, tzinfo=UTC)},
            {
                "title": "Being read",
                "when": "Two readers",
                "state": "now",
                "text": "Until 4 December.",
            },
            {"title": "Decision", "when": date(2026, 12, 11), "state": "next"},
            {"title": "First day", "when": date(2027, 1, 19), "state": "next"},
        ],
        "stages": [
            {"label": "Started", "value": 148},
            {"label": "Sent", "value": 96},
            {"label": "Read by two", "value": 71},
            {"label": "Offered", "value": 30},
            {"label": "Accepted", "value": 24},
        ],
        "job": {"title": "Sending 96 messages", "done": 34, "total": 96, "running": True},
        "crumbs": [{"text": "Cohorts", "href": "#"}, {"text": "Cohort 8", "href": "#"}],
    }
