"""What people wrote is read by one of two named colleagues first, and by nobody else before."""

import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys import comments, policies
from lic_site.surveys.enums import CommentState, Mode, WaveState
from lic_site.surveys.models import Checker, Comment
from lic_site.surveys.services import checking, errors
from tests.factories.people import PersonFactory, staff
from tests.factories.surveys import CheckerFactory, CommentFactory, ThemeFactory, WaveFactory
from tests.lic_site.surveys.conftest import a_closed_wave
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WAITING, CLEARED = CommentState.WAITING, CommentState.CLEARED
NAMES_SOMEBODY = "Jo from Camden talked over everybody."


def a_comment(answers: int = 10, mode: Mode = Mode.ANONYMOUS) -> Comment:
    wave = a_closed_wave(answers, mode=mode)
    return CommentFactory(wave=wave, text=NAMES_SOMEBODY)


def check(comment: Comment, by: Person, text: str = "[A colleague] spoke a lot.") -> None:
    checking.check_comment(comment=comment, seen=comment.state, text=text, themes=[], by=by, at=NOW)


def test_only_a_checker_sees_a_comment_as_it_was_written(admin: Person, lead: Person) -> None:
    comment = a_comment()
    everybody = Comment.objects.all()
    assert not policies.visible(admin, everybody)
    CheckerFactory(person=lead)
    assert list(policies.visible(lead, everybody)) == [comment]


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.OWN])
def test_what_bears_a_name_is_not_for_checkers(checker: Person, mode: Mode) -> None:
    a_comment(mode=mode)
    assert not policies.visible(checker, Comment.objects.all())


def test_nobody_reads_comments_while_people_still_answer(checker: Person) -> None:
    comment = a_comment()
    comment.wave.state = WaveState.OPEN
    comment.wave.save()
    assert not policies.visible(checker, Comment.objects.all())
    with pytest.raises(errors.NotYours):
        check(comment, checker)


def test_comments_of_nine_people_are_read_by_nobody(checker: Person) -> None:
    assert not policies.visible(checker, Comment.objects.filter(pk=a_comment(9).pk))


def test_only_the_checked_words_are_kept(checker: Person) -> None:
    comment, theme = a_comment(), ThemeFactory()
    checking.check_comment(
        comment=comment,
        seen=WAITING,
        text="[A colleague] spoke a lot. ",
        themes=[theme],
        by=checker,
        at=NOW,
    )
    comment.refresh_from_db()
    assert (comment.text, comment.was_changed) == ("[A colleague] spoke a lot.", True)
    assert (comment.state, comment.checked_by, comment.checked_on) == (
        CLEARED,
        checker,
        NOW.date(),
    )
    assert list(comment.themes.all()) == [theme]
    event = AuditEvent.objects.get(verb="surveys.comment_checked")
    assert (event.actor_id, event.object_id) == (checker.pk, comment.wave_id)


def test_a_comment_left_as_it_was_is_not_said_to_be_changed(checker: Person) -> None:
    comment = a_comment()
    check(comment, checker, NAMES_SOMEBODY)
    comment.refresh_from_db()
    assert not comment.was_changed


def test_a_checked_comment_can_be_checked_again_and_stays_changed(checker: Person) -> None:
    comment = a_comment()
    check(comment, checker)
    comment.refresh_from_db()
    check(comment, checker, comment.text)
    comment.refresh_from_db()
    assert comment.was_changed


def test_a_withheld_comment_loses_its_words_for_good(checker: Person) -> None:
    comment = a_comment()
    comment.themes.add(ThemeFactory())
    checking.withhold_comment(comment=comment, seen=WAITING, by=checker, at=NOW)
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("", CommentState.WITHHELD)
    assert not comment.themes.exists()
    with pytest.raises(errors.WithheldAlready):
        check(comment, checker)


def test_a_comment_of_which_nothing_is_left_is_withheld_instead(checker: Person) -> None:
    with pytest.raises(errors.NothingLeft):
        check(a_comment(), checker, "  \n ")


def test_two_checkers_of_one_comment_do_not_undo_each_other(checker: Person, lead: Person) -> None:
    CheckerFactory(person=lead)
    comment = a_comment()
    check(comment, checker)
    with pytest.raises(errors.ChangedMeanwhile):
        check(comment, lead, NAMES_SOMEBODY)
    comment.refresh_from_db()
    assert comment.text == "[A colleague] spoke a lot."


