"""How far an office complies: the score, the zone, and the shortest way to a better one.

`score` scores evidence under a scheme that is named, `classify` says what a bare score is
called, `city` combines the units of a city. `evidence_from` fills what documents show,
`checklist` asks a person for the rest. `cheapest` (or `Assessment.path_to`) is the cheapest
way to a target, `what_if` and `sensitivity` try it. A scheme is data (`sipukat.standards`):
what it lacks is assumed, marked, and said.
"""

from sipukat.compliance.assessment import Assessment
from sipukat.compliance.causes import Cause, HoldingBack, Pull, common_causes, holding_back
from sipukat.compliance.checklist import Checklist, Question, checklist
from sipukat.compliance.checklist_files import read_checklist, text_of_checklist, write_checklist
from sipukat.compliance.city_assessment import CityAssessment, UnitAssessment
from sipukat.compliance.city_path import after_path, city_path
from sipukat.compliance.classify import Verdict, classify
from sipukat.compliance.contributions import Contribution
from sipukat.compliance.evidence import Evidence, Item
from sipukat.compliance.from_documents import evidence_from
from sipukat.compliance.from_skm import HasilSkm
from sipukat.compliance.heatmap import heatmap
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.plan import greedy, quarters
from sipukat.compliance.rollup import city
from sipukat.compliance.scoring import score
from sipukat.compliance.sensitivity import Sensitivity, sensitivity
from sipukat.compliance.steps import Blocked, Dependency, Path, Promise, Step
from sipukat.compliance.tree import Condition, Level, Measure, Node, Tree, tree_of
from sipukat.compliance.whatif import Change, WhatIf, what_if

__all__ = [
    "Assessment",
    "Blocked",
    "Cause",
    "Change",
    "Checklist",
    "CityAssessment",
    "Condition",
    "Contribution",
    "Dependency",
    "Evidence",
    "HasilSkm",
    "HoldingBack",
    "Item",
    "Level",
    "Measure",
    "Node",
    "Path",
    "Promise",
    "Pull",
    "Question",
    "Sensitivity",
    "Step",
    "Tree",
    "UnitAssessment",
    "Verdict",
    "WhatIf",
    "after_path",
    "apply",
    "cheapest",
    "checklist",
    "city",
    "city_path",
    "classify",
    "common_causes",
    "evidence_from",
    "greedy",
    "heatmap",
    "holding_back",
    "quarters",
    "read_checklist",
    "score",
    "sensitivity",
    "text_of_checklist",
    "tree_of",
    "what_if",
    "write_checklist",
]
