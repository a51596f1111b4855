"""The budgets of the house: a reader finds a thing by its name, and reads it in one look."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest

import teixit
from teixit import paths

PACKAGE = Path(teixit.__file__).parent
MODULES = sorted(file for file in PACKAGE.rglob("*.py") if "ontology" not in file.parts)
KNOWLEDGE = sorted([*paths.ONTOLOGY.rglob("*.ttl"), *paths.SHAPES.rglob("*.ttl")])
QUERIES = sorted([*paths.ONTOLOGY.rglob("*.rq"), *paths.QUERIES.rglob("*.rq")])

NOT_A_SUBJECT = {"utils", "helpers", "common", "core", "base", "manager", "service", "impl"}
SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|ASK|PREFIX)\b.*[{<]", re.DOTALL)


def named(file: Path) -> str:
    return file.relative_to(file.parents[1]).as_posix()


def functions() -> Iterator[tuple[str, int]]:
    """Each function and its length in lines, the docstring left out."""
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                docstring = ast.get_docstring(node) is not None
                told = (first.end_lineno or 0) - first.lineno + 1 if docstring else 0
                yield (
                    f"{file.parent.name}/{file.name}:{node.lineno} {node.name}",
                    (node.end_lineno or 0) - node.lineno + 1 - told,
                )


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert quantiles(lengths.values(), n=10)[-1] <= 20
    assert {name: length for name, length in lengths.items() if length > 40} == {}


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_a_module_has_one_subject_and_its_name(file: Path) -> None:
    assert file.stem not in NOT_A_SUBJECT
    assert len(file.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", KNOWLEDGE, ids=named)
def test_a_module_of_knowledge_is_short(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("file", QUERIES, ids=named)
def test_a_query_is_short(file: Path) -> None:
    asked = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#+")]
    assert len(asked) <= 40


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_queries_are_files_and_never_strings(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [text for text in strings - docstrings if SPARQL.search(text)] == []


def test_the_web_process_is_light() -> None:
    """What computes, draws and validates is loaded when it is needed, if at all."""
    heavy = [
        "markdown_it",
        "networkx",
        "numpy",
        "pyshacl",
        "rdflib",
        "shapely",
        "SPARQLWrapper",
        "xlsxwriter",
    ]
    program = f"import sys, teixit.web; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_worker_that_waits_is_light() -> None:
    """What writes files and draws is loaded by a worker that is asked for it, and by no other."""
    heavy = ["networkx", "numpy", "pyarrow", "shapely", "xlsxwriter", "teixit.pictures"]
    loaded = f"print([name for name in {heavy} if name in sys.modules])"
    program = f"import sys, teixit.workers.worker; {loaded}"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
