"""No text makes a pattern run for ever: each is tried on strings made of its own letters."""

from __future__ import annotations

import json

import pytest

LENGTH = 20_000
SECONDS = 2  # of the processor; what grows with the square of such a text takes more, with its cube for ever
WORK = r"""
import ast, importlib, inspect, json, pkgutil, re, re._parser as parser, signal, sys, time

compiled, real = {}, re.compile

def remembered(pattern, flags=0):
    made = real(pattern, flags)
    module = sys._getframe(1).f_globals.get("__name__", "")
    if module.startswith("sipukat"):
        compiled.setdefault(id(made), (module, made, ("search",)))
    return made

re.compile = remembered
import sipukat

def of_library():
    trees = {}
    for found in pkgutil.walk_packages(sipukat.__path__, "sipukat."):
        if not found.name.endswith("__main__"):
            trees[found.name] = ast.parse(inspect.getsource(importlib.import_module(found.name)))
    anchored = {}  # names of patterns to the ways in which they are asked
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            way, owner = node.func.attr, node.func.value
            if way not in {"match", "search", "sub", "split", "findall", "fullmatch", "finditer", "subn"}:
                continue
            way = way if way in {"match", "fullmatch"} else "search"
            if isinstance(owner, ast.Name) and owner.id == "re" and node.args:
                if isinstance(node.args[0], ast.Constant):
                    made = real(node.args[0].value)
                    compiled[module, node.lineno] = (module, made, (way,))
            elif isinstance(owner, ast.Name):
                anchored.setdefault((module, owner.id), set()).add(way)
    for (module, name), ways in anchored.items():
        made = getattr(sys.modules[module], name, None)
        if isinstance(made, re.Pattern) and id(made) in compiled:
            compiled[id(made)] = (module, made, tuple(sorted(ways)))
    return list(compiled.values())

def letters(tree):
    for op, what in tree:
        match str(op):
            case "LITERAL" | "NOT_LITERAL":
                yield chr(what)
            case "IN":
                yield from letters(what)
            case "RANGE":
                yield chr(what[0])
            case "CATEGORY":
                yield {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "0"}.get(str(what), "a")
            case "SUBPATTERN":
                yield from letters(what[3])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield from letters(what[2])
            case "BRANCH":
                for branch in what[1]:
                    yield from letters(branch)
            case "ASSERT" | "ASSERT_NOT":
                yield from letters(what[1])
            case "ATOMIC_GROUP":
                yield from letters(what)

def attacks(made):
    text = made.pattern if isinstance(made.pattern, str) else made.pattern.decode("latin-1")
    words = list(dict.fromkeys(re.findall(r"[A-Za-z]{2,12}", re.sub(r"\\.", " ", text))))
    units = sorted(set(letters(parser.parse(made.pattern, made.flags))) | set("a 0."))[:30]
    units += [*words[:8], "a ", "0.", "0 ", "a.", "1,", "( ", "<a ", 'a"']
    for unit in units:
        yield (unit * (LENGTH // len(unit))) + "!\n\0"
    for word in words[:4]:
        for letter in " a0(":
            yield word + letter * LENGTH + "!"

class Slow(BaseException):
    pass

def stop(*_):
    raise Slow

signal.signal(signal.SIGVTALRM, stop)
patterns, slow = of_library(), []
for module, made, ways in patterns:
    for text in attacks(made):
        if isinstance(made.pattern, bytes):
            text = text.encode("latin-1", "replace")
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            for way in ways:
                getattr(made, way)(text)
        except Slow:
            slow.append([module, repr(made.pattern)[:200], repr(text[:20])])
            break
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
print(json.dumps({"patterns": len(patterns), "slow": slow}))
"""


@pytest.fixture(scope="module")
def said(bounded_child, tmp_path_factory):
    work = f"LENGTH, SECONDS = {LENGTH}, {SECONDS}\n{WORK}"
    done = bounded_child(work, folder=tmp_path_factory.mktemp("pola"), imports="import pandas")
    return json.loads(done.fine().splitlines()[-1])


def test_every_pattern_of_the_library_is_found(said):
    assert said["patterns"] > 200


def test_no_pattern_takes_for_ever_on_a_text_of_twenty_thousand_letters(said):
    assert not said["slow"]
