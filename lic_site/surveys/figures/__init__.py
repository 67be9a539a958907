"""A wave's figures under disclosure control, as plain JSON: what may be shown, and nothing else.

Counted in a few queries over all questions at once; what is kept in memory grows with the number of
different answers, never with the number of people.
"""

from lic_site.surveys.figures.computing import compute

__all__ = ["compute"]
