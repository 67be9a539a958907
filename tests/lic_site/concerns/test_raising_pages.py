"""``/concern/``: one thing a page, nothing lost, nothing stored before it is sent."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.common.carried import seal, unseal
from lic_site.concerns.carried import opened
from lic_site.concerns.enums import Known
from lic_site.concerns.forms.raising import LONGEST
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.protocol import token_for
from tests.factories.running import a_running_cohort, a_session
from tests.lic_site.concerns.conftest import Readers
from tests.lic_site.concerns.walking import Pages
from tests.support.people import NOW, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pages(readers: Readers) -> Pages:
    return Pages(Client())


def test_a_visitor_sends_anonymously_and_comes_back_with_the_code(
    pages: Pages, readers: Readers
) -> None:
    pages.to_check(readers.priya)
    assert not Concern.objects.exists()
    pages.answer("send")
    concern = Concern.objects.get()
    assert concern.reference in pages.text
    assert pages.code
    assert (concern.raiser, concern.known) == (None, Known.ANONYMOUS)
    assert "no-store" in pages.response["Cache-Control"]
    assert "sessionid" not in pages.client.cookies
    thread = pages.client.post("/concern/follow/", {"code": pages.code.lower()})
    assert concern.reference in thread.content.decode()
    assert "no-store" in thread["Cache-Control"]


def test_sending_twice_is_one_concern_and_shows_the_same_code(
    pages: Pages, readers: Readers
) -> None:
    pages.to_check(readers.priya)
    carried = pages.carried
    first = pages.answer("send").code
    again = pages.client.post("/concern/", {"carried": carried, "page": "check", "go": "send"})
    assert first in again.content.decode()
    assert Concern.objects.count() == 1


def test_somebody_signed_in_sends_with_their_name(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    pages = Pages(signed_in(alice)).to_check(readers.priya, known="named").answer("send")
    assert Concern.objects.get().raiser == alice
    assert not pages.code
    assert f"/my/concerns/{Concern.objects.get().reference}/" in pages.text


def test_somebody_signed_in_may_stay_anonymous(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    pages = Pages(signed_in(alice)).to_check(readers.priya).answer("send")
    assert Concern.objects.get().raiser is None
    assert pages.code


def test_a_visitor_may_write_who_they_are(pages: Pages, readers: Readers) -> None:
    pages.answer().answer(about="other", words="x").answer().answer(reader=str(readers.priya.pk))
    pages.answer(known="written", reach="")
    assert "Write who you are" in pages.text
    pages.answer(known="written", reach="Ada, 020 7946 0000").answer().answer("send")
    assert Concern.objects.get().reach == "Ada, 020 7946 0000"


def test_everything_empty_is_said_beside_each_question(pages: Pages) -> None:
    pages.answer().answer()
    assert pages.page == "happened"
    assert "Choose what it is about" in pages.text
    assert "Write what happened" in pages.text


@pytest.mark.parametrize("words", ["x" * 50_000, "😢" * 30_000])
def test_what_is_too_long_stays_in_the_box(pages: Pages, words: str) -> None:
    pages.answer().answer(about="racism", words=words)
    assert "shorten it" in pages.text
    assert words in pages.text
    pages.answer(about="racism", words=words[:LONGEST])
    assert pages.page == "who"


@pytest.mark.parametrize("words", ["סיפור مع 😢 <script>", "a\nb\r\n\tc", "&amp;"])
def test_words_of_every_script_arrive_as_they_were_written(
    pages: Pages, readers: Readers, words: str
) -> None:
    pages.to_check(readers.priya, words=words).answer("send")
    said = Concern.objects.get().entries.get().text
    assert said.replace("\r\n", "\n") == words.replace("\r\n", "\n")
    assert "<script>" not in pages.text


def test_going_back_and_forth_loses_nothing(pages: Pages, readers: Readers) -> None:
    pages.answer().answer(about="harm", words="Kept").answer("back", who="Half a wo")
    assert pages.page == "happened"
    assert "Kept" in pages.text
    assert pages.text.count("checked") == 1
    pages.answer(about="harm", words="Kept")
    assert "Half a wo" in pages.text
    pages.answer("back", who="Half a wo").answer("back", about="", words="Kept")
    assert pages.page == "start"
    pages.answer()
    assert "Kept" in pages.text
    assert "There is a problem" not in pages.text


def test_an_answer_is_changed_from_the_last_page_and_leads_back_to_it(
    pages: Pages, readers: Readers
) -> None:
    pages.to_check(readers.priya).answer("hope")
    assert pages.page == "hope"
    pages.answer(hoped_for="An apology")
    assert pages.page == "check"
    assert "An apology" in pages.text


def test_a_reader_whom_it_is_about_cannot_be_chosen(pages: Pages, readers: Readers) -> None:
    pages.answer().answer(about="racism", words="x").answer(concerned=[str(readers.priya.pk)])
    assert pages.page == "reader"
    assert "Nadia Listens" in pages.text
    assert "Priya Reads" not in pages.text
    pages.answer(reader=str(readers.priya.pk))
    assert pages.page == "reader"
    assert "Choose another reader" in pages.text


def test_ticking_the_reader_afterwards_asks_for_another(pages: Pages, readers: Readers) -> None:
    pages.to_check(readers.priya).answer("who").answer(concerned=[str(readers.priya.pk)])
    assert pages.page == "reader"
    pages.answer(reader=str(readers.nadia.pk)).answer("send")
    concern = Concern.objects.get()
    assert concern.reader == readers.nadia.person
    assert [each.person for each in concern.exclusions.all()] == [readers.priya.person]


def test_when_all_are_ticked_the_way_outside_is_shown(pages: Pages, readers: Readers) -> None:
    everybody = [str(readers.priya.pk), str(readers.nadia.pk)]
    pages.answer().answer(about="racism", words="x").answer(concerned=everybody)
    assert "Nobody is left who could read it here" in pages.text
    assert "020 3117 2520" in pages.text
    assert "Continue" not in pages.text


def test_with_no_reader_at_all_the_start_says_so(db: None) -> None:
    pages = Pages(Client())
    assert "Nobody reads concerns here at the moment" in pages.text
    pages.response = pages.client.post("/concern/", {"carried": "", "page": "start"})
    assert pages.response.status_code == 200


def test_a_reader_whose_time_ended_meanwhile_is_not_sent_it(pages: Pages, readers: Readers) -> None:
    pages.to_check(readers.priya)
    Contact.objects.filter(pk=readers.priya.pk).update(ended_at=NOW - timedelta(days=1))
    pages.answer("send")
    assert pages.page == "reader"
    assert "does not read concerns any more" in pages.text
    pages.answer(reader=str(readers.nadia.pk)).answer("send")
    assert Concern.objects.get().reader == readers.nadia.person


def test_somebody_ticked_whose_time_ended_meanwhile_stays_ticked(
    pages: Pages, readers: Readers
) -> None:
    pages.to_check(readers.nadia, concerned=[str(readers.priya.pk)])
    Contact.objects.filter(pk=readers.priya.pk).update(ended_at=NOW - timedelta(days=1))
    pages.answer("send")
    assert Concern.objects.get().exclusions.get().person == readers.priya.person


@pytest.mark.parametrize("number", ["9" * 30, "٣", "-1", "x", ""])
def test_ticking_nobody_we_know_is_told_beside_the_question(pages: Pages, number: str) -> None:
    pages.answer().answer(about="racism", words="x").answer(concerned=[number])
    assert pages.page == "who"
    assert "is not one of the available choices" in pages.text


def test_a_name_is_not_sent_by_somebody_signed_out_meanwhile(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    browser = signed_in(alice)
    pages = Pages(browser).to_check(readers.priya, known="named")
    browser.logout()
    pages.answer("send")
    assert pages.page == "known"
    assert "signed in or out differently" in pages.text
    assert not Concern.objects.exists()


def test_a_reader_is_not_offered_their_own_concern(readers: Readers, signed_in: SignedIn) -> None:
    pages = Pages(signed_in(readers.priya.person))
    assert "Priya Reads" not in pages.text
    assert "Nadia Listens" in pages.text


@pytest.mark.parametrize("carried", ["", "forged", "é" * 50, "x" * 5000])
def test_what_we_did_not_seal_is_not_believed(readers: Readers, carried: str) -> None:
    response = Client().post("/concern/", {"carried": carried, "page": "check", "go": "send"})
    assert "please begin again" in response.content.decode()
    assert not Concern.objects.exists()


def test_what_was_sealed_for_something_else_is_not_believed() -> None:
    sealed = seal("follow", {"code": "x"})
    assert opened(sealed) is None
    assert unseal("follow", sealed) == {"code": "x"}


@pytest.mark.parametrize(("page", "go"), [("nowhere", "on"), ("start", "check"), ("check", "send")])
def test_no_page_is_reached_before_the_ones_before_it(pages: Pages, page: str, go: str) -> None:
    data = {"carried": pages.carried, "page": page, "go": go}
    response = pages.client.post("/concern/", data)
    assert b'name="page" value="happened"' in response.content


def test_a_session_says_what_it_is_and_who_leads_it_is_ticked(readers: Readers) -> None:
    session = a_session(a_running_cohort(), days=-1, leads=readers.priya.person)
    pages = Pages(Client(), f"/concern/?about={token_for('session', session.pk)}")
    assert session.title in pages.text
    pages.answer().answer(about="racism", words="x")
    assert pages.text.count("checked") == 1
    pages.answer(concerned=[str(readers.priya.pk)]).answer(reader=str(readers.nadia.pk))
    pages.answer(known="anonymous").answer().answer("send")
    concern = Concern.objects.get()
    assert session.title in concern.regarding
    assert concern.exclusions.get().person == readers.priya.person


@pytest.mark.parametrize("about", ["session:1-1~forged", "nothing:x", "x", "", ":", "session:"])
def test_a_forged_token_is_about_nothing(readers: Readers, about: str) -> None:
    pages = Pages(Client(), f"/concern/?about={about}")
    assert "You came from" not in pages.text
    pages.to_check(readers.priya).answer("send")
    assert Concern.objects.get().regarding == ""
