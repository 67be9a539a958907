"""``/survey/<token>/``: one page at a time, nothing lost, nothing written by a GET."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lic_site.accounts.models import AuditEvent
from lic_site.common.errors import Refusal
from lic_site.surveys.definition import Definition
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.links import token_for
from lic_site.surveys.models import (
    Comment,
    Draft,
    Invitation,
    Response,
    SealedAnswer,
    Wave,
)
from lic_site.surveys.services import answering
from lic_site.surveys.services.answering import NotRightlyAnswered
from lic_site.surveys.services.errors import NoLongerOpen
from tests.factories.survey_answering import anonymous_wave
from tests.factories.surveys import ASKED, InvitationFactory, VersionFactory
from tests.lic_site.surveys.walking import Pages
from tests.support.people import NOW, SignedIn
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MODES = list(Mode)
KEPT = [Mode.LINKED, Mode.NAMED, Mode.OWN]


def invited(mode: Mode = Mode.ANONYMOUS, **fields: Any) -> Invitation:
    return InvitationFactory(wave=anonymous_wave(mode=mode, **fields))


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_is_answered_from_the_link_alone(mode: Mode) -> None:
    pages = Pages(invited(mode))
    assert "5 questions" in pages.text.replace("<b>", "").replace("</b>", "")
    assert "Who sees this" in pages.text
    pages.send()
    assert ASKED.closing in pages.text
    assert Invitation.objects.get().answered
    assert Response.objects.count() + SealedAnswer.objects.count() == 1
    assert (mode == Mode.ANONYMOUS) == SealedAnswer.objects.exists()
    assert "no-store" in pages.response["Cache-Control"]
    assert not {"sessionid", "messages"} & set(pages.client.cookies)


def test_the_first_page_names_nobody_and_says_what_a_small_number_means() -> None:
    invitation = invited()
    text = Pages(invitation).text
    assert "deleted unread" in text
    assert "cannot leave and come back" in text
    assert "/concern/" in text
    for name in (invitation.person.given_name, invitation.person.family_name):
        assert name not in text


@pytest.mark.parametrize("mode", MODES)
def test_who_is_signed_in_makes_no_difference_and_is_not_asked(
    mode: Mode, signed_in: SignedIn
) -> None:
    invitation = invited(mode)
    stranger = InvitationFactory().person
    client, url = signed_in(stranger), Pages(invitation).url
    assert queries_of(client, url) == queries_of(Client(), url) <= 6
    assert stranger.given_name not in Pages(invitation, client).text


def test_a_page_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    pages = Pages(invited()).answer()
    with django_assert_max_num_queries(5):
        pages.answer(useful="4")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_only_looks_changes_nothing(mode: Mode, method: str) -> None:
    """As scanners of e-mail do, with every address."""
    invitation = invited(mode)
    Pages(invitation).answer().answer(useful="3")
    done = invited(mode)
    Pages(done).send()
    counted = (Invitation, Draft, Response, SealedAnswer, Comment, AuditEvent, Wave)
    before = [list(model.objects.order_by("pk").values()) for model in counted]
    for each in (invitation, done):
        for end in ("", "withdraw/"):
            getattr(Client(), method)(f"/survey/{token_for(each)}/{end}?go=send&page=check")
    assert [list(model.objects.order_by("pk").values()) for model in counted] == before


def test_what_must_be_answered_is_asked_again_and_nothing_typed_is_lost() -> None:
    pages = Pages(invited()).answer().answer(again="7")
    assert "Choose an answer: ‘The day was useful to me’" in pages.text
    assert 'value="7" id="id_q-again_7" checked' in " ".join(pages.text.split())
    pages.answer(useful="2", again="7")
    pages.answer(where="room", change="x" * 50_000)
    assert "has 50,000 characters and can have 2,000" in pages.text
    assert "x" * 50_000 in pages.text
    pages.answer("back", where="room", change="😢" * 50_000)
    assert 'value="2" id="id_q-useful_1" checked' in " ".join(pages.text.split())
    pages.answer(useful="2")
    assert "😢" * 50_000 in pages.text


def test_conditions_follow_the_answers_and_words_stay_when_one_goes_back() -> None:
    pages = Pages(invited(Mode.NAMED)).answer().answer(useful="2")
    assert "What should we change?" in pages.text
    pages.answer(change="Shorter talks").answer("page-day").answer(useful="5")
    assert pages.page == "check"
    assert "Shorter talks" not in pages.text
    pages.answer("page-day").answer(useful="1")
    assert "Shorter talks" in pages.text
    pages.answer("page-day").answer(useful="5").answer("send")
    assert not Comment.objects.exists()


def test_change_from_the_check_page_comes_back_to_it() -> None:
    pages = Pages(invited()).to_check().answer("page-day")
    assert pages.page == "page-day"
    assert "I would rather not answer" in pages.text
    pages.answer(useful="5", again="")
    assert pages.page == "check"
    assert "Strongly agree" in pages.text
    pages.answer("page-day").answer(useful="1")
    assert pages.page == "page-more", "there is one more question now"


def test_right_to_left_words_and_markup_are_shown_as_they_are() -> None:
    pages = Pages(invited(Mode.NAMED))
    pages.to_check(useful="1", change="שלום <script>alert(1)</script>\r\n👩🏾‍🏫")
    assert b"<script>alert" not in pages.response.content
    pages.answer("send")
    assert Comment.objects.get().text == "שלום <script>alert(1)</script>\n👩🏾‍🏫"


@pytest.mark.parametrize("mode", KEPT)
def test_one_may_leave_and_go_on_elsewhere(mode: Mode) -> None:
    invitation = invited(mode)
    Pages(invitation).answer().answer(useful="2", again="3")
    elsewhere = Pages(invitation)
    assert "Go on where you left off" in elsewhere.text
    elsewhere.answer("resume")
    assert elsewhere.page == "page-more"
    elsewhere.answer("back", change="kept by Back")
    again = Pages(invitation).answer("resume")
    assert again.page == "page-day"
    again.answer(useful="2")
    assert "kept by Back" in again.text
    Pages(invitation).answer("again")
    assert not Draft.objects.exists()


def test_an_anonymous_answer_is_nowhere_before_it_is_sent() -> None:
    Pages(invited()).to_check()
    assert not Draft.objects.exists()
    assert not SealedAnswer.objects.exists()
    assert "Go on" not in Pages(Invitation.objects.get()).text


@pytest.mark.parametrize("token", ["x", "1-1~abc", "%F0%9F%98%A2", "a" * 500])
def test_a_guessed_or_cut_off_link_opens_nothing(token: str) -> None:
    for end in ("", "withdraw/"):
        response = Client().get(f"/survey/{token}/{end}")
        assert response.status_code == 404
        assert "This link opens no survey" in response.content.decode()


def test_a_link_that_was_ended_opens_nothing() -> None:
    invitation = invited()
    old = Pages(invitation).url
    Invitation.objects.update(link_version=2)
    assert Client().get(old).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"opens_at": NOW + timedelta(days=2)}, 403, "not open yet"),
        ({"state": WaveState.PLANNED, "version": None, "opened_at": None}, 403, "not open yet"),
        ({"closes_at": NOW}, 410, "has closed"),
        ({"state": WaveState.CLOSED}, 410, "has closed"),
        ({"state": WaveState.CANCELLED}, 410, "called off"),
    ],
)
def test_what_is_not_open_says_so(fields: dict[str, Any], status: int, words: str) -> None:
    invitation = invited()
    Wave.objects.update(**fields)
    pages = Pages(invitation)
    assert pages.response.status_code == status
    assert words in pages.text
    assert pages.client.post(pages.url, {"go": "send"}).status_code == status


@pytest.mark.parametrize("go", ["on", "send"])
def test_a_survey_that_closes_while_somebody_writes_gives_the_words_back(go: str) -> None:
    pages = Pages(invited()).answer().answer(useful="1")
    if go == "send":
        pages.answer(change="Do not lose this")
    Wave.objects.update(state=WaveState.CLOSED)
    pages.answer(go, status=410, **({} if go == "send" else {"change": "Do not lose this"}))
    assert "Do not lose this" in pages.text
    assert "Strongly disagree" in pages.text
    assert not SealedAnswer.objects.exists()


@pytest.mark.parametrize("mode", MODES)
def test_a_used_link_says_so_and_takes_nothing_more(mode: Mode) -> None:
    invitation = invited(mode)
    late = Pages(invitation).to_check()
    Pages(invitation).send()
    late.answer("send", status=409)
    assert "This survey is answered" in late.text
    assert Pages(invitation).response.status_code == 200
    assert Response.objects.count() + SealedAnswer.objects.count() == 1


def test_a_hidden_field_that_was_altered_loses_at_most_what_it_carried() -> None:
    pages = Pages(invited()).answer().answer(useful="1")
    data = {"carried": pages.carried[:-9], "page": pages.page, "q-change": "Last page's words"}
    pages.response = pages.client.post(pages.url, data)
    assert pages.response.status_code == 400
    assert "We could not read" in pages.text
    pages.answer().answer(useful="1")
    assert "Last page's words" in pages.text


def test_where_a_draft_is_kept_nothing_is_lost() -> None:
    pages = Pages(invited(Mode.LINKED)).answer().answer(useful="1")
    other = Pages(invited(Mode.LINKED))
    pages.response = pages.client.post(pages.url, {"carried": other.carried, "page": "nonsense"})
    assert pages.response.status_code == 400
    assert "up to your last ‘Continue’" in pages.text
    assert pages.answer("resume").page == "page-more"


def test_questions_that_changed_meanwhile_keep_what_still_fits() -> None:
    invitation = invited()
    pages = Pages(invitation).answer().answer(useful="1")
    shorter = Definition(sections=ASKED.sections[:1]).to_json()
    version = VersionFactory(questionnaire=invitation.wave.questionnaire, number=2, content=shorter)
    Wave.objects.update(version=version)
    pages.answer(change="gone", status=409)
    assert "The questions were changed" in pages.text
    pages.answer()
    assert 'value="1" id="id_q-useful_0" checked' in " ".join(pages.text.split())
    assert pages.answer(useful="1").page == "check"
    pages.answer("send")
    assert SealedAnswer.objects.count() == 1


def test_sending_from_a_page_that_is_not_right_goes_to_it() -> None:
    pages = Pages(invited())
    data = {"carried": pages.carried, "page": "check", "go": "send"}
    pages.response = pages.client.post(pages.url, data)
    assert pages.page == "page-day"
    assert "There is a problem" in pages.text
    assert not SealedAnswer.objects.exists()


def test_a_draft_that_stands_on_a_page_that_is_gone_goes_on_at_the_first_open_one() -> None:
    invitation = invited(Mode.OWN)
    Pages(invitation).answer().answer(useful="2")
    Draft.objects.update(page="none")
    assert Pages(invitation).answer("resume").page == "page-more"


def test_nothing_of_a_visit_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    invitation = invited()
    with caplog.at_level(logging.INFO):
        Pages(invitation).send()
        Pages(invitation)
        Client().get("/survey/nonsense/")
    assert not caplog.records


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (NoLongerOpen, 410, "What you wrote was not taken"),
        (NotRightlyAnswered, 200, "Go back to it and look again"),
    ],
)
def test_what_is_refused_in_the_last_moment_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, refusal: type[Refusal], status: int, words: str
) -> None:
    pages = Pages(invited()).to_check(useful="1", change="Do not lose this")

    def refuse(**_: Any) -> None:
        raise refusal

    monkeypatch.setattr(answering, "send_answers", refuse)
    pages.answer("send", status=status)
    assert words in pages.text
    assert "Do not lose this" in pages.text


def test_a_draft_that_was_left_at_the_end_goes_on_there() -> None:
    invitation = invited(Mode.OWN)
    Pages(invitation).to_check()
    assert Draft.objects.get().page == ""
    assert Pages(invitation).answer("resume").page == "check"
