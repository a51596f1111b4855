"""The examples of the library are run as they stand."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from teixit import library

MODULES = [
    "teixit.library",
    *(f"teixit.library.{one.name}" for one in pkgutil.iter_modules(library.__path__)),
]
#: Modules that only others of the library use, whose examples show these.
SHOWN_BY_OTHERS = {"teixit.library.frames", "teixit.library.tables", "teixit.library.things"}


def test_there_are_modules() -> None:
    files = {file.stem for file in Path(library.__file__).parent.glob("*.py")} - {"__init__"}
    assert {name.rpartition(".")[2] for name in MODULES[1:]} == files


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_say_what_is_so(name: str) -> None:
    done = doctest.testmod(importlib.import_module(name))
    assert done.failed == 0
    assert done.attempted > 0 or name in SHOWN_BY_OTHERS
