from django.db import models


class GradeBand(models.TextChoices):
    """Grade bands, junior to senior; ``dfe_role_group`` maps them to DfE's workforce roles."""

    PRACTITIONER = "practitioner", "Practitioner"
    SENIOR_PRACTITIONER = "senior_practitioner", "Senior practitioner"
    FIRST_LINE_MANAGER = "first_line_manager", "First-line manager"
    MIDDLE_MANAGER = "middle_manager", "Middle manager"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    ASSISTANT_DIRECTOR = "assistant_director", "Assistant director"
    DIRECTOR = "director", "Director"


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", "Council"
    JOINT_SERVICE = "joint_service", "Joint service"
    PROGRAMME = "programme", "Programme body"
    PROVIDER = "provider", "Training provider"
    PARTNER = "partner", "Partner"


class Role(models.TextChoices):
    """Roles that are granted. Whatever can be derived from a record is a ``DerivedRole``
    instead.
    """

    COLLEGE_ADMIN = "college_admin", "Staff College admin"
    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    GROUP_CHAIR = "group_chair", "Reference Group chair"
    CONFERENCE_ORGANISER = "conference_organiser", "Conference organiser"
    BOROUGH_COORDINATOR = "borough_coordinator", "Borough coordinator"
    EDITOR = "editor", "Editor"
    ANALYST = "analyst", "Analyst"


class DerivedRole(models.TextChoices):
    """Roles that follow from a record and end with it; each app's role source tells them."""

    APPLICANT = "applicant", "Applicant"
    PARTICIPANT = "participant", "Participant"
    READER = "reader", "Reader"
    FACILITATOR = "facilitator", "Facilitator"
    MENTOR = "mentor", "Mentor"
    GROUP_MEMBER = "group_member", "Reference Group member"
    DESK_HELPER = "desk_helper", "Desk helper"
    LINE_MANAGER = "line_manager", "Line manager"
    CONCERN_CONTACT = "concern_contact", "Reader of concerns"
