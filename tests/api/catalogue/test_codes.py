import pytest

from teixit.catalogue import codes


def test_a_code_that_is_not_described_is_not_used() -> None:
    assert codes.code("at:licence/CC_BY_4_0").endswith("/authority/licence/CC_BY_4_0")
    with pytest.raises(KeyError):
        codes.code("at:licence/CC_BY_5_0")
