"""What the law says, as data: standards with a place in the law and a confidence at each figure.

`get` finds one by its id or as people write its name, `survey`, `document` and `compliance`
one of that kind, `in_force` one by date. A region adds its own with a TOML file that ``extends`` one of
these (see `from_package` and `load`); `diff` says in words what it changed.
"""

from sipukat.standards.compliance_extension import ComplianceExtension, IndicatorChange
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.compliance_parts import (
    DecisiveCondition,
    Grade,
    Indicator,
    IndicatorWeighting,
    Measurement,
    Remark,
    Requirement,
    ScoreBand,
    ScoreScale,
)
from sipukat.standards.differences import Difference, diff
from sipukat.standards.document_extension import DocumentExtension, KomponenChange
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.document_texts import (
    BeritaAcara,
    DocumentTexts,
    Ladder,
    Layout,
    Listing,
    Maklumat,
    Review,
    Rung,
    SippnPage,
    TableLayout,
)
from sipukat.standards.extension import SurveyExtension, UnsurChange
from sipukat.standards.komponen import Article, Group, Komponen, Step
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
from sipukat.standards.registry import (
    compliance,
    document,
    from_package,
    get,
    in_force,
    json_schema,
    load,
    names,
    provenance,
    survey,
)
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
    "Article",
    "Band",
    "BeritaAcara",
    "Chapter",
    "ComplianceExtension",
    "ComplianceStandard",
    "DecisiveCondition",
    "Difference",
    "DocumentExtension",
    "DocumentStandard",
    "DocumentTexts",
    "Figure",
    "Grade",
    "Group",
    "Indicator",
    "IndicatorChange",
    "IndicatorWeighting",
    "Komponen",
    "KomponenChange",
    "Ladder",
    "Layout",
    "Listing",
    "Maklumat",
    "Measurement",
    "MinimumRespondents",
    "MissingPolicy",
    "Option",
    "Order",
    "Poster",
    "ProcessingForm",
    "Profile",
    "ProfileField",
    "Remark",
    "ReportOutline",
    "Requirement",
    "RespondentProfile",
    "Review",
    "Rung",
    "Sampling",
    "Scale",
    "ScoreBand",
    "ScoreScale",
    "SippnPage",
    "Standard",
    "Statement",
    "Step",
    "SurveyExtension",
    "SurveyStandard",
    "TableLayout",
    "Texts",
    "Unsur",
    "UnsurChange",
    "Weighting",
    "compliance",
    "diff",
    "document",
    "from_package",
    "get",
    "in_force",
    "json_schema",
    "load",
    "names",
    "provenance",
    "survey",
]
