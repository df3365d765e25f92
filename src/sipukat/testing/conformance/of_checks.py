"""Promises of a set of checks: codes with words, the same findings each time, and no failure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sipukat import standards
from sipukat.checks.base import Case, Rule
from sipukat.checks.checking import REGISTRY
from sipukat.findings import Finding, catalogue
from sipukat.testing.conformance.suite import Suite, each_drawn, must

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sipukat.pelayanan.model import StandarPelayanan

_CODE: Final = re.compile(r"[A-Z]{2,8}[0-9]{1,6}")
_PLACE: Final = re.compile(r"(?P<key>[a-z][a-z0-9_]*)(?:\.(?P<within>.+?))?(?:\[(?P<at>\d+)\])?", re.DOTALL)
_GAP: Final = re.compile(r"\(\w+\?\)")
_ON: Final = date(2026, 11, 24)


class ChecksConformance(Suite):
    """What every set of checks keeps: subclass it, name the set, and pytest runs it.

    Examples
    --------
    >>> class TestKejelasan(ChecksConformance):
    ...     name = "kejelasan"
    >>> TestKejelasan().test_every_code_has_words_in_both_languages()
    """

    standard: ClassVar[str] = "uu-25-2009"
    """The document standard that documents are held against."""

    def rules(self) -> Sequence[Rule]:
        """Return the rules of the set."""
        found: Sequence[Rule] = self.held(REGISTRY)
        return found

    def test_it_is_a_sequence_of_rules_with_codes_of_their_own(self) -> None:
        """Each rule has one code: letters, then a number."""
        rules = self.rules()
        must(
            isinstance(rules, Sequence) and rules, f"it is a {type(rules).__name__}; write RULES = (Rule(…),)"
        )
        for rule in rules:
            must(isinstance(rule, Rule), f"it holds a {type(rule).__name__}, not a sipukat.checks.Rule")
            must(callable(rule.run), f"the rule {rule.code} cannot be called")
            well = isinstance(rule.code, str) and _CODE.fullmatch(rule.code)
            must(well, f"{rule.code!r} is no code; write e.g. CON101")
        codes = [rule.code for rule in rules]
        must(len(codes) == len(set(codes)), f"a code stands twice among {codes}")
        others = {rule.code for name, others in REGISTRY.usable() if others is not rules for rule in others}
        must(not others & set(codes), f"{sorted(others & set(codes))} are codes of another set; take others")

    def test_every_code_has_words_in_both_languages(self) -> None:
        """What is found can be told to an official, with what would be right."""
        for rule in self.rules():
            words = catalogue().get(rule.code)
            must(
                words is not None,
                f"{rule.code} has no words; put a file findings.toml beside the package, with [{rule.code}]"
                " and severity, judul, title, pesan, message, saran, suggestion",
            )
            for name in ("judul", "title", "pesan", "message", "saran", "suggestion"):
                must(getattr(words, name, "").strip(), f"{rule.code} has no {name} in findings.toml")

    def test_every_rule_says_why_it_is_there(self) -> None:
        """Its docstring is the page of the rule."""
        silent = [rule.code for rule in self.rules() if not (rule.run.__doc__ or "").strip()]
        must(not silent, f"the functions of {silent} have no docstring; say why, before, after, source")

    def test_no_rule_raises_and_the_document_stays_as_it_was(self) -> None:
        """Whatever stands in a draft, a rule finds something or nothing."""

        def holds(case: Case) -> None:
            before = case.doc.model_dump_json()
            for rule, found in self._found(case):
                strange = [each for each in found if not isinstance(each, Finding)]
                must(not strange, f"the rule {rule.code} gave {strange[:1]!r}, not a Finding")
                wrong = [each.code for each in found if each.code != rule.code]
                must(not wrong, f"the rule {rule.code} gave findings of {wrong[:1]}; its own code is right")
            must(case.doc.model_dump_json() == before, "a rule changed the document")

        self._each(holds)

    def test_the_same_document_gives_the_same_findings(self) -> None:
        """No clock, no chance, no order of a set."""

        def holds(case: Case) -> None:
            first, second = ({rule.code: found for rule, found in self._found(case)} for _ in range(2))
            other = [code for code, found in first.items() if second[code] != found]
            must(
                not other,
                f"the rules {other} found something else the second time; take the day from case.on",
            )

        self._each(holds)

    def test_every_finding_is_at_a_place_of_the_document(self) -> None:
        """A path names a field, and a line that is there."""

        def holds(case: Case) -> None:
            for rule, found in self._found(case):
                for finding in found:
                    must(
                        _is_there(finding.path, case),
                        f"{rule.code} was found at {finding.path!r}, which is not in the document;"
                        " write e.g. 'biaya_tarif' or 'biaya_tarif[0]'",
                    )

        self._each(holds)

    def test_every_finding_is_told_in_both_languages_without_gaps(self) -> None:
        """All that a sentence speaks of is among the facts."""

        def holds(case: Case) -> None:
            for rule, found in self._found(case):
                for finding in found:
                    for lang in ("id", "en"):
                        for said in (finding.message(lang), finding.suggestion(lang)):
                            gap = _GAP.search(said)
                            lacks = gap and gap[0] not in str([*finding.facts.values(), finding.path])
                            must(
                                not lacks,
                                f"{rule.code} says {said!r} ({lang}): give the fact {gap and gap[0]}",
                            )
                        must(finding.message(lang), f"{rule.code} says nothing ({lang})")

        self._each(holds)

    def _found(self, case: Case) -> Iterator[tuple[Rule, list[Any]]]:
        for rule in self.rules():
            try:
                found = list(rule.run(case))
            except Exception as failure:
                said = f"the rule {rule.code} raised {type(failure).__name__} ({failure}) on a draft"
                raise AssertionError(f"{said}; let it find nothing where it understands nothing") from failure
            yield rule, found

    def _each(self, holds: Callable[[Case], None]) -> None:
        """Hold for drafts with gaps, complete and hostile ones, alone and with others of the office."""
        from hypothesis import strategies as st

        from sipukat.testing.strategies import standar_pelayanan

        law = standards.document(self.standard)
        drafts = standar_pelayanan() | standar_pelayanan(complete=True) | standar_pelayanan(hostile=True)

        def case_of(drawn: list[StandarPelayanan]) -> Case:
            return Case(doc=drawn[0], standard=law, on=_ON, others=tuple(drawn[1:]))

        each_drawn(st.lists(drafts, min_size=1, max_size=2).map(case_of), holds, examples=self.examples)


def _is_there(path: str, case: Case) -> bool:
    """Say whether a path leads to a field of the document, to a komponen asked for, or into one."""
    match = _PLACE.fullmatch(path.removeprefix("tambahan."))
    if match is None:
        return not path
    key, within, at = match["key"], match["within"], match["at"]
    doc = case.doc
    fields = {*type(doc).model_fields, *doc.tambahan, *case.standard.komponen_keys}
    if key not in fields:
        return False
    content = doc.isi(key) if key in {*case.standard.komponen_keys, *doc.tambahan} else getattr(doc, key)
    if content is None:
        return within is None and at is None
    lines = getattr(content, "butir", content)
    if within is not None:
        variants = getattr(content, "varian", {})
        if within not in variants:
            return at is None and hasattr(content, within.partition(".")[0])
        lines = variants[within]
    return at is None or (isinstance(lines, tuple | list) and int(at) < len(lines))
