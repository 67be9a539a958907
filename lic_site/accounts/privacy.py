"""What this app holds about people."""

from lic_site.common.personal_data import PersonalData

PERSONAL_DATA = PersonalData()
