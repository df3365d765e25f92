"""Which column answers which unsur: by what was stated, by code, by name, by its answers.

Nothing is guessed: two columns for one unsur, an unsur without a column and a code
whose meaning depends on the order of the questionnaire are said, with what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sipukat import standards
from sipukat._text import listing, plain
from sipukat._validation import kind_of, must_be
from sipukat.errors import ColumnError
from sipukat.findings import Findings
from sipukat.standards.model import SurveyStandard
from sipukat.survey import headings
from sipukat.survey.matching import Matching, Values, other_standards, shown
from sipukat.survey.orders import StatedOrder, settle
from sipukat.survey.privacy import is_personal
from sipukat.survey.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What each column is.

    Parameters
    ----------
    unsur
        Column to key of the unsur, in the order of the standard; or to the bare code
        (``"U8"``) where its meaning depends on an order that nobody stated.
    roles
        Column to role, of the other columns that were recognised.
    personal
        Columns of personal data and of free text.
    unknown
        Columns that were not recognised.
    empty
        Columns of unsur that the standard does not have and that nobody answered.
    findings
        What was near, doubtful or left out.
    """

    unsur: Mapping[str, str]
    roles: Mapping[str, str]
    personal: tuple[str, ...]
    unknown: tuple[str, ...]
    empty: tuple[str, ...] = ()
    findings: Findings = field(default_factory=Findings)


def resolve(
    names: Sequence[str],
    standard: SurveyStandard | str,
    *,
    order: StatedOrder = None,
    columns: Mapping[str, str | None] | None = None,
    values: Values | None = None,
) -> Resolution:
    """Say what each column is.

    Parameters
    ----------
    names
        The headings.
    standard
        A survey standard, or its id.
    order
        Name of an order of the standard (``"peraturan"``, ``"kuesioner"``), or the keys
        of the unsur in the order in which the codes count them.
    columns
        Heading to key, code or role, or None to leave the column out; wins over
        everything else.
    values
        Heading to the distinct values of the column, blanks left out. With them, a date
        under ``waktu`` is no answer, and option texts tell what was asked.

    Raises
    ------
    ColumnError
        If an unsur has no column, or more than one; or a column has an unsur that the
        standard does not have.

    Examples
    --------
    >>> stated = {"Tanya 1": "A1"}
    >>> found = resolve(["NO. RESP", "Tanya 1", "A2", "A3", "A4", "A5"], "spak", columns=stated)
    >>> found.unsur["A2"], found.roles
    ('kecurangan', {'NO. RESP': 'respondent'})
    """
    rule = survey_standard(standard)
    if odd := [name for name in names if not isinstance(name, str)]:
        raise ColumnError(
            f"{len(odd)} columns are named by {kind_of(odd[0])}, not by a text",
            "",
            'Name them: frame.columns = ["unit", "U1", …]; sipukat.read_survey(frame) does so by itself.',
        )
    if columns is not None:
        must_be(Mapping, columns, "columns", '{heading: unsur}, e.g. {"Pertanyaan 3": "waktu"}')
    _unique(names)
    work = Matching(tuple(names), rule, dict(values or {}))
    work.state(columns or {})
    work.by_heading()
    work.by_answers()
    unsur, findings = settle(work.chosen, rule, order, work.values)
    missing = [key for key in _wanted(rule, unsur) if key not in unsur.values()]
    if missing:
        raise ColumnError(*_lack(work, unsur, missing))
    rank = {name: place for place, name in enumerate((*rule.unsur_keys, *(u.code for u in rule.unsur)))}
    codes = {u.code: place for place, u in enumerate(rule.unsur)}
    ordered = sorted(unsur.items(), key=lambda item: codes.get(item[1], rank[item[1]]))
    roles, personal, unknown = work.others()
    return Resolution(
        unsur=dict(ordered),
        roles=roles,
        personal=personal,
        unknown=unknown,
        empty=tuple(work.empty),
        findings=Findings([*work.findings, *findings]),
    )


def survey_standard(standard: SurveyStandard | str) -> SurveyStandard:
    """Return the survey standard of that id, or the standard itself.

    Examples
    --------
    >>> survey_standard("Permenpan RB 14/2017").id
    'permenpanrb-14-2017'
    """
    return standard if isinstance(standard, SurveyStandard) else standards.survey(standard)


def recognised(names: Iterable[object], standard: SurveyStandard) -> int:
    """Count the headings that name an unsur, each unsur once.

    Examples
    --------
    >>> recognised(["NO", "U1", "U2", "Prosedur pelayanan"], survey_standard("permenpanrb-14-2017"))
    3
    """
    found: set[str] = set()
    for name in names:
        if isinstance(name, str) and name.strip() and len(name) < 400:  # noqa: PLR2004
            heading = headings.read(name, standard)
            if heading.key and heading.strength != "near":
                found.add(heading.key)
            elif heading.number and heading.family != "#":
                found.add(f"{heading.number}.{heading.item}")
    return len(found)


def _unique(names: Sequence[str]) -> None:
    folded = Counter(plain(name) for name in names if name.strip())
    twice = [name for name in dict.fromkeys(names) if folded[plain(name)] > 1]
    if not twice:
        return
    numbers = [plain(name) for name in names]
    blocks = len(twice) > 1 and len({numbers.index(plain(name)) for name in twice}) > 1
    remedy = "Give each column a heading of its own." + (
        " Where blocks of questions each start again at U1, number them through." if blocks else ""
    )
    raise ColumnError(f"more than one column is headed {listing(map(repr, twice), lang='en')}", "", remedy)


def _wanted(rule: SurveyStandard, unsur: Mapping[str, str]) -> list[str]:
    """Return the keys, or bare codes, that must have a column."""
    bare = [unsur.code for unsur in rule.unsur if unsur.code in rule.ambiguous_codes()]
    if not set(bare) & set(unsur.values()):
        return list(rule.unsur_keys)
    fixed = [u.key for u in rule.unsur if u.code not in bare]
    return fixed + bare


def _lack(work: Matching, unsur: Mapping[str, str], missing: list[str]) -> tuple[str, str, str]:
    names = {u.key: f"{u.code} {u.nama} ({u.key})" for u in work.rule.unsur}
    left = [name for name in work.free if not role_of(name)]
    lacking = listing((names.get(key, key) for key in missing), lang="en", most=20)
    problem = f"no column is {lacking} of {work.rule.id}"
    found = f"found: {shown(unsur) or 'none'}; not recognised: {shown(left) or 'none'}"
    if any(map(is_personal, work.names)):
        found = "the first row seems to be a respondent; is there a row of headings?"
    other = other_standards(work)
    remedy = f"State them with columns={{heading: key, …}}, or another standard{other}."
    return f"{problem} ({found})", "", remedy
