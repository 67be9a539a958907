"""What the staff's and readers' pages are tried with."""

from django.test import Client
from django.urls import reverse


def url(name: str, *args: object) -> str:
    return reverse(f"programme:{name}", args=args)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def parts(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


TODAY = {"day": "21", "month": "11", "year": "2026"}
DEADLINES = {
    **parts("opens_on", "1", "12", "2026"),
    **parts("closes_on", "20", "12", "2026"),
    **parts("decisions_by", "20", "1", "2027"),
}
COPY = {
    **DEADLINES,
    "name": "Autumn",
    **parts("starts_on", "1", "3", "2027"),
    **parts("ends_on", "1", "12", "2027"),
}
PLAN = {
    **COPY,
    "summary": "A year of learning.",
    "places": "12",
    "offer_days": "7",
    "attendance_wanted": "75",
    "support_after": "3",
    "eligible_grades": ["practitioner"],
    "names_hidden": "hidden",
    "commitment": "",
}
