"""What the law says, as data: standards with a place in the law and a confidence at each figure.

`get` finds one by its id or as people write its name, `in_force` by date. A region adds
its own with a TOML file that ``extends`` one of these; see `from_package` and `load`.
"""

from sipukat.standards.extension import SurveyExtension, UnsurChange
from sipukat.standards.loader import Standard
from sipukat.standards.model import SurveyStandard
from sipukat.standards.parts import (
    Band,
    MinimumRespondents,
    MissingPolicy,
    Option,
    Order,
    Profile,
    Sampling,
    Scale,
    Unsur,
    Weighting,
)
from sipukat.standards.registry import from_package, get, in_force, json_schema, load, names
from sipukat.standards.texts import (
    ActionTable,
    Chapter,
    Poster,
    ProcessingForm,
    ProfileField,
    ReportOutline,
    RespondentProfile,
    Statement,
    Texts,
)
from sipukat.standards.values import Figure

__all__ = [
    "ActionTable",
    "Band",
    "Chapter",
    "Figure",
    "MinimumRespondents",
    "MissingPolicy",
    "Option",
    "Order",
    "Poster",
    "ProcessingForm",
    "Profile",
    "ProfileField",
    "ReportOutline",
    "RespondentProfile",
    "Sampling",
    "Scale",
    "Standard",
    "Statement",
    "SurveyExtension",
    "SurveyStandard",
    "Texts",
    "Unsur",
    "UnsurChange",
    "Weighting",
    "from_package",
    "get",
    "in_force",
    "json_schema",
    "load",
    "names",
]
