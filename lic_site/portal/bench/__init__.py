"""Benchmarks: each measures our figure and its yardstick in the same run, interleaved.

``BENCHMARKS`` names them; each is a function that yields ``Figure``s. They run on a scratch
database beside the real one, made and dropped by the command, so nothing of a site is touched.
"""

BENCHMARKS: dict[str, str] = {
    "growth": "lic_site.portal.bench.growth.growth",
    "imports": "lic_site.portal.bench.imports.imports",
    "notices": "lic_site.portal.bench.notices.notices",
    "pages": "lic_site.portal.bench.pages.pages",
    "results": "lic_site.portal.bench.results.results",
    "start": "lic_site.portal.bench.start.start",
}
"""The dotted path of each benchmark's function, by name."""
