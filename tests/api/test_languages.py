import pytest

from teixit.languages import in_language


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"ca": "una", "en": "one", "es": "uno"}, "one"),
        ({"ca": "una", "es": "uno"}, "una"),
        ({"es": "uno"}, "uno"),
        ({"fr": "un"}, "un"),
    ],
)
def test_a_text_in_another_language_beats_none(texts: dict[str, str], expected: str) -> None:
    assert in_language(texts, "en") == expected
