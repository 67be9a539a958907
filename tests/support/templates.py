"""An undefined template variable fails the test that renders it.

Only in this repository's own templates: Wagtail's and allauth's lean on silence. A variable that
may be
missing says so: ``{{ hint|default:"" }}`` or ``{% if hint %}``.
"""

import sys
from types import FrameType

from django.conf import settings
from django.template.base import FilterExpression
from django.template.context import BaseContext

LENIENT = {"default", "default_if_none", "firstof", "yesno"}


class UndefinedVariable(Exception):
    """A template names something that its view does not give it."""


class Loud(str):
    """Stands for ``string_if_invalid``. Django asks for its truth where a variable is missing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        frame: FrameType = sys._getframe(1)
        if frame.f_code is not FilterExpression.resolve.__code__:
            return False
        expression, context = frame.f_locals["self"], frame.f_locals["context"]
        if is_lenient(expression) or not (name := own_template(context)):
            return False
        raise UndefinedVariable(f"{{{{ {expression.token} }}}} is not defined in {name}")


def is_lenient(expression: FilterExpression) -> bool:
    return bool(expression.filters) and expression.filters[0][0].__name__ in LENIENT


def own_template(context: BaseContext) -> str:
    """The template asked for, if it and the one being rendered are ours: its path below the
    repository.
    """
    asked = context.template
    current = getattr(context.render_context, "template", None) or asked
    root = f"{settings.BASE_DIR}/"
    for template in (current, asked):
        name = getattr(template.origin, "name", "")
        if not name.startswith(root) or "/site-packages/" in name:
            return ""
    return str(asked.origin.name).removeprefix(root)
