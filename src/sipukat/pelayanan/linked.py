"""Standar Pelayanan read back from linked data (JSON-LD)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat.errors import DraftError
from sipukat.pelayanan.codec import loads

if TYPE_CHECKING:
    from sipukat.pelayanan.model import StandarPelayanan


def from_jsonld(text: str) -> StandarPelayanan:
    """Read one Standar Pelayanan from the JSON-LD that ``sipukat.publish(doc, "x.jsonld")`` writes.

    It is read by its own terms, ``urn:sipukat:ns:1:``, without a processor: nothing is
    fetched. `sipukat.pelayanan.load` reads such files too.

    Parameters
    ----------
    text
        The JSON-LD.

    Raises
    ------
    DraftError
        If it is not JSON, not linked data in our terms, or holds several.

    Examples
    --------
    >>> from_jsonld('{"@context": {"@vocab": "urn:sipukat:ns:1:"}, "@graph": ['
    ...             '{"@type": "StandarPelayanan", "nama": "KTP-el", "biaya_tarif": {"butir": ["Gratis"]}}]}'
    ...             ).biaya_tarif.butir[0].kind
    'free'
    """
    if '"@context"' not in text:
        raise DraftError("no linked data", "text", "Give the text of a .jsonld file; loads reads the others.")
    return loads(text, format="json")
