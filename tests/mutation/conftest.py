"""No tests live here: these scripts test the tests, and need mutmut, which the tests do not."""

collect_ignore_glob = ["*.py"]
