from cms.models.base import SitePage
from cms.models.images import Picture, PictureRendition
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.pages import HomePage, StandardPage

__all__ = [
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Picture",
    "PictureRendition",
    "SitePage",
    "StandardPage",
]
