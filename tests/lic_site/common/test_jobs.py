import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from lic_site.common import jobs
from lic_site.common.enums import JobState
from lic_site.common.errors import Refusal
from lic_site.common.jobs import Lost, Progress, Result, job, run_job
from lic_site.common.models import Job
from tests.support.people import NOW, Cast, SignedIn


@job(title="Counting")
def counting(progress: Progress, *, to: int = 3) -> Result:
    for number in range(to + 1):
        progress.advance(number, to)
    return Result(message=f"Counted to {to}.", path="/staff/")


@job(title="Writing")
def writing(progress: Progress) -> Result:
    progress.advance(1, message="Half way")
    return Result(file=ContentFile(b"\xef\xbb\xbfa,b"), name="list.csv")


@job(title="Refusing")
def refusing(progress: Progress) -> None:
    raise Refusal("Row 3 has no e-mail address. Add one.")


@job(title="Breaking")
def breaking(progress: Progress) -> None:
    raise ZeroDivisionError


@job(title="Saying nothing")
def saying_nothing(progress: Progress) -> None:
    return None


def unmarked(progress: Progress) -> None:
    raise AssertionError("never run")


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> list[str]:
    settings.PRIVATE_ROOT = tmp_path
    published: list[str] = []
    monkeypatch.setattr(jobs, "publish", lambda task, pk: published.append(pk))
    return published


def start(function: Any, **values: Any) -> Job:
    return jobs.start(function, **{"by_id": 7, "at": NOW} | values)


@pytest.mark.django_db
def test_work_is_queued_done_and_found_again(sent: list[str]) -> None:
    started = start(counting, arguments={"to": 4}, back_to="/staff/")
    assert sent == [str(started.pk)]
    assert (started.title, started.state, started.running) == ("Counting", JobState.QUEUED, True)
    run_job(str(started.pk))
    started.refresh_from_db()
    assert (started.state, started.done, started.total) == (JobState.DONE, 4, 4)
    assert (started.message, started.result_path) == ("Counted to 4.", "/staff/")
    assert (started.lease, started.leased_until, started.running) == (None, None, False)


@pytest.mark.django_db
def test_a_file_it_makes_is_private(settings) -> None:
    started = start(writing)
    run_job(str(started.pk))
    started.refresh_from_db()
    assert started.result_name == "list.csv"
    assert Path(started.result_file.path).is_relative_to(settings.PRIVATE_ROOT)
    assert started.done == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("function", "state", "message"),
    [
        (refusing, JobState.FAILED, "Row 3 has no e-mail address. Add one."),
        (breaking, JobState.FAILED, jobs.BROKEN),
        (saying_nothing, JobState.DONE, ""),
    ],
)
def test_every_end_is_settled(function: Any, state: str, message: str) -> None:
    started = start(function)
    run_job(str(started.pk))
    started.refresh_from_db()
    assert (started.state, started.message) == (state, message)
    assert started.finished_at


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"{__name__}.unmarked", "os.remove", "no.such.thing"])
def test_only_what_is_marked_as_a_job_is_run(path: str) -> None:
    started = start(counting)
    Job.objects.update(run=path)
    run_job(str(started.pk))
    started.refresh_from_db()
    assert started.state == JobState.FAILED


@pytest.mark.django_db
def test_the_same_work_is_not_started_twice_while_it_is_live(sent: list[str]) -> None:
    first = start(counting, key="cohort 3")
    assert start(counting, key="cohort 3") == first
    assert start(counting, key="cohort 4") != first
    assert start(counting) != start(counting)
    run_job(str(first.pk))
    assert start(counting, key="cohort 3") != first


@pytest.mark.django_db
def test_one_worker_claims_it_and_a_second_message_does_nothing() -> None:
    started = start(counting)
    assert jobs.claim(started.pk, at=NOW)
    assert jobs.claim(started.pk, at=NOW) is None
    run_job(str(started.pk))
    run_job(str(uuid.uuid4()))
    started.refresh_from_db()
    assert (started.state, started.attempts) == (JobState.RUNNING, 1)


def taken_over(then: Callable[[Job], object]) -> Job:
    """A job whose first worker is slow, and which another has taken over."""
    started = start(counting)
    slow = jobs.claim(started.pk, at=NOW)
    assert slow
    Job.objects.filter(pk=started.pk).update(state=JobState.QUEUED, lease=None)
    assert jobs.claim(started.pk, at=NOW)
    then(slow)
    started.refresh_from_db()
    return started


