"""What Django's form renderer makes of a form with our templates."""

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string

from lic_site.common.templatetags.forms import field_part, form_problems
from lic_site.common.widgets import DateParts

HOSTILE = '"><script>alert(1)</script>'


class Survey(forms.Form):
    name = forms.CharField(help_text="As on a certificate.")
    nickname = forms.CharField(required=False)
    why = forms.CharField(widget=forms.Textarea, max_length=200)
    words = forms.CharField(
        widget=forms.Textarea(attrs={"data-maxwords": 50}), max_length=900, required=False
    )
    born = forms.DateField(widget=DateParts(birthday=True), help_text="For example, 1 2 1990.")
    colour = forms.ChoiceField(choices=[("t", "Teal"), ("m", "Magenta")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        choices=[("a", "Ramp"), ("b", "Breaks")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    borough = forms.ChoiceField(choices=[("", "Choose"), ("h", "Hackney")])
    age = forms.IntegerField(required=False)
    letter = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)


def page(form: forms.BaseForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def sent(**values: str) -> Survey:
    data = QueryDict(mutable=True)
    data.update(values)
    return Survey(data, {})


def field(form: forms.BaseForm, selector: str) -> Tag:
    (found,) = page(form).select(selector)
    return found


def test_every_control_has_a_label_or_stands_in_a_fieldset_with_a_legend() -> None:
    tree = page(Survey())
    for control in tree.select("input:not([type=hidden]), select, textarea"):
        assert tree.select(f'label[for="{control.get("id")}"]'), control.get("id")
    for fieldset in tree.select("fieldset"):
        assert fieldset.select("legend")


def test_hint_and_error_are_named_by_the_control_that_they_describe() -> None:
    form = sent()
    control = field(form, "#id_name")
    assert control.get("aria-describedby") == "id_name_helptext id_name_error"
    assert control.get("aria-invalid") == "true"
    assert "certificate" in field(form, "#id_name_helptext").get_text()
    assert "Answer this question." in field(form, "#id_name_error").get_text()


def test_every_id_that_a_page_refers_to_is_on_it_once() -> None:
    for form in (Survey(), sent()):
        tree = page(form)
        ids = [element.get("id") for element in tree.select("[id]")]
        assert len(ids) == len(set(ids))
        for element in tree.select("[aria-describedby]"):
            assert set(element.get("aria-describedby").split()) <= set(ids)


def test_a_group_is_described_on_its_fieldset() -> None:
    fieldset = field(sent(), "#id_colour_error").find_parent("fieldset")
    assert fieldset
    assert fieldset.get("aria-describedby") == "id_colour_error"


@pytest.mark.parametrize("name", ["name", "why", "nickname", "born_day", "colour", "borough"])
def test_nothing_typed_is_lost_or_left_unescaped(name: str) -> None:
    text = str(sent(**{name: HOSTILE}))
    assert "<script>" not in text
    if name not in {"colour", "borough"}:
        tree = BeautifulSoup(text, "html.parser")
        (control,) = tree.select(f'[name="{name}"]')
        assert HOSTILE in (control.get("value") or control.get_text())


def test_labels_hints_and_errors_from_elsewhere_are_escaped() -> None:
    class Hostile(forms.Form):
        who_sees = {"it": HOSTILE}
        it = forms.ChoiceField(
            label=HOSTILE,
            help_text=HOSTILE,
            choices=[(HOSTILE, HOSTILE)],
            widget=forms.RadioSelect,
            error_messages={"required": HOSTILE},
        )

    form = Hostile({})
    assert "<script>" not in str(form)
    summary = render_to_string("components/error_summary.html", {"form": form})
    assert "<script>" not in summary


def test_only_what_may_be_left_out_is_marked_optional() -> None:
    marked = {
        name
        for name in Survey.base_fields
        if field_part(Survey()[name]).optional and name != "token"
    }
    assert marked == {"nickname", "words", "needs", "age", "letter"}


def test_a_form_may_leave_optional_unsaid_and_make_a_question_the_heading() -> None:
    class One(forms.Form):
        mark_optional = False
        heading_field = "grade"
        who_sees = {"grade": "Staff College."}
        grade = forms.CharField(required=False)

    tree = page(One())
    assert "optional" not in tree.get_text()
    assert tree.select("h1 > label[for=id_grade]")
    assert field(One(), "#id_grade").get("aria-describedby") == "id_grade_who"
    assert "Staff College." in field(One(), "#id_grade_who").get_text()


def test_long_answers_count_what_is_left_and_are_never_cut_off_by_the_browser() -> None:
    tree = page(Survey())
    for name, attribute, words in (
        ("why", "data-maxlength", "200 characters"),
        ("words", "data-maxwords", "50 words"),
    ):
        (area,) = tree.select(f"#id_{name}")
        assert area.get("maxlength") is None
        assert f"id_{name}-info" in area.get("aria-describedby")
        (group,) = tree.select(f"div[{attribute}]")
        assert group.get("data-module") == "govuk-character-count"
        assert words in group.get_text()


def test_a_password_can_be_shown_and_is_never_sent_back() -> None:
    form = sent(secret="correct horse")
    assert "correct horse" not in str(form)
    assert field(form, ".govuk-password-input button").get("aria-controls") == "id_secret"


def test_placeholders_are_left_out() -> None:
    class Placeheld(forms.Form):
        it = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "E-mail"}))

    assert "placeholder" not in str(Placeheld())


