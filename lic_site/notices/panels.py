"""What stands beside the words in the editor: who reads them, and what can be filled in."""

from typing import Any

from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, Panel

from lic_site.notices import texts, wording
from lic_site.notices.forms.texts import MessageTextForm
from lic_site.notices.protocol import kinds


class KindPanel(HelpPanel):
    """Tells its template of the kind: whose words go out, and each name with an example."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            kind = kinds().get(self.instance.kind)
            if kind is None:
                return {**context, "kind": None, "names": []}
            stored = type(self.instance).objects.filter(pk=self.instance.pk).first()
            return {
                **context,
                "kind": kind,
                "text": self.instance,
                "standing": texts.standing(kind, stored),
                "names": names(kind.sample()),
            }


def names(sample: Any) -> list[dict[str, str]]:
    """Each name as it is written, what it stands for, and how it reads."""
    found = []
    for name, sort in wording.sorts([sample]).items():
        match sort:
            case wording.Sort.LINK:
                continue
            case wording.Sort.TRUTH:
                written = f"{{if {name}}}…{{end}}"
            case _:
                written = f"{{{name}}}"
        example = "" if sort == wording.Sort.TRUTH else wording.said(sample[name])
        found.append({"written": written, "sort": sort.value, "example": example})
    return found


PANELS: list[Panel] = [
    KindPanel(template="notices/manage/about.html", heading="What this message is"),
    FieldPanel(
        "subject",
        help_text="Anybody near the screen can read it: no names, not the programme, not what it "
        "is about. Only a date can be filled in, as in {starts_at:day}.",
    ),
    FieldPanel(
        "body",
        help_text="An empty line begins a new paragraph, ‘- ’ an item of a list, ‘# ’ a heading.",
    ),
    KindPanel(template="notices/manage/names.html", heading="What you can fill in"),
    FieldPanel(
        "button",
        help_text="The words on the one button below. Where it leads is settled.",
    ),
    FieldPanel("why", help_text="Why they receive it, in small letters at the end."),
]
EDITING = ObjectList(PANELS, base_form_class=MessageTextForm)
