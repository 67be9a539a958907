from datetime import timedelta

import pytest
from django.urls import reverse

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices import services
from lic_site.notices.enums import Delivery, State
from lic_site.notices.models import DeliveryEvent, Notice, ReminderRule
from lic_site.notices.postbox import Postbox
from lic_site.notices.protocol import Due
from lic_site.notices.services import staff as verbs
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.support import NOW, Reminder, only, state
from tests.support.people import Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def queue(person: Person, **values: object) -> Notice:
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW, **values)  # type: ignore[arg-type]
    return Notice.objects.latest("pk")


@pytest.fixture
def failed(person: Person) -> Notice:
    notice = queue(person)
    Notice.objects.update(state=State.FAILED, reason="refused", attempts=1, last_error="X 550")
    notice.refresh_from_db()
    return notice


def test_a_failed_message_is_sent_after_all(failed: Notice, person: Person) -> None:
    services.retry(notice=failed, by=person, at=NOW)
    assert (state(), only().attempts, only().reason) == (State.PENDING, 0, "")
    assert AuditEvent.objects.filter(verb="notices.retried", subject_id=person.pk).exists()


def test_a_stale_message_is_not_sent_after_all(failed: Notice) -> None:
    failed.useless_after = NOW
    with pytest.raises(verbs.TooLate, match="too late"):
        services.retry(notice=failed, by=None, at=NOW)


def test_what_was_sent_is_neither_retried_nor_cancelled(person: Person) -> None:
    notice = queue(person)
    Notice.objects.update(state=State.SENT)
    with pytest.raises(verbs.NotRetryable):
        services.retry(notice=notice, by=None, at=NOW)
    with pytest.raises(verbs.NotCancellable):
        services.cancel_by_hand(notice=notice, by=None, at=NOW)


def test_after_a_restore_what_may_have_gone_out_waits_for_staff(
    reminder: Reminder, person: Person
) -> None:
    """Waiting, being sent, and what the clock would have sent since the backup; not the future."""
    since = NOW - timedelta(hours=2)
    services.plan(at=since)
    ReminderRule.objects.update(planned_until=NOW)
    reminder.dues = [Due(person.organisation, person, NOW + timedelta(days=3))]  # type: ignore[arg-type]
    queue(person)
    services.claim(at=NOW)
    queue(person, key="waiting")
    queue(person, key="future", due_at=NOW + timedelta(days=1))
    assert services.park_due(since=since, at=NOW) == 3
    assert Notice.objects.filter(state=State.PENDING).count() == 1
    assert services.deliver_batch(Postbox())[1] == 0
    assert services.release_parked(by=person, at=NOW) == 3
    assert services.deliver_batch(Postbox())[1] == 3


OUTSIDERS = (
    None,
    Role.PROGRAMME_LEAD,
    Role.CONFERENCE_ORGANISER,
    Role.EDITOR,
    Role.ANALYST,
    Role.BOROUGH_COORDINATOR,
)
PAGES = ("board", "list", "kinds")


@pytest.mark.parametrize("name", PAGES)
def test_the_board_is_for_those_who_send_the_messages(name: str, signed_in: SignedIn) -> None:
    page = reverse(f"notices:{name}")
    assert signed_in(staff(Role.COLLEGE_ADMIN)).get(page).status_code == 200
    for role in OUTSIDERS:
        outsider = staff(role) if role else PersonFactory()
        assert signed_in(outsider).get(page).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: object) -> None:
    assert client.get(reverse("notices:board")).status_code == 302  # type: ignore[attr-defined]


def test_one_message_and_its_looks_are_hidden_from_its_own_recipient_s_colleagues(
    cast: Cast, signed_in: SignedIn
) -> None:
    notice = queue(cast.owner)
    for name in ("one", "one_html"):
        for person in (cast.owner, cast.colleague, cast.stranger):
            page = reverse(f"notices:{name}", args=[notice.pk])
            assert signed_in(person).get(page).status_code == 404


def test_the_page_of_a_message_shows_it_as_it_would_go_out(
    failed: Notice, signed_in: SignedIn
) -> None:
    college = signed_in(staff())
    page = college.get(reverse("notices:one", args=[failed.pk]))
    assert "Something needs your answer by 21 November 2026" in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "Send it now" in page.text
    html = college.get(reverse("notices:one_html", args=[failed.pk]))
    assert "Hello A &amp; B" in html.text
    for shown in (page, html):
        assert f"/o/{failed.anchor_id}/" not in shown.text, "the recipient's own link"
    assert '<base target="_top">' in html.text
    assert "sandbox allow-top-navigation-by-user-activation" in html["Content-Security-Policy"]
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert AuditEvent.objects.filter(verb="notices.notice_viewed").exists()


