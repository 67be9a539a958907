"""Questionnaires at /manage/: who may, what is found, what can be done with one."""

import pytest
from django.test import Client

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.surveys.enums import VersionState, WaveState
from lic_site.surveys.library import ready
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.services.errors import NotADraft, QuestionnaireRefused
from tests.factories.people import PersonFactory
from tests.factories.surveys import ASKED, PlanFactory, VersionFactory, WaveFactory
from tests.lic_site.surveys.building.conftest import holder
from tests.lic_site.surveys.building.support import LIST, at, said
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = pytest.mark.django_db
PAGES = [
    "",
    "describe/",
    "copy/",
    "retire/",
    "versions/1/",
    "versions/1/1/",
    "versions/2/2/",
    "draft/",
    "draft/closing/",
    "draft/publish/",
    "draft/discard/",
    "draft/pages/add/",
    "draft/pages/day/",
    "draft/pages/day/remove/",
    "draft/pages/more/when/",
    "draft/pages/day/questions/",
    "draft/pages/day/questions/scale/",
    "draft/questions/useful/",
    "draft/questions/useful/remove/",
    "draft/questions/change/when/",
    "draft/questions/change/when/?on=useful",
]
ACTIONS = ["begin/", "bring-back/", "draft/pages/day/move/", "draft/questions/useful/move/"]
TOGETHER = [LIST, f"{LIST}new/", f"{LIST}new/blank/", f"{LIST}new/baseline/"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PROGRAMME_LEAD, Role.ANALYST, ""])
def test_who_edits_builds_and_nobody_else(
    draft: Version, signed_in: SignedIn, role: str, client: Client
) -> None:
    person = Person.objects.get(addresses__email="editor@example.org")
    if role != Role.EDITOR:
        person = holder(role) if role else PersonFactory()
    visitor, expected = signed_in(person), 200 if role in {Role.EDITOR, "programme_lead"} else 404
    for address in (*TOGETHER, *(at(draft, page) for page in PAGES)):
        assert visitor.get(address).status_code == expected, address
        assert client.get(address).status_code == 302, address
    for address in (at(draft, each) for each in ACTIONS):
        assert visitor.get(address).status_code == (405 if expected == 200 else 404), address
        assert visitor.post(address).status_code == (302 if expected == 200 else 404), address


@pytest.mark.parametrize(
    "missing",
    [
        "versions/7/",
        "versions/1/9/",
        "versions/1/0/",
        "draft/pages/gone/",
        "draft/pages/gone/when/",
        "draft/questions/gone/",
        "draft/questions/gone/when/",
        "draft/pages/day/questions/nonsense/",
    ],
)
def test_what_is_not_there_is_not_found(editor: Client, draft: Version, missing: str) -> None:
    assert editor.get(at(draft, missing)).status_code == 404
    assert editor.get(f"{LIST}new/nonsense/").status_code == 404


def test_the_menu_leads_there(editor: Client) -> None:
    assert "Questionnaires" in editor.get("/manage/").text


def test_the_list_is_searched_and_filtered(editor: Client, draft: Version) -> None:
    verbs.load_library(at=NOW)
    Questionnaire.objects.filter(slug="baseline").update(retired_at=NOW)

    def shown(query: str) -> set[str]:
        found = editor.get(f"{LIST}?{query}").context["questionnaires"]
        return {each.slug for each in found}

    mine = draft.questionnaire.slug
    assert shown("") == {mine, *ready()} - {"baseline"}
    assert shown("state=retired") == {"baseline"}
    assert shown("state=draft") == {mine}
    assert shown("q=learning set") == {"learning-sets"}
    assert shown("level=behaviour") == {"follow-up", "managers-view"}
    assert shown("level=nonsense&q=zebra") == {mine, *ready()} - {"baseline"}, "no such filter"
    assert "No questionnaire is like that" in editor.get(f"{LIST}?q=zebra").text


def test_the_list_grows_by_no_query(editor: Client) -> None:
    def add() -> None:
        wave = WaveFactory()
        PlanFactory(questionnaire=wave.questionnaire)

    grows_not(editor, LIST, add, at_most=14)


def test_a_draft_grows_by_no_query(editor: Client, draft: Version, robin: Person) -> None:
    def add() -> None:
        out = VersionFactory(questionnaire=draft.questionnaire, number=Version.objects.count() + 7)
        WaveFactory(version=out)

    grows_not(editor, at(draft), add, at_most=16)
    grows_not(editor, at(draft, "draft/questions/useful/"), add, at_most=14)


def test_one_begins_with_a_ready_one_or_nothing(editor: Client) -> None:
    assert editor.get(f"{LIST}new/").text.count('lic-build__card"') == len(ready()) + 1
    form = editor.get(f"{LIST}new/baseline/").context["form"]
    assert form.initial["name"] == ready()["baseline"].name
    typed = {"name": "Ours", "level": "learning", "summary": ""}
    answer = editor.post(f"{LIST}new/baseline/", typed)
    made = Questionnaire.objects.get(name="Ours")
    assert answer["Location"] == f"{LIST}{made.pk}/draft/"
    assert made.versions.get().definition == ready()["baseline"].definition
    again = editor.post(f"{LIST}new/blank/", {**typed, "name": "", "summary": "Kept"})
    assert "Give it a name." in again.text
    assert "Kept" in again.text


