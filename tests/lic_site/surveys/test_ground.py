"""Links, how answers become rows, and what people can be asked about."""

from typing import Any

import pytest

from lic_site.accounts.models import Person
from lic_site.common import tokens
from lic_site.surveys import links, policies, protocol
from lic_site.surveys.checks import subjects_fit
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Answer, Comment, Response, Wave
from lic_site.surveys.services.storing import store
from tests.factories.people import PersonFactory
from tests.factories.surveys import InvitationFactory, WaveFactory, answered
from tests.support.people import NOW, Cast

GIVEN = {"useful": ("2",), "what": ("talks", "people"), "change": ("Shorter.",)}


class Whole:
    name = "whole"
    title = "Whole"
    anchors = {"ends": "it ends"}
    audiences = {"all": "Everybody"}

    def find(self, pks: Any) -> dict[int, Any]:
        return {}

    choices = anchored = anchor = audience = read_by = companions = find


class Nameless(Whole):
    name = "not letters 1"


class Empty:
    name = "empty"


WHOLE, TWICE = [Whole()], [Whole(), Whole()]
NAMELESS, EMPTY = [Nameless()], [Empty()]


@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "number"),
    [("NOTHING", "E001"), ("NAMELESS", "E002"), ("EMPTY", "E002"), ("TWICE", "E003")],
)
def test_a_subject_that_does_not_fit_is_named(settings: Any, path: str, number: str) -> None:
    settings.SURVEY_SUBJECTS = [f"{__name__}.{path}"]
    assert [error.id for error in subjects_fit()] == [f"surveys.{number}"]


@pytest.mark.once
def test_those_of_the_site_fit(settings: Any) -> None:
    assert subjects_fit() == []
    settings.SURVEY_SUBJECTS = [f"{__name__}.WHOLE"]
    assert subjects_fit() == []
    assert protocol.subjects()


def test_a_link_opens_one_invitation_until_it_is_ended(db: None) -> None:
    invitation = InvitationFactory()
    token = links.token_for(invitation)
    assert links.invitation_for(token) == invitation
    assert links.address_of(invitation).endswith(f"/survey/{token}/")
    assert links.invitation_for(tokens.make("unsubscribe", invitation.pk)) is None
    invitation.link_version += 1
    invitation.save()
    assert links.invitation_for(token) is None


@pytest.mark.parametrize("token", ["", "1-1~x", "é", "x" * 500])
def test_a_token_that_we_did_not_make_opens_nothing(db: None, token: str) -> None:
    assert links.invitation_for(token) is None


def test_an_anonymous_answer_has_no_name_no_day_and_its_words_stand_alone(db: None) -> None:
    wave = WaveFactory(mode=Mode.ANONYMOUS)
    store(wave, [GIVEN, GIVEN])
    assert set(Response.objects.values_list("pseudonym", "person", "on")) == {("", None, None)}
    assert Comment.objects.filter(response=None).count() == 2
    assert Answer.objects.count() == 6


def test_where_a_name_or_pseudonym_is_known_words_stay_with_the_answer(cast: Cast) -> None:
    for mode in (Mode.LINKED, Mode.NAMED, Mode.OWN):
        wave = WaveFactory(mode=mode)
        answered(wave, [cast.owner], useful=("2",), change=("Shorter.",))
        assert wave.comments.get().response == wave.responses.get()


def test_answers_to_what_is_not_asked_are_left_out(db: None) -> None:
    wave = WaveFactory()
    store(wave, [{**GIVEN, "useful": ("5",), "made-up": ("1",)}])
    assert not Comment.objects.exists()
    assert not Answer.objects.filter(question="made-up").exists()


def test_a_wave_that_is_not_open_stores_nothing(db: None) -> None:
    wave = WaveFactory(version=None, questionnaire=WaveFactory().questionnaire, state="planned")
    with pytest.raises(ValueError, match="nothing to answer"):
        store(wave, [GIVEN])


@pytest.mark.parametrize("mode", Mode)
def test_nobody_but_its_owner_sees_an_answer_save_what_is_named_to_admins(
    cast: Cast, admin: Person, lead: Person, mode: Mode
) -> None:
    wave = WaveFactory(mode=mode)
    answered(wave, [cast.owner])
    everything = Response.objects.all()
    own = mode in {Mode.NAMED, Mode.OWN}
    assert policies.visible(cast.owner, everything).count() == own
    assert policies.visible(admin, everything).count() == (mode == Mode.NAMED)
    for other in (cast.colleague, cast.stranger, lead, None):
        assert not policies.visible(other, everything)
    assert policies.can(admin, "see_named", wave) == (mode == Mode.NAMED)


def test_waves_are_for_staff_until_their_results_are_shared(cast: Cast, admin: Person) -> None:
    wave = WaveFactory(state=WaveState.CLOSED, closed_at=NOW)
    assert list(policies.visible(admin, Wave.objects.all())) == [wave]
    assert not policies.visible(cast.stranger, Wave.objects.all())
    assert not policies.visible(cast.stranger, Answer.objects.all())


def test_every_mode_says_who_sees_what(db: None) -> None:
    assert len({policies.who_sees(mode) for mode in Mode}) == len(Mode)
    assert "withdraw" not in policies.who_sees(Mode.ANONYMOUS)


def test_a_person_without_a_name_here_can_do_nothing(db: None) -> None:
    erased = PersonFactory(erased_at=NOW)
    assert not policies.can(erased, "see_waves")
    assert not policies.visible(erased, Wave.objects.all())
