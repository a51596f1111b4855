from teixit.citing import comparing
from teixit.citing.comparing import compare

BEFORE = b'?a\t?b\n1\t<urn:a>\n1\t<urn:a>\n2\t\n"x"@ca\t_:c\n'
AFTER = b"?a\t?b\n1\t<urn:a>\n2\t\n3\t<urn:b>\n"


def test_rows_are_compared_as_often_as_they_are_there() -> None:
    found = compare(BEFORE, AFTER, tables=True)
    assert (found.more, found.fewer) == (1, 2)
    assert found.added == [b"3\t<urn:b>"]
    assert sorted(found.removed) == [b'"x"@ca\t_:c', b"1\t<urn:a>"]
    told = found.told(found.added)
    assert told["head"]["vars"] == ["a", "b"]
    assert told["results"]["bindings"][0]["b"] == {"type": "uri", "value": "urn:b"}
    same = compare(BEFORE, BEFORE, tables=True)
    assert (same.more, same.fewer, same.added) == (0, 0, [])


def test_other_answers_are_compared_line_by_line() -> None:
    found = compare(b"true\n", b"false\n", tables=False)
    assert found.told(found.added) == ["false"]
    assert found.told(found.removed) == ["true"]


def test_only_the_first_are_told() -> None:
    many = b"".join(b"%d\n" % number for number in range(comparing.MOST + 5))
    found = compare(b"", many, tables=False)
    assert (len(found.added), found.more) == (comparing.MOST, comparing.MOST + 5)
