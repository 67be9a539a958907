"""What a reader, or whoever keeps the readers, does with messages about concerns that did not go
out.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.concerns import policies
from lic_site.notices import services
from lic_site.notices.models import Notice

DO = {
    "send": (services.send_stuck, "The messages are on their way."),
    "drop": (services.drop_stuck, "The messages will not be sent."),
}


@require_POST
@allowed("send_stuck", policies)
def stuck(request: SignedInRequest) -> HttpResponse:
    """All that wait, at once: none is shown by itself."""
    theirs = policies.messages(request.person, Notice.objects.all())
    chosen = DO.get(request.POST.get("do", ""))
    if chosen is None:
        messages.error(request, "Choose whether to send the messages or to call them off.")
        return redirect("concerns:board")
    verb, done = chosen
    if verb(notices=theirs, by=request.person, at=timezone.now()):
        messages.success(request, done)
    else:
        messages.info(request, "Nothing was changed: they are done with already.")
    return redirect("concerns:board")
