"""What this app holds about people, and what becomes of it."""

from cohorts.programme.privacy import applying, running
from lic_site.common.personal_data import PersonalData

PERSONAL_DATA = PersonalData(
    held=(*applying.HELD, *running.HELD),
    impersonal=(
        "programme.Programme",
        "programme.Strand",
        "programme.PositiveActionRecord",
        "programme.Funding",
        "programme.Cohort",
        "programme.Question",
        "programme.Criterion",
        "programme.AvoidDate",
    ),
)
