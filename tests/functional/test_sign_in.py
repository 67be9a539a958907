"""Sign-in, as everybody meets it first."""

import pytest

from tests.functional.conftest import NewVisitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_doors_are_free_of_barriers(visitor: NewVisitor, phone: bool) -> None:
    someone = visitor(phone=phone)
    for path in ("login/", "signup/", "password/reset/", "login/code/"):
        someone.go(f"/accounts/{path}")