def test_a_message_about_what_has_gone_says_so(failed: Notice, signed_in: SignedIn) -> None:
    Notice.objects.update(anchor_id=0)
    college = signed_in(staff())
    assert "no longer there" in college.get(reverse("notices:one", args=[failed.pk])).text
    assert college.get(reverse("notices:one_html", args=[failed.pk])).status_code == 404


def test_staff_retry_and_cancel(failed: Notice, signed_in: SignedIn) -> None:
    college = signed_in(staff())
    page = college.post(reverse("notices:retry", args=[failed.pk]), follow=True)
    assert "on its way" in page.text
    page = college.post(reverse("notices:cancel", args=[failed.pk]), follow=True)
    assert "will not be sent" in page.text
    page = college.post(reverse("notices:cancel", args=[failed.pk]), follow=True)
    assert "cannot be cancelled" in page.text
    assert state() == State.CANCELLED


def test_looking_changes_nothing(failed: Notice, signed_in: SignedIn) -> None:
    college = signed_in(staff())
    for name in ("retry", "cancel"):
        assert college.get(reverse(f"notices:{name}", args=[failed.pk])).status_code == 405
    assert college.get(reverse("notices:release")).status_code == 405


def test_staff_release_what_was_held(person: Person, signed_in: SignedIn) -> None:
    queue(person)
    Notice.objects.update(state=State.PARKED, reason="restored")
    college = signed_in(staff())
    assert "1 message held since a restore" in college.get(reverse("notices:board")).text
    assert "1 held message" in college.post(reverse("notices:release"), follow=True).text


def test_the_list_narrows(cast: Cast, signed_in: SignedIn) -> None:
    for person in (cast.owner, cast.stranger):
        queue(person)
    college = signed_in(staff())

    def shown(query: str) -> set[str]:
        text = college.get(reverse("notices:list") + query).text
        return {name for name in ("Alice", "Charlie") if f"{name} " in text}

    assert shown("") == {"Alice", "Charlie"}
    assert shown("?q=alice") == {"Alice"}
    assert shown("?state=pending&kind=tests.reminder") == {"Alice", "Charlie"}
    assert shown("?state=sent") == set()
    assert shown("?kind=tests.news") == set()
    assert shown(f"?person={cast.stranger.pk}") == {"Charlie"}
    assert shown("?person=x&kind=unknown") == {"Alice", "Charlie"}


@pytest.mark.parametrize("name", PAGES[:2])
def test_pages_do_not_grow_by_queries(name: str, signed_in: SignedIn) -> None:
    grows_not(
        signed_in(staff()),
        reverse(f"notices:{name}"),
        lambda: queue(PersonFactory()),
        at_most=11,
    )


def test_each_kind_is_shown_with_made_up_details(signed_in: SignedIn) -> None:
    college = signed_in(staff())
    assert "Something needs your answer" in college.get(reverse("notices:kinds")).text
    page = college.get(reverse("notices:kind", args=["tests.reminder"]))
    assert "With made-up details" in page.text
    html = college.get(reverse("notices:kind_html", args=["tests.reminder"]))
    assert "Hello A &amp; B" in html.text
    assert college.get(reverse("notices:kind", args=["tests.nothing"])).status_code == 404


def test_a_message_of_a_private_kind_is_on_no_board_and_in_no_count(
    failed: Notice, reminder: Reminder, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That somebody was written to would tell what nobody else may know."""
    admin = signed_in(staff())
    assert failed.recipient.name in admin.get(reverse("notices:list")).content.decode()
    monkeypatch.setattr(reminder, "private", True, raising=False)
    assert failed.recipient.name not in admin.get(reverse("notices:list")).content.decode()
    assert admin.get(reverse("notices:one", args=[failed.pk])).status_code == 404
    board = admin.get(reverse("notices:board"))
    assert board.context["needs"] == []
    assert board.context["kind_rows"] == []


def test_what_a_provider_told_of_a_private_kind_is_on_no_board_either(
    failed: Notice, reminder: Reminder, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor in a person's history: its title alone would tell."""
    address = failed.recipient.addresses.get()
    for notice, event_id in ((failed, "1"), (None, "2")):
        DeliveryEvent.objects.create(
            provider="tests",
            event_id=event_id,
            event=Delivery.BOUNCED,
            notice=notice,
            address=address,
            happened_at=NOW,
            received_at=NOW,
        )
    admin = signed_in(staff())
    history = reverse("notices:person", args=[failed.recipient.pk])
    titles = [each["title"] for each in admin.get(history).context["told"]]
    assert sorted(titles) == ["A reminder", "Another message"]
    monkeypatch.setattr(reminder, "private", True, raising=False)
    page = admin.get(history)
    assert [each["title"] for each in page.context["told"]] == ["Another message"]
    assert "A reminder" not in page.text
    assert admin.get(reverse("notices:board")).context["needs"] == []
