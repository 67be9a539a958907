"""The way to ``/concern/`` from the page of a thing."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from lic_site.concerns.protocol import token_for

register = template.Library()


@register.simple_tag
def concern_about(name: str, pk: int | str) -> str:
    """The address of ``/concern/``, saying what it is about where a thing is named."""
    about = f"?{urlencode({'about': token_for(name, int(pk))})}" if name and pk else ""
    return reverse("concerns:tell") + about
