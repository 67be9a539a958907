"""GET and HEAD read, POST changes; nothing else is answered."""

import pytest
from django.test import Client


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    response = client.generic(method, "/live")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.django_db
def test_the_editors_side_keeps_methods_of_its_own(client: Client) -> None:
    assert client.options("/manage/").status_code == 302
