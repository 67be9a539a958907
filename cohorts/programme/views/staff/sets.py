"""Learning sets: the board, making them, telling their members, who is kept apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.programme import policies, tasks
from cohorts.programme.forms.sets import NO_SET, ApartForm, MakeForm, MoveForm
from cohorts.programme.grouping import possible_numbers, usual_number
from cohorts.programme.models import Cohort, Enrolment, LearningSet
from cohorts.programme.services import sets as verbs
from cohorts.programme.services.sets.errors import SizeOutside
from cohorts.programme.services.sets.facts import Facts, facts_of
from cohorts.programme.services.sets.naming import to_be_told
from cohorts.programme.set_board import Board, board_of
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common import jobs
from lic_site.common.errors import Refusal
from lic_site.common.posted import posted
from lic_site.notices.protocol import kinds
from lic_site.notices.renderer import Message, compose

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _facts(request: SignedInRequest, cohort: Cohort) -> Facts:
    places = Enrolment.objects.filter(cohort=cohort)
    return facts_of(policies.visible(request.person, places), timezone.localdate())


def _board(request: SignedInRequest, cohort: Cohort, facts: Facts) -> Board:
    found = cohort.learning_sets.select_related("facilitator")
    return board_of(facts, policies.visible(request.person, found))


@form_methods
@allowed("run_cohorts", policies)
def sets(request: SignedInRequest, slug: str) -> HttpResponse:
    """The board; a POST moves one person."""
    cohort = cohort_of(request, slug)
    facts = _facts(request, cohort)
    if request.method == "POST":
        form = _move_form(request, cohort, facts, asks_size="size_accepted" in request.POST)
        if form.is_valid():
            try:
                said = _move(request, facts, form.cleaned_data)
            except SizeOutside as refusal:
                form = _move_form(request, cohort, facts, asks_size=True)
                form.add_error(None, str(refusal))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, said)
                return to("sets", slug)
    else:
        form = _move_form(request, cohort, facts, initial={"person": request.GET.get("move")})
    board = _board(request, cohort, facts)
    return page(
        request,
        "sets",
        cohort,
        board=board,
        form=form,
        apart=len(facts.apart),
        can_make=bool(usual_number(board.people)),
    )


def _move_form(request: SignedInRequest, cohort: Cohort, facts: Facts, **kwargs: Any) -> MoveForm:
    found = policies.visible(request.person, cohort.learning_sets.all())
    return MoveForm(posted(request), members=facts.members.values(), sets=found, **kwargs)


def _move(request: SignedInRequest, facts: Facts, data: dict[str, Any]) -> str:
    member = facts.members[int(data["person"])]
    target = None
    if data["to"] != NO_SET:
        target = LearningSet.objects.get(pk=data["to"], cohort=member.cohort_id)
    verbs.move_member(
        enrolment=member,
        to=target,
        size_accepted=data.get("size_accepted", False),
        by=request.person,
        at=timezone.now(),
    )
    if target is None:
        return f"{member.person.name} is in no set."
    told = " They are told by e-mail." if target.named_at else ""
    return f"{member.person.name} is in {target.name}.{told}"


@form_methods
@allowed("run_cohorts", policies)
def make(request: SignedInRequest, slug: str) -> HttpResponse:
    """How many sets and who stays; then the work is under way."""
    cohort = cohort_of(request, slug)
    facts = _facts(request, cohort)
    board = _board(request, cohort, facts)
    placed = [card for card in board.cards if card.rows]
    numbers = possible_numbers(board.people)
    now = len(board.cards)
    form = MakeForm(
        posted(request),
        numbers=numbers,
        count=board.people,
        sets=[(card.learning_set.name, [row.enrolment for row in card.rows]) for card in placed],
        initial={
            "number": now if now in numbers else usual_number(board.people),
            "stay": [
                row.enrolment.pk
                for card in placed
                if card.learning_set.named_at
                for row in card.rows
            ],
        },
    )
    if request.method == "POST" and form.is_valid():
        started = jobs.start(
            tasks.make_sets,
            by_id=request.person.pk,
            at=timezone.now(),
            arguments={
                "cohort": cohort.pk,
                "number": form.cleaned_data["number"],
                "stay": form.cleaned_data.get("stay", []),
                "by": request.person.pk,
            },
            key=f"cohort {cohort.pk}",
            back_to=request.path.removesuffix("make/"),
        )
        return redirect("job", started.pk)
    return page(
        request,
        "sets_make",
        cohort,
        form=form,
        board=board,
        numbers=numbers,
        named=any(card.learning_set.named_at for card in placed),
    )


@form_methods
@allowed("run_cohorts", policies)
def name(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is written to, and what; then it goes out."""
    cohort = cohort_of(request, slug)
    if request.method == "POST":
        by, at = request.person, timezone.now()
        carried_out(
            request,
            None,
            lambda: verbs.name_sets(cohort=cohort, by=by, at=at),
            "The sets are named. Each member is written to once.",
        )
        return to("sets", slug)
    members = to_be_told(cohort)
    return page(
        request,
        "sets_name",
        cohort,
        members=members,
        message=_preview(members[0]) if members else None,
        leaderless=sorted(
            {
                each.learning_set.name
                for each in members
                if each.learning_set and each.learning_set.facilitator_id is None
            }
        ),
    )


def _preview(member: Enrolment) -> Message:
    """What the first of them is about to read."""
    kind = kinds()["programme.set_named"]
    words = kind.context(member, member.person)
    return compose(kind, words, recipient=member.person, message_id="<preview@localhost>")


@form_methods
@allowed("run_cohorts", policies)
def apart(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is kept apart, by Staff College or because one manages the other; and one pair more."""
    cohort = cohort_of(request, slug)
    facts = _facts(request, cohort)
    form = ApartForm(posted(request), members=facts.members.values())
    if request.method == "POST" and form.is_valid():
        one, other = (facts.members[int(form.cleaned_data[key])] for key in ("one", "other"))
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: verbs.keep_apart(one=one, other=other, by=by, at=at),
            f"{one.person.name} and {other.person.name} are kept apart.",
        ):
            return to("sets_apart", slug)
    return page(
        request,
        "sets_apart",
        cohort,
        form=form,
        exclusions=[(pk, facts.names(pair)) for pair, pk in sorted(facts.exclusions.items())],
        managed=[facts.names(pair) for pair in sorted(facts.managed)],
    )
