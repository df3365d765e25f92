"""Registries: things by name, built in or brought by other packages.

Listing names imports nothing. A plugin is loaded when it is asked for, and a broken one
breaks no other. A name that two packages claim is an error for that name alone.

There are two kinds. A *declarative* plugin is a TOML file, of a folder that ``SIPUKAT_PATH``
names or of a package whose entry point is a bare package; no code of it runs. A *code*
plugin is an object that fits the `Protocol` of its group; it runs with all rights.

``SIPUKAT_NO_PLUGINS=1`` switches other packages' plugins off; ``SIPUKAT_PLUGINS=a,b``
allows only those distributions (empty allows none).
"""

from __future__ import annotations

from sipukat.plugins.claims import ENVIRONMENT, GROUPS
from sipukat.plugins.inventory import Plugin, State, listing
from sipukat.plugins.registry import Registry
from sipukat.plugins.versions import API_VERSION

__all__ = ["API_VERSION", "ENVIRONMENT", "GROUPS", "Plugin", "Registry", "State", "listing"]
