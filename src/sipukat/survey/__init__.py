"""What citizens answered: messy files in, checked answers out.

`read_survey` reads a file or a data frame, `quality` says what is doubtful in it,
`redact` masks personal data in a comment.
"""

from sipukat.survey.privacy import redact
from sipukat.survey.quality import quality
from sipukat.survey.reading import read_survey
from sipukat.survey.responses import Provenance, Reading, Responses

__all__ = ["Provenance", "Reading", "Responses", "quality", "read_survey", "redact"]
