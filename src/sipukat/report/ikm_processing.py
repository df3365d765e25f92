"""The official processing sheet of a result, from the responses that it was estimated from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat.errors import EstimationError
from sipukat.ikm.factors import label_of
from sipukat.ikm.point import factor_of, unsur_weights
from sipukat.report.ikm_words import number_of
from sipukat.report.processing import footer, footers
from sipukat.report.sheets import ProcessedUnsur, Processing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.report.ikm_tables import Telling
    from sipukat.survey import Responses

MOST = 1_000_000  # rows of a sheet, less those of its head and footer
_TITLE = "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"


def processing(told: Telling, responses: Responses) -> Processing:
    """Return the sheet, once it is proved to give the published number.

    Parameters
    ----------
    told
        The result.
    responses
        What it was estimated from.

    Raises
    ------
    EstimationError
        If the responses are not those of the result.
    """
    result = told.result
    rule, profile = result.standard, result.standard.profile(result.profile)
    absent = [name for name in (*result.unsur, *result.by) if name not in responses.frame.columns]
    if absent:
        raise EstimationError(f"the responses given to the report lack {', '.join(absent)} of the result")
    weights = unsur_weights(rule, result.unsur, profile)
    known = {unsur.key: unsur for unsur in rule.unsur}
    form = rule.texts.processing
    words: Mapping[str, Any] = {}
    if form is not None:
        fill = {"last_code": rule.unsur[-1].code, "weight": number_of(weights[0], "id")}
        words = {
            "title": form.title,
            "first_column": form.first_column,
            "footer_rows": form.footer_rows,
            "footer_marks": form.footer_marks,
            "legend": [line.format(**fill) for line in form.legend],
        }
    sheet = Processing(
        **{"title": _TITLE, **words},
        respondents=tuple(range(1, len(responses.frame) + 1)),
        summary="ikm",
        **_units(told, responses),
        unsur=tuple(
            ProcessedUnsur(
                code=known[key].code if key in known else key,
                nama=known[key].nama if key in known else key,
                weight=weight,
            )
            for key, weight in zip(result.unsur, weights, strict=True)
        ),
        answers=_answers(result.unsur, responses),
        factor=factor_of(rule),
        missing=result.missing,
        nrr_decimals=profile.nrr_decimals,
        weighted_decimals=profile.weighted_decimals,
        index_decimals=profile.index_decimals,
        bands=told.bands,
        expected=result.overall.published,
    )
    _prove(told, sheet)
    return sheet


def _answers(unsur: tuple[str, ...], responses: Responses) -> tuple[tuple[int | None, ...], ...]:
    columns = [responses.frame[name].astype("Int64") for name in unsur]
    plain = [[None if empty else int(x) for x, empty in zip(c, c.isna(), strict=True)] for c in columns]
    return tuple(zip(*plain, strict=True))


def _units(told: Telling, responses: Responses) -> dict[str, Any]:
    """Return the units, numbered as in their table; one that is withheld has no number here."""
    result = told.result
    if not result.by:
        return {}
    place = {
        group if isinstance(group, tuple) else (group,): (number, group in told.hidden.names)
        for number, group in enumerate(result.keys(), start=1)
    }
    columns = [[label_of(value) for value in responses.frame[name]] for name in result.by]
    found = [place.get(group) for group in zip(*columns, strict=True)]
    if None in found:
        raise EstimationError("the responses given to the report hold groups that the result does not know")
    names = [
        told.say("withheld") if group in told.hidden.names else " · ".join(told.label(group))
        for group in result
    ]
    of = [None if entry is None or entry[1] else entry[0] for entry in found]
    return {"units": names, "unit_of": of}


def _prove(told: Telling, sheet: Processing) -> None:
    result, sums = told.result, footer(sheet)
    if (sums.ikm, sums.respondents) != (result.overall.published, result.overall.n):
        raise EstimationError(
            f"the responses given to the report are not those of the result: they give {sums.ikm} "
            f"from {sums.respondents} respondents, the result is {result.overall.published} "
            f"from {result.overall.n}"
        )
    if not sheet.unit_of:
        return
    for (group, e), unit in zip(result.items(), footers(sheet), strict=True):
        if group not in told.hidden.names and (unit.ikm, unit.respondents) != (e.published, e.n):
            raise EstimationError(
                f"the responses given to the report are not those of the result: {group!r} has "
                f"{unit.ikm} from {unit.respondents} respondents there, {e.published} from {e.n} here"
            )
