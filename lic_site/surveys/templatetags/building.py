"""What templates of the builder ask for: conditions in words, and what is wrong with a form."""

from django import template
from django.forms import BaseForm

from lic_site.common.templatetags.forms import form_problems
from lic_site.surveys.definition import Condition, Definition
from lic_site.surveys.editing.telling import Told, tell

register = template.Library()


@register.simple_tag
def told(when: Condition, definition: Definition) -> Told | None:
    """None if it looks at what is no longer there."""
    return tell(when, definition)


@register.simple_tag
def problems_of(form: BaseForm | str | None) -> list[tuple[str, str]]:
    """As ``form_problems``, with those of the answers to choose from."""
    return form_problems(form, *getattr(form, "rows", ()))
