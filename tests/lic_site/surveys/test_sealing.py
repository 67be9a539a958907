"""Whatever is answered comes out as it went in, for the right key alone, at one length."""

from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lic_site.surveys import sealing
from lic_site.surveys.definition import Definition, Option, Question, Section
from lic_site.surveys.enums import Kind

OPTIONS = (Option(code="a", words="A"), Option(code="ü-b", words="B"), Option(code="cc", words="C"))
DEFINITION = Definition(
    sections=(
        Section(
            code="one",
            title="One",
            questions=(
                Question(code="scale", kind=Kind.SCALE, words="?", options=OPTIONS),
                Question(code="many", kind=Kind.MULTIPLE, words="?", options=OPTIONS),
                Question(code="number", kind=Kind.NUMBER, words="?"),
                Question(code="score", kind=Kind.SCORE, words="?"),
                Question(code="short", kind=Kind.SHORT, words="?", max_length=12),
                Question(code="long", kind=Kind.LONG, words="?", max_length=60),
            ),
        ),
    )
)
PUBLIC, PRIVATE = sealing.new_keys()
LENGTH = sealing.size(DEFINITION) + sealing.OVERHEAD


def words(longest: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Emoji, right-to-left text, quotes and line ends among them; no control characters."""
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n"\\😢م👩🏾‍🏫')
    text = st.text(letters, min_size=1, max_size=longest)
    return st.tuples(text)


def one_of(*codes: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(codes).map(lambda code: (code,))


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "scale": one_of("a", "ü-b", "cc"),
        "many": st.lists(st.sampled_from(["a", "ü-b", "cc"]), unique=True, min_size=1).map(tuple),
        "number": one_of("0", "-12.5", "9" * 40),
        "score": one_of("0", "10"),
        "short": words(12),
        "long": words(60),
    },
)


@given(answers=ANSWERS)
@settings(deadline=None)
def test_what_is_sealed_comes_out_again_and_is_always_as_long(
    answers: dict[str, tuple[str, ...]],
) -> None:
    sealed = sealing.seal(DEFINITION, PUBLIC, answers)
    assert len(sealed) == LENGTH
    assert sealing.unseal(PRIVATE, sealed) == answers


def test_the_longest_that_can_be_answered_fits() -> None:
    most = {
        "scale": ("ü-b",),
        "many": ("a", "ü-b", "cc"),
        "number": ("9" * 40,),
        "score": ("10",),
        "short": ("👩" * 12,),
        "long": ('"' * 60,),
    }
    assert len(sealing.seal(DEFINITION, PUBLIC, most)) == LENGTH


def test_what_is_too_long_is_refused_rather_than_told_by_its_length() -> None:
    with pytest.raises(ValueError, match="longer than any"):
        sealing.seal(DEFINITION, PUBLIC, {"long": ("x" * 5_000,)})


def test_the_same_answer_sealed_twice_has_nothing_in_common() -> None:
    first, second = (sealing.seal(DEFINITION, PUBLIC, {"score": ("3",)}) for _ in range(2))
    assert first[: sealing.KEY] != second[: sealing.KEY]
    same = sum(one == other for one, other in zip(first, second, strict=True))
    assert same < LENGTH / 50


@pytest.mark.parametrize("where", [0, sealing.KEY, sealing.KEY + 9, LENGTH - 1])
def test_a_changed_letter_is_noticed(where: int) -> None:
    sealed = bytearray(sealing.seal(DEFINITION, PUBLIC, {"score": ("3",)}))
    sealed[where] ^= 1
    with pytest.raises(sealing.NotSealed):
        sealing.unseal(PRIVATE, bytes(sealed))


@pytest.mark.parametrize("junk", [b"", b"x", bytes(32), bytes(200)])
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(sealing.NotSealed):
        sealing.unseal(PRIVATE, junk)


def test_another_key_does_not_open_it() -> None:
    sealed = sealing.seal(DEFINITION, PUBLIC, {"score": ("3",)})
    with pytest.raises(sealing.NotSealed):
        sealing.unseal(sealing.new_keys()[1], sealed)


def test_keys_fit_their_columns() -> None:
    assert [len(b64decode(key)) for key in (PUBLIC, PRIVATE)] == [32, 32]
    assert len(PUBLIC) <= 64


def test_a_questionnaire_without_questions_has_a_size() -> None:
    assert sealing.unseal(PRIVATE, sealing.seal(Definition(), PUBLIC, {})) == {}
