"""Stop, go on, call off: nobody gets it twice, and whoever was held back gets it in the end."""

from datetime import timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import MailingState, Reason, State
from lic_site.notices.mailings.progress import progress_of, state_of
from lic_site.notices.models import Mailing, MessageSettings, Notice
from lic_site.notices.postbox import Postbox, TryLater
from lic_site.notices.services import delivering, leases
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings import errors
from lic_site.notices.services.replies import Replies
from lic_site.notices.tasks import sweep_tick
from tests.lic_site.notices.mailings.support import all_in, deliver, sent_off
from tests.lic_site.notices.support import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "team")]


def act(name: str, mailing: Mailing) -> int:
    mailing.refresh_from_db()
    number: int = getattr(verbs, name)(mailing=mailing, by=None, at=NOW)
    mailing.refresh_from_db()
    return number


def test_stopping_holds_back_what_waits(admin: Person) -> None:
    mailing = sent_off(admin)
    assert act("stop", mailing) == 4
    assert all_in(State.PARKED)
    assert set(Notice.objects.values_list("reason", flat=True)) == {Reason.STOPPED}
    assert (mailing.state, mailing.stopped_at) == (MailingState.STOPPED, NOW)
    assert deliver() == 0
    assert not mail.outbox


def test_going_on_sends_it_to_everybody_once(admin: Person) -> None:
    mailing = sent_off(admin)
    act("stop", mailing)
    assert act("resume", mailing) == 4
    assert (mailing.state, mailing.stopped_at) == (MailingState.SENDING, None)
    deliver()
    assert len(mail.outbox) == 4
    act("stop", mailing)
    act("resume", mailing)
    deliver()
    assert len(mail.outbox) == 4


def test_one_in_a_worker_s_hands_is_asked_about_again(admin: Person) -> None:
    """It is turned back, and goes when the mailing goes on."""
    mailing = sent_off(admin)
    [held, *_] = services.claim(at=NOW, limit=1)
    act("stop", mailing)
    with Postbox() as postbox:
        delivering.deliver(held, postbox, delivering.Batch([held], Replies(MessageSettings())))
    assert not mail.outbox
    assert progress_of([mailing])[mailing.pk].held == 4
    assert act("resume", mailing) == 4
    deliver()
    assert len(mail.outbox) == 4


def test_one_turned_back_after_it_went_on_is_found_by_the_clock(admin: Person) -> None:
    mailing = sent_off(admin)
    Notice.objects.filter(recipient=admin).update(
        state=State.CANCELLED, reason=Reason.UNWANTED, finished_at=NOW
    )
    deliver()
    assert len(mail.outbox) == 3
    sweep_tick(NOW)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENDING
    deliver()
    assert len(mail.outbox) == 4
    sweep_tick(NOW)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE


def test_calling_off_is_for_good(admin: Person) -> None:
    mailing = sent_off(admin)
    services.claim(at=NOW, limit=1)
    act("stop", mailing)
    assert act("call_off", mailing) == 3
    assert mailing.state == MailingState.DONE
    leases.hand_back(list(Notice.objects.filter(state=State.SENDING)), at=NOW - timedelta(hours=1))
    deliver()
    assert all_in(State.CANCELLED)
    assert not mail.outbox
    sweep_tick(NOW)
    assert all_in(State.CANCELLED)
    with pytest.raises(errors.NotStopped):
        act("resume", mailing)


def test_nothing_is_stopped_that_does_not_go(admin: Person) -> None:
    mailing = sent_off(admin)
    with pytest.raises(errors.NotStopped):
        act("resume", mailing)
    deliver()
    sweep_tick(NOW)
    for verb in ("stop", "call_off"):
        with pytest.raises(errors.NotGoing):
            act(verb, mailing)


def test_what_is_of_no_use_any_more_does_not_go_on(admin: Person) -> None:
    mailing = sent_off(admin)
    act("stop", mailing)
    Mailing.objects.update(useless_after=NOW)
    with pytest.raises(errors.TooLate, match="Call the rest off"):
        act("resume", mailing)


def test_it_is_over_when_nothing_is_left(admin: Person) -> None:
    mailing = sent_off(admin)
    sweep_tick(NOW)
    assert Mailing.objects.get().state == MailingState.SENDING
    deliver()
    progress = progress_of([mailing])[mailing.pk]
    assert (progress.sent, progress.left, progress.done) == (4, 0, 4)
    assert state_of(mailing, progress) == MailingState.DONE
    sweep_tick(NOW)
    assert Mailing.objects.get().state == MailingState.DONE


