"""The command ``sipukat``: thin; it parses, calls the library and prints.

Exit codes: 0 fine, 1 a finding of severity error, 2 bad use or unusable input. With
``--json`` every command prints one JSON document, errors and misuse included, for other languages.
"""

from sipukat.cli.main import main

__all__ = ["main"]
