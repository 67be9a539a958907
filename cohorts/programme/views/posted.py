from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: even an empty POST, in which no box was ticked, is an answer."""
    return request.POST if request.method == "POST" else None
