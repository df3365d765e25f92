"""What the answers amount to: the IKM, its uncertainty, its letter.

`estimate` is the main verb. `moments` gives the sums it stands on, which can be merged
and shared without respondents. Before it: `sample_size`, `allocate`, and the weighting
verbs. After it: `compare`, `trend`, `rank`, `priorities`, `rollups`. `classify` gives the
letter of a number, `audit` the convention behind a published one.
"""

from __future__ import annotations

from sipukat.ikm.auditing.audit import audit
from sipukat.ikm.auditing.audited import Audit
from sipukat.ikm.comparing.compared import Comparison
from sipukat.ikm.comparing.comparisons import compare
from sipukat.ikm.comparing.contrasts import UnsurDifference
from sipukat.ikm.comparing.lines import ChangePoint, ChiSquare, Line
from sipukat.ikm.comparing.paired import Linked, link
from sipukat.ikm.comparing.trend import trend
from sipukat.ikm.comparing.trended import Trend, TrendRow
from sipukat.ikm.design import Calibration, Design, ReplicateWeights
from sipukat.ikm.estimators import estimate
from sipukat.ikm.intervals import INTERVALS
from sipukat.ikm.mending.importance import IMPORTANCES, relative_weights
from sipukat.ikm.mending.priorities import priorities
from sipukat.ikm.mending.prioritized import Priorities, UnsurPriority
from sipukat.ikm.mending.rtl import Rencana, Rtl, RtlRow, rtl
from sipukat.ikm.mending.straight import Straight, Straightlining
from sipukat.ikm.mending.straightlining import straightlining
from sipukat.ikm.moments import Moments
from sipukat.ikm.moments_parquet import read_parquet, write_parquet
from sipukat.ikm.mutu import Mutu, classify
from sipukat.ikm.noise import Noisy, NoisyIndex, with_noise
from sipukat.ikm.planning.allocated import Allocation
from sipukat.ikm.planning.allocation import ALLOCATIONS, allocate
from sipukat.ikm.planning.certainty import MutuPlan, sample_size_for_mutu
from sipukat.ikm.planning.change_plan import ChangePlan
from sipukat.ikm.planning.changes import detectable_change, sample_size_for_change
from sipukat.ikm.planning.sample_size import SampleSize, sample_size
from sipukat.ikm.ranks.all_pairs import Difference, Differences
from sipukat.ikm.ranks.ranked import Ranked, Ranking
from sipukat.ikm.ranks.ranking import rank
from sipukat.ikm.ranks.simultaneous import differences
from sipukat.ikm.replicating import replicate_weights
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import ROLLUPS
from sipukat.ikm.rules import Rollups, rollups
from sipukat.ikm.running import RunningMoments
from sipukat.ikm.scales.reliability import reliability
from sipukat.ikm.scales.reliable import Reliability, UnsurReliability
from sipukat.ikm.scan import moments
from sipukat.ikm.sharing import withhold
from sipukat.ikm.shrinking.shrinkage import shrink
from sipukat.ikm.shrinking.shrunken import Shrunken, ShrunkenRow
from sipukat.ikm.store import Appended, Batch, Compacted, MomentStore
from sipukat.ikm.unit import Estimate
from sipukat.ikm.weighting import Weighted, adjust_nonresponse, calibrate, post_stratify, rake, trim

__all__ = [
    "ALLOCATIONS",
    "IMPORTANCES",
    "INTERVALS",
    "ROLLUPS",
    "Allocation",
    "Appended",
    "Audit",
    "Batch",
    "Calibration",
    "ChangePlan",
    "ChangePoint",
    "ChiSquare",
    "Compacted",
    "Comparison",
    "Design",
    "Difference",
    "Differences",
    "Estimate",
    "IkmResult",
    "Line",
    "Linked",
    "MomentStore",
    "Moments",
    "Mutu",
    "MutuPlan",
    "Noisy",
    "NoisyIndex",
    "Priorities",
    "Ranked",
    "Ranking",
    "Reliability",
    "Rencana",
    "ReplicateWeights",
    "Rollups",
    "Rtl",
    "RtlRow",
    "RunningMoments",
    "SampleSize",
    "Shrunken",
    "ShrunkenRow",
    "Straight",
    "Straightlining",
    "Trend",
    "TrendRow",
    "UnsurDifference",
    "UnsurPriority",
    "UnsurReliability",
    "Weighted",
    "adjust_nonresponse",
    "allocate",
    "audit",
    "calibrate",
    "classify",
    "compare",
    "detectable_change",
    "differences",
    "estimate",
    "link",
    "moments",
    "post_stratify",
    "priorities",
    "rake",
    "rank",
    "read_parquet",
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
    "trend",
    "trim",
    "with_noise",
    "withhold",
    "write_parquet",
]
