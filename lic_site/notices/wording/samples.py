"""Made-up values, varied: what a text must stand up to."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from lic_site.notices.wording.values import Card

LONG_NAME = "Oluwaseun-Maximiliana"
LONG_WORDS = "of Children, Families and Lifelong Learning at the Royal Borough of Example"
CROWD = 7


class Sample(NamedTuple):
    title: str
    context: Mapping[str, Any]


def varied(context: Mapping[str, Any], *, may_be_empty: Collection[str]) -> dict[str, Sample]:
    """The made-up values as they are, with long names and words, and with as little as there can
    be: what ``may_be_empty`` is, and of what is counted there is one.
    """
    return {
        "usual": Sample("Usual details", context),
        "long": Sample(
            "Long names and words", {name: _long(name, value) for name, value in context.items()}
        ),
        "least": Sample(
            "As little as there can be",
            {
                name: emptied(value) if name in may_be_empty else _one(value)
                for name, value in context.items()
            },
        ),
    }


def _long(name: str, value: Any) -> Any:
    match value:
        case str() if name != "link":
            return LONG_NAME if name == "given_name" else f"{value} {LONG_WORDS}".strip()
        case Card():
            return Card(tuple(f"{line} {LONG_WORDS}" for line in value.lines), value.link)
        case list() | tuple():
            return [_long("", each) for each in value] * CROWD
        case int() if not isinstance(value, bool):
            return value * 100 + 28
    return value


def emptied(value: Any) -> Any:
    """Nothing, of the same kind."""
    match value:
        case bool():
            return False
        case int() | float():
            return 0
        case str():
            return ""
        case list() | tuple():
            return []
        case Card():
            return Card(())
    return None


def _one(value: Any) -> Any:
    match value:
        case int() if not isinstance(value, bool):
            return 1
        case list() | tuple():
            return list(value[:1])
    return value
