"""Addresses of applying, support, a person's applications and reading."""

from django.urls import URLPattern, path

from cohorts.programme.views import (
    applications,
    applying,
    applying_people,
    applying_sending,
    borough,
    public,
    reading,
    supporting,
)

_applying: list[URLPattern] = [
    path("apply/<slug:slug>/", public.start, name="start"),
    path("apply/<slug:slug>/begin/", applying.begin, name="begin"),
    path("apply/<slug:slug>/tasks/", applying.tasks, name="tasks"),
    path("apply/<slug:slug>/details/", applying.details, name="details"),
    path("apply/<slug:slug>/question/<int:pk>/", applying.question, name="question"),
    path("apply/<slug:slug>/adjustments/", applying.adjustments, name="adjustments"),
    path("apply/<slug:slug>/support/", applying_people.support, name="support"),
    path("apply/<slug:slug>/support/ask/", applying_people.ask, name="ask"),
    path("apply/<slug:slug>/support/<slug:route>/", applying_people.supporter, name="supporter"),
    path("apply/<slug:slug>/readers/", applying_people.readers, name="readers"),
    path(
        "apply/<slug:slug>/readers/<int:pk>/remove/",
        applying_people.reader_remove,
        name="reader_remove",
    ),
    path("apply/<slug:slug>/check/", applying_sending.check, name="check"),
    path("my/borough/", borough.counts, name="borough"),
    path("my/applications/", applications.applications, name="applications"),
    path("my/applications/<str:reference>/", applications.application, name="application"),
    path("my/applications/<str:reference>/sent/", applying_sending.sent, name="sent"),
    path("my/applications/<str:reference>/withdraw/", applications.withdraw, name="withdraw"),
    path("my/applications/<str:reference>/offer/", applications.offer, name="offer"),
    path("my/applications/<str:reference>/decline/", applications.decline, name="decline"),
    path("my/applications/<str:reference>/accepted/", applications.accepted, name="accepted"),
    path("my/applications/<str:reference>/dates.ics", applications.dates, name="dates"),
]

_without_account: list[URLPattern] = [
    path("support/<str:token>/", supporting.answer, name="support_answer"),
    path("support/<str:token>/answered/", supporting.answered, name="support_answered"),
    path("interest/end/<str:token>/", public.interest_end, name="interest_end"),
    path("interest/<slug:slug>/", public.interest, name="interest"),
    path("interest/<slug:slug>/noted/", public.interest_noted, name="interest_noted"),
]

_reading: list[URLPattern] = [
    path("my/reading/", reading.queue, name="reading"),
    path("my/reading/<int:pk>/", reading.review, name="review"),
    path("my/reading/<int:pk>/step-aside/", reading.recuse, name="recuse"),
]

urlpatterns: list[URLPattern] = [*_applying, *_without_account, *_reading]
