"""What is held of people who take part in a cohort, and who lead in one."""

from collections.abc import Iterator

from django.db.models import Q

from cohorts.programme.models import (
    Apology,
    Attendance,
    Certificate,
    Enrolment,
    EnrolmentEvent,
    Introduction,
    LearningSet,
    Material,
    Need,
    OtherRoute,
    Session,
    SessionFacilitator,
    SetExclusion,
    SupportContact,
)
from cohorts.programme.services import erasing
from lic_site.accounts.models import Person
from lic_site.common.personal_data import Held, Row

COUNTED = "Kept for the programme's counts, without your name once your record is erased."
REASONS = (
    "Kept for the programme's counts, without your name once your record is erased. Notes, and "
    "that you left for your health or your family, are forgotten a year after your cohort ends."
)
WHILE_RUNNING = "Deleted four weeks after your cohort ends."
A_YEAR = "Deleted a year after your cohort ends."
KEPT = "Kept with your place, so that you can show it for years; deleted with your record."


def _with_the_place(person: object, at: object) -> None:
    """Erased with the place they hang on."""


def _places(person: Person) -> Iterator[Row]:
    for row in Enrolment.objects.filter(person=person).select_related(
        "cohort", "learning_set", "entry_organisation"
    ):
        yield {
            "Cohort": row.cohort.name,
            "Where it stands": row.get_state_display(),
            "Why": row.get_reason_display(),
            "Since": row.enrolled_at,
            "Committed to the dates": row.committed_at,
            "Ended": row.ended_at,
            "Learning set": row.learning_set if _is_named(row) else None,
            "Job title on joining": row.entry_job_title,
            "Grade on joining": row.get_entry_grade_band_display(),
            "Employer on joining": row.entry_organisation,
            "Agreed to be named to your coordinator": row.named_to_coordinator_at,
        }


def _is_named(row: Enrolment) -> bool:
    return row.learning_set is not None and row.learning_set.named_at is not None


def _needs(person: Person) -> Iterator[Row]:
    for row in Need.objects.filter(enrolment__person=person):
        yield {
            "What it is about": row.get_kind_display(),
            "Choices": ", ".join(row.choices),
            "Your words": row.text,
            "Where it stands": row.get_state_display(),
            "Reply": row.reply,
        }


def _attendance(person: Person) -> Iterator[Row]:
    rows = Attendance.objects.filter(enrolment__person=person)
    for row in rows.select_related("session__cohort"):
        yield {
            "Cohort": row.session.cohort.name,
            "Session": row.session.title,
            "Date": row.session.starts_at,
            "Register": row.get_mark_display(),
            "Catching up": row.get_catch_up_display(),
            "How you caught up": row.catch_up_words,
        }


