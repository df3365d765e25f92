"""The one base of all records: frozen, and refusing what it does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record that refuses unknown fields.

    Examples
    --------
    >>> class Titik(Record):
    ...     x: int
    >>> Titik(x=1)
    Titik(x=1)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