def test_choices_stay_chosen() -> None:
    tree = page(sent(colour="m", borough="h", agree="on", needs="b"))
    checked = {control.get("value") for control in tree.select("input[checked]")}
    assert checked == {"m", "b", "on"}
    assert [option.get("value") for option in tree.select("option[selected]")] == ["h"]


def test_a_date_is_read_from_its_three_boxes() -> None:
    form = sent(born_day="3", born_month="11", born_year="1984")
    form.is_valid()
    assert form.cleaned_data["born"] == date(1984, 11, 3)


@pytest.mark.parametrize("parts", [("31", "2", "2026"), ("", "2", "2026"), ("a-b", "é", "")])
def test_a_date_that_is_none_is_refused_and_kept_as_typed(parts: tuple[str, str, str]) -> None:
    day, month, year = parts
    form = sent(born_day=day, born_month=month, born_year=year)
    assert not form.is_valid()
    assert "born" in form.errors
    tree = page(form)
    kept = [tree.select(f"[name=born_{part}]")[0].get("value") for part in _PARTS]
    assert kept == [day, month, year]


def test_a_date_left_empty_is_missing_and_not_malformed() -> None:
    form = sent()
    assert form.errors["born"] == ["Answer this question."]


def test_a_date_known_beforehand_stands_in_its_boxes() -> None:
    tree = page(Survey(initial={"born": date(1984, 1, 3)}))
    assert [tree.select(f"[name=born_{part}]")[0].get("value") for part in _PARTS] == [
        "3",
        "1",
        "1984",
    ]
    assert tree.select("[name=born_year]")[0].get("autocomplete") == "bday-year"


def test_the_summary_names_each_question_and_leads_to_its_control() -> None:
    form = sent(token="t")
    form.add_error(None, "The cohort has closed.")
    problems = form_problems(form)
    assert problems[0] == ("The cohort has closed.", "")
    targets = dict(problems)
    assert targets["Name: Answer this question."] == "id_name"
    assert targets["Born: Answer this question."] == "id_born"
    assert targets["Colour: Answer this question."] == "id_colour_0"
    ids = {element.get("id") for element in page(form).select("[id]")}
    assert set(filter(None, targets.values())) <= ids


def test_the_summary_says_nothing_of_a_form_not_yet_sent() -> None:
    assert form_problems(Survey()) == []
    assert form_problems("") == []
    assert render_to_string("components/error_summary.html", {}).strip() == ""


def test_a_hidden_field_is_no_target() -> None:
    problems = dict(form_problems(sent()))
    assert problems["Token: Answer this question."] == ""


def test_a_file_is_asked_for_with_a_label() -> None:
    form = Survey({}, {"letter": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert field(form, "#id_letter").get("type") == "file"


_PARTS = ("day", "month", "year")
