"""Hold a Standar Pelayanan against a standard, rule by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._validation import must_be
from sipukat.checks.base import Case, Rule
from sipukat.errors import PluginLoadError, SipukatError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.pelayanan.model import StandarPelayanan
from sipukat.plugins import Registry
from sipukat.plugins.naming import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sipukat.standards.document_model import DocumentStandard

_CODE: Final = re.compile(r"[A-Z]{2,8}[0-9]{1,6}")


def _accepted(thing: Any, name: str, place: str) -> Sequence[Rule]:
    """Return a set of rules, or say what it lacks to be one."""
    if not isinstance(thing, Sequence) or isinstance(thing, str) or not thing:
        lack = f"it is a {type(thing).__name__}, and not a sequence of rules"
    elif strange := [each for each in thing if not isinstance(each, Rule) or not callable(each.run)]:
        lack = f"it holds a {type(strange[0]).__name__} where a sipukat.checks.Rule belongs"
    elif odd := [rule.code for rule in thing if not _is_code(rule.code)]:
        lack = f"{odd[0]!r} is no code such as 'KBX901', of A-Z and then 0-9"
    elif name not in REGISTRY.builtins and (taken := {rule.code for rule in thing} & _own_codes()):
        lack = f"its code {min(taken)} is that of a built-in rule"
    else:
        rules: Sequence[Rule] = thing
        return rules
    raise PluginLoadError(REGISTRY.kind, name, place, lack)


def _is_code(code: object) -> bool:
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def _own_codes() -> set[str]:
    return {rule.code for _, rules in REGISTRY.own() for rule in rules}


REGISTRY: Final[Registry[Sequence[Rule]]] = Registry(
    "sipukat.checks",
    kind="set of checks",
    builtins={
        "kejelasan": "sipukat.checks.clarity:RULES",
        "kelengkapan": "sipukat.checks.completeness:RULES",
        "konsistensi": "sipukat.checks.consistency:RULES",
    },
    accept=_accepted,
)
"""Sets of rules by name, of the library and of plugins."""


def rules() -> tuple[Rule, ...]:
    """Return every rule that can be loaded, by code.

    Examples
    --------
    >>> [rule.code for rule in rules()][0]
    'JLS301'
    """
    return tuple(sorted((rule for _, rule in _loaded()[0]), key=lambda rule: rule.code))


def check(
    doc: StandarPelayanan | Mapping[str, Any] | Sequence[StandarPelayanan],
    standard: str | DocumentStandard = "uu-25-2009",
    *,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    on: date | None = None,
) -> Findings:
    """Look for what is missing, contradictory or unclear in a Standar Pelayanan.

    Parameters
    ----------
    doc
        The document, or its fields as a mapping; or several documents of one office, in
        which text copied from one to another is found too.
    standard
        Name of a standard of kind ``"document"``.
    select, ignore
        Codes, or beginnings of codes (``"LKP"``, ``"JLS305"``), to look for only, or not.
    on
        The day on which it is looked at, for what grows old; by default today.

    Returns
    -------
    Findings
        In the order of the komponen of the standard; those of several documents have
        ``documents[0].`` before their path.

    Raises
    ------
    UnknownNameError
        If the standard, or a code, is not known.
    ArgumentError
        If `doc` is no document, or a mapping that holds what no document has.

    Examples
    --------
    >>> from sipukat.pelayanan import StandarPelayanan
    >>> found = check(StandarPelayanan(nama="KTP-el", jangka_waktu_penyelesaian="secepatnya"), select="JLS")
    >>> found.ok
    False
    """
    law = standards.document(standard)
    day = on or date.today()  # noqa: DTZ011  a day of the office's own calendar
    claimed, broken = _loaded()
    wanted = _wanted(claimed, _codes(select), _codes(ignore))
    if isinstance(doc, Sequence) and not isinstance(doc, str | bytes):
        docs = tuple(map(_document, doc))
        found = list(broken)
        for at, each in enumerate(docs):
            others = (*docs[:at], *docs[at + 1 :])
            case = Case(doc=each, standard=law, on=day, others=others)
            found += [f.model_copy(update={"path": f"documents[{at}].{f.path}"}) for f in _run(case, wanted)]
        return Findings(found)
    return Findings([*broken, *_run(Case(doc=_document(doc), standard=law, on=day), wanted)])


def brought_by(codes: Collection[str]) -> tuple[str, ...]:
    """Return the plugins, each with its version, whose rules made findings of some codes.

    Parameters
    ----------
    codes
        The codes of the findings.

    Examples
    --------
    >>> brought_by(["LKP101"])
    ()
    """
    claimed, _ = _loaded()
    named = {name for name, rule in claimed if rule.code in codes and name not in REGISTRY.builtins}
    return tuple(sorted({REGISTRY.origin(name) for name in named}))


def _document(doc: Any) -> StandarPelayanan:
    if isinstance(doc, StandarPelayanan):
        return doc
    must_be(Mapping, doc, "doc", "a StandarPelayanan, its fields as a mapping, or pelayanan.load(path)")
    return StandarPelayanan(**{str(key): value for key, value in doc.items()})


def _codes(codes: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(codes, str):
        codes = codes.split(",")
    must_be(Iterable, codes, "select or ignore", "codes, or beginnings of codes, such as 'LKP'")
    return tuple(code.strip() for code in codes if code.strip())


def _loaded() -> tuple[list[tuple[str, Rule]], list[Finding]]:
    """Return every rule with the name of its set, and a finding for each set that cannot be loaded."""
    found: list[tuple[str, Rule]] = []
    broken = []
    for name in REGISTRY:
        try:
            found += [(name, rule) for rule in REGISTRY[name]]
        except SipukatError as failure:
            broken.append(Finding.of("STD501", path=name, origin=REGISTRY.origin(name), reason=str(failure)))
    return found, broken


def _wanted(
    claimed: list[tuple[str, Rule]], select: tuple[str, ...], ignore: tuple[str, ...]
) -> list[tuple[str, Rule]]:
    codes = {rule.code for _, rule in claimed}
    for asked in (*select, *ignore):
        if not any(code.startswith(asked) for code in codes):
            raise UnknownNameError("check", asked, codes)
    return [
        (name, rule)
        for name, rule in claimed
        if (not select or rule.code.startswith(select)) and not (ignore and rule.code.startswith(ignore))
    ]


def _run(case: Case, wanted: list[tuple[str, Rule]]) -> list[Finding]:
    found = [finding for name, rule in wanted for finding in _findings_of(case, name, rule)]
    places = {key: place for place, key in enumerate(case.standard.komponen_keys)}

    def order(finding: Finding) -> tuple[int, str]:
        key = finding.path.partition(".")[0].partition("[")[0]
        return places.get(key, -1), finding.code

    return sorted(found, key=order)


def _findings_of(case: Case, name: str, rule: Rule) -> Iterator[Finding]:
    """Run one rule; one of a plugin that fails is reported and stops no other."""
    if name in REGISTRY.builtins:
        yield from rule.run(case)
        return
    try:
        yield from _only_findings(rule.run(case))
    except KeyboardInterrupt:
        raise
    except BaseException as failure:  # noqa: BLE001  whatever a stranger's rule raises, SystemExit too
        yield Finding.of("STD502", path=rule.code, origin=REGISTRY.origin(name), reason=told(failure))


def _only_findings(given: Iterable[Finding]) -> list[Finding]:
    found = list(given)
    for each in found:
        if not isinstance(each, Finding):
            raise TypeError(f"it gave a {type(each).__name__} where a Finding belongs")
    return found
