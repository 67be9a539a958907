"""The reader's pages, and the messages of selection."""

from datetime import timedelta

import pytest

from cohorts.programme.enums import (
    ReviewState,
)
from cohorts.programme.kinds.selection import KINDS
from cohorts.programme.models import (
    Answer,
    CohortReader,
    Question,
    Review,
)
from cohorts.programme.panels import staff as panels
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.selection import (
    a_cohort,
    a_reader,
    a_review,
    offered,
    sent,
    waiting,
)
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_reader_queue_takes_constant_queries(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    client = signed_in(reader)
    grows_not(client, url("reading"), lambda: a_review(sent(cohort), reader), at_most=7)


def test_a_reader_reads_saves_sends_and_then_sees_the_other(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader, other = a_reader(cohort), a_reader(cohort)
    application = sent(cohort, adjustments="Large print")
    question = Question.objects.create(cohort=cohort, text="What did you lead?")
    Answer.objects.create(application=application, question=question, text="A team.", saved_at=NOW)
    mine = a_review(application, reader)
    theirs = a_review(application, other, points=2)
    client = signed_in(reader)
    assert application.reference in text_of(client, url("reading"))
    page = text_of(client, url("review", mine.pk))
    assert "A team." in page
    for hidden in (application.applicant.name, str(application.organisation), "Large print"):
        assert hidden not in page
    assert client.get(url("review", theirs.pk)).status_code == 404
    first, second = cohort.criteria.all()
    some = {f"points_{first.pk}": "4", f"note_{second.pk}": "Thin.", "comment": "Good."}
    assert client.post(url("review", mine.pk), some | {"save": "1"}).status_code == 302
    assert "Begun" in text_of(client, url("reading"))
    missing = client.post(url("review", mine.pk), some | {"send": "1"}).content.decode()
    assert f"Choose the points for {second.name}" in missing
    client.post(url("review", mine.pk), some | {f"points_{second.pk}": "3", "send": "1"})
    mine.refresh_from_db()
    assert mine.state == ReviewState.SUBMITTED
    finished = text_of(client, url("review", mine.pk))
    assert "The other reader’s: 40.0%" in finished
    assert other.name not in finished
    assert "All read. Thank you." in text_of(client, url("reading"))
    queue = panels.reading_queue(reader)
    assert queue is not None
    assert queue.waiting == 0
    assert panels.reading_queue(application.applicant) is None


def test_names_are_shown_to_readers_only_where_the_cohort_says_so(signed_in: SignedIn) -> None:
    cohort = a_cohort(names_hidden=False)
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    page = text_of(signed_in(reader), url("review", review.pk))
    assert review.application.applicant.name in page


def test_a_reader_steps_aside_with_a_reason(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    client = signed_in(reader)
    assert "Say why" in client.post(url("recuse", review.pk), {"reason": " "}).content.decode()
    client.post(url("recuse", review.pk), {"reason": "A friend."})
    review.refresh_from_db()
    assert review.state == ReviewState.RECUSED
    assert "Nothing to read yet" in text_of(client, url("reading"))
    for name in ("review", "recuse"):
        again = client.post(url(name, review.pk), {"reason": "A friend."}, follow=True)
        assert "You need not read that application any more." in again.content.decode()
    assert Review.objects.get(pk=review.pk).recusal_reason == "A friend."


def test_every_kind_speaks_of_live_things_only_while_they_are_true() -> None:
    cohort = a_cohort()
    kinds = {kind.name.partition(".")[2]: kind for kind in KINDS}
    offer = offered(cohort, expires_at=NOW + timedelta(days=2))
    applicant = offer.application.applicant
    near = kinds["offer_deadline_near"]
    assert [due.person for due in near.due(NOW, NOW + timedelta(days=3))] == [applicant]
    assert list(near.due(NOW, NOW + timedelta(days=1))) == []
    assert kinds["place_offered"].is_wanted(offer, applicant)
    assert not kinds["offer_lapsed"].is_wanted(offer, applicant)
    context = near.context(near.anchor(offer.pk), applicant)
    assert context["link"].endswith(f"/my/applications/{offer.application.reference}/offer/")
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    panel = CohortReader.objects.get(person=reader)
    chased = kinds["reader_chased"]
    due_on = NOW + timedelta(days=20)
    (due,) = chased.due(NOW, due_on)
    assert (due.anchor, due.revision) == (panel, review.due_on.toordinal())
    words = chased.context(panel, reader)
    assert (words["count"], words["due_on"]) == (1, review.due_on)
    assert chased.is_wanted(panel, reader)
    CohortReader.objects.all().delete()
    assert list(chased.due(NOW, due_on)) == []
    Review.objects.all().delete()
    assert not chased.is_wanted(panel, reader)
    assert chased.context(panel, reader)["due_on"] is None
    opened = kinds["cohort_opened"]
    assert not opened.is_wanted(cohort, reader)
    assert opened.context(cohort, reader)["link"].endswith(f"/apply/{cohort.slug}/")
    listed = waiting(cohort, 1)
    assert kinds["waitlisted"].is_wanted(listed, listed.applicant)
    assert kinds["not_offered"].context(listed, listed.applicant)["feedback"] == ""
    answered = kinds["adjustment_answered"]
    assert answered.is_wanted(listed, listed.applicant)
    assert answered.context(listed, listed.applicant)["given_name"]
    assert all(kind.sample()["link"] for kind in KINDS)
    assert list(kinds["waitlisted"].due(NOW, due_on)) == []
