"""With whom one may share an answer of one's own, and what others share. A share ends with the
relation: it is asked for each time somebody reads.
"""

from collections.abc import Mapping

from lic_site.accounts.models import Person
from lic_site.surveys import policies
from lic_site.surveys.models import Response, Share
from lic_site.surveys.protocol import subjects


def of(response: Response) -> Mapping[str, Person]:
    """By what they are to the person whose answers these are: ``{"Your line manager": …}``."""
    subject = subjects().get(response.wave.subject_kind)
    if subject is None or response.person is None:
        return {}
    return subject.companions(response.wave.subject_id, response.person)


def read_by(person: Person) -> list[Share]:
    """What others share with this person who is still to them what they were, the latest first."""
    live = policies.visible(person, Share.objects.filter(reader=person, ended_at=None))
    rows = live.select_related(
        "response__wave__version", "response__wave__questionnaire", "response__person"
    ).prefetch_related("response__answers", "response__comments")
    known: dict[tuple[int, int | None], Mapping[str, Person]] = {}
    found: list[Share] = []
    for share in rows.order_by("-shared_at", "-pk"):
        key = (share.response.wave_id, share.response.person_id)
        if key not in known:
            known[key] = of(share.response)
        reader = known[key].get(share.relation)
        if reader is not None and reader.pk == person.pk:
            found.append(share)
    return found
