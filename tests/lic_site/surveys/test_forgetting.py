"""Erasure, retention, merging, and what a person is told that is held on them."""

import json
from datetime import timedelta

import pytest

from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import (
    Checker,
    Deed,
    Draft,
    Invitation,
    Request,
    Response,
    Series,
    Share,
    Version,
    Wave,
)
from lic_site.surveys.privacy import PERSONAL_DATA
from lic_site.surveys.replies import replies
from lic_site.surveys.services import forgetting
from lic_site.surveys.services.pseudonyms import all_of, pseudonym
from tests.factories.people import PersonFactory
from tests.factories.surveys import CheckerFactory, InvitationFactory, WaveFactory, answered
from tests.lic_site.surveys.conftest import a_closed_wave
from tests.support.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
YEAR = timedelta(days=366)
HELD = {each.model: each for each in PERSONAL_DATA.held}


def a_wave(mode: Mode, *people: Person, **values: object) -> Wave:
    wave: Wave = WaveFactory(mode=mode, group=1, **values)
    answered(wave, list(people), useful=("2",), change=("Something.",))
    return wave


def test_erasure_takes_what_bears_a_name_and_leaves_figures_whole(cast: Cast) -> None:
    named, own = (a_wave(mode, cast.owner, cast.colleague) for mode in (Mode.NAMED, Mode.OWN))
    linked = a_wave(Mode.LINKED, cast.owner, cast.colleague)
    for each in PERSONAL_DATA.held:
        each.erase(cast.owner, NOW)
        each.erase(cast.owner, NOW)
    assert [row.person for row in named.responses.all()] == [cast.colleague]
    assert own.responses.count() == 1
    assert linked.responses.count() == 2
    assert sorted(bool(row.pseudonym) for row in linked.responses.all()) == [False, True]
    assert not Invitation.objects.filter(person=cast.owner).exists()


def test_erasure_takes_what_was_begun_asked_and_shared(cast: Cast) -> None:
    invitation = InvitationFactory(person=cast.owner)
    Draft.objects.create(invitation=invitation, answers="{}")
    Request.objects.create(person=cast.owner, asked_at=NOW)
    response = a_wave(Mode.OWN, cast.colleague).responses.get()
    Share.objects.create(
        response=response, question="useful", reader=cast.owner, relation="Mentor", shared_at=NOW
    )
    row = CheckerFactory(person=cast.owner)
    forgetting.forget_drafts(cast.owner, NOW)
    for each in PERSONAL_DATA.held:
        each.erase(cast.owner, NOW)
    assert not Draft.objects.exists()
    assert not Request.objects.exists()
    assert not Share.objects.exists()
    assert Checker.objects.get(pk=row.pk).ended_at == NOW


def test_pseudonyms_lead_back_to_nobody_without_the_sites_keys(cast: Cast) -> None:
    first, second = WaveFactory(group=1), WaveFactory(group=1)
    other = WaveFactory(group=None)
    mine = pseudonym(first, cast.owner)
    assert mine == pseudonym(second, cast.owner)
    assert mine != pseudonym(first, cast.colleague)
    assert mine != pseudonym(other, cast.owner)
    assert set(all_of(cast.owner)) == {mine, pseudonym(other, cast.owner)}
    Series.objects.update(secret="another")
    assert mine not in all_of(cast.owner)


def test_who_was_asked_is_forgotten_a_year_after_closing() -> None:
    request = Request.objects.create(person=PersonFactory(), asked_at=NOW - 2 * YEAR)
    wave = WaveFactory(
        state=WaveState.CLOSED,
        opens_at=NOW - 2 * YEAR,
        closes_at=NOW - YEAR,
        closed_at=NOW - YEAR,
    )
    InvitationFactory(wave=wave, request=request)
    kept = InvitationFactory()
    assert forgetting.retain_requests(NOW) == 0
    assert forgetting.retain_invitations(NOW) == 1
    assert forgetting.retain_requests(NOW) == 1
    assert list(Invitation.objects.all()) == [kept]


def test_what_was_begun_and_not_sent_goes_when_the_survey_is_over() -> None:
    over = WaveFactory(state=WaveState.CLOSED, closes_at=NOW - timedelta(minutes=1))
    for wave in (over, WaveFactory()):
        Draft.objects.create(invitation=InvitationFactory(wave=wave), answers="{}")
    assert forgetting.retain_drafts(NOW) == 1
    assert Draft.objects.get().invitation.wave != over


def test_answers_with_a_name_go_after_six_years(cast: Cast) -> None:
    old = a_wave(Mode.NAMED, cast.owner)
    Wave.objects.filter(pk=old.pk).update(closed_at=NOW - 7 * YEAR)
    a_wave(Mode.NAMED, cast.owner)
    linked = a_wave(Mode.LINKED, cast.owner)
    Wave.objects.filter(pk=linked.pk).update(closed_at=NOW - 7 * YEAR)
    assert forgetting.retain_responses(NOW) == 1
    assert Response.objects.count() == 2


