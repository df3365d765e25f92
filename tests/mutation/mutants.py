"""The mutants of one file: mutmut's mutations, less those of words that only people read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators

CAUTION = {"strict", "encoding", "stacklevel"}
"""Arguments that guard against what never happens here, or differ on other machines only."""
SAYING = {"must_be", "require"}
"""Functions whose arguments of text are read by people, in messages."""
WORDS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: where it is, what the line was and becomes, and the whole file with it."""

    file: str
    lineno: int
    line: str
    becomes: str
    source: str
    mutated: str

    @property
    def key(self):
        return self.file, self.line, self.becomes


class Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self):
        self.found = []

    def on_visit(self, node):
        if self.left_alone(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                # one change of a text will do: a tail more; its letters raised or lowered add nothing
                changed = list(operator(node))[: 1 if isinstance(node, cst.BaseString) else None]
                self.found += [(node, new) for new in changed if not self.only_words(node, new)]
        return True

    def left_alone(self, node):  # noqa: PLR0911  a list of cases
        parent = self.get_metadata(ParentNodeProvider, node, None)
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom | cst.ImportAlias):
            return True
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
            return True  # a docstring
        if (
            isinstance(node, cst.If)
            and isinstance(node.test, cst.Name)
            and node.test.value == "TYPE_CHECKING"
        ):
            return True
        if isinstance(node, cst.Arg) and node.keyword and node.keyword.value in CAUTION:
            return True
        if isinstance(node, cst.AnnAssign) and _name(node.annotation.annotation) == "TypeAlias":
            return True
        if isinstance(node, cst.Assign) and _is_declaration(node):
            return True
        if isinstance(node, cst.AnnAssign | cst.Assign) and isinstance(parent, cst.SimpleStatementLine):
            block = self.get_metadata(ParentNodeProvider, parent)
            # fields of a record: made once, when its class is
            return isinstance(self.get_metadata(ParentNodeProvider, block, None), cst.ClassDef)
        return isinstance(node, WORDS) and self.in_message(node)

    def in_message(self, node):
        while node is not None and not isinstance(node, cst.BaseSmallStatement | cst.BaseCompoundStatement):
            if isinstance(node, cst.Call) and _name(node.func) in SAYING:
                return True
            node = self.get_metadata(ParentNodeProvider, node, None)
        return isinstance(node, cst.Raise)

    def only_words(self, node, new):
        if not isinstance(node, cst.Call):
            return False
        gone = [arg for arg in node.args if not any(arg is kept for kept in new.args)]
        cautious = any(arg.keyword and arg.keyword.value in CAUTION for arg in gone)
        said = self.in_message(node) and any(isinstance(arg.value, WORDS) for arg in gone)
        casts = _name(node.func) in {"cast", "TypeVar", "isinstance", "len"}
        return cautious or said or casts


def _is_declaration(node):
    """Say whether an assignment names a type, or what a module exports."""
    made = getattr(node.value, "func", None) or getattr(node.value, "value", None)
    return _name(node.targets[0].target) == "__all__" or _name(made) in {"Literal", "Annotated", "TypeVar"}


def _name(node):
    return node.value if isinstance(node, cst.Name) else None


def mutants(file, root, wanted=None):
    """Return a function per mutant of a file that makes it, since changing a tree takes its time.

    With `wanted`, only of statements that have one of these lines.
    """
    source = Path(root, file).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = Visitor()
    module = wrapper.visit(visitor)
    places = wrapper.resolve(PositionProvider)
    lines = [line.strip() for line in source.splitlines()]
    return [
        partial(_made, file, source, module, places[old].start.line, old, new)
        for old, new in visitor.found
        if wanted is None or wanted.intersection(lines[places[old].start.line - 1 : places[old].end.line])
    ]


def _made(file, source, module, lineno, old, new):
    mutated = module.deep_replace(old, new).code
    try:
        ast.parse(mutated)
    except SyntaxError:
        return None
    pairs = zip(source.splitlines(), [*mutated.splitlines(), ""], strict=False)
    before, after = next(((a, b) for a, b in pairs if a != b), ("", ""))
    if not before and not after:
        return None
    return Mutant(
        file=file, lineno=lineno, line=before.strip(), becomes=after.strip(), source=source, mutated=mutated
    )


def reach(mutant, lines):
    """Return the lines of the statement that was changed; of a constant, those that read it.

    None where no function of the file reads the constant: other files may.
    """
    tree = ast.parse(mutant.source)
    inner = [
        s for s in ast.walk(tree) if isinstance(s, ast.stmt) and s.lineno <= mutant.lineno <= s.end_lineno
    ]
    statement = inner[-1]
    if statement in tree.body and isinstance(statement, ast.Assign | ast.AnnAssign):
        names = {
            n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        read = {n.lineno for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in names}
        return read if any(lines.get(line) for line in read) else None
    if isinstance(statement, ast.FunctionDef):
        return range(statement.body[0].lineno, statement.end_lineno + 1)
    body = getattr(statement, "body", None)
    return range(statement.lineno, (body[0].lineno if body else statement.end_lineno + 1))
