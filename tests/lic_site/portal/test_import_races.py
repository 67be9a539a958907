"""Two admins confirm one sheet at once, on PostgreSQL; and the negative control of each rule."""

from typing import Any

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.common.enums import SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports import sheets
from lic_site.common.models import Sheet
from lic_site.portal.imports import services
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.imports import AMA, KOFI, confirm, people_checked
from tests.factories.people import staff
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def blind(sheet_id: int, state: SheetState, **values: Any) -> bool:
    """Enter a state whatever it was."""
    values.pop("out_of")
    values.pop("where", None)
    return bool(Sheet.objects.filter(pk=sheet_id).update(state=state, **values))


def two_confirmations(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    sheet = people_checked(AMA, KOFI)
    monkeypatch.setattr(services, "check_confirmable", meet_after(services.check_confirmable, 2))
    return at_once(
        [lambda by=by: confirm(Sheet.objects.get(pk=sheet.pk), by=by) for by in (staff(), staff())]
    )


def confirmations() -> int:
    return AuditEvent.objects.filter(verb="portal.sheet_confirmed").count()


def test_of_two_who_confirm_at_once_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = two_confirmations(monkeypatch)
    assert sum(isinstance(one, services.AlreadyConfirmed) for one in outcomes) == 1
    assert confirmations() == 1
    sheet = Sheet.objects.get()
    assert AuditEvent.objects.get(verb="portal.sheet_confirmed").actor_id == sheet.confirmed_by_id


def test_without_the_condition_both_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "move", blind)
    outcomes = two_confirmations(monkeypatch)
    assert not any(isinstance(one, Refusal) for one in outcomes)
    assert confirmations() == 2


def two_workers(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    sheet = confirm(people_checked(AMA, KOFI))
    monkeypatch.setattr(sheets, "is_held", meet_after(sheets.is_held, 2))
    return at_once(
        [
            lambda: services.bring_in(
                sheet=Sheet.objects.get(pk=sheet.pk), is_update=False, by=None, at=NOW
            )
            for _ in range(2)
        ]
    )


def test_of_two_workers_at_once_one_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = two_workers(monkeypatch)
    assert sum(one is None for one in outcomes) == 1
    assert Person.objects.count() == 2
    assert Sheet.objects.get().state == SheetState.DONE
    assert AuditEvent.objects.filter(verb="portal.sheet_brought_in").count() == 1


def test_without_the_condition_the_second_undoes_what_the_first_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The addresses keep people single all the same: the second is sent back to the preview."""
    monkeypatch.setattr(sheets, "move", blind)
    two_workers(monkeypatch)
    assert Person.objects.count() == 2
    assert Sheet.objects.get().state == SheetState.CHECKED
