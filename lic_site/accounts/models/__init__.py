import lic_site.accounts.models.equality  # noqa: F401  registered here, named nowhere
from lic_site.accounts.models.audit import AppendOnly, AuditEvent, RetentionRun
from lic_site.accounts.models.organisations import Borough, Organisation, SubRegion
from lic_site.accounts.models.people import ContactAddress, ManagerRelation, Person
from lic_site.accounts.models.roles import RoleGrant
from lic_site.accounts.models.sign_in import User

__all__ = [
    "AppendOnly",
    "AuditEvent",
    "Borough",
    "ContactAddress",
    "ManagerRelation",
    "Organisation",
    "Person",
    "RetentionRun",
    "RoleGrant",
    "SubRegion",
    "User",
]
