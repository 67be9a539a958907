"""The register's messages as they go out: what each says, and where it leads."""

import pytest

from cohorts.programme.enums import CatchUp, Mark
from cohorts.programme.models import Apology, Attendance
from lic_site.notices.models import Notice
from lic_site.notices.renderer import Message, render
from lic_site.notices.services import send
from tests.factories.people import PersonFactory
from tests.factories.running import (
    AttendanceFactory,
    LearningSetFactory,
    MaterialFactory,
    a_running_cohort,
    a_session,
    in_set,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed() -> Attendance:
    cohort = a_running_cohort(slug="winter")
    session = a_session(cohort, days=-1, leads=PersonFactory(), title="Leading change")
    made: Attendance = AttendanceFactory(
        session=session,
        enrolment=in_set(LearningSetFactory(cohort=cohort)),
        mark=Mark.ABSENT,
        catch_up=CatchUp.OFFERED,
    )
    return made


def message(kind: str, about: Attendance, *, to_leader: bool = False) -> Message:
    session = about.session
    to = session.facilitators.get().person if to_leader else about.enrolment.person
    send(kind, to=to, about=session if to_leader else about, at=NOW)
    return render(Notice.objects.get(kind=kind))


def test_whoever_missed_a_session_is_led_to_what_there_is_of_it(missed: Attendance) -> None:
    MaterialFactory(session=missed.session)
    MaterialFactory(session=missed.session, shared_at=None)
    sent = message("programme.session_missed", missed)
    assert f"/my/cohorts/winter/sessions/{missed.session_id}/catch-up/" in sent.text
    assert "Leading change on 20 November 2026 at 10am" in sent.text
    assert "you find 1 thing from the session" in sent.text


def test_whoever_caught_up_hears_that_it_counts(missed: Attendance) -> None:
    missed.catch_up = CatchUp.DONE
    missed.save()
    sent = message("programme.catch_up_recorded", missed)
    assert "as if you had been there" in sent.text
    assert f"/sessions/{missed.session_id}/catch-up/" in sent.html


def test_whoever_leads_is_led_to_the_register_and_nobody_is_named(missed: Attendance) -> None:
    Apology.objects.create(
        session=missed.session, enrolment=missed.enrolment, sent_at=NOW, words="A funeral."
    )
    for kind in ("programme.apologies_received", "programme.register_due"):
        sent = message(kind, missed, to_leader=True)
        assert f"/my/sessions/{missed.session_id}/register/" in sent.text
        for hidden in ("A funeral", missed.enrolment.person.family_name):
            assert hidden not in sent.text + sent.html + sent.subject
