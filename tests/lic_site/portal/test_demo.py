"""The demonstration: believable, invented, and only where it was asked for."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Certificate, Cohort, Enrolment, Session
from cohorts.programme.services.starting import load_programme
from lic_site.accounts.models import Person, User
from lic_site.accounts.services.reference import load_authorities
from lic_site.portal.demo import kept, past, people, worlds
from tests.lic_site.portal.test_bootstrap import counts

FIRST_PAGES = {"college": "/staff/", "lead": "/staff/", "editor": "/manage/"}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def demo(**options: Any) -> dict[str, Any]:
    said = io.StringIO()
    call_command("demo", json=True, stdout=said, **options)
    told: dict[str, Any] = json.loads(said.getvalue())
    return told


def test_every_persona_signs_in_and_reaches_their_first_page(db: None) -> None:
    told = demo()
    assert set(told["personas"]) == {persona.key for persona in people.PERSONAS}
    for key, email in told["personas"].items():
        client = Client()
        form = {"login": email, "password": told["password"]}
        response = client.post("/accounts/login/", form)
        assert (response.status_code, response["Location"]) == (302, "/my/"), key
        assert client.get("/my/").status_code == 200, key
        assert client.get(FIRST_PAGES.get(key, "/my/")).status_code == 200, key
        if key not in FIRST_PAGES:
            assert client.get("/manage/").status_code == 404, key
    assert Client().get(told["addresses"]["open_cohort"]).status_code == 200
    assert told["addresses"]["open_cohort"] in Client().get("/").content.decode()

    before = counts(), Person.objects.count()
    assert demo() == told
    assert (counts(), Person.objects.count()) == before
    kept.path().unlink()
    again = demo()
    assert User.objects.get(email="reader@demo.example").check_password(again["password"])
    said = io.StringIO()
    call_command("demo", stdout=said)
    assert again["password"] in said.getvalue()
    assert "/apply/" in said.getvalue()


def test_in_full_there_are_twelve_cohorts_and_five_thousand_people(db: None) -> None:
    load_authorities(at=timezone.now())
    load_programme(at=timezone.now())
    for _ in range(2):
        past.fill(at=timezone.now())
    assert Cohort.objects.count() == past.COHORTS == 12 - len(worlds.WORLDS)
    assert Person.objects.count() == past.PEOPLE
    for cohort in Cohort.objects.annotate(taken=Count("enrolments")):
        assert 0 < cohort.taken <= cohort.places
    completed = Enrolment.objects.filter(state=EnrolmentState.COMPLETED)
    assert completed.filter(certificate__isnull=False).count() == completed.count() > 0
    assert not Certificate.objects.exclude(enrolment__in=completed).exists()
    for session in Session.objects.annotate(marks=Count("attendance")):
        assert 0 < session.marks <= past.PLACES
    assert Enrolment.objects.filter(state=EnrolmentState.WITHDRAWN).exists()


def test_it_is_refused_where_nobody_asked_for_it(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="set DEMO=1"):
        demo()


def test_no_two_personas_share_a_name_and_no_address_leads_anywhere() -> None:
    names = {(persona.given_name, persona.family_name) for persona in people.PERSONAS}
    assert len(names) == len(people.PERSONAS)
    assert all(persona.email.endswith("@demo.example") for persona in people.PERSONAS)


def test_starting_over_empties_everything_the_audit_trail_included(tmp_path: Path) -> None:
    environment = os.environ | {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/lic.sqlite3",
        "REDIS_URL": "",
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
    }
    script = """
from django.core.management import call_command
from django.utils import timezone
from lic_site.accounts.models import AuditEvent
from lic_site.accounts.services.reference import load_authorities
from lic_site.portal.demo import reset
call_command("migrate", verbosity=0)
load_authorities(at=timezone.now())
assert AuditEvent.objects.exists()
reset.start_over()
assert not AuditEvent.objects.exists()
load_authorities(at=timezone.now())
print("started over")
"""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "started over" in done.stdout, done.stderr
