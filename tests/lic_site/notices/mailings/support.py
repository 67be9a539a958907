"""A group of people that exists in tests alone, and mailings to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from lic_site.accounts.models import Organisation, Person
from lic_site.notices import services
from lic_site.notices.enums import State
from lic_site.notices.mailings.audience import people_of
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.postbox import Postbox
from lic_site.notices.segments import Chosen, Gone, Segment, on_record
from lic_site.notices.services import mailings as verbs
from tests.lic_site.notices.support import NOW

BODY = "Hello {given_name},\n\n{team} meets on {meets_on}.\n\n[See more]"
SUBJECT = "A date in your calendar"


def teams() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Organisation.objects.values_list("pk", "name")]


class Colleagues(Segment):
    name = "tests.colleagues"
    title = "Everybody of a team"
    why = "You receive this because you are in the team."

    def fields(self) -> Mapping[str, forms.Field]:
        return {
            "team": forms.ChoiceField(label="Which team?", choices=teams),
            "secret": forms.BooleanField(label="In secret", required=False),
        }

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        return on_record(organisation=chosen["team"])

    def told(self, chosen: Chosen) -> Iterable[str]:
        yield self.words(chosen)["team"]

    def words(self, chosen: Chosen) -> Mapping[str, Any]:
        found = Organisation.objects.filter(pk=chosen["team"]).first()
        if found is None or found.name == "Nameless":
            raise Gone
        return {"team": found.name, "meets_on": date(2027, 3, 9)}

    def shows_names(self, chosen: Chosen) -> bool:
        return not chosen["secret"]


class Everybody(Segment):
    name = "tests.everybody"
    title = "Everybody"
    why = "You receive this because everybody does."

    def fields(self) -> Mapping[str, forms.Field]:
        return {}

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        return on_record()

    def told(self, chosen: Chosen) -> Iterable[str]:
        return ()


SEGMENTS: list[Segment] = [Colleagues(), Everybody()]


def a_draft(by: Person, *, written: bool = True, **chosen: Any) -> Mailing:
    """To everybody of the writer's own team."""
    mailing = verbs.begin(
        segment="tests.colleagues",
        chosen={"team": str(by.organisation_id)} | chosen,
        by=by,
        at=NOW,
    )
    if written:
        verbs.write(
            mailing=mailing,
            revision=mailing.revision,
            title="About the date",
            subject=SUBJECT,
            body=BODY,
            by=by,
            at=NOW,
        )
    mailing.refresh_from_db()
    return mailing


def shown(mailing: Mailing) -> set[int]:
    return set(people_of(mailing).values_list("pk", flat=True))


def confirm(mailing: Mailing, by: Person, **values: Any) -> int:
    """With all that whoever confirms was shown."""
    mailing.refresh_from_db()
    said = {"revision": mailing.revision, "shown": shown(mailing), "sure_of": None}
    return verbs.confirm(mailing=mailing, by=by, at=NOW, **(said | values))


def sent_off(by: Person, **chosen: Any) -> Mailing:
    mailing = a_draft(by, **chosen)
    confirm(mailing, by)
    mailing.refresh_from_db()
    return mailing


def deliver() -> int:
    """One batch; says how many were claimed."""
    with Postbox() as postbox:
        return services.deliver_batch(postbox)[1]


def states() -> dict[str, int]:
    return Notice.objects.by_state()


def all_in(state: State) -> bool:
    return set(states()) == {state}
