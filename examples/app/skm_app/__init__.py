"""A small SIPUKAT: citizens answer, a board shows the index, an officer checks a Standar Pelayanan."""
