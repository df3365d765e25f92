"""A system check: what is wrong with the Standar Pelayanan that are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import checks
from django.db import connections

import sipukat
from sipukat.errors import DraftError
from skm.models import Layanan

if TYPE_CHECKING:
    from collections.abc import Sequence

# A gap in a document is no reason to refuse a migration, so nothing here is an Error of Django;
# ``check --fail-level WARNING`` is for those who want it to be.
_KINDS = {"error": checks.Warning, "warning": checks.Info, "info": checks.Debug}


def layanan_terbit(
    app_configs: Any, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Check every published document; only where the database is asked for (``--database default``)."""
    del app_configs
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        if Layanan._meta.db_table not in connections[alias].introspection.table_names():  # noqa: SLF001  as Django documents it
            continue  # before the first migration
        for layanan in Layanan.objects.using(alias).filter(terbit=True):
            try:
                findings = sipukat.check(layanan.standar)
            except DraftError as galat:
                found.append(checks.Error(str(galat), obj=layanan, id="sipukat.draf"))
                continue
            found += [
                _KINDS[finding.severity](
                    finding.message(), finding.suggestion(), obj=layanan, id=f"sipukat.{finding.code}"
                )
                for finding in findings
            ]
    return found
