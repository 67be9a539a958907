"""Messages: the outbox, when and what is sent, to whom, and what became of it."""

from lic_site.notices.models.bounces import AddressTrouble, DeliveryEvent
from lic_site.notices.models.calendars import CalendarFeed
from lic_site.notices.models.choices import DeliveryPreference, MessageSettings, NoticePreference
from lic_site.notices.models.mailings import Mailing
from lic_site.notices.models.outbox import Notice
from lic_site.notices.models.rules import ReminderRule
from lic_site.notices.models.texts import MessageText

__all__ = [
    "AddressTrouble",
    "CalendarFeed",
    "DeliveryEvent",
    "DeliveryPreference",
    "Mailing",
    "MessageSettings",
    "MessageText",
    "Notice",
    "NoticePreference",
    "ReminderRule",
]
