"""Promises of a standard: sourced, whole, a superset of what it extends, and fit for work."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from sipukat import compliance, ikm, standards
from sipukat._require import require
from sipukat.checks.checking import check
from sipukat.errors import SipukatError
from sipukat.standards import loader
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.model import SurveyStandard
from sipukat.standards.registry import REGISTRY
from sipukat.survey.forms.writing import form
from sipukat.testing.conformance.suite import Suite, each_drawn, must
from sipukat.testing.conformance.superset import taken_away

if TYPE_CHECKING:
    from sipukat.standards.loader import Standard


class StandardConformance(Suite):
    """What every standard keeps, of the library or of a region: subclass it, and pytest runs it.

    Set `name` to the id of the standard, or `plugin` to the standard itself.

    Examples
    --------
    >>> class TestPerbup(StandardConformance):
    ...     name = "permenpanrb-14-2017"
    >>> TestPerbup().test_weights_add_up_to_exactly_one()
    """

    examples: ClassVar[int] = 5

    def found(self) -> Standard:
        """Return the standard."""
        found: Standard = self.held(REGISTRY)
        return found

    def test_it_is_found_by_its_own_id(self) -> None:
        """Its id is the name under which it is registered, and leads back to it."""
        standard = self.found()
        must(
            not self.name or standard.id == self.name,
            f"the standard registered as {self.name!r} has the id {standard.id!r}; they must be the same",
        )
        if self.plugin is None:
            must(standards.get(standard.id) == standard, f"get({standard.id!r}) gives another standard")

    def test_every_figure_has_its_place_and_confidence(self) -> None:
        """Nothing stands there that nobody can look up."""
        for key, figure in self.found().figures().items():
            place = getattr(figure, "place", "") or getattr(figure, "where", "")
            must(str(place).strip(), f'{key} has no place in the law; write e.g. place = "Pasal 4"')
            right = '"A" (two sources), "B" (one) or "C" (recollection)'
            must(figure.confidence in {"A", "B", "C"}, f"{key} has confidence {figure.confidence!r}; {right}")

    def test_keys_stand_once_and_it_can_be_made_again(self) -> None:
        """The model accepts its own fields: well-formed keys, each once, nothing contradictory."""
        standard = self.found()
        try:
            again = type(standard).model_validate(standard.model_dump())
        except ValueError as failure:
            raise AssertionError(f"{standard.id} contradicts itself: {failure}") from failure
        must(again == standard, f"{standard.id} is not the same after it was made again of its own fields")

    def test_weights_add_up_to_exactly_one(self) -> None:
        """No answer and no indicator counts for more or less than is stated."""
        standard = self.found()
        total, what = Fraction(1), ""
        if isinstance(standard, SurveyStandard):
            total, what = sum(standard.weights.values(), Fraction(0)), f"{len(standard.unsur)} unsur"
        if isinstance(standard, ComplianceStandard):
            shares = compliance.tree_of(standard).shares
            total, what = sum(shares.values(), Fraction(0)), f"{len(shares)} indicators"
        must(total == 1, f"the weights of {what} add up to {total}; they must add up to exactly 1")

    def test_every_value_has_a_band_and_a_higher_one_no_lower_band(self) -> None:
        """Bands leave no gap and do not overlap."""
        standard = self.found()
        if isinstance(standard, DocumentStandard) or not standard.bands:
            return
        ends = _ends(standard)
        cuts = {cents for band in standard.bands for cents in (int(band.low * 100) - 1, int(band.low * 100))}
        values = sorted({*ends, *(cents for cents in cuts if ends[0] <= cents <= ends[1])})
        places = []
        for cents in values:
            value = Decimal(cents) / 100
            band = _band(standard, value)
            must(band in standard.bands, f"{value} has no band; a band must begin where the one below ends")
            places.append(standard.bands.index(band))
        must(
            places == sorted(places) and set(places) == set(range(len(standard.bands))),
            f"the bands are not in ascending order, or one can never be reached: {standard.bands}",
        )

    def test_nothing_of_the_extended_standard_is_taken_away(self) -> None:
        """A region adds to the law, and takes nothing from it."""
        standard = self.found()
        if standard.extends is None:
            return
        try:
            base = standards.get(standard.extends)
        except SipukatError as failure:
            raise AssertionError(f"{standard.id} extends what is not there: {failure}") from failure
        for lost in taken_away(base, standard):
            raise AssertionError(f"{standard.id} takes from {base.id}: {lost}; the law's stays as it is")

    def test_it_comes_back_from_json_and_pickle_as_it_was(self) -> None:
        """Nothing is lost on the way to another program."""
        standard = self.found()
        again = type(standard).model_validate_json(standard.model_dump_json())
        must(again == standard, f"{standard.id} is another after JSON")
        must(pickle.loads(pickle.dumps(standard)) == standard, f"{standard.id} is another after pickle")  # noqa: S301

    def test_it_comes_back_from_toml_as_it_was(self) -> None:
        """What is loaded can be written as a complete file."""
        toml = require("tomli_w", extra="testing", purpose="writing a standard as TOML")
        alone = self.found().model_copy(update={"extends": None})
        text = toml.dumps(_bare(alone.model_dump()))
        again = loader.parse(text, file=f"{alone.id}.toml", base=standards.get)
        must(again == alone, f"{alone.id} is another after TOML")

    def test_the_json_schema_accepts_it(self) -> None:
        """An editor that checks the file by our schema does not object."""
        schemas = require("jsonschema_rs", extra="testing", purpose="checking a standard by its JSON Schema")
        standard = self.found()
        validator = schemas.validator_for(standards.json_schema(standard.kind))
        faults = [str(fault) for fault in validator.iter_errors(_bare(standard.model_dump(mode="json")))]
        must(not faults, f"the JSON Schema refuses {standard.id}: {faults[:1]}")

    def test_it_can_be_worked_with(self) -> None:
        """A survey is estimated by it, a document checked, evidence scored."""
        from sipukat.testing import strategies

        standard = self.found()
        if isinstance(standard, SurveyStandard):
            each_drawn(
                strategies.frames(standard), lambda frame: _estimated(frame, standard), examples=self.examples
            )
        elif isinstance(standard, DocumentStandard):
            drafts = strategies.standar_pelayanan()
            each_drawn(drafts, lambda draft: _checked(draft, standard), examples=self.examples)
        else:
            known = strategies.evidence(standard)
            each_drawn(known, lambda evidence: _scored(evidence, standard), examples=self.examples)

    def test_what_it_asks_can_be_written_down(self) -> None:
        """There is a questionnaire of its unsur, or a checklist of its indicators."""
        standard = self.found()
        if isinstance(standard, SurveyStandard):
            written = form(standard, "surveyjs").decode()
            asked = {unsur.key: unsur.key in written for unsur in standard.unsur}
        elif isinstance(standard, ComplianceStandard):
            written = compliance.text_of_checklist(compliance.checklist(standard), "toml")
            asked = {leaf.key: leaf.key in written for leaf in compliance.tree_of(standard).leaves()}
        else:
            written = " ".join(finding.message() for finding in check({}, standard, select="LKP101"))
            asked = {komponen.nama: komponen.nama in written for komponen in standard.komponen}
        lost = [key for key, there in asked.items() if not there]
        must(not lost, f"{', '.join(lost)} is not among what {standard.id} asks for")


def _ends(standard: SurveyStandard | ComplianceStandard) -> tuple[int, int]:
    """Return the lowest and the highest value, in hundredths."""
    if isinstance(standard, ComplianceStandard):
        return int(standard.scale.low * 100), int(standard.scale.high * 100)
    factor = standard.scale.to_ikm or Fraction(1)
    return int(standard.scale.low * factor * 100), int(standard.scale.high * factor * 100)


def _band(standard: SurveyStandard | ComplianceStandard, value: Decimal) -> Any:
    """Return the band of a value, or None where it has none, or finding it fails."""
    try:
        rounded = standard.rounded(value) if isinstance(standard, ComplianceStandard) else value
        return standard.band(rounded)
    except (StopIteration, ValueError):
        return None


def _bare(value: Any) -> Any:
    """Leave out what has no value, which TOML cannot say."""
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if inner is not None}
    return [_bare(inner) for inner in value] if isinstance(value, list | tuple) else value


def _estimated(frame: Any, standard: SurveyStandard) -> None:
    found = ikm.estimate(frame, standard).overall
    low, high = (end / 100 for end in _ends(standard))
    must(low <= found.ikm <= high, f"an index of {found.ikm} is off the scale of {standard.id}")


def _checked(draft: Any, standard: DocumentStandard) -> None:
    check(draft, standard, on=date(2026, 1, 1))


def _scored(evidence: Any, standard: ComplianceStandard) -> None:
    found = compliance.score(evidence, standard)
    low, high = found.lowest.score, found.highest.score
    must(
        standard.scale.low <= low <= high <= standard.scale.high,
        f"a score from {low} to {high} is off the scale of {standard.id}",
    )
