"""The fixed texts and forms of a survey standard: poster, report, tables, questionnaire head."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sipukat._model import Record
from sipukat.standards.values import Figure, Teks


class Statement(Figure):
    """One sentence of the law, or a summary of it.

    Parameters
    ----------
    text
        The sentence, in Indonesian.
    """

    text: Teks


class Poster(Figure):
    """The poster that publishes a result.

    Parameters
    ----------
    title_lines
        Its title.
    left
        The heading of the box with the value.
    right
        The lines of the box with the respondents.
    closing
        The lines at its foot.
    """

    title_lines: tuple[Teks, ...]
    left: Teks
    right: tuple[Teks, ...]
    closing: tuple[Teks, ...]


class Chapter(Record):
    """One chapter of a report.

    Parameters
    ----------
    title
        Its heading.
    sections
        The headings in it.
    """

    title: Teks
    sections: tuple[Teks, ...] = ()


class ReportOutline(Figure):
    """The chapters that a report has.

    Parameters
    ----------
    id
        Its name, e.g. ``"2022"``.
    chapters
        The chapters in order.
    """

    id: Teks
    chapters: tuple[Chapter, ...]


class ProcessingForm(Figure):
    """The table in which the answers are entered, added up and weighted.

    Parameters
    ----------
    title
        Its title.
    first_column
        Heading of the column with the number of the respondent.
    footer_rows
        Labels of the four rows under the answers: sum, NRR, weighted NRR, IKM.
    footer_marks
        The mark beside each of these rows, e.g. ``"*)"``; empty where there is none.
    legend
        The lines that explain it.
    unsur_columns
        Headings of the small table of means beside it.
    band_columns
        Headings of the table of mutu and kinerja.
    """

    title: Teks
    first_column: Teks
    footer_rows: Annotated[tuple[Teks, ...], Field(min_length=4, max_length=4)]
    footer_marks: Annotated[tuple[str, ...], Field(min_length=4, max_length=4)]
    legend: tuple[Teks, ...]
    unsur_columns: tuple[Teks, ...] = ()
    band_columns: tuple[Teks, ...] = ()


class ActionTable(Figure):
    """The table of planned improvements (rencana tindak lanjut).

    Parameters
    ----------
    columns
        Its headings.
    rule
        Which unsur come first.
    """

    columns: tuple[Teks, ...]
    rule: Teks


class ProfileField(Record):
    """One question about the respondent.

    Parameters
    ----------
    id
        What it asks, e.g. ``"usia"``.
    nama, name
        Its label in Indonesian and in English.
    options
        The answers offered; empty where it is open.
    unit
        The unit of a number, e.g. ``"tahun"``.
    """

    id: Teks
    nama: Teks
    name: Teks
    options: tuple[Teks, ...] = ()
    unit: str = ""


class RespondentProfile(Figure):
    """The head of the questionnaire.

    Parameters
    ----------
    fields
        The questions in order.
    """

    fields: tuple[ProfileField, ...]


class Texts(Record):
    """Every fixed text of a standard; None where none was found.

    Blanks to fill in stand in braces: ``{unit}``, ``{periode}``, ``{last_code}``.

    Parameters
    ----------
    frequency, publication
        How often to ask, and that the result is published.
    poster, reports, processing, rtl, respondent_profile
        The forms, each as its own record.

    Examples
    --------
    >>> from sipukat import standards
    >>> standards.survey("permenpanrb-14-2017").texts.rtl.columns[1]
    'Prioritas Unsur'
    """

    frequency: Statement | None = None
    publication: Statement | None = None
    poster: Poster | None = None
    reports: tuple[ReportOutline, ...] = ()
    processing: ProcessingForm | None = None
    rtl: ActionTable | None = None
    respondent_profile: RespondentProfile | None = None