def test_name_and_purpose_are_changed(editor: Client, draft: Version) -> None:
    typed = {"name": "Ours", "level": "results", "summary": "For all"}
    assert editor.post(at(draft, "describe/"), typed)["Location"] == at(draft)
    draft.questionnaire.refresh_from_db()
    assert (draft.questionnaire.name, draft.questionnaire.level) == ("Ours", "results")


def test_a_copy_is_a_draft_of_its_own(editor: Client, draft: Version) -> None:
    editor.post(at(draft, "copy/"), {"name": "Other"})
    assert Questionnaire.objects.get(name="Other").versions.get().definition == ASKED


def test_its_page_says_which_version_is_out_and_what_a_change_does(
    editor: Client, draft: Version
) -> None:
    out = draft.questionnaire.versions.get(number=1)
    WaveFactory(version=out)
    WaveFactory(questionnaire=out.questionnaire, state=WaveState.PLANNED, version=None)
    PlanFactory(questionnaire=out.questionnaire, name="After each session")
    page = editor.get(at(draft)).text
    assert "Version 1 is out" in page
    assert "the 1 that is planned included" in page
    assert "1, 1 open" in page
    assert "After each session" in page


def test_a_second_draft_is_refused_in_words(editor: Client, draft: Version) -> None:
    page = editor.post(at(draft, "begin/"), follow=True).text
    assert "There is a draft of this questionnaire already" in page
    draft.delete()
    assert editor.post(at(draft, "begin/"))["Location"] == at(draft, "draft/")


def test_retired_and_brought_back(editor: Client, draft: Version) -> None:
    plan = PlanFactory(questionnaire=draft.questionnaire)
    assert "Turn its plans off" in editor.post(at(draft, "retire/")).text
    plan.delete()
    assert "Retired on" in editor.post(at(draft, "retire/"), follow=True).text
    assert "Retired on" not in editor.post(at(draft, "bring-back/"), follow=True).text


def test_published_after_a_check(editor: Client, draft: Version) -> None:
    page = editor.get(at(draft, "draft/publish/")).text
    assert "Once published it never changes" in page
    stale = editor.post(at(draft, "draft/publish/"), {"revision": "9"})
    assert "Somebody else changed this" in stale.text
    assert editor.post(at(draft, "draft/publish/"), said(draft))["Location"] == at(draft)
    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
    assert editor.get(at(draft, "draft/")).status_code == 404


def test_a_draft_with_faults_lists_them_and_is_not_published(editor: Client, robin: Person) -> None:
    made = verbs.make(name="Empty", level="reaction", by=robin, at=NOW)
    version = made.versions.get()
    assert "There is no question yet" in editor.get(at(version, "draft/")).text
    page = editor.post(at(version, "draft/publish/"), said(version)).text
    assert "It cannot be published yet" in page
    assert ">Publish<" not in page


def test_a_draft_is_discarded(editor: Client, draft: Version, robin: Person) -> None:
    assert editor.post(at(draft, "draft/discard/"))["Location"] == at(draft)
    version = verbs.make(name="Empty", level="reaction", by=robin, at=NOW).versions.get()
    assert "so it goes too" in editor.get(at(version, "draft/discard/")).text
    assert editor.post(at(version, "draft/discard/"))["Location"] == LIST


def test_the_preview_shows_what_others_will_read(editor: Client, draft: Version) -> None:
    made = verbs.make(
        name="S", level="reaction", begin_with=ready()["session-reaction"], by=None, at=NOW
    )
    version = made.versions.get()
    page = editor.get(at(version, "versions/1/1/"))
    assert "It was led well" in page.text
    [audience] = page.context["audiences"]
    other = editor.get(at(version, f"versions/1/1/?audience={audience}"))
    assert "I had what I needed" in other.text
    last = editor.get(at(draft, "versions/2/2/")).text
    assert "Only if ‘The day was useful to me’ is at most: 3" in last
    assert "Staff College reads the results" in last


def test_what_is_refused_is_said_and_stays_typed(
    editor: Client, draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(**_: object) -> None:
        raise QuestionnaireRefused("Not like that.")

    for verb in ("make", "describe", "copy"):
        monkeypatch.setattr(verbs, verb, no)
    typed = {"name": "Mine", "level": "learning", "summary": "All of it"}
    for address in (f"{LIST}new/blank/", at(draft, "describe/"), at(draft, "copy/")):
        page = editor.post(address, typed).text
        assert "Not like that." in page
        assert 'value="Mine"' in page


def test_a_draft_that_somebody_published_meanwhile_is_not_discarded(
    editor: Client, draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(**_: object) -> None:
        raise NotADraft

    monkeypatch.setattr(verbs, "discard", late)
    page = editor.post(at(draft, "draft/discard/"), follow=True).text
    assert "published or discarded meanwhile" in page
