"""Forms come out in Designsystemet's markup, with every error tied to its field."""

from datetime import date

from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from gpf.forms import DateInput, Problem, problems
from gpf.guarded import GuardedForm


class PlanForm(GuardedForm):
    title = forms.CharField(label="Hva heter tiltaket?", help_text="Kort.", max_length=5)
    story = forms.CharField(label="Historie", widget=forms.Textarea(attrs={"placeholder": "Skriv her"}), required=False)
    due = forms.DateField(label="Frist", widget=DateInput)
    owner = forms.ChoiceField(label="Eier", choices=[("a", "Kommunen"), ("b", "Sykehuset")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Avtalt med lederen")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("title") == "begge":
            raise forms.ValidationError("Velg en av dem.")


def rendered(form: forms.Form) -> str:
    with translation.override("en"):
        return str(form)


def test_an_input_has_its_class_label_and_help() -> None:
    html = rendered(PlanForm())
    assert '<label class="ds-label" for="id_title">Hva heter tiltaket?</label>' in html
    assert 'id="id_title_helptext">Kort.</div>' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert html.count("ds-input") == 6  # title, story, due, two owners, agreed
    assert 'name="secret"' in html
    assert 'style="' not in html


def test_only_optional_fields_say_so() -> None:
    html = rendered(PlanForm())
    assert html.count("(optional)") == 1
    assert html.index("Historie") < html.index("(optional)") < html.index("Frist")


def test_where_every_field_is_optional_none_says_so() -> None:
    class PosterForm(forms.Form):
        title = forms.CharField(required=False)
        needs = forms.CharField(required=False)

    assert "(optional)" not in rendered(PosterForm())


def test_a_placeholder_never_stands_for_a_label() -> None:
    html = rendered(PlanForm())
    assert "placeholder" not in html
    assert "cols=" not in html


def test_an_unbound_form_shows_no_summary() -> None:
    assert "data-error-summary" not in rendered(PlanForm())
    assert "aria-invalid" not in rendered(PlanForm())


def test_the_summary_links_to_each_field() -> None:
    html = rendered(PlanForm({"title": "alt for langt"}))
    summary = html[html.index("data-error-summary") : html.index("</ul>")]
    assert "4 things to put right" in summary
    targets = ["id_title", "id_due", "id_owner_0", "id_agreed"]
    assert [target for target in targets if f'href="#{target}"' in summary] == targets
    assert all(f'id="{target}"' in html for target in targets)


def test_a_field_with_an_error_points_at_its_words() -> None:
    html = rendered(PlanForm({"due": "2026-12-08", "owner": "a", "agreed": "on"}))
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert html.count("data-error-summary") == 1


def test_what_concerns_the_whole_form_comes_first_and_leads_nowhere() -> None:
    form = PlanForm({"title": "begge", "due": "", "owner": "a", "agreed": "on"})
    with translation.override("en"):
        assert problems(form) == [
            Problem("Velg en av dem."),
            Problem("This field is required.", "id_due", "Frist:"),
        ]


def test_a_question_is_followed_by_no_colon() -> None:
    with translation.override("en"):
        assert problems(PlanForm({"due": "2026-12-08", "owner": "a", "agreed": "on"})) == [
            Problem("This field is required.", "id_title", "Hva heter tiltaket?")
        ]


def test_the_date_field_speaks_iso_in_every_language() -> None:
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            assert 'value="2026-12-08"' in str(PlanForm(initial={"due": date(2026, 12, 8)})["due"])
            assert PlanForm({"due": "2026-12-08"}).fields["due"].clean("2026-12-08") == date(2026, 12, 8)


def test_words_from_people_are_escaped() -> None:
    form = PlanForm({"title": "<b>x"})
    assert "<b>x" not in rendered(form)
    html = render_to_string("components/error_summary.html", {"form": form})
    assert "data-error-summary" in html
