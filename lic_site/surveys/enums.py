from django.db import models


class Level(models.TextChoices):
    """What a questionnaire asks about: Kirkpatrick's four levels of evaluation (Donald L.
    Kirkpatrick, 'Evaluating Training Programs', 1994).
    """

    REACTION = "reaction", "Reaction: what people thought of it"
    LEARNING = "learning", "Learning: what people took from it"
    BEHAVIOUR = "behaviour", "Behaviour: what people do differently"
    RESULTS = "results", "Results: what came of it"


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class Mode(models.TextChoices):
    """How an answer and the person who gave it are kept. Truly different underneath."""

    ANONYMOUS = "anonymous", "Anonymous"
    LINKED = "linked", "Linked by the system alone"
    NAMED = "named", "Named to the programme team"
    OWN = "own", "Your own"


WITHDRAWABLE = frozenset({Mode.LINKED, Mode.NAMED, Mode.OWN})
"""Where an answer can be found again, so that whoever gave it can take it back."""
NAMELESS = frozenset({Mode.ANONYMOUS, Mode.LINKED})
"""Where nobody is known by name: too few are not asked, and words are read after a check alone."""
SAVED = WITHDRAWABLE
"""Where answers are kept page by page, so that one can leave and come back."""


class WaveState(models.TextChoices):
    """``planned → open → closed``; a wave that is called off, or had too few to ask, is cancelled.
    Its results are made once, on closing: ``Release``.
    """

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Called off"


class Why(models.TextChoices):
    """Why a wave was called off."""

    STAFF = "staff", "Called off by staff"
    SWITCHED_OFF = "switched_off", "Switched off for this"
    SUBJECT_GONE = "gone", "What it asks about does not take place"
    TOO_FEW = "too_few", "Too few people to ask without telling who said what"
    NO_QUESTIONNAIRE = "no_version", "Its questionnaire was not published in time"


class Stage(models.TextChoices):
    """Where in a cohort's life a wave stands, so that waves can be laid side by side."""

    ONCE = "once", "Once"
    BASELINE = "baseline", "At the start"
    END = "end", "At the end"
    MONTHS_3 = "months_3", "3 months on"
    MONTHS_6 = "months_6", "6 months on"
    MONTHS_12 = "months_12", "12 months on"


class Kind(models.TextChoices):
    """The sorts of question."""

    SCALE = "scale", "Scale, such as ‘strongly disagree’ to ‘strongly agree’"
    SCORE = "score", "0 to 10"
    SINGLE = "single", "Choose one"
    MULTIPLE = "multiple", "Choose any"
    NUMBER = "number", "A number"
    SHORT = "short", "A few words"
    LONG = "long", "A longer answer"


CHOICES = frozenset({Kind.SCALE, Kind.SINGLE, Kind.MULTIPLE})
"""Kinds with options of their own."""
SCORED = frozenset({Kind.SCALE, Kind.SCORE, Kind.NUMBER})
"""Kinds of which a mean can be taken."""
WORDS = frozenset({Kind.SHORT, Kind.LONG})
"""Kinds answered in one's own words: read only after a check."""


class Test(models.TextChoices):
    """How a condition asks about an earlier answer."""

    ANY_OF = "any_of", "is any of"
    NONE_OF = "none_of", "is none of"
    AT_LEAST = "at_least", "is at least"
    AT_MOST = "at_most", "is at most"
    ANSWERED = "answered", "is answered"


class Occasion(models.TextChoices):
    """Of which time an item asks: a then-test asks at the end about the start, since people judge
    themselves by another measure once they have learned (Howard and Dailey, 'Response-shift bias',
    Journal of Applied Psychology 64(2), 1979).
    """

    NOW = "now", "How it is now"
    THEN = "then", "How it was then, looking back"


class CommentState(models.TextChoices):
    WAITING = "waiting", "To be checked"
    CLEARED = "cleared", "Checked"
    WITHHELD = "withheld", "Withheld"
