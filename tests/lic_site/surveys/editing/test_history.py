"""What earlier versions used, and conditions in words."""

from lic_site.surveys import editing
from lic_site.surveys.definition import Condition
from lic_site.surveys.editing.history import Used, used_in
from lic_site.surveys.editing.telling import Told, tell
from lic_site.surveys.enums import Test as Whether
from tests.factories.surveys import ASKED


def test_codes_of_every_version_count_and_the_last_words() -> None:
    other = editing.rename_option(ASKED, "where", "room", "At the venue")
    other = editing.remove_question(other, "again")
    used = used_in([ASKED, other])
    assert used.sections == {"day", "more"}
    assert "again" in used.questions
    assert used.options_of("where") == {"room": "At the venue", "online": "Online"}
    assert used.options_of("gone") == {}
    assert used_in([]) == Used()


def test_a_condition_in_words() -> None:
    chosen = Condition(question="where", test=Whether.ANY_OF, values=("room", "gone"))
    assert tell(chosen, ASKED) == Told(
        "How did you take part?", Whether.ANY_OF, ("In the room", "gone")
    )
    number = Condition(question="useful", test=Whether.AT_MOST, values=("3",))
    assert tell(number, ASKED) == Told("The day was useful to me", Whether.AT_MOST, ("3",))
    assert tell(Condition(question="gone", test=Whether.ANSWERED), ASKED) is None
