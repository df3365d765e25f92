"""Is a published result still what its input gives? The computation is done again and compared."""

from __future__ import annotations

from sipukat.verifying.verb import verify
from sipukat.verifying.verification import Difference, Verdict, Verification

__all__ = ["Difference", "Verdict", "Verification", "verify"]
