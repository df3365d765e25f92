"""What is wrong with a Standar Pelayanan: missing, contradictory, unclear.

Each rule is one function with one code; its docstring says why it is there, shows a text
before and after, and names its source. ``LKP1xx`` completeness, ``KNS2xx`` consistency,
``JLS3xx`` clarity. Other packages add theirs by the entry-point group ``sipukat.checks``.
"""

from sipukat.checks.base import Case, Rule
from sipukat.checks.checking import REGISTRY, check, rules
from sipukat.checks.rungs import Tangga, ladder
from sipukat.checks.sarif_log import sarif

__all__ = ["REGISTRY", "Case", "Rule", "Tangga", "check", "ladder", "rules", "sarif"]