def test_two_people_check_at_a_time_and_nobody_names_themselves(
    admin: Person, lead: Person
) -> None:
    first = checking.name_checker(person=lead, by=admin, at=NOW)
    assert checking.name_checker(person=lead, by=admin, at=NOW) == first
    with pytest.raises(errors.NotYours):
        checking.name_checker(person=admin, by=admin, at=NOW)
    checking.name_checker(person=admin, by=None, at=NOW)
    with pytest.raises(errors.TwoAlready):
        checking.name_checker(person=staff(Role.COLLEGE_ADMIN), by=admin, at=NOW)


def test_whoever_checks_is_of_the_staff(admin: Person) -> None:
    with pytest.raises(errors.NotStaff):
        checking.name_checker(person=PersonFactory(), by=admin, at=NOW)
    with pytest.raises(errors.NotYours):
        checking.name_checker(person=admin, by=PersonFactory(), at=NOW)


def test_a_checkers_time_ends_once(admin: Person, checker: Person, lead: Person) -> None:
    row = Checker.objects.get(person=checker)
    with pytest.raises(errors.NotYours):
        checking.end_checker(checker=row, by=PersonFactory(), at=NOW)
    checking.end_checker(checker=row, by=lead, at=NOW)
    assert not policies.can(admin, "check_comments")
    with pytest.raises(errors.NoCheckerAnyMore):
        checking.end_checker(checker=row, by=lead, at=NOW)


def test_a_checker_who_leaves_the_staff_checks_no_more(checker: Person) -> None:
    assert policies.can(checker, "check_comments")
    checker.grants.all().delete()
    assert not policies.can(Person.objects.get(pk=checker.pk), "check_comments")
    assert not policies.can(None, "check_comments")


def test_others_read_checked_comments_with_their_themes(checker: Person) -> None:
    comment, theme = a_comment(), ThemeFactory(name="Facilitation")
    CommentFactory(wave=comment.wave, text="Not checked yet.")
    checking.check_comment(
        comment=comment, seen=WAITING, text="It was long.", themes=[theme], by=checker, at=NOW
    )
    found = comments.shown(comment.wave)
    assert (found.is_hidden, found.waiting, found.withheld) == (False, 1, 0)
    (said,) = found.said
    assert [each.text for each in said.comments] == ["It was long."]
    assert said.themes == [("Facilitation", 1)]
    assert said.question == "What should we change?"


@pytest.mark.parametrize(("answers", "mode"), [(9, Mode.ANONYMOUS), (12, Mode.NAMED)])
def test_too_small_a_company_or_names_hide_comments(answers: int, mode: Mode) -> None:
    found = comments.shown(a_comment(answers, mode).wave)
    assert found.is_hidden
    assert not found.said


def test_without_figures_nothing_is_read() -> None:
    assert comments.shown(WaveFactory()).is_hidden


def test_surveys_with_comments_to_check_come_first() -> None:
    done = a_comment()
    done.state, done.checked_on = CLEARED, NOW.date()
    done.save()
    waiting = a_comment()
    a_comment(9)
    a_closed_wave(12)
    assert [wave.pk for wave in comments.closed_waves()] == [waiting.wave_id, done.wave_id]
    assert comments.waiting_count() == 1
    assert comments.question_words(waiting) == "What should we change?"


def test_a_question_that_is_no_more_has_no_words() -> None:
    comment = CommentFactory(question="gone")
    assert not comments.question_words(comment)
    comment.wave.version = None
    assert not comments.question_words(comment)
    assert comments._said(comment.wave) == []


@pytest.mark.parametrize(
    ("answers", "mode", "left"),
    [(9, Mode.ANONYMOUS, 0), (9, Mode.LINKED, 0), (10, Mode.ANONYMOUS, 1), (9, Mode.NAMED, 1)],
)
def test_what_nobody_may_read_is_deleted_on_closing(answers: int, mode: Mode, left: int) -> None:
    wave = a_comment(answers, mode).wave
    checking.drop_unreadable(wave=wave, answered=answers)
    assert wave.comments.count() == left
