"""The columns in which spreadsheets name people and posts."""

from lic_site.accounts.enums import GradeBand
from lic_site.common.spreadsheets import Column

NAME = 80
TITLE = 120
WHO = (
    Column(
        "given_name",
        "First name",
        aliases=("Given name", "Forename", "First names", "First"),
        example="Ama",
    ),
    Column(
        "family_name",
        "Last name",
        aliases=("Family name", "Surname", "Last"),
        example="Mensah",
    ),
    Column(
        "email",
        "E-mail address",
        aliases=("Email", "E-mail", "E-mail addresses", "Emails", "Work e-mail", "Contact e-mail"),
        hint="The work address. Several: the main one first, a semicolon between them.",
        example="ama@example.org",
    ),
)
POST = (
    Column(
        "job_title",
        "Job title",
        required=False,
        aliases=("Post", "Position", "Current post", "Job role"),
        hint="In their own words.",
        example="Team manager",
    ),
    Column(
        "grade_band",
        "Grade",
        required=False,
        aliases=("Grade band", "Level", "Current grade"),
        hint=", ".join(grade.label for grade in GradeBand) + ".",
        example="First-line manager",
    ),
    Column(
        "organisation",
        "Employer or borough",
        required=False,
        aliases=("Employer", "Organisation", "Borough", "Local authority", "Authority", "Council"),
        hint="The name of the employer or borough, or the borough’s GSS code or DfE number.",
        example="Hackney",
    ),
)
MANAGER = (
    Column(
        "manager_email",
        "Line manager’s e-mail address",
        required=False,
        aliases=("Line manager", "Line manager email", "Manager’s email", "Manager email"),
        hint="They are not written to.",
        example="kofi@example.org",
    ),
    Column(
        "manager_name",
        "Line manager’s name",
        required=False,
        aliases=("Manager’s name", "Manager name", "Name of line manager"),
        hint="Needed only for somebody who is not on record and has no row of their own.",
        example="Kofi Boateng",
    ),
)
