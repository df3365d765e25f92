"""`form`: a questionnaire in the format of the service, or the paper, that asks it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sipukat._validation import check_zone
from sipukat._writing import replace_file
from sipukat.errors import UnknownNameError
from sipukat.survey.forms.model import questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from os import PathLike

    from sipukat._text import Lang
    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.orders import StatedOrder

KINDS: Final[Mapping[str, str]] = {
    "xlsform": ".xlsx",
    "surveyjs": ".json",
    "limesurvey": ".txt",
    "google": ".csv",
    "paper": ".pdf",
}
"""Kind of questionnaire to the suffix of its file."""


def form(  # noqa: PLR0913  what a questionnaire can be asked to be, in one call
    standard: SurveyStandard | str = "permenpanrb-14-2017",
    kind: str = "xlsform",
    path: str | PathLike[str] | None = None,
    *,
    lang: Lang | Sequence[Lang] = "id",
    unit: str = "",
    instansi: str = "",
    layanan: Sequence[str] = (),
    units: Sequence[str] = (),
    order: StatedOrder = None,
    comments: bool = True,
    required: bool = True,
    url: str = "",
    generated: datetime | None = None,
) -> bytes:
    """Write the questionnaire of a standard; its answers come back through `read_survey` as they are.

    Parameters
    ----------
    standard
        The survey standard, or its id.
    kind
        ``"xlsform"`` (KoboToolbox, ODK), ``"surveyjs"``, ``"limesurvey"``, ``"google"`` (a table of
        the items for the person who makes the form), or ``"paper"`` (A4, PDF).
    path
        Where to write it too; its folder must exist.
    lang
        ``"id"``, ``"en"``, or both in the order in which they are shown.
    unit, instansi
        The office that is judged, and the government that it belongs to.
    layanan
        The services to choose from; without them the service is written in.
    units
        The units to choose from, where one questionnaire serves several.
    order
        Order of the unsur: that of the standard's questionnaire where it has one.
    comments
        Whether to ask for suggestions.
    required
        Whether every unsur must be answered; paper cannot hold anybody to it.
    url
        Address of the same questionnaire online, http or https; paper shows it as a QR code.
    generated
        The time that the file bears; without it the file bears none of today.

    Returns
    -------
    bytes
        The file. The same arguments give the same bytes.

    Raises
    ------
    UnknownNameError
        If no standard, kind or order has that name.
    ArgumentError
        If a language or the address is none, or a name is empty or stands twice.
    MissingExtraError
        If the package that writes this kind is not installed.
    PublishError
        If it could not be written; what stood there is intact.

    Examples
    --------
    >>> form("spak", "google", lang="en").decode("utf-8-sig").splitlines()[1]
    ';Title of the form;Survey on perceived corruption (SPAK);;;;'
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of questionnaire", kind, KINDS)
    check_zone(generated, "generated")
    asked = questionnaire(
        standard,
        lang=lang,
        unit=unit,
        instansi=instansi,
        layanan=layanan,
        units=units,
        order=order,
        comments=comments,
        required=required,
        url=url,
    )
    writer = import_module(f"sipukat.survey.forms.as_{kind}")
    content: bytes = writer.write(asked, generated=generated)
    if path is not None:
        replace_file(Path(path), content)
    return content
