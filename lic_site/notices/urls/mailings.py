"""Messages to many, written by staff."""

from django.urls import URLPattern, path

from lic_site.notices.views.mailings import checking, going, writing

BELOW = "staff/messages/mailings/"
ONE = f"{BELOW}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(BELOW, writing.listing, name="mailings"),
    path(f"{BELOW}new/", writing.new, name="mailing_new"),
    path(f"{BELOW}new/<str:name>/", writing.begin, name="mailing_begin"),
    path(ONE, checking.mailing, name="mailing"),
    path(f"{ONE}whom/", writing.whom, name="mailing_whom"),
    path(f"{ONE}whom/<str:name>/", writing.change_people, name="mailing_change_people"),
    path(f"{ONE}words/", writing.words, name="mailing_words"),
    path(f"{ONE}how/", writing.how, name="mailing_how"),
    path(f"{ONE}people/", checking.people, name="mailing_people"),
    path(f"{ONE}sample/<int:number>/", checking.sample, name="mailing_sample"),
    path(f"{ONE}sample/<int:number>/html/", checking.sample_html, name="mailing_sample_html"),
    path(f"{ONE}test/", checking.test, name="mailing_test"),
    path(f"{ONE}send/", checking.send, name="mailing_send"),
    path(f"{ONE}stop/", going.stop, name="mailing_stop"),
    path(f"{ONE}resume/", going.resume, name="mailing_resume"),
    path(f"{ONE}call-off/", going.call_off, name="mailing_call_off"),
    path(f"{ONE}copy/", writing.copy, name="mailing_copy"),
    path(f"{ONE}delete/", writing.delete, name="mailing_delete"),
]
