"""What Wagtail's migrations plant, and emptying the tables between tests takes away."""

from wagtail.models import Collection, Locale, Page


def plant_roots() -> None:
    """The language and the roots of pages and files, unless they are there."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
