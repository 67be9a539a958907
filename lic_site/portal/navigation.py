"""What stands in the menus of the signed-in pages, by what the person may do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cohorts.programme import policies as programme
from lic_site.accounts import policies as people
from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import ManagerRelation, Person
from lic_site.concerns import policies as concerns
from lic_site.notices import policies as notices
from lic_site.portal.imports import policies as imports
from lic_site.surveys import policies as surveys


@dataclass(frozen=True)
class Item:
    text: str
    href: str
    current: bool = False
    exact: bool = False
    """The page itself, rather than one below it."""


@dataclass(frozen=True)
class Place:
    """A menu's entry before we know which page is shown. ``whole``: only its own page counts."""

    text: str
    href: str
    whole: bool = False


def portal_places(person: Person | None) -> Iterator[Place]:
    if person is None:
        return
    yield Place("Home", "/my/", whole=True)
    if programme.can(person, "take_part"):
        yield Place("My cohort", "/my/cohorts/")
    if programme.can(person, "facilitate"):
        yield Place("Sessions I lead", "/my/sessions/")
    yield Place("Applications", "/my/applications/")
    if programme.can(person, "see_reading"):
        yield Place("Reading", "/my/reading/")
    yield Place("Surveys", "/my/surveys/")
    yield from work_places(person)
    yield Place("Your data", "/my/data/")
    if is_staff(person):
        yield Place("Staff", "/staff/")


def work_places(person: Person) -> Iterator[Place]:
    """What somebody is here to do who neither runs the programme nor applies to it."""
    if programme.can(person, "see_borough_counts"):
        yield Place("My borough", "/my/borough/")
    if concerns.can(person, "read_concerns") and not is_staff(person):
        yield Place("Concerns", "/staff/concerns/")
    if people.can(person, "see_equality_figures") and not is_staff(person):
        yield Place("Equality figures", "/staff/equality/")
    if surveys.can(person, "see_results") and not is_staff(person):
        yield Place("Survey results", "/staff/surveys/compare/")
    if people.holds(person, Role.EDITOR):
        yield Place("Edit the public pages", "/manage/")


HOME_SAYS = (
    DerivedRole.READER,
    Role.GROUP_CHAIR,
    Role.CONFERENCE_ORGANISER,
    Role.BOROUGH_COORDINATOR,
    Role.ANALYST,
    Role.EDITOR,
)
"""Roles about which a home without anything to do says what will come."""


def roles_told(person: Person) -> list[str]:
    told = [role.value for role in HOME_SAYS if people.holds(person, role)]
    managing = ManagerRelation.objects.filter(manager=person, ends_on=None)
    if people.visible(person, managing).exists():
        told.insert(0, DerivedRole.LINE_MANAGER.value)
    return told


def staff_places(person: Person | None) -> Iterator[Place]:
    if person is None:
        return
    if is_staff(person):
        yield Place("Today", "/staff/", whole=True)
        yield Place("Cohorts", "/staff/cohorts/")
        yield Place("Programme", "/staff/programme/")
    if surveys.can(person, "see_waves"):
        yield Place("Surveys", "/staff/surveys/")
    elif surveys.can(person, "see_results"):
        yield Place("Surveys", "/staff/surveys/compare/")
    if people.can(person, "search_people"):
        yield Place("People", "/staff/people/")
    if imports.can(person, "bring_in"):
        yield Place("Bring in", "/staff/imports/")
    if notices.can(person, "view_board"):
        yield Place("Messages", "/staff/messages/")
    if concerns.can(person, "see_board"):
        yield Place("Concerns", "/staff/concerns/")
    if people.can(person, "see_equality_figures"):
        yield Place("Equality", "/staff/equality/")
    yield Place("My pages", "/my/")


def is_staff(person: Person | None) -> bool:
    return programme.can(person, "see_boards")


def items(places: Iterator[Place], path: str) -> list[Item]:
    """The entries, the one that holds this page marked."""
    return [
        Item(
            place.text,
            place.href,
            current=path == place.href if place.whole else path.startswith(place.href),
            exact=path == place.href,
        )
        for place in places
    ]


def menus(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``portal_nav`` and ``staff_nav``, worked out only where a page shows
    them.
    """
    person: Person | None = getattr(request, "person", None)
    return {
        "portal_nav": SimpleLazyObject(lambda: items(portal_places(person), request.path)),
        "staff_nav": SimpleLazyObject(lambda: items(staff_places(person), request.path)),
    }
