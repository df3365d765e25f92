"""What the suites share: which plugin is held to its promises, and examples drawn for it."""

from __future__ import annotations

from inspect import getattr_static
from typing import TYPE_CHECKING, Any, ClassVar

from sipukat._require import require

if TYPE_CHECKING:
    from collections.abc import Callable


def must(holds: object, said: str) -> None:
    """Fail with a sentence that says what is wrong and what would be right.

    A statement would do the same, but not where Python runs with ``-O``.

    Raises
    ------
    AssertionError
        Unless it holds.

    Examples
    --------
    >>> must(1 == 2, "1 is not 2")
    Traceback (most recent call last):
    AssertionError: 1 is not 2
    """
    if not holds:
        raise AssertionError(said)


def each_drawn(strategy: Any, body: Callable[[Any], None], *, examples: int, shrink: bool = True) -> None:
    """Call `body` with examples of a strategy, the same each time.

    Parameters
    ----------
    strategy
        A strategy of Hypothesis.
    body
        Raises where an example does not hold.
    examples
        How many.
    shrink
        Whether a failing one is made small, which takes long where examples are large.
    """
    require("hypothesis", extra="testing", purpose="holding a plugin to its promises")
    from hypothesis import HealthCheck, Phase, given, settings

    quiet = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )

    @quiet
    @given(strategy)
    def drawn(example: Any) -> None:
        body(example)

    drawn()


class Suite:
    """The base of the suites: a plugin by its name, or itself."""

    name: ClassVar[str] = ""
    """Its name in the registry, e.g. that of its entry point."""
    plugin: ClassVar[Any] = None
    """The object itself, where it is not installed."""
    examples: ClassVar[int] = 20
    """How many examples are drawn for each property."""

    def held(self, registry: Any) -> Any:
        """Return what is held to its promises: `plugin`, or what the registry has by `name`."""
        kind = registry.kind
        own = getattr_static(type(self), "plugin")  # a function would come back as a method of the suite
        if own is not None:
            return own
        must(self.name, f'{type(self).__name__} says of no {kind} what it is: set name = "…" or plugin = …')
        known = ", ".join(registry)
        must(
            self.name in registry,
            f"no {kind} is installed as {self.name!r}; install the package (pip install -e .) and see its"
            f" entry points. Installed: {known}",
        )
        return registry[self.name]
