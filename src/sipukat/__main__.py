"""``python -m sipukat``."""

from sipukat.cli import main

if __name__ == "__main__":
    main(prog_name="sipukat")
