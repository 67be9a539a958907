"""Addresses where Staff College plans cohorts and chooses participants."""

from django.urls import URLPattern, path

from cohorts.programme import exports
from cohorts.programme.views import staff_support
from cohorts.programme.views.staff import (
    adjustments,
    board,
    cohorts,
    design,
    overview,
    panel,
    programmes,
)

_staff_support: list[URLPattern] = [
    path(
        "staff/cohorts/<slug:slug>/support/",
        staff_support.support_requests,
        name="support_requests",
    ),
]

_staff_programme: list[URLPattern] = [
    path("staff/programme/", programmes.programmes, name="programmes"),
    path("staff/programme/<slug:slug>/", programmes.programme, name="programme"),
    path(
        "staff/programme/<slug:slug>/change/", programmes.change_programme, name="change_programme"
    ),
    path(
        "staff/programme/<slug:slug>/strands/<slug:kind>/",
        programmes.change_strand,
        name="change_strand",
    ),
    path(
        "staff/programme/<slug:slug>/positive-action/",
        programmes.change_positive_action,
        name="change_positive_action",
    ),
    path("staff/programme/<slug:slug>/funding/new/", programmes.change_funding, name="add_funding"),
    path(
        "staff/programme/<slug:slug>/funding/<int:pk>/",
        programmes.change_funding,
        name="change_funding",
    ),
    path(
        "staff/programme/<slug:slug>/funding/<int:pk>/delete/",
        programmes.delete_funding,
        name="delete_funding",
    ),
]

_staff_cohorts: list[URLPattern] = [
    path("staff/cohorts/", cohorts.cohorts, name="cohorts"),
    path("staff/cohorts/new/", cohorts.create_cohort, name="create_cohort"),
    path("staff/cohorts/<slug:slug>/", overview.cohort, name="cohort"),
    path("staff/cohorts/<slug:slug>/change/", cohorts.change_cohort, name="change_cohort"),
    path("staff/cohorts/<slug:slug>/deadlines/", cohorts.move_deadlines, name="deadlines"),
    path("staff/cohorts/<slug:slug>/copy/", cohorts.copy_cohort, name="copy_cohort"),
    path("staff/cohorts/<slug:slug>/step/<slug:name>/", cohorts.step, name="step"),
    path("staff/cohorts/<slug:slug>/questions/", design.questions, name="questions"),
    path("staff/cohorts/<slug:slug>/criteria/", design.criteria, name="criteria"),
    path("staff/cohorts/<slug:slug>/edit/<slug:kind>/new/", design.change_item, name="add_item"),
    path(
        "staff/cohorts/<slug:slug>/edit/<slug:kind>/<int:pk>/",
        design.change_item,
        name="change_item",
    ),
    path(
        "staff/cohorts/<slug:slug>/edit/<slug:kind>/<int:pk>/arrange/",
        design.arrange_item,
        name="arrange_item",
    ),
]

_staff_selection: list[URLPattern] = [
    path("staff/cohorts/<slug:slug>/readers/", panel.readers, name="panel"),
    path("staff/cohorts/<slug:slug>/readers/find/", panel.find_reader, name="find_reader"),
    path("staff/cohorts/<slug:slug>/readers/add/", panel.add_reader, name="add_reader"),
    path("staff/cohorts/<slug:slug>/readers/assign/", panel.assign, name="assign"),
    path("staff/cohorts/<slug:slug>/readers/who/", panel.assigned, name="assigned"),
    path(
        "staff/cohorts/<slug:slug>/readers/who/<slug:reference>/",
        panel.set_readers,
        name="set_readers",
    ),
    path("staff/cohorts/<slug:slug>/readers/<int:pk>/", panel.change_reader, name="change_reader"),
    path("staff/cohorts/<slug:slug>/selection/", board.board, name="board"),
    path("staff/cohorts/<slug:slug>/selection/list.xlsx", exports.board, name="board_export"),
    path("staff/cohorts/<slug:slug>/selection/decide/<slug:action>/", board.decide, name="decide"),
    path(
        "staff/cohorts/<slug:slug>/applications/<slug:reference>/",
        board.application,
        name="staff_application",
    ),
    path(
        "staff/cohorts/<slug:slug>/applications/<slug:reference>/take-back/",
        board.take_back,
        name="take_back",
    ),
    path(
        "staff/cohorts/<slug:slug>/adjustments/", adjustments.adjustments, name="staff_adjustments"
    ),
    path(
        "staff/cohorts/<slug:slug>/adjustments/<slug:reference>/",
        adjustments.answer,
        name="answer_adjustment",
    ),
]

urlpatterns: list[URLPattern] = [
    *_staff_support,
    *_staff_programme,
    *_staff_cohorts,
    *_staff_selection,
]
