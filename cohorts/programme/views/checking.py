"""Anybody checks a certificate: with its number and the last name, or not at all.

The page says the same, and does the same, for a number that was never given out, another name, a
check that was switched off, a certificate withdrawn. What was typed is in no log.
"""

import logging
from typing import cast

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cohorts.programme.forms.places import CheckForm
from cohorts.programme.services.certificates import check_certificate
from lic_site.common.posted import posted

logger = logging.getLogger(__name__)


@never_cache
def check(request: HttpRequest, number: str = "") -> HttpResponse:
    """The form, with the number of the address in it; the answer after a POST."""
    form = CheckForm(posted(request), initial={"number": number[:60]})
    confirmed, is_checked = None, request.method == "POST" and form.is_valid()
    if is_checked:
        typed = form.cleaned_data
        key = typed["number"].upper()
        if (too_many := consume_or_429(request, action="certificate_check", key=key)) is not None:
            logger.warning("too many certificate checks")
            return _unindexed(cast("HttpResponse", too_many))
        confirmed = check_certificate(**typed)
        if confirmed is None:
            logger.info("certificate not confirmed")
    context = {"form": form, "confirmed": confirmed, "is_checked": is_checked}
    return _unindexed(render(request, "programme/public/check_certificate.html", context))


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
