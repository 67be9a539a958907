from django.http import HttpRequest, HttpResponse


def about_you(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("")
