from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An image that says what it shows, so that nobody who cannot see it is left out."""

    description = models.CharField(
        "what it shows",
        max_length=255,
        help_text="Read out to people who cannot see the image. Say what matters in it.",
    )
    credit = models.CharField(max_length=120, blank=True, help_text="Whose image it is.")

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        permissions = [("choose_picture", "Can choose picture")]

    def __str__(self) -> str:
        return str(self.title)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once"
            )
        ]

    def __str__(self) -> str:
        return f"Rendition {self.pk}"
