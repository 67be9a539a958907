"""Numbers of results as people read them."""

from django import template

from lic_site.insight.statistics import half_up
from lic_site.surveys import results

register = template.Library()


@register.filter
def tenth(value: float) -> str:
    """One digit after the point, a half up."""
    return str(half_up(value, 1))


@register.filter
def signed(value: float) -> str:
    """'+23', '−4' or '0'."""
    return results.signed(value, 0)
