"""What the answers amount to: the IKM, its uncertainty, its letter.

`estimate` is the main verb. `moments` gives the sums it stands on, which can be merged
and shared without respondents. Before it: `sample_size`, `allocate`, and the weighting
verbs. After it: `compare`, `trend`, `rank`, `priorities`, `rollups`. `classify` gives the
letter of a number, `audit` the convention behind a published one.
"""

from __future__ import annotations

from sipukat.ikm.audit import audit
from sipukat.ikm.audited import Audit
from sipukat.ikm.design import Calibration, Design, ReplicateWeights
from sipukat.ikm.estimators import estimate
from sipukat.ikm.intervals import INTERVALS
from sipukat.ikm.moments import Moments
from sipukat.ikm.mutu import Mutu, classify
from sipukat.ikm.replicating import replicate_weights
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import ROLLUPS
from sipukat.ikm.sample_size import SampleSize, sample_size
from sipukat.ikm.scan import moments
from sipukat.ikm.unit import Estimate
from sipukat.ikm.weighting import Weighted, adjust_nonresponse, calibrate, post_stratify, rake, trim

__all__ = [
    "INTERVALS",
    "ROLLUPS",
    "Audit",
    "Calibration",
    "Design",
    "Estimate",
    "IkmResult",
    "Moments",
    "Mutu",
    "ReplicateWeights",
    "SampleSize",
    "audit",
    "classify",
    "estimate",
    "moments",
    "replicate_weights",
    "sample_size",
]
