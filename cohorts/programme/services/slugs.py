"""What a cohort is called in addresses."""

from django.utils.text import slugify

from cohorts.programme.models import Cohort


def free_slug(name: str) -> str:
    """A slug from the name that no cohort has yet."""
    base = slugify(name)[:40] or "cohort"
    taken = set(Cohort.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )
