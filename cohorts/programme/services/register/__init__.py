"""The register: who came, who could not, who caught up, and who may need support."""

from cohorts.programme.services.register.standings import standing_of

__all__ = ["standing_of"]
