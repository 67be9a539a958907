from django.db import models


class State(models.TextChoices):
    """A notice's life: ``pending → sending → sent | failed | expired | cancelled``."""

    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Too late to send"
    CANCELLED = "cancelled", "Cancelled"


class Category(models.TextChoices):
    """What a person can choose an address for, and whether they can turn it off."""

    ESSENTIAL = "essential", "Things you need to do or know"
    OPTIONAL = "optional", "News and invitations"
