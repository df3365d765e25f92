"""The plugins that took part in a document, named in its provenance."""

from __future__ import annotations

from typing import Any, Final

from sipukat.report.document import Document, Item

_KEY: Final = "plugins"


def with_plugins(document: Document, *plugins: str) -> Document:
    """Return a document whose provenance has a line that names all plugins that took part in it.

    Parameters
    ----------
    document
        Its manifest names those that read, checked or brought a standard.
    *plugins
        Others, each a distribution with its version; an empty text names none.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from sipukat.report.document import Provenance
    >>> made = Provenance(generated=datetime.now(UTC))
    >>> with_plugins(Document(title="Hasil", blocks=(), provenance=made), "kota 1.0").provenance.items
    (Item(key='plugins', label='Plugin', value='kota 1.0'),)
    """
    came = document.provenance
    known = came.manifest.plugins if came.manifest else ()
    named = tuple(sorted({name for name in (*known, *plugins) if name}))
    if not named:
        return document
    others = [item for item in came.items if item.key != _KEY]
    changes: dict[str, Any] = {"items": (*others, Item(key=_KEY, label="Plugin", value="; ".join(named)))}
    if came.manifest:
        changes["manifest"] = came.manifest.model_copy(update={"plugins": named})
    return document.model_copy(update={"provenance": came.model_copy(update=changes)})
