"""Columns on their way to what they are: first what was stated, then codes, names, wordings.

Each step takes only columns that the steps before it left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sipukat import standards
from sipukat._text import listing, plain
from sipukat.errors import ColumnError
from sipukat.findings import Finding
from sipukat.survey import headings
from sipukat.survey.roles import role_by_values, role_of, roles
from sipukat.survey.translations import vocabulary as wordings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sipukat.standards.model import SurveyStandard

Values = Mapping[str, Sequence[object]]
SKIP: Final = "skip"
_MOSTLY: Final = 0.8
_CODE_LENGTH: Final = 5
_DATE: Final = re.compile(r"\d{1,4}[-/:.]\d{1,2}(?:[-/:.]|\b)|\d{1,2} [A-Za-z]{3,9} \d{4}|\d{8}\b")


class Matching:
    """The columns of one table on their way to a `Resolution`."""

    def __init__(
        self, names: tuple[str, ...], rule: SurveyStandard, values: dict[str, Sequence[object]]
    ) -> None:
        self.names = names
        self.rule = rule
        self.values = values
        self.chosen: dict[str, str] = {}  # column -> key or code
        self.stated: dict[str, str] = {}  # column -> role or SKIP
        self.read: dict[str, headings.Heading] = {
            name: headings.read(name, rule) for name in names if name.strip()
        }
        self.empty: list[str] = []
        self.findings: list[Finding] = []

    @property
    def free(self) -> list[str]:
        """The columns that no step has taken yet."""
        return [
            name
            for name in self.read
            if name not in self.chosen and name not in self.stated and name not in self.empty
        ]

    def state(self, columns: Mapping[str, str | None]) -> None:
        """Take what was stated."""
        by_plain = {plain(name): name for name in self.names}
        targets = {
            **{u.code.casefold(): u.code for u in self.rule.unsur},
            **{key: key for key in self.rule.unsur_keys},
        }
        for heading, target in columns.items():
            column = heading if heading in self.names else by_plain.get(plain(str(heading)))
            if column is None:
                raise ColumnError(
                    f"no column is headed {heading!r}", "columns=", f"The headings: {shown(self.names)}."
                )
            wanted = SKIP if target is None else plain(target)
            if wanted in targets:
                self.chosen[column] = targets[wanted]
            elif wanted == SKIP or wanted in roles():
                self.stated[column] = wanted
            else:
                known = f"{', '.join(self.rule.unsur_keys)}; codes; roles: {', '.join(roles())}; or None"
                raise ColumnError(
                    f"{target!r} is neither an unsur nor a role",
                    f"columns={{{heading!r}: …}}",
                    f"Known: {known}.",
                )
        twice = [key for key, times in Counter(self.chosen.values()).items() if times > 1]
        if twice:
            raise ColumnError(
                f"two columns are stated for {listing(twice, lang='en')}",
                "columns=",
                "State one column for each.",
            )

    def blank(self, name: str) -> bool:
        """Say whether a column is known to be empty."""
        return name in self.values and not self.values[name]

    def answers(self, name: str) -> bool:
        """Say whether the values of a column could be answers; without values it is not known, so yes."""
        values = self.values.get(name)
        if not values:
            return True
        known = {text for unsur in self.rule.unsur for text in wordings_of(unsur)}
        return sum(_could_be_answer(value, known) for value in values) >= _MOSTLY * len(values)

    def dated(self, name: str) -> bool:
        """Say whether the values of a column are dates or times."""
        texts = [str(value) for value in self.values.get(name, ())]
        return 2 * sum(bool(_DATE.match(text)) for text in texts) > len(texts)

    def by_heading(self) -> None:
        """Take columns whose code or name says which unsur they are."""
        if len(self.chosen) >= len(self.rule.unsur):
            left = [n for n in self.free if (r := self.read[n]).number or (r.key and not role_of(n))]
            if left := [name for name in left if self.answers(name)]:
                self.findings.append(Finding.of("SRV430", columns=left))
                self.stated |= dict.fromkeys(left, SKIP)
            return
        self._by_code()
        self._by_name()

    def _by_code(self) -> None:
        numbers = headings.numbers(self.rule)
        coded = [name for name in self.free if self.read[name].number]
        items = [name for name in coded if self.read[name].item and not self.blank(name)]
        if len(items) > 1:
            raise ColumnError(
                f"several questions stand for one unsur: {shown(items)}",
                "",
                "The law scores one answer an unsur, and a mean of several is none on its scale: "
                'state one column for each, columns={"U3.1": "waktu", …}, or ask one question.',
            )
        families: dict[str, list[str]] = {}
        for name in coded:
            families.setdefault(self.read[name].family, []).append(name)
        families = {f: names for f, names in families.items() if f != "#" or self._counts_through(names)}
        if not families:
            return
        full = {
            f: len({self.read[n].number for n in ns if not self.blank(n)} & set(numbers))
            for f, ns in families.items()
        }
        best = max(full.values())
        if [*full.values()].count(best) > 1 and best > 1:
            sets = " and ".join(shown(families[family]) for family in full if full[family] == best)
            raise ColumnError(
                f"two sets of columns could be the unsur: {sets}", "", "State the right one with columns=."
            )
        members = families[next(family for family in families if full[family] == best)]
        self._extra([name for name in members if self.read[name].number not in numbers])
        for name in members:
            heading = self.read[name]
            if heading.number in numbers and not heading.item:
                self._choose(name, heading.key or numbers[heading.number], heading)

    def _counts_through(self, names: list[str]) -> bool:
        return {self.read[name].number for name in names} >= set(headings.numbers(self.rule))

    def _extra(self, names: list[str]) -> None:
        self.empty += [name for name in names if self.blank(name)]
        filled = [name for name in names if not self.blank(name)]
        if not filled:
            return
        size = len(self.rule.unsur)
        raise ColumnError(
            f"{self.rule.id} has {size} unsur, but there are also {shown(filled)}",
            "",
            f"State the {size} columns that are the unsur, columns={{heading: key, …}}, "
            f"or the standard that has them all{other_standards(self)}.",
        )

    def _choose(self, name: str, target: str, heading: headings.Heading) -> None:
        code = headings.numbers(self.rule).get(heading.number, "")
        by_code = next((u.key for u in self.rule.unsur if u.code == code), "")
        if heading.key and by_code not in {"", heading.key} and code not in self.rule.ambiguous_codes():
            self.findings.append(
                Finding.of("SRV429", column=name, unsur=heading.key, counted=code, by_code=by_code)
            )
        if heading.key and heading.strength != "name":
            self.findings.append(Finding.of("SRV415", column=name, unsur=heading.key, how=heading.strength))
        self.chosen[name] = target

    def _by_name(self) -> None:
        by_key: dict[str, list[str]] = {}
        for name in self.free:
            if self.read[name].key and not self.read[name].number:
                by_key.setdefault(self.read[name].key, []).append(name)
        taken = {self._key_of(target) for target in self.chosen.values()}
        for key, names in by_key.items():
            filled = [name for name in names if not self.blank(name)] or names
            real = [name for name in filled if self.answers(name)]
            if (
                not real
            ):  # words that are no known answers are for the parser to refuse; dates are no answers at all
                real = [name for name in filled if not role_of(name) or not self.dated(name)]
            if key in taken or self._codes_cover(key):
                real = [
                    name
                    for name in real
                    if not role_of(name) and self.read[name].strength == "name" and self.values
                ]
                if real and key in taken:
                    first = next(n for n, target in self.chosen.items() if self._key_of(target) == key)
                    self._twice(key, [first, *real])
                continue
            sure = [name for name in real if self.read[name].strength == "name"] or real
            sure = [name for name in sure if not role_of(name)] or sure
            if len(sure) > 1:
                self._twice(key, sure)
            if sure:
                self._choose(sure[0], key, self.read[sure[0]])

    def _key_of(self, target: str) -> str:
        return next(
            (
                u.key
                for u in self.rule.unsur
                if u.code == target and u.code not in self.rule.ambiguous_codes()
            ),
            target,
        )

    def _codes_cover(self, key: str) -> bool:
        """Say whether bare codes stand for all the unsur among which `key` is."""
        bare = set(self.rule.ambiguous_codes())
        return key in {u.key for u in self.rule.unsur if u.code in bare} and bare <= set(self.chosen.values())

    def _twice(self, key: str, names: list[str]) -> None:
        raise ColumnError(
            f"{shown(names)} could each be {key}",
            "",
            "State which one it is, and None for the others, with columns=.",
        )

    def by_answers(self) -> None:
        """Find unsur by the wording of their answers, where only one fits and no heading tells."""
        taken = {self._key_of(target) for target in self.chosen.values()}
        if len(taken) >= len(self.rule.unsur):
            return
        left = [
            unsur for unsur in self.rule.unsur if unsur.key not in taken and not self._codes_cover(unsur.key)
        ]
        fits: dict[str, list[str]] = {}
        for name in self.free:
            said = {plain(value) for value in self.values.get(name, ()) if isinstance(value, str)}
            if len(said) > 1 and not role_of(name):
                fits[name] = [unsur.key for unsur in left if said <= set(unsur.vocabulary)]
        for name, keys in fits.items():
            if len(keys) == 1 and sum(keys[0] in others for others in fits.values()) == 1:
                self.findings.append(Finding.of("SRV415", column=name, unsur=keys[0], how="answers"))
                self.chosen[name] = keys[0]

    def others(self) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
        """Return roles, personal columns and unknown columns of what is left."""
        found = {n: r for n, r in self.stated.items() if r != SKIP}
        unknown: list[str] = []
        for name in self.free:
            role = role_of(name)
            if role in {"", "respondent", "service", "unit", "total"}:
                role = role_by_values(self.values.get(name, ())) or role
            if role in {"question", "answer"}:
                role = "total" if role == "answer" else ""
            if role:
                found[name] = role
            else:
                unknown.append(name)
        personal = tuple(n for n, r in found.items() if r in {"personal", "comment"} and n not in self.stated)
        return found, personal, tuple(unknown)


def _could_be_answer(value: object, known: set[str]) -> bool:
    if isinstance(value, int | float):
        return 0 <= value <= 100  # noqa: PLR2004
    text = plain(str(value))
    return (
        text in known
        or len(text) == 1
        or (text[:1].isdigit() and len(text.split()[0]) <= _CODE_LENGTH and "-" not in text[:_CODE_LENGTH])
        or text[:1] == "("
    )


def shown(names: Iterable[str]) -> str:
    """List headings for a message."""
    return listing((repr(name[:60]) for name in names), lang="en", most=15)


def other_standards(work: Matching) -> str:
    """Name the other standards under which every unsur has one column."""
    found = []
    for other in standards.names("survey"):
        rule = standards.survey(other)
        if rule == work.rule:
            continue
        trial = Matching(work.names, rule, work.values)
        numbers = {
            trial.read[name].number
            for name in trial.read
            if trial.read[name].number and not trial.blank(name)
        }
        keys = {
            trial.read[n].key
            for n in trial.read
            if trial.read[n].key and trial.answers(n) and not trial.blank(n)
        }
        coded = any(h.number for h in trial.read.values()) and numbers == set(headings.numbers(rule))
        if keys >= set(rule.unsur_keys) or (coded and not keys):
            found.append(f'standard="{other}"')
    return f", as {' or '.join(found)} does" if found else ""
