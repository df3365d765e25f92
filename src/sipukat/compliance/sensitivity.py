"""Whether a path holds if the weights that are only assumed prove to be others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, exactly, number
from sipukat.compliance.offers import exact, standing
from sipukat.compliance.options import score_of
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.target import number_or_name, target_of
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    import numpy as np
    import pandas as pd

    from sipukat.compliance.evidence import Evidence
    from sipukat.compliance.offers import Number
    from sipukat.compliance.steps import Path
    from sipukat.compliance.target import Goal
    from sipukat.compliance.tree import Node, Tree
    from sipukat.standards.compliance_model import ComplianceStandard

FORMAT: Final = "urn:sipukat:sensitivity:1"
_PARTS: Final = 10_000  # drawn weights are whole parts of this, so that they stay exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How a path fares under other weights in place of the assumed ones.

    Parameters
    ----------
    path
        The path under the assumed weights.
    draws
        How many sets of other weights were tried, corner cases included.
    in_path
        Step to the share of the draws in which the cheapest path holds it, at any value;
        also steps that are in the path of some draw only.
    reached
        The share of the draws in which the steps of `path` reach the target.
    reachable
        The share of the draws in which the target can be reached at all.
    lowest, highest
        The exact scores after the steps under the worst and the best weights.
    lowest_published
        `lowest`, rounded as the scheme rounds.
    holds
        Whether the target is reached whatever the assumed weights are.
    least
        How much of its equal part each assumed weight keeps at least, 0 to 1.
    findings
        What a reader must know: CMP840, CMP841.
    """

    path: Path
    draws: int
    in_path: Mapping[str, float]
    reached: float
    reachable: float
    lowest: Fraction
    highest: Fraction
    lowest_published: Decimal
    holds: bool
    least: Fraction
    findings: Findings

    def to_frame(self) -> pd.DataFrame:
        """Return one row a step: ``key in_path chosen``, the surest first.

        Notes
        -----
        `in_path` is a share of the draws, 0 to 1; `chosen` says whether the step is one of
        the path under the assumed weights.
        """
        import pandas as pd

        chosen = {step.key for step in self.path}
        rows = [(key, share, key in chosen) for key, share in self.in_path.items()]
        return pd.DataFrame(rows, columns=["key", "in_path", "chosen"])

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; exact numbers are texts."""
        return {
            "format": FORMAT,
            "standard": self.path.promise.standard,
            "target": self.path.promise.target,
            "draws": self.draws,
            "in_path": dict(self.in_path),
            "reached": self.reached,
            "reachable": self.reachable,
            "lowest": str(self.lowest),
            "highest": str(self.highest),
            "lowest_published": str(self.lowest_published),
            "holds": self.holds,
            "least": str(self.least),
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say it in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        target, percent = number_or_name(self.path.promise.target), number(self.reached * 100, 0, lang=lang)
        target = target if isinstance(target, str) else exactly(target, lang=lang)
        low, high = number(self.lowest, lang=lang), number(self.highest, lang=lang)
        if lang == "id":
            return (
                f"Dengan bobot lain sebagai ganti yang diasumsikan, langkah-langkah ini mencapai {target} "
                f"dalam {percent} persen percobaan; nilainya antara {low} dan {high}."
            )
        return (
            f"With other weights in place of those assumed, these steps reach {target} in {percent} per cent "
            f"of the draws; the score lies between {low} and {high}."
        )


def sensitivity(
    tree: Tree,
    evidence: Evidence,
    standard: ComplianceStandard,
    target: Goal,
    *,
    draws: int = 100,
    least: Number = 0,
    seed: int = 0,
    **options: Any,
) -> Sensitivity:
    """Say whether the cheapest path holds if the assumed weights prove to be others.

    Parameters
    ----------
    tree, evidence, standard, target
        As for `sipukat.compliance.path.cheapest`.
    draws
        How many random sets of weights are tried, besides the corner cases, in which one
        of the siblings has all that was shared between them.
    least
        How much of its equal part each assumed weight keeps at least: 0 lets it vanish, 1
        lets nothing vary.
    seed
        Seed of the random numbers.
    **options
        Costs, what is feasible and so on, as for `sipukat.compliance.path.cheapest`.

    Raises
    ------
    ArgumentError
        If `draws` or `least` makes no sense, or as for `sipukat.compliance.path.cheapest`.
    UnknownNameError
        As for `sipukat.compliance.path.cheapest`.

    Notes
    -----
    Siblings whose weights are assumed share what the known ones leave over; every way to
    share it is tried for as equally likely (Dirichlet with all parameters 1). The worst
    and the best score need no draws: a score is linear in the weights of one group of
    siblings, so that its extremes give all to one of them, from the leaves up, exactly.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.compliance.evidence import Evidence
    >>> from sipukat.compliance.tree import tree_of
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> tree = tree_of(scheme)
    >>> known = Evidence.of(dict.fromkeys(tree.keys, 60) | {"input.kompetensi": 90})
    >>> found = sensitivity(tree, known, scheme, "hijau", draws=20)
    >>> found.holds, found.reached, [step.key for step in found.path]
    (True, 1.0, ['proses.standar_pelayanan', 'output.persepsi_maladministrasi'])
    """
    import numpy as np

    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 0:
        raise ArgumentError(f"draws: {draws!r} is no number of draws; give 0 or more")
    keeps = exact(least, "least")
    if keeps > 1:
        raise ArgumentError(f"least: {least!r} is more than all; give 0 to 1")
    path = cheapest(tree, evidence, standard, target, **options)
    done = apply(evidence, path)
    goal = target_of(target, standard)
    tried = [*_corners(tree, keeps)]
    if tried:
        random = np.random.default_rng(seed)
        tried += [replace(tree, root=_drawn(tree.root, keeps, random)) for _ in range(draws)]
    tried = tried or [tree]
    held: Counter[str] = Counter()
    reached = reachable = 0
    for other in tried:
        again = cheapest(other, evidence, standard, target, **options)
        held.update(step.key for step in again)
        reachable += again.reachable
        reached += score_of(other, standing(other, done)) >= goal.needed
    lowest, highest = (_extreme(tree, done, keeps, worst=worst) for worst in (True, False))
    order = {step.key: -n for n, step in enumerate(path, -len(path))}
    share = {
        key: held[key] / len(tried)
        for key in sorted({*held, *order}, key=lambda key: (-held[key], -order.get(key, 0), key))
    }
    found = Sensitivity(
        path=path,
        draws=len(tried),
        in_path=share,
        reached=reached / len(tried),
        reachable=reachable / len(tried),
        lowest=lowest,
        highest=highest,
        lowest_published=standard.rounded(lowest),
        holds=lowest >= goal.needed,
        least=keeps,
        findings=Findings(()),
    )
    return replace(found, findings=Findings(list(_remarks(found, tree))))


def _remarks(found: Sensitivity, tree: Tree) -> Iterator[Finding]:
    place = found.path.promise.standard
    if not any(tree.assumed(leaf) for leaf in tree.leaves()):
        yield Finding.of("CMP841", path=place)
    elif found.path.reachable and not found.holds:
        yield Finding.of(
            "CMP840",
            path=place,
            target=number_or_name(found.path.promise.target),
            worst=found.lowest_published,
            percent=f"{found.reached * 100:.0f}",
            draws=found.draws,
        )


def _groups(node: Node) -> Iterator[Node]:
    """Yield the nodes among whose children more than one weight is assumed."""
    if sum(child.assumed for child in node.children) > 1:
        yield node
    for child in node.children:
        yield from _groups(child)


def _corners(tree: Tree, least: Fraction) -> Iterator[Tree]:
    """Yield the trees in which one sibling has all that was shared, one group at a time."""
    for group in _groups(tree.root):
        shared = [child for child in group.children if child.assumed]
        for favourite in shared:
            parts = {child.key: Fraction(child is favourite) for child in shared}
            yield replace(tree, root=_with(tree.root, {group.key: parts}, least))


def _with(node: Node, parts: Mapping[str, Mapping[str, Fraction]], least: Fraction) -> Node:
    """Return a node whose assumed children share what they shared in other parts."""
    if not node.children:
        return node
    children = [_with(child, parts, least) for child in node.children]
    mine = parts.get(node.key)
    if mine is not None:
        whole = sum((child.weight for child in children if child.assumed), Fraction(0))
        children = [
            replace(child, weight=least * child.weight + (1 - least) * whole * mine[child.key])
            if child.assumed
            else child
            for child in children
        ]
    return replace(node, children=tuple(children))


def _drawn(root: Node, least: Fraction, random: np.random.Generator) -> Node:
    parts = {}
    for group in _groups(root):
        keys = [child.key for child in group.children if child.assumed]
        drawn = random.dirichlet([1.0] * len(keys))
        whole = [int(part * _PARTS) for part in drawn]
        whole[0] += _PARTS - sum(whole)
        parts[group.key] = {key: Fraction(n, _PARTS) for key, n in zip(keys, whole, strict=True)}
    return _with(root, parts, least)


def _extreme(tree: Tree, evidence: Evidence, least: Fraction, *, worst: bool) -> Fraction:
    """Return the lowest or the highest score that any sharing of the assumed weights gives."""
    stand = standing(tree, evidence)
    pick = min if worst else max

    def value(node: Node) -> Fraction:
        if not node.children:
            return stand[node.key].fraction if not node.gate or stand[node.gate].fraction else Fraction(0)
        values = [(child, value(child)) for child in node.children]
        known = sum((child.weight * v for child, v in values if not child.assumed), Fraction(0))
        shared = [(child, v) for child, v in values if child.assumed]
        if not shared:
            return known
        whole = sum((child.weight for child, _ in shared), Fraction(0))
        kept = sum((child.weight * v for child, v in shared), Fraction(0))
        return known + least * kept + (1 - least) * whole * pick(v for _, v in shared)

    low, high = Fraction(tree.low), Fraction(tree.high)
    return low + (high - low) * value(tree.root)
