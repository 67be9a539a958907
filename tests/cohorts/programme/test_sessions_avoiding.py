"""Days better avoided: the list that a site begins with, and staff's own changes."""

from datetime import date

import pytest
from django.test import Client

from cohorts.programme.enums import AvoidKind
from cohorts.programme.models import AvoidDate, Session
from cohorts.programme.services.starting import load_dates_to_avoid
from tests.cohorts.programme.staffing import parts, text_of, url
from tests.factories.running import a_running_cohort
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_site_begins_with_every_kind_of_day_for_each_year(year: int) -> None:
    load_dates_to_avoid(at=NOW)
    days = AvoidDate.objects.filter(starts_on__year=year)
    kinds = {AvoidKind.FESTIVAL, AvoidKind.HALF_TERM, AvoidKind.BANK}
    assert set(days.values_list("kind", flat=True)) == kinds
    assert not days.filter(source="").exists()
    names = set(days.values_list("name", flat=True))
    assert {"Ramadan", "Eid al-Fitr", "Yom Kippur", "Diwali", "Vaisakhi", "Half-term"} <= names
    assert days.get(name="Good Friday").kind == AvoidKind.BANK
    assert days.get(name="Eid al-Fitr").is_approximate


def test_known_days_are_right() -> None:
    """Published dates, so that a slip in the file is noticed."""
    load_dates_to_avoid(at=NOW)
    known = dict(AvoidDate.objects.filter(starts_on__year=2026).values_list("name", "starts_on"))
    assert known["Eid al-Adha"] == date(2026, 5, 27)
    assert known["Diwali"] == date(2026, 11, 8)
    assert known["Yom Kippur"] == date(2026, 9, 21)
    assert known["Good Friday"] == date(2026, 4, 3)


def test_what_staff_edited_is_left_alone() -> None:
    load_dates_to_avoid(at=NOW)
    AvoidDate.objects.exclude(name="Diwali").delete()
    load_dates_to_avoid(at=NOW)
    assert set(AvoidDate.objects.values_list("name", flat=True)) == {"Diwali"}


def test_days_are_added_changed_and_taken_off(office: Client) -> None:
    listed = url("dates_to_avoid")
    assert "No days ahead" in text_of(office, listed)
    days = {
        "name": "Staff conference", "kind": "other", **parts("starts_on", "5", "3", "2027"),
        **parts("ends_on", "6", "3", "2027"), "note": "", "source": "",
    }  # fmt: skip
    backwards = days | parts("ends_on", "4", "3", "2027")
    page = office.post(url("add_date_to_avoid"), backwards).content.decode()
    assert "The last day is before the first: change a date." in page
    assert office.post(url("add_date_to_avoid"), days).status_code == 302
    assert "Friday 5 March to Saturday 6 March 2027" in text_of(office, listed)
    page = office.post(url("add_date_to_avoid"), days).content.decode()
    assert "These days are on the list already." in page
    made = AvoidDate.objects.get()
    change = url("change_date_to_avoid", made.pk)
    assert "Staff conference" in text_of(office, change)
    office.post(change, days | {"name": "Conference", "is_approximate": "on"})
    assert "May move by a day" in text_of(office, listed)
    office.post(url("delete_date_to_avoid", made.pk))
    assert not AvoidDate.objects.exists()


def test_past_days_are_shown_when_asked_for(office: Client) -> None:
    AvoidDate.objects.create(
        name="Long gone", kind="other", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1)
    )
    assert "Long gone" not in text_of(office, url("dates_to_avoid"))
    assert "Long gone" in text_of(office, f"{url('dates_to_avoid')}?past")


def test_others_do_not_see_the_list(cast: Cast, signed_in: SignedIn) -> None:
    for name in ("dates_to_avoid", "add_date_to_avoid"):
        assert signed_in(cast.stranger).get(url(name)).status_code == 404
        assert Client().get(url(name)).status_code == 302


def test_whoever_plans_on_such_a_day_is_told(office: Client) -> None:
    load_dates_to_avoid(at=NOW)
    cohort = a_running_cohort(slug="running")
    form = {
        "title": "Day", "kind": "workshop", "starts": "9:30am", "ends": "4pm",
        **parts("day", "16", "2", "2027"), **parts("last_day", "", "", ""), "place": "", "link": "",
    }  # fmt: skip
    page = office.post(url("add_session", cohort.slug), form).content.decode()
    assert "Half-term: 15 February 2027 to 19 February 2027." in page
    assert "Ramadan: 8 February 2027 to 8 March 2027." in page
    near = office.post(url("add_session", cohort.slug), form | parts("day", "10", "3", "2027"))
    assert "Eid al-Fitr may move to that day. It is expected on 9 March 2027." in (
        near.content.decode()
    )
    assert not Session.objects.exists()


def test_the_list_does_not_grow_by_queries(office: Client) -> None:
    days = iter(range(1, 28))

    def add() -> None:
        day = date(2027, 3, next(days))
        AvoidDate.objects.create(name="x", kind="other", starts_on=day, ends_on=day)

    grows_not(office, url("dates_to_avoid"), add, at_most=7)
