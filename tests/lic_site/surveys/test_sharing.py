"""One's own answers: for oneself alone, shown one by one, taken back, over with the relation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys import companions
from lic_site.surveys.enums import Mode
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Comment, Invitation, Response, Share
from lic_site.surveys.services import sharing as verbs
from tests.factories.people import staff
from tests.factories.surveys import InvitationFactory, WaveFactory, answered
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MANAGER = "Your line manager"


class Relations(dict[str, Person]):
    """A subject whose companions a test says."""

    def companions(self, pk: int, person: Person) -> Mapping[str, Person]:
        return {name: reader for name, reader in self.items() if reader != person}


@pytest.fixture
def relations(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Relations:
    """The colleague is everybody's manager."""
    found = Relations({MANAGER: cast.colleague})
    monkeypatch.setattr(companions, "subjects", lambda: {"session": found})
    return found


def own(person: Person, mode: Mode = Mode.OWN, **fields: Any) -> Response:
    wave = WaveFactory(mode=mode, **fields)
    answered(wave, [person], useful=("2",), change=("Shorter שלום",))
    return Response.objects.get(wave=wave)


def share(response: Response, by: Person, question: str = "useful", to: str = MANAGER) -> Share:
    return verbs.share(response=response, question=question, relation=to, by=by, at=NOW)


def test_one_answer_is_shown_to_one_person_until_it_is_taken_back(
    cast: Cast, relations: Relations
) -> None:
    response = own(cast.owner)
    shared = share(response, cast.owner)
    assert share(response, cast.owner) == shared
    assert companions.read_by(cast.colleague) == [shared]
    assert not companions.read_by(cast.stranger)
    verbs.take_back(share=shared, by=cast.owner, at=NOW)
    assert not companions.read_by(cast.colleague)
    with pytest.raises(verbs.NotShared):
        verbs.take_back(share=shared, by=cast.owner, at=NOW)
    said = [each.verb for each in AuditEvent.objects.order_by("pk")]
    assert said == ["surveys.answer_shared", "surveys.answer_taken_back"]


def test_words_can_be_shared_too(cast: Cast, relations: Relations) -> None:
    assert share(own(cast.owner), cast.owner, "change").question == "change"
    assert Comment.objects.count() == 1


def test_a_share_ends_with_the_relation(cast: Cast, relations: Relations) -> None:
    share(own(cast.owner), cast.owner)
    relations[MANAGER] = cast.stranger
    assert not companions.read_by(cast.colleague)
    assert not companions.read_by(cast.stranger)
    relations.clear()
    assert not companions.read_by(cast.colleague)


def test_a_share_follows_what_they_are_to_one_now(cast: Cast, relations: Relations) -> None:
    response = own(cast.owner)
    share(response, cast.owner)
    relations["Your facilitator"] = relations.pop(MANAGER)
    share(response, cast.owner, to="Your facilitator")
    assert Share.objects.get().relation == "Your facilitator"
    assert companions.read_by(cast.colleague)


def test_the_owner_is_told_that_a_relation_has_ended(
    cast: Cast, relations: Relations, signed_in: SignedIn
) -> None:
    response, alice = own(cast.owner), signed_in(cast.owner)
    share(response, cast.owner)
    page = f"/my/surveys/{response.pk}/"
    assert "so they do not see it" not in alice.get(page).content.decode()
    relations.clear()
    assert "so they do not see it" in alice.get(page).content.decode()


def test_what_cannot_be_shared(cast: Cast, relations: Relations) -> None:
    response, named = own(cast.owner), own(cast.owner, Mode.NAMED)
    with pytest.raises(verbs.NotYours):
        share(response, cast.stranger)
    with pytest.raises(verbs.NotYours):
        share(named, cast.owner)
    with pytest.raises(verbs.NotAnswered):
        share(response, cast.owner, "what")
    with pytest.raises(verbs.NoCompanion):
        share(response, cast.owner, to="A stranger")
    with pytest.raises(verbs.NotYours):
        verbs.take_back(share=share(response, cast.owner), by=cast.stranger, at=NOW)


def test_a_thing_that_nobody_knows_has_no_companions(cast: Cast) -> None:
    assert not companions.of(own(cast.owner, subject_kind="nothing"))


