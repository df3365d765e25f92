"""What citizens answered: messy files in, checked answers out.

`read_survey` reads a file or a data frame, `quality` says what is doubtful in it,
`redact` masks personal data in a comment. `form` writes the questionnaire whose answers come
back through `read_survey`, and `questionnaire` tells what it asks.
"""

from sipukat.survey.forms import Choice, Question, Questionnaire, form, questionnaire
from sipukat.survey.privacy import redact
from sipukat.survey.quality import quality
from sipukat.survey.reading import read_survey
from sipukat.survey.responses import Provenance, Reading, Responses

__all__ = [
    "Choice",
    "Provenance",
    "Question",
    "Questionnaire",
    "Reading",
    "Responses",
    "form",
    "quality",
    "questionnaire",
    "read_survey",
    "redact",
]
