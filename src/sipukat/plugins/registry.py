"""Registries: things by name, built in or brought by other packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sipukat.errors import DuplicatePluginError, PluginLoadError, SipukatError, UnknownNameError
from sipukat.plugins.claims import Claim, in_folders, installed, switched_off
from sipukat.plugins.loading import Loaded, file_of, guarded, run
from sipukat.plugins.naming import normalised, shown, trouble_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable

T = TypeVar("T")

_FORBIDDEN: Final = "not_allowed"
_REFUSED: Final = "refused"


def _as_it_is(thing: Any, _name: str, _place: str) -> Any:
    return thing


class Registry(Generic[T]):
    """Plugins of one kind, by name.

    Parameters
    ----------
    group
        The entry-point group, e.g. ``"sipukat.exporters"``.
    kind
        What its members are, for messages, e.g. ``"exporter"``.
    builtins
        Name to ``"module:attribute"`` of what the library brings itself.
    accept
        Takes what was loaded, its name and its place, and returns the member; it raises
        an error of the library where that does not fit. By default anything does.
    read
        Takes the TOML file of a declarative plugin, and returns what it holds and a
        remark, or an empty text. By default plugins without code are refused.
    folders
        The environment variable that names folders of such files.

    Examples
    --------
    >>> registry = Registry("sipukat.examples", kind="codec", builtins={"json": "json:dumps"})
    >>> list(registry)
    ['json']
    >>> registry["json"]({"a": 1})
    '{"a": 1}'
    """

    def __init__(
        self,
        group: str,
        *,
        kind: str,
        builtins: Mapping[str, str],
        accept: Callable[[Any, str, str], T] = _as_it_is,
        read: Callable[[Traversable], tuple[Any, str]] | None = None,
        folders: str = "",
    ) -> None:
        self.group = group
        self.kind = kind
        self.builtins = frozenset(builtins)
        self._ours = tuple(Claim(group=group, name=name, value=value) for name, value in builtins.items())
        self._accept = accept
        self._read = read
        self._folders = folders
        self._kept: dict[Claim, Loaded | PluginLoadError] = {}

    def judged(self) -> list[tuple[Claim, str, str]]:
        """Return every claim with its state and the reason; nothing is loaded.

        A state is ``"ready"``, ``"not_allowed"``, ``"refused"`` or ``"duplicate"``.
        """
        claims = [*self._ours, *(claim for claim in installed() if claim.group == self.group)]
        claims += in_folders(self.group, self._folders) if self._folders else []
        states = [(claim, *self._first_look(claim)) for claim in dict.fromkeys(claims)]
        rivals: dict[str, list[Claim]] = {}
        for claim, state, _ in states:
            if not state:
                rivals.setdefault(normalised(claim.name), []).append(claim)
        return [
            (claim, state, reason) if state else (claim, *_contested(claim, rivals[normalised(claim.name)]))
            for claim, state, reason in states
        ]

    def _first_look(self, claim: Claim) -> tuple[str, str]:
        if claim.built_in:
            return "", ""
        if forbidden := switched_off(claim):
            return _FORBIDDEN, forbidden
        trouble = claim.trouble or trouble_with(claim.name, reserved=self.builtins)
        if not trouble and self._read is None and claim.kind == "declarative":
            trouble = f"its value {shown(claim.value)!r} names no attribute; write 'package:attribute'"
        return (_REFUSED, trouble) if trouble else ("", "")

    def _claims(self) -> dict[str, list[Claim]]:
        """Return the claims that are neither refused nor forbidden, by name."""
        found: dict[str, list[Claim]] = {}
        for claim, state, _ in self.judged():
            if state not in {_FORBIDDEN, _REFUSED}:
                found.setdefault(claim.name, []).append(claim)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._claims()))

    def __len__(self) -> int:
        return len(self._claims())

    def __contains__(self, name: object) -> bool:
        return name in self._claims()

    def __getitem__(self, name: str) -> T:
        """Load and return the member called `name`.

        Raises
        ------
        UnknownNameError
            If there is none.
        DuplicatePluginError
            If two packages claim the name.
        PluginLoadError
            If it raised while it was loaded, is not what its group asks for, or if its name
            is refused.
        """
        judged = [each for each in self.judged() if each[1] != _FORBIDDEN]
        claims = [each for each in judged if each[0].name == name]
        if not claims:
            raise UnknownNameError(self.kind, name, self)
        claim, state, reason = next((each for each in claims if each[1] != _REFUSED), claims[0])
        if state == _REFUSED:
            raise PluginLoadError(self.kind, shown(name), claim.place, reason)
        if state == "duplicate":
            same = normalised(name)
            rivals = [each.place for each, how, _ in judged if how == state and normalised(each.name) == same]
            raise DuplicatePluginError(self.kind, name, rivals)
        return self.load(claim)[0]

    def usable(self) -> Iterator[tuple[str, T]]:
        """Yield the name and the member of all that can be loaded; a broken one breaks no other."""
        for claim in sorted((each[0] for each in self.judged() if each[1] == "ready"), key=lambda c: c.name):
            try:
                yield claim.name, self.load(claim)[0]
            except SipukatError:
                continue

    def own(self) -> Iterator[tuple[str, T]]:
        """Yield the name and the member of what the library brings itself, whoever else claims the name."""
        for claim in self._ours:
            yield claim.name, self.load(claim)[0]

    def origin(self, name: str) -> str:
        """Return the distribution and version, or the file, of what claims `name`; of all if several do."""
        return ", ".join(claim.source for claim in self._claims().get(name, []))

    def load(self, claim: Claim) -> tuple[T, tuple[str, ...]]:
        """Load what a claim promises; return the member and remarks.

        Code is run once, and one that failed is not tried again; a file is read each time.

        Raises
        ------
        PluginLoadError
            If it cannot be loaded, or is not what its group asks for.
        """
        if self._read is not None and claim.kind == "declarative":
            thing, remark = self._read(file_of(claim, self.kind))
            found = Loaded(thing, (remark,) if remark else ())
            return self._accept(found.thing, claim.name, claim.place), found.remarks
        kept = self._kept.get(claim)
        if kept is None:
            try:
                kept = run(claim, self.kind)
            except PluginLoadError as failure:
                kept = failure
            self._kept[claim] = kept
        if isinstance(kept, PluginLoadError):
            raise kept.with_traceback(None)
        with guarded(claim, self.kind):
            return self._accept(kept.thing, claim.name, claim.place), kept.remarks

    def source_of(self, member: object) -> str:
        """Return the distribution and version that brought a loaded member; empty where none did."""
        kept = ((claim, found) for claim, found in self._kept.items() if isinstance(found, Loaded))
        return next((c.source for c, found in kept if found.thing is member and not c.built_in), "")

    def forget(self) -> None:
        """Forget what failed, so that it is tried again."""
        self._kept = {claim: kept for claim, kept in self._kept.items() if isinstance(kept, Loaded)}


def _contested(claim: Claim, rivals: list[Claim]) -> tuple[str, str]:
    others = [each.place for each in rivals if each != claim]
    return ("duplicate", f"claimed by {' and by '.join(others)} too") if others else ("ready", "")
