"""The texts of the form: the same in each language, all used, and all there."""

import re
import tomllib
from pathlib import Path

import pytest

from teixit import editing
from teixit.languages import LANGUAGES
from teixit.web import editing as pages
from teixit.web.editing import wording

FOLDER = Path(pages.__file__).parent
SOURCES = "".join(
    file.read_text("utf-8")
    for folder in (FOLDER, Path(editing.__file__).parent)
    for ending in ("*.py", "*.html")
    for file in folder.rglob(ending)
)
#: What begins the names of texts that are chosen by the state of a form.
BEGINNINGS = set(re.findall(r'"([a-z]+_)" ~', SOURCES)) | {"fault_", "new_", "refused_"}
GAP = re.compile(r"\{\w+\}")


def own(language: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / "messages" / f"{language}.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used_and_every_used_text_is_there(language: str) -> None:
    keys = own(language).keys()
    begun = tuple(BEGINNINGS)
    assert {key for key in keys if f'"{key}"' not in SOURCES and not key.startswith(begun)} == set()
    assert set(re.findall(r'\btext\("([^"]+)"[,)]', SOURCES)) <= wording.messages(language).keys()


def test_every_fault_has_its_text() -> None:
    named = set(re.findall(r'Fault\("(\w+)"\)', SOURCES)) | {"double", "nameless", "taken"}
    told = {key.removeprefix("fault_") for key in own("ca") if key.startswith("fault_")}
    assert named == told


def test_the_languages_have_the_same_texts_with_the_same_gaps() -> None:
    first, *others = (own(language) for language in LANGUAGES)
    for other in others:
        assert other.keys() == first.keys()
        for key, text in other.items():
            assert GAP.findall(text) == GAP.findall(first[key]), key
            assert text == text.strip() != ""
