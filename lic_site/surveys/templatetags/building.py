"""Conditions, so that templates can put them into words."""

from django import template

from lic_site.surveys.definition import Condition, Definition
from lic_site.surveys.editing.telling import Told, tell

register = template.Library()


@register.simple_tag
def told(when: Condition, definition: Definition) -> Told | None:
    """None if it looks at what is no longer there."""
    return tell(when, definition)
