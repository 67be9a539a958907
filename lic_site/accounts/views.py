from django.http import HttpRequest, HttpResponse


def about_you(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("")


def second_factor(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("")
