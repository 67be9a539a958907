"""Answering a survey in Chromium: on a phone without JavaScript, by keyboard, in every mode."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from lic_site.surveys import companions
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Comment, Invitation, Response, SealedAnswer, Wave
from tests.factories.people import PersonFactory
from tests.factories.survey_answering import anonymous_wave
from tests.factories.surveys import InvitationFactory, answered
from tests.functional.conftest import NewVisitor
from tests.lic_site.surveys.test_sharing import MANAGER, Relations
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
USEFUL, LIKELY = "The day was useful to me", "How likely are you to recommend it?"


@pytest.fixture(autouse=True)
def _a_site(db: None) -> None:
    plant_roots()
    cache.clear()


def asked(mode: Mode) -> Invitation:
    now = timezone.now()
    wave = anonymous_wave(mode=mode, opens_at=now - DAY, closes_at=now + DAY)
    return InvitationFactory(wave=wave)


@pytest.mark.parametrize(
    ("phone", "javascript", "keyboard"),
    [(True, False, False), (True, True, False), (False, True, True), (False, False, True)],
)
def test_somebody_answers_an_anonymous_survey(
    visitor: NewVisitor, phone: bool, javascript: bool, keyboard: bool
) -> None:
    ada = visitor(phone=phone, javascript=javascript, keyboard=keyboard)
    ada.go(f"/survey/{token_for(asked(Mode.ANONYMOUS))}/")
    ada.sees("Nobody can tell which answers are yours")
    ada.press("Start")
    ada.choose("7", group=LIKELY)
    ada.press("Continue")
    ada.sees("There is a problem")
    ada.choose("Disagree", group=USEFUL)
    ada.press("Continue")
    ada.choose("Online")
    ada.choose("The talks")
    ada.choose("The people")
    ada.fill("What should we change?", "Mehr Pausen שלום 😢")
    ada.press("Back")
    assert ada.page.get_by_label("Disagree", exact=True).is_checked()
    assert ada.page.get_by_label("7", exact=True).is_checked()
    ada.press("Continue")
    ada.sees("Mehr Pausen שלום 😢")
    ada.press("Continue")
    ada.sees("Check your answers")
    ada.sees("The talks")
    ada.press("Change The day")
    ada.choose("Strongly disagree", group=USEFUL)
    ada.press("Continue")
    ada.sees("Strongly disagree")
    ada.press("Send")
    ada.sees("Thank you")
    assert SealedAnswer.objects.count() == 1
    ada.page.go_back()
    ada.sees("This survey is answered")
    assert SealedAnswer.objects.count() == 1
    assert not [each for each in ada.page.context.cookies() if each["name"] == "sessionid"]


def test_somebody_leaves_comes_back_sends_and_withdraws(visitor: NewVisitor) -> None:
    link = f"/survey/{token_for(asked(Mode.NAMED))}/"
    train = visitor(phone=True)
    train.go(link)
    train.press("Start")
    train.choose("Agree", group=USEFUL)
    train.press("Continue")

    home = visitor()
    home.go(link)
    home.press("Go on where you left off")
    home.choose("In the room")
    home.press("Continue")
    home.sees("Agree")
    home.press("Send")
    home.follow("withdraw your answers")
    home.press("Withdraw my answers")
    home.sees("You may answer again")
    assert not Response.objects.exists()


def test_every_other_page_is_free_of_barriers(visitor: NewVisitor) -> None:
    ada = visitor(phone=True)
    ada.go("/survey/nonsense/", status=404)
    invitation = asked(Mode.ANONYMOUS)
    link = f"/survey/{token_for(invitation)}/"
    ada.go(f"{link}withdraw/")
    ada.go(link)
    ada.press("Start")
    ada.choose("Disagree", group=USEFUL)
    Wave.objects.update(state=WaveState.CLOSED)
    ada.press("Continue")
    ada.sees("What you wrote was not taken")
    ada.sees("Disagree")
    Wave.objects.update(state=WaveState.CANCELLED)
    ada.seen.clear()
    ada.go(link, status=410)
    Wave.objects.update(state=WaveState.OPEN, opens_at=timezone.now() + timedelta(hours=1))
    ada.seen.clear()
    ada.go(link, status=403)


def test_somebody_shares_an_answer_and_takes_it_back(
    visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = PersonFactory(given_name="Alice", family_name="Owner")
    bob = PersonFactory(given_name="Bob", family_name="Manages")
    monkeypatch.setattr(companions, "subjects", lambda: {"session": Relations({MANAGER: bob})})
    wave = asked(Mode.OWN).wave
    answered(wave, [alice], useful=("2",), change=("Longer breaks",))
    owner = visitor(phone=True)
    owner.sign_in(alice)
    owner.go("/my/surveys/")
    owner.follow(f"{wave.questionnaire.name}: {wave.about}")
    owner.press("Share this answer", exact=False)
    owner.choose("Bob Manages", exact=False)
    owner.press("Share it")
    owner.sees("It is shared")

    reader = visitor(phone=True)
    reader.sign_in(bob)
    reader.go("/my/surveys/")
    reader.follow("See 1 answer that others share with you")
    reader.sees("Alice Owner")
    reader.sees_not("Longer breaks")
    owner.press("Take it back", exact=False)
    owner.sees("They no longer see it.")
    reader.go("/my/shared/")
    reader.sees("Nothing is shared with you")
    assert Comment.objects.count() == 1