def test_a_stopped_mailing_is_not_over(admin: Person) -> None:
    mailing = sent_off(admin)
    deliver()
    act("stop", mailing)
    sweep_tick(NOW)
    mailing.refresh_from_db()
    assert state_of(mailing, progress_of([mailing])[mailing.pk]) == MailingState.STOPPED


def test_a_failed_message_of_one_that_is_over_can_be_sent_again(admin: Person) -> None:
    sent_off(admin)
    Notice.objects.update(state=State.FAILED, reason=Reason.REFUSED)
    sweep_tick(NOW)
    services.retry(notice=Notice.objects.filter(recipient=admin).get(), by=admin, at=NOW)
    deliver()
    assert len(mail.outbox) == 1


def test_after_a_restore_it_is_held_as_every_message(admin: Person) -> None:
    mailing = sent_off(admin)
    services.park_due(since=NOW - timedelta(hours=1), at=NOW)
    assert all_in(State.PARKED)
    sweep_tick(NOW)
    assert Mailing.objects.get().state == MailingState.SENDING
    services.release_parked(by=admin, at=NOW)
    deliver()
    assert progress_of([mailing])[mailing.pk].sent == 4


def test_the_figures_add_up(admin: Person, team: list[Person]) -> None:
    mailing = sent_off(admin)
    outcomes = [
        (State.SENT, ""),
        (State.CANCELLED, Reason.TURNED_OFF),
        (State.CANCELLED, Reason.STAFF),
        (State.EXPIRED, ""),
    ]
    for notice, (state, reason) in zip(Notice.objects.all(), outcomes, strict=True):
        Notice.objects.filter(pk=notice.pk).update(state=state, reason=reason)
    progress = progress_of([mailing])[mailing.pk]
    found = (progress.sent, progress.unwanted, progress.called_off, progress.late, progress.failed)
    assert found == (1, 1, 1, 1, 0)
    assert (progress.waiting, progress.erased) == (0, 0)
    Notice.objects.filter(state=State.SENT).delete()
    assert progress_of([mailing])[mailing.pk].erased == 1


MOVES = st.lists(
    st.sampled_from(["stop", "resume", "claim", "settle", "fail", "deliver", "tick"]), max_size=25
)


class InAnyOrder(TestCase):
    """However staff and workers come between each other."""

    @pytest.fixture(autouse=True)
    def _people(self, admin: Person) -> None:
        self.admin = admin

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(moves=MOVES, called_off=st.booleans())
    def test_each_gets_it_once_unless_it_is_called_off(
        self, moves: list[str], called_off: bool
    ) -> None:
        mail.outbox.clear()
        mailing = sent_off(self.admin)
        notices = Notice.objects.filter(anchor_id=mailing.pk)
        hands: list[tuple[Notice, delivering.Batch]] = []
        for move in moves:
            self.make(move, mailing, hands)
        self.make("settle", mailing, hands)
        self.make("resume", mailing, hands)
        if called_off:
            act("call_off", mailing) if notices.exclude(state=State.SENT).exists() else None
        for _ in range(3):
            verbs.settle(at=NOW)
            Notice.objects.filter(state=State.PENDING).update(not_before=NOW)
            deliver()
        sent = sorted(letter.to[0] for letter in mail.outbox)
        assert sent == sorted(set(sent))
        assert called_off or len(sent) == 4
        assert notices.exclude(state__in=[State.SENT, State.CANCELLED]).count() == 0

    def make(
        self, move: str, mailing: Mailing, hands: list[tuple[Notice, delivering.Batch]]
    ) -> None:
        mailing.refresh_from_db()
        if move == "stop" and mailing.state == MailingState.SENDING:
            act("stop", mailing)
        elif move == "resume" and mailing.state == MailingState.STOPPED:
            act("resume", mailing)
        elif move == "claim":
            for notice in services.claim(at=NOW, limit=1):
                batch = delivering.Batch([notice], Replies(MessageSettings()))
                batch.anchor(notice_kind(notice), notice.anchor_id)
                hands.append((notice, batch))
        elif move in {"settle", "fail"}:
            for notice, batch in hands:
                deliver_or_fail(notice, batch, fails=move == "fail")
            hands.clear()
            Notice.objects.filter(state=State.PENDING).update(not_before=NOW)
        elif move == "deliver":
            deliver()
        elif move == "tick":
            verbs.settle(at=NOW)


def notice_kind(notice: Notice) -> delivering.NoticeKind:
    return delivering.kinds()[notice.kind]


def deliver_or_fail(notice: Notice, batch: delivering.Batch, *, fails: bool) -> None:
    with Postbox() as postbox:
        if fails:

            def busy(_: object) -> str:
                raise TryLater("Busy 450")

            postbox.post = busy  # type: ignore[assignment]
        delivering.deliver(notice, postbox, batch)
