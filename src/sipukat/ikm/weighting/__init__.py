"""Weights that bring a sample to what is known of the population.

`post_stratify`, `rake` and `calibrate` fit weights to known totals, `adjust_nonresponse`
lets those who answered stand for those who did not, `trim` takes the edge off extreme
weights. Each gives `Weighted`: the data with a new column, the design that reads it, and
how far the totals are still missed.
"""

from __future__ import annotations

from sipukat.ikm.weighting.calibrating import calibrate
from sipukat.ikm.weighting.nonresponse import adjust_nonresponse
from sipukat.ikm.weighting.poststratify import post_stratify
from sipukat.ikm.weighting.raking import rake
from sipukat.ikm.weighting.trimming import trim
from sipukat.ikm.weighting.weighted import Weighted

__all__ = ["Weighted", "adjust_nonresponse", "calibrate", "post_stratify", "rake", "trim"]
