"""Questionnaires: what a standard asks, in the formats of the services and the paper that ask it."""

from sipukat.survey.forms.model import Choice, Question, Questionnaire, questionnaire
from sipukat.survey.forms.writing import form

__all__ = ["Choice", "Question", "Questionnaire", "form", "questionnaire"]
