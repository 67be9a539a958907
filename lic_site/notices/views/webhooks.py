"""Where a mail provider tells what became of messages. The library's own view of each provider
checks the signature and reads the events.
"""

import json
import logging
from datetime import UTC, datetime, timedelta

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger(__name__)

VIEWS = {
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid.SendGridTrackingWebhookView",
}
OLDEST = timedelta(hours=26)
"""Providers that sign a time go on trying for a day; what is older was kept by somebody."""
AHEAD = timedelta(minutes=10)


@csrf_exempt
def told(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Only for the provider that sends our mail, and only where its secret is set. What is not
    signed is refused, and nothing of it is kept or logged.
    """
    if provider != settings.MAIL_PROVIDER or not settings.MAIL_WEBHOOK_SECRET:
        raise Http404
    if request.method == "POST" and _is_old(request, provider):
        return _refused(provider)
    view = import_string(VIEWS[provider])
    try:
        answer: HttpResponseBase = view.as_view()(request)
    except AnymailWebhookValidationFailure:
        return _refused(provider)
    except (AnymailError, ValueError, KeyError, TypeError, AttributeError) as error:
        # Signed, but not what the provider's documentation says.
        logger.warning(
            "webhook not understood", extra={"provider": provider, "error": type(error).__name__}
        )
        return HttpResponse("Not understood.\n", status=400)
    return answer


def _refused(provider: str) -> HttpResponse:
    logger.warning("webhook refused", extra={"provider": provider})
    return HttpResponse("Not signed as it should be.\n", status=403)


def _is_old(request: HttpRequest, provider: str) -> bool:
    """Whether the time that the signature covers is long past, or in the future."""
    try:
        if provider == "mailgun":
            stamp = json.loads(request.body)["signature"]["timestamp"]
        elif provider == "sendgrid":
            stamp = request.headers["X-Twilio-Email-Event-Webhook-Timestamp"]
        else:
            return False
        age = timezone.now() - datetime.fromtimestamp(float(stamp), tz=UTC)
    except (ValueError, KeyError, TypeError, OverflowError):
        return True
    return not -AHEAD <= age <= OLDEST