def test_merging_keeps_the_answered_invitation_and_one_answer_a_survey(cast: Cast) -> None:
    kept, duplicate = cast.owner, cast.colleague
    both, other = WaveFactory(), WaveFactory()
    InvitationFactory(wave=both, person=kept)
    theirs = InvitationFactory(wave=both, person=duplicate, answered=True)
    mine = InvitationFactory(wave=other, person=kept, answered=True)
    InvitationFactory(wave=other, person=duplicate)
    forgetting.merge_invitations(kept, duplicate)
    assert set(Invitation.objects.all()) == {theirs, mine}


def test_merging_brings_linked_answers_under_one_pseudonym(cast: Cast) -> None:
    kept, duplicate = cast.owner, cast.colleague
    both = a_wave(Mode.LINKED, kept, duplicate)
    alone = a_wave(Mode.LINKED, duplicate)
    named = a_wave(Mode.NAMED, kept, duplicate)
    forgetting.merge_responses(kept, duplicate)
    assert [row.person for row in named.responses.all()] == [kept]
    assert sorted(row.pseudonym for row in both.responses.all()) == ["", pseudonym(both, kept)]
    assert alone.responses.get().pseudonym == pseudonym(alone, kept)


def test_merging_keeps_one_of_two_equal_shares_and_one_checker(cast: Cast) -> None:
    kept, duplicate = cast.owner, cast.colleague
    response = a_wave(Mode.OWN, cast.stranger).responses.get()
    for reader, question in ((kept, "useful"), (duplicate, "useful"), (duplicate, "again")):
        Share.objects.create(
            response=response, question=question, reader=reader, relation="x", shared_at=NOW
        )
    forgetting.merge_shares(kept, duplicate)
    assert [(share.reader, share.question) for share in Share.objects.all()] == [
        (kept, "useful"),
        (duplicate, "again"),
    ]
    CheckerFactory(person=duplicate)
    forgetting.merge_checkers(kept, duplicate)
    assert Checker.objects.filter(person=duplicate).exists()
    CheckerFactory(person=kept)
    forgetting.merge_checkers(kept, duplicate)
    assert not Checker.objects.filter(person=duplicate).exists()


def test_a_person_reads_every_answer_that_can_be_told_to_be_theirs(cast: Cast) -> None:
    for mode in (Mode.NAMED, Mode.LINKED, Mode.OWN):
        a_wave(mode, cast.owner, about=f"About {mode}")
    a_wave(Mode.ANONYMOUS, cast.owner)
    rows = HELD["surveys.Response"].rows(cast.owner)
    assert {row["About"] for row in rows} == {"About named", "About linked", "About own"}
    assert rows[0]["The day was useful to me"] == "Disagree"
    assert rows[0]["What should we change?"] == "Something."
    assert not HELD["surveys.Response"].rows(cast.colleague)


def test_a_person_reads_what_they_were_asked_and_began(cast: Cast) -> None:
    invitation = InvitationFactory(person=cast.owner)
    Draft.objects.create(invitation=invitation, answers=json.dumps({"useful": ["2"]}))
    assert HELD["surveys.Invitation"].rows(cast.owner)[0]["Answered"] is False
    drafts = HELD["surveys.Draft"].rows(cast.owner)
    assert drafts == [{"Answers so far": {"useful": ["2"]}}]
    assert HELD["surveys.Draft"].of(cast.owner).count() == 1


def test_a_person_reads_what_others_share_with_them(cast: Cast) -> None:
    response = a_wave(Mode.OWN, cast.colleague).responses.get()
    Share.objects.create(
        response=response, question="useful", reader=cast.owner, relation="x", shared_at=NOW
    )
    CheckerFactory(person=cast.owner)
    assert HELD["surveys.Share"].rows(cast.owner)[0]["Shared"] == NOW
    for held in PERSONAL_DATA.held:
        assert held.of(cast.owner) is not None


def test_a_survey_that_never_opened_has_no_words() -> None:
    response = Response(wave=WaveFactory.build(version=None, questionnaire=None))
    assert not [*replies(response)]


def test_what_staff_did_stays_without_them(admin: Person) -> None:
    wave = a_closed_wave(5)
    Wave.objects.filter(pk=wave.pk).update(made_by=admin)
    Version.objects.filter(pk=wave.version_id).update(published_by=admin)
    Deed.objects.create(wave=wave, said="Long.", did="Shorter.", made_at=NOW, made_by=admin)
    assert HELD["surveys.Deed"].rows(admin) == [{"We did": "Shorter."}]
    assert HELD["surveys.Wave"].rows(admin)[0] == {"About": wave.about}
    for held in PERSONAL_DATA.held:
        held.erase(admin, NOW)
    assert Deed.objects.get().made_by is None
    assert not Wave.objects.filter(made_by=admin).exists()
    assert not Version.objects.filter(published_by=admin).exists()
