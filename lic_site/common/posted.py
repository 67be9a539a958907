"""What every page with a form has in common."""

from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

edit_methods = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: even an empty POST, in which no box was ticked, is an answer."""
    return request.POST if request.method == "POST" else None
