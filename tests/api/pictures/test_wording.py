import pytest

from teixit.pictures.wording import Words


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234567, "1 234 567"),
        (2.5, "2,5"),
        (-0.1234, "-0,123"),
        (0.00012, "0,00012"),
        (1e15, "1e+15"),
    ],
)
def test_numbers_are_written_as_readers_write_them(
    words: Words, value: float, written: str
) -> None:
    assert words.number(value) == written
