"""The questionnaire of a standard as a form of Django."""

from __future__ import annotations

from typing import Any

from django import forms

from sipukat.survey import Question, questionnaire
from skm.models import ATURAN, Jawaban, Unit

KUESIONER = questionnaire(ATURAN)


def _field(question: Question) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=KUESIONER.text(question.label),
        help_text=KUESIONER.text(question.hint) if question.hint else "",
        choices=[(choice.code, KUESIONER.text(choice.label)) for choice in question.choices],
        widget=forms.RadioSelect,
        required=question.required,
        coerce=int,
        empty_value=None,
    )


class KuesionerForm(forms.Form):
    """The nine questions; the words, their order and their scores are those of the standard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {question.name: _field(question) for question in KUESIONER.of("unsur")}

    def save(self, unit: Unit) -> Jawaban:
        """Store the answers."""
        return Jawaban.objects.create(unit=unit, **self.cleaned_data)
