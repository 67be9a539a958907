"""Who may do and see what with surveys. Deny by default.

Nobody but its owner sees one answer, save what was named to the programme team: a Staff College
admin, and that they looked is written down. Everybody else reads figures that were made under
disclosure control, and comments that one of two named checkers has checked.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import EDITORIAL, PEOPLE_STAFF, holds
from lic_site.insight.suppression import USUAL
from lic_site.surveys.enums import NAMELESS, Mode, WaveState
from lic_site.surveys.models import (
    Checker,
    Comment,
    Deed,
    Plan,
    Questionnaire,
    Release,
    Response,
    Share,
    Theme,
    Version,
    Wave,
)
from lic_site.surveys.protocol import subjects

RESULTS = (*PEOPLE_STAFF, Role.ANALYST)
"""Who reads the figures of every wave."""


def is_checker(person: Person | None) -> bool:
    """One of the two, and still of the staff."""
    return (
        person is not None
        and holds(person, *PEOPLE_STAFF)
        and Checker.objects.filter(person=person, ended_at=None).exists()
    )


def _is_admin(person: Person, _: Any = None) -> bool:
    return holds(person, Role.COLLEGE_ADMIN)


_RULES: dict[str, Callable[[Person, Any], bool]] = {
    "build": lambda person, _: holds(person, *EDITORIAL),
    "see_waves": lambda person, _: holds(person, *PEOPLE_STAFF),
    "run_waves": _is_admin,
    "see_results": lambda person, _: holds(person, *RESULTS),
    "share_results": _is_admin,
    "see_named": lambda person, wave: (
        _is_admin(person) and (wave is None or wave.mode == Mode.NAMED)
    ),
    "check_comments": lambda person, _: is_checker(person),
    "keep_checkers": lambda person, _: holds(person, *PEOPLE_STAFF),
    "keep_themes": _is_admin,
    "say_what_was_done": _is_admin,
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:
    """Whether the person may do this, to this thing where one is meant."""
    rule = _RULES.get(verb)
    return bool(rule and person and not person.erased_at and rule(person, thing))


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Those of the rows that the person may see, one by one. Figures are another matter."""
    model: type[Model] = queryset.model
    rule = _VISIBLE.get(model)
    if rule is None or person is None or person.erased_at:
        return queryset.none()
    return queryset.filter(rule(person))


_ALL = Q()
_NONE = Q(pk__in=())


def _if(*roles: str) -> Callable[[Person], Q]:
    return lambda person: _ALL if holds(person, *roles) else _NONE


def read_by(person: Person) -> Q:
    """Waves about things that the person took part in or led."""
    mine = _NONE
    for name, subject in subjects().items():
        if pks := subject.read_by(person):
            mine |= Q(subject_kind=name, subject_id__in=pks)
    return mine


def _waves(person: Person) -> Q:
    if holds(person, *PEOPLE_STAFF):
        return _ALL
    shared = Q(state=WaveState.CLOSED, release__shared_at__isnull=False) & read_by(person)
    return shared | Q(state=WaveState.CLOSED) if holds(person, Role.ANALYST) else shared


def _of_waves(person: Person) -> Q:
    return Q(wave__in=Wave.objects.filter(_waves(person)))


def _releases(person: Person) -> Q:
    return _ALL if holds(person, *RESULTS) else Q(shared_at__isnull=False) & _of_waves(person)


def _comments(person: Person) -> Q:
    """To a checker alone, and once the wave has closed: what others read of them, and whether, is
    for ``comments.shown`` to say.
    """
    over = Q(
        wave__state=WaveState.CLOSED,
        wave__mode__in=NAMELESS,
        wave__release__answered__gte=USUAL.comments,
    )
    return over if is_checker(person) else _NONE


def _deeds(person: Person) -> Q:
    return _ALL if holds(person, *RESULTS) else Q(shared_at__isnull=False) & _of_waves(person)


def _responses(person: Person) -> Q:
    """One's own, and what was named to the team. What others share is seen item by item."""
    own = Q(person=person, wave__mode__in=[Mode.OWN, Mode.NAMED])
    return own | Q(wave__mode=Mode.NAMED) if _is_admin(person) else own


def _shares(person: Person) -> Q:
    return Q(reader=person, ended_at=None) | Q(response__person=person)


_VISIBLE: dict[type[Model], Callable[[Person], Q]] = {
    Questionnaire: _if(*EDITORIAL),
    Version: _if(*EDITORIAL),
    Plan: _if(*PEOPLE_STAFF),
    Wave: _waves,
    Release: _releases,
    Comment: _comments,
    Theme: _if(*PEOPLE_STAFF),
    Checker: _if(*PEOPLE_STAFF),
    Deed: _deeds,
    Response: _responses,
    Share: _shares,
}

_WHO_SEES = {
    Mode.ANONYMOUS: (
        "Nobody can tell which answers are yours, nor can we: they are kept without your name, "
        "and not even the time is kept. Staff College sees figures of five people or more, "
        "and comments once what tells of whom is taken out. Because nobody knows who you are, "
        "nobody can answer you here."
    ),
    Mode.LINKED: (
        "No person sees which answers are yours. The system alone links what you say now with "
        "what you say later, under a name that means nothing. Staff College sees figures of five "
        "people or more, and comments once what tells of whom is taken out."
    ),
    Mode.NAMED: (
        "Staff College admins see your answers with your name, so that they can help. Nobody "
        "else does: not your employer, your manager or the others who take part."
    ),
    Mode.OWN: (
        "Only you. You may then show single answers to one person at a time, and take that back."
    ),
}


def who_sees(mode: str) -> str:
    """'Who sees this' on the first page of a survey and beside its answers."""
    return _WHO_SEES[Mode(mode)]


TOO_FEW = (
    "If fewer than five people answer, the answers are deleted unread: so few could be recognised."
)
"""Said on the first page of an anonymous survey."""
WORDS_TOO_FEW = (
    "What you write in your own words is read only if ten people or more answer; otherwise it is "
    "deleted unread."
)
"""Said on the first page of a survey in which nobody is known by name."""

_CHECKED = (
    "One of two checkers, who takes out what tells of whom before anybody else reads it. You "
    "help them by leaving names out."
)
_WHO_SEES_WORDS = {Mode.ANONYMOUS: _CHECKED, Mode.LINKED: _CHECKED}


def who_sees_words(mode: str) -> str:
    """'Who sees this' beside an answer in one's own words; elsewhere as the whole survey."""
    return _WHO_SEES_WORDS.get(Mode(mode)) or who_sees(mode)
