"""Putting a mutant into a library that is already imported."""

from __future__ import annotations

import ast
import functools
import gc
import sys
import types
from collections import defaultdict
from pathlib import Path

_A_FUNCTION = 0x1  # CO_OPTIMIZED: the code of a function, not that of the body of a class


def living():
    """Return every function there is, by the place of its code, and every function that remembers."""
    found, caches = defaultdict(list), []
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType):
            found[_place(one.__code__)].append(one)
        elif isinstance(one, functools._lru_cache_wrapper):
            caches.append(one)
    return found, caches


def put_in(mutant, functions, caches):
    """Change the living functions and constants as the mutant has them; tell whether any changed."""
    forget(caches, room_of(mutant.file))
    path = _module(mutant).__file__
    pairs = zip(_functions(mutant.source, path), _functions(mutant.mutated, path), strict=True)
    swapped = False
    for place, new in {_place(old): new for old, new in pairs if old != new}.items():
        for function in functions.get(place, ()):
            if len(new.co_freevars) == len(function.__code__.co_freevars):
                function.__code__ = new
                swapped = True
    made = _constants(mutant)  # a shorter constant moves the functions below it, too
    return swapped or made or _defaults(mutant, functions)


def room_of(file):
    """Return the room of a file, as the beginning of the names of its modules."""
    return ".".join(Path(file).parts[1:3])


def forget(caches, room):
    """Clear what the functions of a room remember: who asks again does the work again."""
    for cache in caches:
        if str(cache.__module__).startswith(room):
            cache.cache_clear()


def _module(mutant):
    return sys.modules[".".join(Path(mutant.file).with_suffix("").parts[1:]).removesuffix(".__init__")]


def _place(code):
    return code.co_filename, code.co_firstlineno, code.co_qualname


def _functions(source, path):
    """Return the code of every function and method, from top to bottom, without those inside them."""
    todo, found = [compile(source, path, "exec", dont_inherit=True)], []
    while todo:
        for inner in todo.pop().co_consts:
            if isinstance(inner, types.CodeType):
                (found if inner.co_flags & _A_FUNCTION else todo).append(inner)
    return found


def _constants(mutant):
    """Make the changed constant again, and what was made from it, wherever it was imported."""
    old, new = ast.parse(mutant.source).body, ast.parse(mutant.mutated).body
    changed = {id(b) for a, b in zip(old, new, strict=True) if _is_constant(b) and ast.dump(a) != ast.dump(b)}
    todo = [(_module(mutant), new, lambda one: id(one) in changed)]
    while todo:
        module, body, concerned = todo.pop()
        scratch, made = dict(vars(module)), set()
        for statement in body:
            if _is_constant(statement) and (concerned(statement) or _names(statement, ast.Load) & made):
                exec(compile(ast.Module([statement], []), module.__file__, "exec"), scratch)  # noqa: S102  the library's own source
                made |= _names(statement, ast.Store)
        for name in made:
            before = vars(module)[name]
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name, scratch) is before:
                    other.__dict__[name] = scratch[name]
                    if other is not module and other.__name__.startswith("sipukat."):
                        body = ast.parse(Path(other.__file__).read_text(encoding="utf-8")).body
                        todo.append((other, body, lambda one, name=name: name in _names(one, ast.Load)))
    return bool(changed)


def _is_constant(statement):
    return isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None


def _names(statement, context):
    found = (n for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, context))
    return {name.id for name in found}


def _defaults(mutant, functions):
    """Give the living function the changed defaults of its parameters."""
    module = _module(mutant)
    olds, news = ast.walk(ast.parse(mutant.source)), ast.walk(ast.parse(mutant.mutated))
    for old, new in zip(olds, news, strict=False):
        if isinstance(new, ast.FunctionDef) and ast.dump(old.args) != ast.dump(new.args):
            new.decorator_list = []
            scratch = dict(vars(module))
            exec(compile(ast.Module([new], []), mutant.file, "exec"), scratch)  # noqa: S102  the library's own source
            first = min(node.lineno for node in (old, *old.decorator_list))
            for (file, lineno, _), found in functions.items():
                for one in found if (file, lineno) == (module.__file__, first) else ():
                    one.__defaults__ = scratch[new.name].__defaults__
                    one.__kwdefaults__ = scratch[new.name].__kwdefaults__
                    return True
    return False
