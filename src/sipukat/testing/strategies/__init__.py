"""Hypothesis strategies for every public model: what an application can be given.

All of them shrink to something small and plain. Needs the extra ``testing``.
"""

from __future__ import annotations

from sipukat._require import require

require("hypothesis", extra="testing", purpose="drawing examples for tests")

from sipukat.testing.strategies.blocks import documents  # noqa: E402  the absent extra is named first
from sipukat.testing.strategies.rules import (  # noqa: E402
    compliance_standards,
    document_standards,
    evidence,
    survey_standards,
)
from sipukat.testing.strategies.services import findings, standar_pelayanan  # noqa: E402
from sipukat.testing.strategies.surveys import (  # noqa: E402
    Sample,
    answers,
    designs,
    frames,
    moments,
    respondents,
    responses,
)
from sipukat.testing.strategies.texts import hostile_text, names, words  # noqa: E402

__all__ = [
    "Sample",
    "answers",
    "compliance_standards",
    "designs",
    "document_standards",
    "documents",
    "evidence",
    "findings",
    "frames",
    "hostile_text",
    "moments",
    "names",
    "respondents",
    "responses",
    "standar_pelayanan",
    "survey_standards",
    "words",
]
