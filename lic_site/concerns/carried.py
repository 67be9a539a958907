"""What somebody has typed so far, carried from page to page in the pages themselves.

Nothing of it is stored here before it is sent: no row, no session, no cookie. It is sealed, so that
neither the code in it nor what was typed can be read or changed on the way.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from secrets import token_urlsafe

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from lic_site.common.carried import seal, unseal
from lic_site.concerns import codes


@dataclass
class Carried:
    """``nonce`` makes sending twice one concern; ``answers`` are what was typed, page by page,
    right or wrong; ``checked`` says that all of it has been laid out to be checked once.
    """

    about: str = ""
    nonce: str = field(default_factory=token_urlsafe)
    code: str = field(default_factory=codes.new_code)
    checked: bool = False
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def keep(self, page: str, typed: QueryDict, names: Iterable[str]) -> None:
        self.answers[page] = {name: typed.getlist(name) for name in names}

    def typed(self, page: str) -> MultiValueDict[str, str] | None:
        """What a page's form is bound to; None for a page not yet come to."""
        given = self.answers.get(page)
        return None if given is None else MultiValueDict(given)

    def seal(self) -> str:
        return seal("raise", asdict(self))


def opened(text: str) -> Carried | None:
    """What was sealed; None for what we did not seal."""
    found = unseal("raise", text)
    return None if found is None else Carried(**found)
