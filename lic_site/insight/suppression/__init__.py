"""Disclosure control: what may be shown of groups of people, so that nothing tells of one."""

from lic_site.insight.suppression.cuts import differs_enough, permitted_cuts
from lic_site.insight.suppression.policy import COMMENTS, FLOOR, USUAL, Policy
from lic_site.insight.suppression.tables import Cell, Table, suppress, suppress_nested
from lic_site.insight.suppression.waves import pairs_to_show, pool

__all__ = [
    "COMMENTS",
    "FLOOR",
    "USUAL",
    "Cell",
    "Policy",
    "Table",
    "differs_enough",
    "pairs_to_show",
    "permitted_cuts",
    "pool",
    "suppress",
    "suppress_nested",
]