HELD = (
    Held(
        model="programme.Enrolment",
        title="Your places",
        fields=(
            "person",
            "cohort",
            "state",
            "reason",
            "enrolled_at",
            "committed_at",
            "ended_at",
            "learning_set",
            "deferred_to",
            "entry_job_title",
            "entry_grade_band",
            "entry_organisation",
            "needs_told_at",
            "named_to_coordinator_at",
            "named_to",
        ),
        of=lambda person: Enrolment.objects.filter(person=person),
        erase=erasing.erase_places,
        retain=erasing.forget_private_reasons,
        kept_for=REASONS,
        export=_places,
    ),
    Held(
        model="programme.EnrolmentEvent",
        title="Steps of your places",
        fields=("step", "reason", "note", "at", "by"),
        of=lambda person: EnrolmentEvent.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.forget_notes,
        kept_for=REASONS,
        export=lambda person: [
            {
                "Step": row.get_step_display(),
                "Why": row.get_reason_display(),
                "When": row.at,
                "What was noted": row.note,
            }
            for row in EnrolmentEvent.objects.filter(enrolment__person=person)
        ],
    ),
    Held(
        model="programme.SupportContact",
        title="When Staff College asked how it goes",
        fields=("at", "by", "note"),
        of=lambda person: SupportContact.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.forget_contacts,
        kept_for=A_YEAR,
        export=lambda person: [
            {"When": row.at, "What was noted": row.note}
            for row in SupportContact.objects.filter(enrolment__person=person)
        ],
    ),
    Held(
        model="programme.Need",
        title="What you need in order to take part",
        fields=("kind", "chosen", "text", "told_at", "state", "reply", "answered_by"),
        of=lambda person: Need.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.wipe_needs,
        kept_for=WHILE_RUNNING,
        export=_needs,
    ),
    Held(
        model="programme.Attendance",
        title="Sessions you were at",
        fields=(
            "mark",
            "marked_at",
            "marked_by",
            "catch_up",
            "catch_up_words",
            "catch_up_at",
        ),
        of=lambda person: Attendance.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.forget_catch_up_words,
        kept_for=f"{COUNTED} Your words on how you caught up go a year after your cohort ends.",
        export=_attendance,
    ),
    Held(
        model="programme.Apology",
        title="When you could not come",
        fields=("enrolment", "session", "sent_at", "words"),
        of=lambda person: Apology.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.forget_apologies,
        kept_for=A_YEAR,
        export=lambda person: [
            {"Session": row.session.title, "Told us": row.sent_at, "What you said": row.words}
            for row in Apology.objects.filter(enrolment__person=person).select_related("session")
        ],
    ),
    Held(
        model="programme.Introduction",
        title="What you show your learning set",
        fields=(
            "shows_family_name",
            "shows_job_title",
            "shows_organisation",
            "email",
            "phone",
            "about",
            "updated_at",
        ),
        of=lambda person: Introduction.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        retain=erasing.forget_introductions,
        kept_for=A_YEAR,
    ),
    Held(
        model="programme.SetExclusion",
        title="People you are not put in a learning set with",
        fields=("one", "other", "made_by"),
        of=lambda person: SetExclusion.objects.filter(
            Q(one__person=person) | Q(other__person=person)
        ),
        erase=_with_the_place,
        retain=erasing.forget_exclusions,
        kept_for=A_YEAR,
        export=lambda person: [
            {"Since": row.made_at}
            for row in SetExclusion.objects.filter(Q(one__person=person) | Q(other__person=person))
        ],
    ),
    Held(
        model="programme.Certificate",
        title="Your certificates",
        fields=("number", "name", "family_name", "issued_on", "issued_by", "is_checkable"),
        of=lambda person: Certificate.objects.filter(enrolment__person=person),
        erase=_with_the_place,
        kept_for=KEPT,
        export=lambda person: [
            {
                "Number": row.number,
                "Name as printed": row.name,
                "Issued": row.issued_on,
                "Can be checked": row.is_checkable,
            }
            for row in Certificate.objects.filter(enrolment__person=person)
        ],
    ),
    Held(
        model="programme.OtherRoute",
        title="Other leadership programmes you have done",
        fields=("person", "route", "title", "year", "is_completed", "recorded_at"),
        of=lambda person: OtherRoute.objects.filter(person=person),
        erase=lambda person, _at: erasing.delete_routes(person),
        kept_for="Kept until you take it out, or with your record.",
    ),
    Held(
        model="programme.Session",
        title="Sessions that are yours alone",
        fields=("participant", "booked_at", "register_taken_by"),
        of=lambda person: Session.objects.filter(participant__person=person),
        erase=_with_the_place,
        kept_for=COUNTED,
        export=lambda person: [
            {"Session": row.title, "Date": row.starts_at, "Booked": row.booked_at}
            for row in Session.objects.filter(participant__person=person)
        ],
    ),
    Held(
        model="programme.SessionFacilitator",
        title="Sessions you lead",
        fields=("person", "added_at"),
        of=lambda person: SessionFacilitator.objects.filter(person=person),
        erase=lambda person, _at: erasing.stop_leading(person),
        kept_for="Deleted with your record.",
        export=lambda person: [
            {"Session": row.session.title, "Date": row.session.starts_at, "Since": row.added_at}
            for row in SessionFacilitator.objects.filter(person=person).select_related("session")
        ],
    ),
    Held(
        model="programme.LearningSet",
        title="Learning sets you facilitate",
        fields=("facilitator",),
        of=lambda person: LearningSet.objects.filter(facilitator=person),
        erase=lambda person, _at: erasing.stop_leading(person),
        kept_for="Your name goes with your record.",
        export=lambda person: [
            {"Learning set": row.name, "Cohort": row.cohort.name}
            for row in LearningSet.objects.filter(facilitator=person).select_related("cohort")
        ],
    ),
    Held(
        model="programme.Material",
        title="Materials you added",
        fields=("added_by", "added_at", "title"),
        of=lambda person: Material.objects.filter(added_by=person),
        erase=lambda person, _at: erasing.disown_materials(person),
        kept_for="Kept with the session; your name goes with your record.",
    ),
)
