from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from lic_site.common import dates
from lic_site.notices import wording
from lic_site.notices.protocol import kinds

AS_PLAIN_TEXT = "plain"


class MessageText(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """The words of one kind of message as the office has edited them. While the row is not live,
    the product's own words go out.
    """

    kind = models.CharField(max_length=60, unique=True)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    button = models.CharField("button", max_length=60)
    why = models.TextField("why they receive it")

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What staff call the kind."""
        found = kinds().get(self.kind)
        return found.title if found else self.kind

    @property
    def whose(self) -> str:
        """Whose words it has in use, for the list of texts."""
        if not self.live:
            return "The site’s own"
        since = self.last_published_at
        return f"Ours, since {dates.when(since)}" if since else "Ours"

    @property
    def draft(self) -> str:
        return "Not published yet" if self.has_unpublished_changes else ""

    @property
    def source(self) -> str:
        """The text in the language of messages."""
        return wording.together(
            subject=self.subject, body=self.body, button=self.button, why=self.why
        )

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The samples that the words can be seen with."""
        from lic_site.notices import texts  # noqa: PLC0415 - reads this table

        found = kinds().get(self.kind)
        if found is None:
            return []
        samples = texts.samples_of(found).items()
        return [*((name, each.title) for name, each in samples), (AS_PLAIN_TEXT, "As plain text")]

    def serve_preview(self, _request: HttpRequest, mode_name: str) -> HttpResponse:
        """These words, saved or not, by what renders every message."""
        from lic_site.notices import renderer  # noqa: PLC0415 - reads this table

        message = renderer.render_sample(kinds()[self.kind], sample=mode_name, source=self.source)
        if mode_name == AS_PLAIN_TEXT:
            words = f"Subject: {message.subject}\n\n{message.text}"
            return HttpResponse(words, content_type="text/plain; charset=utf-8")
        return HttpResponse(message.html)
