"""``/survey/<token>/``: answer without an account, one page at a time.

What was typed travels in the pages, sealed; where the mode allows it is also kept as a draft. No
GET changes anything, nobody is asked who they are, and no request leaves a line in a log.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lic_site.common.errors import Refusal
from lic_site.common.unseen import unseen
from lic_site.surveys import journey as way
from lic_site.surveys import policies
from lic_site.surveys.carrying import Carried, opened
from lic_site.surveys.definition import Definition
from lic_site.surveys.enums import NAMELESS, SAVED, WITHDRAWABLE, Mode
from lic_site.surveys.forms.answering import AnswersForm
from lic_site.surveys.journey import CHECK, START, Journey
from lic_site.surveys.links import invitation_for
from lic_site.surveys.models import Draft, Invitation
from lic_site.surveys.services import answering as verbs
from lic_site.surveys.services.errors import AnsweredAlready, NoLongerOpen
from lic_site.surveys.views.stopping import ANSWERED, CLOSED, stopped, why_not

LOST = (
    "We could not read what this page carried, so please go through the questions again. What you "
    "wrote on the last page is kept, and stands there when you come to it."
)
KEPT_LOST = (
    "We could not read what this page carried. Everything you answered up to your last ‘Continue’ "
    "is kept: go on from there."
)
CHANGED = (
    "The questions were changed while you answered. What you answered is kept where the question "
    "is still asked: please go through them once more."
)


@dataclass
class Visit:
    """One request for one invitation, whose wave is open and has a version."""

    request: HttpRequest
    token: str
    invitation: Invitation
    carried: Carried
    now: datetime
    draft: Draft | None = None

    @property
    def mode(self) -> str:
        return self.invitation.wave.mode

    @property
    def journey(self) -> Journey:
        return _journey(self.invitation, self.carried)


def _journey(invitation: Invitation, carried: Carried) -> Journey:
    wave = invitation.wave
    definition = wave.version.definition if wave.version else Definition()
    return Journey(definition, carried.typed, wave.audience)


@unseen(keeps=True)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Every page of it; a POST says which page it answers and where to go."""
    invitation, now = invitation_for(token), timezone.now()
    if invitation is None:
        return render(request, "surveys/answering/no_link.html", status=404)
    posted = opened(request.POST.get("carried", ""), invitation)
    if (reason := why_not(invitation, now)) is not None:
        return stopped(request, invitation, token, reason, _typed(invitation, posted, request))
    visit = Visit(request, token, invitation, Carried.new(invitation), now)
    if visit.mode in SAVED:
        visit.draft = Draft.objects.filter(invitation=invitation).first()
    if request.method != "POST":
        return _page(visit, START)
    visit.carried = posted or Carried.new(invitation, visit.draft)
    page = request.POST.get("page", START)
    visit.journey.keep(page, request.POST)
    if posted is None:
        return _page(visit, START, refusal=KEPT_LOST if visit.draft else LOST, status=400)
    if posted.version != invitation.wave.version_id:
        visit.carried.version = invitation.wave.version_id or 0
        return _page(visit, START, refusal=CHANGED, status=409)
    return _go(visit, page)


def _typed(invitation: Invitation, carried: Carried | None, request: HttpRequest) -> list[way.Said]:
    """What somebody wrote in vain, so that they can copy it."""
    if request.method != "POST":
        return []
    journey = _journey(invitation, carried or Carried.new(invitation))
    journey.keep(request.POST.get("page", ""), request.POST)
    return journey.everything()


def _go(visit: Visit, page: str) -> HttpResponse:
    """Begin again, back, to a page that is to be changed, on, or off it goes."""
    journey, where = visit.journey, visit.request.POST.get("go", "on")
    if where in {"again", "resume"}:
        return _begin(visit, where)
    if where == "back" or where in journey.pages():
        return _saved(visit, journey.before(page) if where == "back" else where, is_asked=True)
    if page in journey.pages() and not journey.is_right(page):
        return _saved(visit, page, is_asked=False)
    if where == "send" and page == CHECK:
        return _send(visit)
    onward = journey.first_open() if visit.carried.checked else journey.after(page)
    if onward == CHECK:
        onward = journey.first_open()
    is_new = onward not in journey.pages() or journey.is_new(onward)
    return _saved(visit, onward, is_asked=is_new)