def test_a_person_shares_and_takes_back_on_the_pages(
    cast: Cast, relations: Relations, signed_in: SignedIn
) -> None:
    response, alice = own(cast.owner), signed_in(cast.owner)
    Invitation.objects.filter(person=cast.owner).delete()
    page = f"/my/surveys/{response.pk}/"
    assert "Only you see this" in alice.get(page).content.decode()
    assert "Bob Colleague" in alice.get(f"{page}share/useful/").content.decode()
    assert "Choose with whom" in alice.post(f"{page}share/useful/", {"x": "y"}).content.decode()
    done = alice.post(f"{page}share/useful/", {"relation": MANAGER}, follow=True)
    assert "It is shared" in done.content.decode()
    bob = signed_in(cast.colleague)
    text = bob.get("/my/shared/").content.decode()
    assert "Alice Owner" in text
    assert "Disagree" in text
    assert "Shorter" not in text
    assert "1 answer" in bob.get("/my/surveys/").content.decode()
    assert bob.get(page).status_code == 404
    end = f"/my/surveys/shares/{Share.objects.get().pk}/end/"
    assert bob.post(end).status_code == 404
    assert alice.get(end).status_code == 405
    assert "no longer see" in alice.post(end, follow=True).content.decode()
    assert "Nothing is shared" in bob.get("/my/shared/").content.decode()
    assert "not shared any more" in alice.post(end, follow=True).content.decode()


def test_a_companion_who_leaves_meanwhile_is_told_of(
    cast: Cast, relations: Relations, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    response, alice = own(cast.owner), signed_in(cast.owner)

    def gone(**_: Any) -> Share:
        raise verbs.NoCompanion

    monkeypatch.setattr(verbs, "share", gone)
    url = f"/my/surveys/{response.pk}/share/useful/"
    assert "cannot share this" in alice.post(url, {"relation": MANAGER}).content.decode()
    relations.clear()
    assert "nobody yet" in alice.get(url).content.decode()


def test_nobody_else_sees_ones_own_answers_and_admins_see_named_ones_elsewhere(
    cast: Cast, relations: Relations, signed_in: SignedIn
) -> None:
    response = own(cast.owner)
    for person in (cast.stranger, cast.colleague, staff("college_admin")):
        assert signed_in(person).get(f"/my/surveys/{response.pk}/").status_code in {302, 404}
    named = own(cast.owner, Mode.NAMED)
    alice = signed_in(cast.owner)
    assert "Share this answer" not in alice.get(f"/my/surveys/{named.pk}/").content.decode()
    assert alice.get(f"/my/surveys/{named.pk}/share/useful/").status_code == 404
    assert alice.get(f"/my/surveys/{response.pk}/share/nothing/").status_code == 404


def test_the_list_shows_what_waits_and_what_was_answered(
    cast: Cast, relations: Relations, signed_in: SignedIn
) -> None:
    alice = signed_in(cast.owner)
    assert "No survey waits for you" in alice.get("/my/surveys/").content.decode()
    waiting = InvitationFactory(person=cast.owner)
    over = InvitationFactory(person=cast.owner, wave__closes_at=NOW - timedelta(hours=1))
    linked = InvitationFactory(person=cast.owner, wave__mode=Mode.LINKED, answered=True)
    anonymous = InvitationFactory(person=cast.owner, answered=True)
    text = alice.get("/my/surveys/").content.decode()
    assert f"/survey/{token_for(waiting)}/" in text
    assert token_for(over) not in text
    assert f"/survey/{token_for(linked)}/withdraw/" in text
    assert token_for(anonymous) not in text


def test_the_pages_do_not_grow_by_queries(
    cast: Cast, relations: Relations, signed_in: SignedIn
) -> None:
    def more() -> None:
        own(cast.owner)
        own(cast.owner, Mode.NAMED)
        InvitationFactory(person=cast.owner)

    grows_not(signed_in(cast.owner), "/my/surveys/", more, at_most=14)
    response = own(cast.owner)
    questions = iter(["useful", "change", "again", "where"])
    bob = signed_in(cast.colleague)
    grows_not(bob, "/my/shared/", lambda: share(response, cast.owner, next(questions)), at_most=12)
