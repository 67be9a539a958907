"""``/survey/<token>/withdraw/``: GET asks, POST does it."""

from datetime import timedelta

import pytest
from django.test import Client

from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Invitation, Response, Wave
from tests.factories.survey_answering import anonymous_wave
from tests.factories.surveys import InvitationFactory
from tests.lic_site.surveys.walking import Pages
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KNOWN = [Mode.LINKED, Mode.NAMED, Mode.OWN]


def answered(mode: Mode) -> tuple[Invitation, str]:
    invitation = InvitationFactory(wave=anonymous_wave(mode=mode))
    Pages(invitation).send()
    return invitation, f"/survey/{token_for(invitation)}/withdraw/"


@pytest.mark.parametrize("mode", KNOWN)
def test_answers_are_withdrawn_with_the_link_and_given_again(mode: Mode) -> None:
    invitation, url = answered(mode)
    client = Client()
    asks = client.get(url)
    assert "Withdraw your answers?" in asks.content.decode()
    assert "no-store" in asks["Cache-Control"]
    assert Response.objects.exists()
    done = client.post(url)
    assert "You may answer again" in done.content.decode()
    assert not Response.objects.exists()
    again = client.post(url)
    assert (again.status_code, "nothing to withdraw" in again.content.decode()) == (409, True)
    Pages(invitation).send()
    assert Response.objects.count() == 1


@pytest.mark.parametrize("mode", KNOWN)
def test_after_closing_the_page_says_that_figures_stay(mode: Mode) -> None:
    _, url = answered(mode)
    Wave.objects.update(state=WaveState.CLOSED, closes_at=NOW - timedelta(hours=1))
    assert "stay as they are" in Client().get(url).content.decode()
    done = Client().post(url).content.decode()
    assert "stay as they are" in done
    assert "answer again" not in done
    assert not Response.objects.exists()


def test_an_anonymous_answer_cannot_be_withdrawn_and_the_page_says_why() -> None:
    _, url = answered(Mode.ANONYMOUS)
    for response, status in ((Client().get(url), 200), (Client().post(url), 409)):
        assert response.status_code == status
        assert "nobody can tell which are yours" in response.content.decode()
