"""What codes count: U8 and U9 mean one thing in the regulation and another in its questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sipukat._text import plain
from sipukat._validation import names_of
from sipukat.errors import ColumnError
from sipukat.findings import Finding

if TYPE_CHECKING:
    from sipukat.standards.model import SurveyStandard

StatedOrder: TypeAlias = str | Sequence[str] | None


def keys_in(order: StatedOrder, rule: SurveyStandard) -> tuple[str, ...] | None:
    """Return the keys of the unsur in the order that was stated.

    Raises
    ------
    UnknownNameError
        If the standard knows no order of that name.
    ColumnError
        If a sequence does not hold each unsur once.

    Examples
    --------
    >>> from sipukat import standards
    >>> keys_in("kuesioner", standards.survey("permenpanrb-14-2017"))[7:]
    ('sarana', 'pengaduan')
    """
    if order is None:
        return None
    if isinstance(order, str):
        return rule.order(order).keys
    keys = names_of(order, "order")
    if sorted(keys) != sorted(rule.unsur_keys):
        named = [*(f'"{known.id}"' for known in rule.orders), f"each of {', '.join(rule.unsur_keys)} once"]
        raise ColumnError(
            f"the order {list(keys)} does not hold each unsur of {rule.id} once",
            "order=",
            f"Give {' or '.join(named)}.",
        )
    return keys


def settle(
    chosen: Mapping[str, str],
    rule: SurveyStandard,
    order: StatedOrder,
    values: Mapping[str, Sequence[object]],
) -> tuple[dict[str, str], list[Finding]]:
    """Turn codes into keys as far as their meaning is certain.

    Parameters
    ----------
    chosen
        Column to key or code.
    rule
        The standard.
    order
        What was stated of the order.
    values
        Column to its distinct values.

    Returns
    -------
    tuple
        Column to key, or to a bare code whose meaning nobody stated; and what was found.

    Raises
    ------
    ColumnError
        If two columns turn out to be one unsur.
    """
    stated = keys_in(order, rule)
    codes = {unsur.code: place for place, unsur in enumerate(rule.unsur)}
    settled = {column: target for column, target in chosen.items() if target not in codes}
    if stated:
        result = {column: stated[codes[t]] if t in codes else t for column, t in chosen.items()}
        return _once(result), []
    unsure = rule.ambiguous_codes()
    for column, target in chosen.items():
        if target in codes and target not in unsure:
            settled[column] = rule.unsur[codes[target]].key
    open_ = {column: target for column, target in chosen.items() if target in unsure}
    fitting = [named for named in rule.orders if _fits(named.keys, open_, settled, codes, rule, values)]
    meanings = {tuple(named.keys[codes[code]] for code in open_.values()) for named in fitting}
    findings: list[Finding] = []
    if len(meanings) == 1 and open_:
        for column, code in open_.items():
            settled[column] = fitting[0].keys[codes[code]]
        findings.append(
            Finding.of(
                "SRV406", codes=list(open_.values()), unsur=[settled[c] for c in open_], order=fitting[0].id
            )
        )
    elif open_:
        settled |= open_
        places = [codes[code] for code in open_.values()]
        readings = [
            f"{named.id}: {', '.join(named.keys[place] for place in places)}" for named in rule.orders
        ]
        findings.append(Finding.of("SRV405", codes=list(open_.values()), readings=readings))
    in_order = {column: settled[column] for column in chosen}
    return _once(in_order), findings


def _fits(
    keys: tuple[str, ...],
    open_: Mapping[str, str],
    settled: Mapping[str, str],
    codes: Mapping[str, int],
    rule: SurveyStandard,
    values: Mapping[str, Sequence[object]],
) -> bool:
    """Say whether an order agrees with the unsur that are named and with the wording of the answers."""
    for column, code in open_.items():
        key = keys[codes[code]]
        if key in settled.values():
            return False
        said = {plain(value) for value in values.get(column, ()) if isinstance(value, str)}
        wordings = {text for unsur in rule.unsur for text in unsur.vocabulary}
        if said and said <= wordings and not said <= set(rule.unsur_of(key).vocabulary):
            return False
    return True


def _once(settled: dict[str, str]) -> dict[str, str]:
    for key in settled.values():
        names = [column for column, other in settled.items() if other == key]
        if len(names) > 1:
            raise ColumnError(f"{names} are all {key}", "", "State one column for each unsur with columns=.")
    return settled