@pytest.mark.django_db
def test_a_worker_that_was_taken_for_dead_changes_nothing(settings) -> None:
    def advance(slow: Job) -> None:
        with pytest.raises(Lost):
            Progress(slow).advance(1, 2)

    def finish(slow: Job) -> None:
        with pytest.raises(Lost):
            jobs.finish(slow, Result(file=ContentFile(b"x"), name="list.csv"), at=NOW)
        with pytest.raises(Lost):
            jobs.finish(slow, Result(), at=NOW)

    for then in (advance, finish, lambda slow: jobs.fail(slow, "No.", at=NOW)):
        started = taken_over(then)
        assert (started.state, started.done) == (JobState.RUNNING, 0)
    assert not [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_work_that_was_taken_over_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    started = start(counting)

    def lose(*_: object, **__: object) -> None:
        raise Lost

    monkeypatch.setattr(jobs, "finish", lose)
    run_job(str(started.pk))
    started.refresh_from_db()
    assert started.state == JobState.RUNNING


@pytest.mark.django_db
def test_progress_is_written_once_a_second_and_at_the_end(django_assert_num_queries, clock) -> None:
    claimed = jobs.claim(start(counting).pk, at=NOW)
    assert claimed
    progress = Progress(claimed)
    with django_assert_num_queries(2):
        for number in range(1, 101):
            progress.advance(number, 100)
    clock.shift(2)
    with django_assert_num_queries(1):
        progress.advance(5, 100)


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_queued_again_and_given_up_after_three(sent: list[str]) -> None:
    started, at = start(counting), NOW
    for attempt in range(1, jobs.ATTEMPTS + 1):
        assert jobs.claim(started.pk, at=at)
        jobs.sweep(at)
        started.refresh_from_db()
        assert started.state == JobState.RUNNING, "its lease still holds"
        at += jobs.LEASE + timedelta(seconds=1)
        sent.clear()
        jobs.sweep(at)
        started.refresh_from_db()
        if attempt < jobs.ATTEMPTS:
            assert started.state == JobState.QUEUED
            assert sent == [str(started.pk)]
    assert (started.state, started.message) == (JobState.FAILED, jobs.STOPPED)


@pytest.mark.django_db
def test_a_lost_message_is_published_again(sent: list[str]) -> None:
    started = start(counting)
    sent.clear()
    jobs.sweep(NOW)
    assert sent == [], "the first message is given its time"
    jobs.sweep(NOW + timedelta(minutes=1))
    assert sent == [str(started.pk)]


@pytest.mark.django_db
def test_what_finished_a_fortnight_ago_is_forgotten_with_its_file() -> None:
    started = start(writing)
    run_job(str(started.pk))
    started.refresh_from_db()
    file = Path(started.result_file.path)
    assert file.exists()
    jobs.sweep(timezone.now() + timedelta(days=13))
    assert Job.objects.exists()
    jobs.sweep(timezone.now() + timedelta(days=15))
    assert not Job.objects.exists()
    assert not file.exists()


# Pages ---------------------------------------------------------------------------------------


def test_only_who_asked_sees_the_work(cast: Cast, signed_in: SignedIn, client) -> None:
    started = start(writing, by_id=cast.owner.pk)
    run_job(str(started.pk))
    for name in ("job", "job_file"):
        address = reverse(name, args=[started.pk])
        mine = signed_in(cast.owner).get(address)
        assert mine.status_code == 200
        assert b"".join(mine)
        assert signed_in(cast.colleague).get(address).status_code == 404
        assert signed_in(cast.owner).post(address).status_code == 405
        answer = client.get(address)
        assert answer.status_code == 302
        assert signed_in(cast.owner).get(reverse(name, args=[uuid.uuid4()])).status_code == 404
        assert address in answer["Location"]


def test_the_page_follows_the_work(cast: Cast, signed_in: SignedIn) -> None:
    started = start(counting, by_id=cast.owner.pk, back_to="/staff/")
    address, browser = reverse("job", args=[started.pk]), signed_in(cast.owner)
    waiting = browser.get(address)
    assert "Check again" in waiting.text
    assert f'hx-get="{address}"' in waiting.text
    assert "no-store" in waiting["Cache-Control"]
    assert reverse("job_file", args=[started.pk]) not in waiting.text
    assert browser.get(reverse("job_file", args=[started.pk])).status_code == 404
    run_job(str(started.pk))
    part = browser.get(address, headers={"HX-Request": "true"})
    assert "Counted to 3." in part.text
    assert "<html" not in part.text
    assert "hx-get" not in part.text
    assert browser.get(reverse("job_file", args=[started.pk])).status_code == 404


def test_a_failure_is_told_in_words(cast: Cast, signed_in: SignedIn) -> None:
    started = start(refusing, by_id=cast.owner.pk)
    run_job(str(started.pk))
    page = signed_in(cast.owner).get(reverse("job", args=[started.pk]))
    assert "Row 3 has no e-mail address. Add one." in page.text


def test_a_file_is_downloaded_under_its_neutral_name(cast: Cast, signed_in: SignedIn) -> None:
    started = start(writing, by_id=cast.owner.pk)
    run_job(str(started.pk))
    for name, kind in (("list.csv", "text/csv"), ("list.bin", "application/octet-stream")):
        Job.objects.update(result_name=name)
        answer = signed_in(cast.owner).get(reverse("job_file", args=[started.pk]))
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Content-Type"].startswith(kind)
        assert b"".join(answer.streaming_content) == b"\xef\xbb\xbfa,b"
