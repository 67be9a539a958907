"""What this app holds about people: which user wrote a page, by id, in Wagtail's own tables."""

from lic_site.common.personal_data import PersonalData

PERSONAL_DATA = PersonalData(
    impersonal=(
        "cms.HomePage",
        "cms.StandardPage",
        "cms.NewsIndexPage",
        "cms.NewsPage",
        "cms.Picture",
        "cms.PictureRendition",
    )
)
