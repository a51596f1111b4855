import re
from pathlib import Path

import pytest

from teixit import explorer, reasons, web
from teixit.languages import LANGUAGES
from teixit.web import texts

FOLDER = Path(web.__file__).parent
VIEWS = Path(explorer.__file__).parent
REASONS = Path(reasons.__file__).parent
SOURCES = "".join(
    file.read_text("utf-8")
    for folder in (FOLDER, VIEWS, REASONS)
    for ending in ("*.py", "*.html")
    for file in folder.rglob(ending)
    if not file.is_relative_to(FOLDER / "editing")  # which has texts of its own
)
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used_and_every_used_text_is_there(language: str) -> None:
    keys = texts.messages(language).keys()
    assert {key for key in keys if f'"{key}"' not in SOURCES} == set()
    assert set(re.findall(r'\btext\("([^"]+)"', SOURCES)) <= keys
    assert set(re.findall(r'"(problem\.[a-z_]+)"', SOURCES)) <= keys


def test_the_languages_have_the_same_texts_with_the_same_gaps() -> None:
    first, *others = (texts.messages(language) for language in LANGUAGES)
    for other in others:
        assert other.keys() == first.keys()
        for key, text in other.items():
            assert PLACEHOLDER.findall(text) == PLACEHOLDER.findall(first[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_ends_in_a_space(language: str) -> None:
    assert all(text and text == text.strip() for text in texts.messages(language).values())
