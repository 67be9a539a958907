"""Wagtail's background work goes by the queue, after the commit."""

from typing import Any

import pytest
from django_tasks import task

from lic_site.common import background
from lic_site.common.background import CeleryOnCommit, run_wagtail_task

done: list[Any] = []


@task()
def note(words: str, *, times: int = 1) -> None:
    done.append((words, times))


@pytest.mark.django_db
def test_work_is_queued_after_the_commit_and_done_by_its_path(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(
        run_wagtail_task, "apply_async", lambda args, kwargs, **_: sent.append(args)
    )
    background._rests_until = 0.0
    done.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        result = CeleryOnCommit("default", {}).enqueue(note, ("words",), {"times": 2})
    assert result.args == ["words"]
    assert sent == [], "not before the commit"
    for callback in callbacks:
        callback()
    ((path, args, kwargs),) = sent
    run_wagtail_task(path, args, kwargs, sent_by="a newer release")
    assert done == [("words", 2)]
