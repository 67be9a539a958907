"""What the programme's pages need worked out."""

from fractions import Fraction

from django import template

from cohorts.programme.selection import half_up

register = template.Library()


@register.filter
def percent(value: Fraction) -> str:
    """An exact percentage as it is shown: '72.5%'."""
    return f"{half_up(value)}%"
