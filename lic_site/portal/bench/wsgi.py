"""The site as production serves it, with the yardsticks' addresses."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lic_site.settings")
settings.ROOT_URLCONF = "lic_site.portal.bench.urls"
application = get_wsgi_application()
