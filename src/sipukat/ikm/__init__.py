"""What the answers amount to: the IKM, its uncertainty, its letter.

`estimate` is the main verb. `moments` gives the sums it stands on, which can be merged
and shared without respondents. Before it: `sample_size`, `allocate`, and the weighting
verbs. After it: `compare`, `trend`, `rank`, `priorities`, `rollups`. `classify` gives the
letter of a number, `audit` the convention behind a published one.
"""

from __future__ import annotations

from sipukat.ikm.all_pairs import Difference, Differences
from sipukat.ikm.allocated import Allocation
from sipukat.ikm.allocation import ALLOCATIONS, allocate
from sipukat.ikm.audit import audit
from sipukat.ikm.audited import Audit
from sipukat.ikm.certainty import MutuPlan, sample_size_for_mutu
from sipukat.ikm.change_plan import ChangePlan
from sipukat.ikm.design import Calibration, Design, ReplicateWeights
from sipukat.ikm.estimators import estimate
from sipukat.ikm.importance import IMPORTANCES, relative_weights
from sipukat.ikm.intervals import INTERVALS
from sipukat.ikm.moments import Moments
from sipukat.ikm.mutu import Mutu, classify
from sipukat.ikm.planning import detectable_change, sample_size_for_change
from sipukat.ikm.prioritized import Priorities, UnsurPriority
from sipukat.ikm.priorities import priorities
from sipukat.ikm.ranked import Ranked, Ranking
from sipukat.ikm.ranking import rank
from sipukat.ikm.reliability import reliability
from sipukat.ikm.reliable import Reliability, UnsurReliability
from sipukat.ikm.replicating import replicate_weights
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import ROLLUPS
from sipukat.ikm.rtl import Rencana, Rtl, RtlRow, rtl
from sipukat.ikm.rules import Rollups, rollups
from sipukat.ikm.sample_size import SampleSize, sample_size
from sipukat.ikm.scan import moments
from sipukat.ikm.shrinkage import shrink
from sipukat.ikm.shrunken import Shrunken, ShrunkenRow
from sipukat.ikm.simultaneous import differences
from sipukat.ikm.straight import Straight, Straightlining
from sipukat.ikm.straightlining import straightlining
from sipukat.ikm.unit import Estimate
from sipukat.ikm.weighting import Weighted, adjust_nonresponse, calibrate, post_stratify, rake, trim

__all__ = [
    "ALLOCATIONS",
    "IMPORTANCES",
    "INTERVALS",
    "ROLLUPS",
    "Allocation",
    "Audit",
    "Calibration",
    "ChangePlan",
    "Design",
    "Difference",
    "Differences",
    "Estimate",
    "IkmResult",
    "Moments",
    "Mutu",
    "MutuPlan",
    "Priorities",
    "Ranked",
    "Ranking",
    "Reliability",
    "Rencana",
    "ReplicateWeights",
    "Rollups",
    "Rtl",
    "RtlRow",
    "SampleSize",
    "Shrunken",
    "ShrunkenRow",
    "Straight",
    "Straightlining",
    "UnsurPriority",
    "UnsurReliability",
    "Weighted",
    "adjust_nonresponse",
    "allocate",
    "audit",
    "calibrate",
    "classify",
    "detectable_change",
    "differences",
    "estimate",
    "moments",
    "post_stratify",
    "priorities",
    "rake",
    "rank",
    "relative_weights",
    "reliability",
    "replicate_weights",
    "rollups",
    "rtl",
    "sample_size",
    "sample_size_for_change",
    "sample_size_for_mutu",
    "shrink",
    "straightlining",
    "trim",
]