def _begin(visit: Visit, where: str) -> HttpResponse:
    """Where one left off, or anew without what was kept."""
    if where == "again":
        verbs.forget_draft(invitation=visit.invitation)
        visit.draft = None
    draft = visit.draft
    visit.carried = Carried.new(visit.invitation, draft)
    sections = {section.code: name for name, (section, _) in visit.journey.pages().items()}
    page = sections.get(draft.page) if draft else None
    return _page(visit, page or visit.journey.first_open())


def _saved(visit: Visit, page: str, *, is_asked: bool) -> HttpResponse:
    """The page, and what was typed is kept where the mode keeps it."""
    if visit.mode in SAVED and visit.carried.typed:
        laid = visit.journey.pages().get(page)
        visit.draft = verbs.save_draft(
            invitation=visit.invitation,
            typed=visit.carried.typed,
            page=laid[0].code if laid else "",
        )
    return _page(visit, page, is_asked=is_asked)


def _page(
    visit: Visit, page: str, *, is_asked: bool = True, refusal: str = "", status: int = 200
) -> HttpResponse:
    """One page. ``is_asked``: shown as a question rather than with what is wrong about it."""
    visit.carried.checked |= page == CHECK
    wave, pages = visit.invitation.wave, visit.journey.pages()
    context: dict[str, Any] = {
        "token": visit.token,
        "page": page,
        "carried": visit.carried.seal(),
        "wave": wave,
        "refusal": refusal,
        "who_sees": policies.who_sees(wave.mode),
        "is_saved": wave.mode in SAVED,
    }
    if page == START:
        context |= {
            "questions": len(visit.journey.definition.by_code),
            "minutes": way.minutes(visit.journey.definition),
            "too_few": policies.TOO_FEW if wave.mode == Mode.ANONYMOUS else "",
            "words_too_few": policies.WORDS_TOO_FEW if wave.mode in NAMELESS else "",
            "can_withdraw": wave.mode in WITHDRAWABLE,
            "draft": visit.draft,
        }
    elif page == CHECK:
        sections = [(name, laid[0], visit.journey.said(name)) for name, laid in pages.items()]
        context |= {"sections": sections, "can_withdraw": wave.mode in WITHDRAWABLE}
    else:
        section, questions = pages[page]
        context |= {
            "section": section,
            "form": AnswersForm(
                questions,
                visit.carried.typed,
                audience=wave.audience,
                is_asked=is_asked,
                words_seen=policies.who_sees_words(wave.mode),
            ),
            "number": list(pages).index(page) + 1,
            "total": len(pages),
        }
    template = page if page in {START, CHECK} else "page"
    return render(visit.request, f"surveys/answering/{template}.html", context, status=status)


def _send(visit: Visit) -> HttpResponse:
    invitation, journey = visit.invitation, visit.journey
    if (open_page := journey.first_open()) != CHECK:
        return _page(visit, open_page, is_asked=False)
    try:
        verbs.send_answers(invitation=invitation, answers=journey.answers, at=visit.now)
    except AnsweredAlready:
        return stopped(visit.request, invitation, visit.token, ANSWERED, [])
    except NoLongerOpen:
        return stopped(visit.request, invitation, visit.token, CLOSED, journey.everything())
    except Refusal as no:
        return _page(visit, CHECK, refusal=str(no))
    wave = invitation.wave
    context = {
        "token": visit.token,
        "wave": wave,
        "closing": journey.definition.closing,
        "can_withdraw": wave.mode in WITHDRAWABLE,
    }
    response = render(visit.request, "surveys/answering/sent.html", context)
    response.tells = True  # type: ignore[attr-defined]
    return response
