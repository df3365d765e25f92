"""Write a result to a file: the whole new file, or the old one untouched."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sipukat._validation import kind_of, must_be
from sipukat._writing import replace_file
from sipukat.errors import PublishError
from sipukat.export import for_path, get
from sipukat.export.base import EXPORTERS
from sipukat.report import build
from sipukat.report.plugin_names import with_plugins

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.export import Exporter


def publish(
    obj: Any,
    path: str | PathLike[str],
    exporter: str | Exporter | None = None,
    *,
    lang: Lang = "id",
    template: str | PathLike[str] | None = None,
    **opts: Any,
) -> Path:
    """Make a report of a result and write it to a file, all of it or nothing.

    The file is made in full, written beside its place, and put there in one step: a
    reader, and a power failure, find the old file or the new one. An old file keeps its
    permissions; a symbolic link is refused, not followed and not replaced.

    Parameters
    ----------
    obj
        What `sipukat.report.build` takes, e.g. an `IkmResult`, or a `Document`.
    path
        Where to; its folder must exist.
    exporter
        Name of an exporter, or an exporter; by default that of the path's suffix.
    lang
        ``"id"`` or ``"en"``.
    template
        A file that lays the output out, for exporters that take one.
    **opts
        Options of the report.

    Raises
    ------
    UnknownNameError
        If no exporter has that name, or writes that suffix.
    PublishError
        If it could not be written, or the exporter takes no template.

    Examples
    --------
    >>> import datetime, tempfile
    >>> from sipukat.report import Document, Provenance
    >>> now = datetime.datetime(2026, 8, 17, tzinfo=datetime.timezone.utc)
    >>> document = Document(title="Hasil", blocks=(), provenance=Provenance(generated=now))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(publish(document, f"{folder}/hasil.json").name)
    hasil.json
    """
    must_be((str, PathLike), path, "path", "the path of the file to write")
    target = Path(path)
    chosen = _chosen(target, exporter)
    plugin = EXPORTERS.source_of(chosen)
    if template is not None:
        chosen = _filled(chosen, target, template)
    content = chosen(with_plugins(build(obj, lang=lang, **opts), plugin))
    if not isinstance(content, bytes):
        raise PublishError(str(target), f"the exporter returned {kind_of(content)}, not bytes")
    replace_file(target, content)
    return target


def _chosen(target: Path, exporter: str | Exporter | None) -> Exporter:
    if exporter is None:
        return for_path(target)
    if isinstance(exporter, str):
        return get(exporter)
    must_be(Callable, exporter, "exporter", "the name of an exporter, or an exporter")  # type: ignore[arg-type]
    return exporter


def _filled(exporter: Exporter, target: Path, template: str | PathLike[str]) -> Exporter:
    take = getattr(exporter, "with_template", None)
    if take is None:
        raise PublishError(
            str(target), f"the exporter for {exporter.suffix} takes no template, got {template}"
        )
    filled: Exporter = take(Path(template))
    return filled
