"""Findings in SARIF 2.1.0, so that editors and CI show them at their lines.

See OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._version import __version__
from sipukat.findings import Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sipukat._text import Lang
    from sipukat.findings import Finding

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """Return the line at which a path stands, or else the nearest thing that holds it.

    A komponen of a local standard is looked for under ``tambahan`` too, where files have it.

    Examples
    --------
    >>> line_of("biaya_tarif[0]", {"biaya_tarif": 7}), line_of("berlaku", {"nama": 1})
    (7, None)
    """
    for place in (path, f"tambahan.{path}"):
        while place and place != "tambahan":
            if place in lines:
                return lines[place]
            place = place[: max(place.rfind("."), place.rfind("["), 0)]  # noqa: PLW2901  climbs
    return None


def sarif(found: Iterable[tuple[str, Mapping[str, int], Finding]], *, lang: Lang = "id") -> dict[str, Any]:
    """Return one SARIF log.

    Parameters
    ----------
    found
        File, lines of its paths (may be empty), and finding. The file stands in the log as
        it is given; it should be relative to the root of the checkout.
    lang
        Language of the messages.

    Examples
    --------
    >>> from sipukat.findings import Finding
    >>> log = sarif([("draf.yaml", {"nama": 2}, Finding.of("SRV412", path="nama", n=3))])
    >>> log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    {'startLine': 2}
    """
    rows = list(found)
    codes = sorted({finding.code for _, _, finding in rows})
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "sipukat",
                        "version": __version__,
                        "rules": [_rule(code, lang) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(*row, codes, lang) for row in rows],
            }
        ],
    }


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    words = catalogue().get(code)
    if words is None:  # a rule of another package
        return {"id": code}
    title = words.judul if lang == "id" else words.title
    return {
        "id": code,
        "shortDescription": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[words.severity]},
    }


def _result(
    file: str, lines: Mapping[str, int], finding: Finding, codes: list[str], lang: Lang
) -> dict[str, Any]:
    said = " ".join(filter(None, (finding.message(lang), finding.suggestion(lang), _cited(finding))))
    place: dict[str, Any] = {"artifactLocation": {"uri": file.replace("\\", "/")}}
    if (line := line_of(finding.path, lines)) is not None:
        place["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [location],
    }


def _cited(finding: Finding) -> str:
    return f"({finding.citation})" if finding.citation else ""
