"""The menu of one cohort's pages: what its state is about first, the rest behind one more step."""

from dataclasses import dataclass

from django.urls import reverse

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort

PLAN = {
    "sessions": "Sessions",
    "questions": "Questions",
    "criteria": "Criteria",
}
CHOOSE = {
    "panel": "Readers",
    "board": "Selection",
    "staff_adjustments": "Adjustments",
    "support_requests": "Support asked for",
}
RUN = {
    "people": "People",
    "sessions": "Sessions",
    "sets": "Learning sets",
    "staff_needs": "Needs",
    "staff_register": "Register",
    "support_list": "May need support",
    "complete": "Completing",
}
"""Names of pages, and what the menu calls them."""


@dataclass(frozen=True)
class Item:
    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class Menu:
    """``more_open``: the page that is shown is among the rest."""

    first: list[Item]
    more: list[Item]

    @property
    def more_open(self) -> bool:
        return any(item.current for item in self.more)


def menu(cohort: Cohort, path: str) -> Menu:
    first, more = _names(cohort.state)
    overview = reverse("programme:cohort", args=[cohort.slug])
    rest = _items(cohort, {name: text for name, text in more.items() if name not in first}, path)
    surveys = Item("Surveys", f"/staff/surveys/?group={cohort.pk}", current=False)
    return Menu(
        [Item("Overview", overview, path == overview), *_items(cohort, first, path)],
        [*rest, surveys],
    )


def _names(state: str) -> tuple[dict[str, str], dict[str, str]]:
    if state == CohortState.DRAFT:
        return PLAN, CHOOSE
    if state in {CohortState.OPEN, CohortState.SELECTING}:
        return CHOOSE, PLAN | RUN
    return RUN, CHOOSE | PLAN


def _items(cohort: Cohort, names: dict[str, str], path: str) -> list[Item]:
    hrefs = {name: reverse(f"programme:{name}", args=[cohort.slug]) for name in names}
    return [Item(text, hrefs[name], path.startswith(hrefs[name])) for name, text in names.items()]
