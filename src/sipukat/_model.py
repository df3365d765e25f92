"""The one base of all records: frozen, and refusing what it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sipukat._validation import refused
from sipukat.errors import ArgumentTypeError

if TYPE_CHECKING:
    # what type checkers read stays pydantic's own, so that they still know each field
    from pydantic._internal._model_construction import ModelMetaclass as _RecordType
else:

    class _RecordType(type(BaseModel)):
        """Says in one sentence what is wrong with the arguments of a record that somebody makes.

        Only a call comes by here: `model_validate`, by which files are read, still raises
        pydantic's error, whose places the readers of files name in their own way.
        """

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            if args:
                raise ArgumentTypeError(
                    f"{cls.__name__} takes its fields by name, e.g. {next(iter(cls.model_fields))}="
                )
            try:
                return super().__call__(*args, **kwargs)
            except ValidationError as failure:
                raise refused(failure, cls) from None


class Record(BaseModel, metaclass=_RecordType):
    """A frozen record that refuses unknown fields.

    Raises
    ------
    ArgumentError
        If a field is missing, unknown, or of another kind or range.

    Examples
    --------
    >>> class Titik(Record):
    ...     x: int
    >>> Titik(x=1)
    Titik(x=1)
    >>> Titik(y=1)
    Traceback (most recent call last):
        ...
    sipukat.errors.ArgumentError: Titik, y: unknown key 'y'; expected x
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
