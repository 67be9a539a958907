"""Pictures as plain geometry: values in, rectangles, lines, dots and labels in a box out.

No colours (a role says what a mark stands for) and no words of its own. Lengths are in the units of
the box; a wide box is for a desk, a narrow one for a phone, with letters of the same size in both.
"""

from lic_site.insight.charts.bars import Reach, Row, columns, diverging, plain, rate, reach
from lic_site.insight.charts.dots import Spot, dots, trend
from lic_site.insight.charts.marks import NARROW, WIDE, Bar, Chart, Dot, Label, Line

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "Chart",
    "Dot",
    "Label",
    "Line",
    "Reach",
    "Row",
    "Spot",
    "columns",
    "diverging",
    "dots",
    "plain",
    "rate",
    "reach",
    "trend",
]
