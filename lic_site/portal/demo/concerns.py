"""Concerns in every state, raised and dealt with through the real verbs. All of it is invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.concerns.enums import About, Known, Outcome
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.services import contacts, following, handling, raising

CODE = "B2CD-3FGH-4JKL-5MNP"
"""Opens the anonymous concern that is being looked into, at ``/concern/follow/``."""
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def build(*, at: datetime, personas: Mapping[str, Person]) -> None:
    """Two readers, and what was raised with them."""
    college, lead = personas["college"], personas["lead"]
    of_college = _reader(college, "anything about the days, the places and how you are treated "
                         "there", by=lead, at=at)  # fmt: skip
    of_lead = _reader(lead, "anything about Staff College, and whatever you would rather not tell "
                      "it", by=college, at=at)  # fmt: skip
    participant = personas["participant"]
    _raise(
        "Invented: the room for our last set had no step-free way in, and a colleague had to be "
        "carried over the step. Nobody had asked.",
        about=About.COMPLAINT,
        reader=of_college,
        by=participant,
        at=at - DAY,
        hoped_for="That it is checked before every booking.",
    )
    _raise(
        "Invented: jokes about names in the lift, twice now, and nobody says anything.",
        about=About.RACISM,
        reader=of_college,
        at=at - 8 * DAY,
    )
    _acknowledged(participant, of_lead, at=at - 5 * DAY)
    _looked_into(of_lead, at=at - 30 * DAY, concerned=[personas["facilitator"]])
    _closed(personas["coordinator"], of_college, at=at - 60 * DAY)
    withdrawn = _raise(
        "Invented: a remark over lunch that I took amiss. We have talked since.",
        about=About.HARASSMENT,
        reader=of_college,
        at=at - 20 * DAY,
    )
    following.withdraw(concern=withdrawn, by=None, at=at - 18 * DAY)


def _reader(person: Person, what_for: str, *, by: Person, at: datetime) -> Contact:
    today = timezone.localdate(at)
    return contacts.add_contact(
        person=person,
        what_for=what_for,
        starts_on=today - YEAR,
        ends_on=today + YEAR,
        by=by,
        at=at - YEAR,
    )


def _raise(
    words: str,
    *,
    about: About,
    reader: Contact,
    at: datetime,
    by: Person | None = None,
    known: Known = Known.NAMED,
    code: str = "",
    concerned: list[Person] | None = None,
    hoped_for: str = "",
) -> Concern:
    """With the name of ``by``; anonymously without."""
    return raising.raise_concern(
        told=raising.Told(about=about, words=words, hoped_for=hoped_for),
        reader=reader,
        concerned=concerned or [],
        known=known if by else Known.ANONYMOUS,
        tell_by_mail=True,
        code=code or f"{at:%Y%m%d%H%M%S}",
        nonce=f"demo {at.isoformat()}",
        by=by,
        at=at,
    )


def _acknowledged(by: Person, reader: Contact, *, at: datetime) -> None:
    concern = _raise(
        "Invented: my line manager asked in front of the team why I ‘need a special programme’.",
        about=About.RACISM,
        reader=reader,
        by=by,
        known=Known.ONE_READER,
        at=at,
        hoped_for="Advice first. I do not want it taken further yet.",
    )
    handling.acknowledge(
        concern=concern,
        text="Thank you for telling me. Nothing goes further than me unless you say so.",
        by=reader.person,
        at=at + DAY,
    )


def _looked_into(reader: Contact, *, at: datetime, concerned: list[Person]) -> None:
    """Anonymous, with replies both ways, and late with what was agreed."""
    concern = _raise(
        "Invented: in the coaching hour the same two people are always called on, and the rest of "
        "us are talked over.",
        about=About.OTHER,
        reader=reader,
        code=CODE,
        concerned=concerned,
        at=at,
    )
    by = reader.person
    handling.acknowledge(concern=concern, by=by, at=at + DAY)
    handling.reply(
        concern=concern,
        text="Thank you. May I ask whoever plans the days to sit in, without saying why?",
        by=by,
        at=at + 3 * DAY,
    )
    following.add_words(concern=concern, text="Yes, please do.", by=None, at=at + 6 * DAY)
    handling.look_into(concern=concern, by=by, at=at + 7 * DAY)
    handling.agree_action(
        concern=concern,
        text="Sit in on the next two coaching hours.",
        due_on=timezone.localdate(at + 21 * DAY),
        by=by,
        at=at + 7 * DAY,
    )
    handling.note(concern=concern, text="Keep the dates apart from this.", by=by, at=at + 8 * DAY)


def _closed(raiser: Person, reader: Contact, *, at: datetime) -> None:
    concern = _raise(
        "Invented: places held for our borough were given away without a word.",
        about=About.COMPLAINT,
        reader=reader,
        by=raiser,
        at=at,
        hoped_for="An explanation.",
    )
    by = reader.person
    handling.acknowledge(concern=concern, by=by, at=at + DAY)
    handling.look_into(concern=concern, by=by, at=at + 2 * DAY)
    handling.close(
        concern=concern,
        outcome=Outcome.UPHELD,
        text="You are right, and we are sorry. Whoever holds places is now written to before any "
        "are released. If you are not content with this, write to the programme lead.",
        by=by,
        at=at + 9 * DAY,
    )
