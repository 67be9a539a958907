"""What people type about themselves, and what staff type about roles."""

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from lic_site.accounts.models import User


class SignUpForm(SignupForm):
    """allauth's, answering in the same time whether or not the address is known."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        user, response = super().try_save(request)
        return user, response
