import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teixit import tokens

#: What queries are made of, and what comes near it.
PIECES = st.sampled_from(
    [*"<>\"'#\\(){}[]?$:@.^|&!=+-*/~%,; \n\tax1é_", '"""', "'''", "<<", "a:b", "\\u0041", "<a>"]
)
#: Begins of what could go on for long, and so could be looked at again and again.
UNENDING = [
    *('"""', '"""\\', '\\"""\n', '"\\', "'''", "<", "<<", "<\\u0041", "a.", "a-", "a.-", "x:a."),
    *(
        "..",
        "@a-",
        "1e",
        "?",
        "#",
        " ",
        "_:a.",
        "true-",
        "é",
        "a:%",
        "[",
        "^",
        '""',
        'x:\\"',
        '""""',
    ),
    *("'\\u00", "\r", "-", "x:", "+.", "1."),
]


def words(text: str) -> list[str]:
    return tokens.scan(text).words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?x{?x a $y}", ["SELECT", "?x", "{", "?x", "a", "$y", "}"]),
        ("ASK # no { }\n{ } # end", ["ASK", "{", "}"]),
        ("<http://a/#b><c d>", ["<http://a/#b>", "<", "c", "d", ">"]),
        (r"<\u00e0b>", [r"<\u00e0b>"]),
        ("x:a.b. :c%2Fd :e\\#f. x: : .", ["x:a.b", ".", ":c%2Fd", ":e\\#f", ".", "x:", ":", "."]),
        ("a.b-c:d _:a.b. _:c:d", ["a.b-c:d", "_:a.b", ".", "_:c", ":d"]),
        ("x:-1 true-x:a falsex:a", ["x:", "-", "1", "true", "-", "x:a", "falsex:a"]),
        (
            """'a' "b\\"" '''c'd''' \"\"\"e"f\ng\"\"\" "h"@ca-ES "i"^^x:j""",
            [
                *("'a'", '"b\\""', "'''c'd'''", '"""e"f\ng"""'),
                *('"h"', "@ca-ES", '"i"', "^^", "x:j"),
            ],
        ),
        ("1 .5 1.5e-3 1.e5 +2 1SERVICE", ["1", ".5", "1.5e-3", "1.e5", "+", "2", "1", "SERVICE"]),
        ("1<= 2>=3!=4||5&&6", ["1", "<=", "2", ">=", "3", "!=", "4", "||", "5", "&&", "6"]),
        ("<<(?a :b 1)>>", ["<<", "(", "?a", ":b", "1", ")", ">>"]),
        ("'no end\nASK {}", ["'no end\nASK {}"]),
        ("'''no \\q end''' ASK {}", ["'''no \\q end''' ASK {}"]),
        (r"'\uD800' x", [r"'\uD800' x"]),
        ("?s :p?o :q? ? $", ["?s", ":p", "?o", ":q", "?", "?", "$"]),
        ("", []),
        (" # nothing", []),
    ],
)
def test_a_text_is_read_token_by_token(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.lists(PIECES).map("".join) | st.text())
def test_any_text_has_tokens(text: str) -> None:
    scanned = tokens.scan(text)
    assert len(scanned.starts) == len(scanned.words) == len(scanned.partners)
    for start, word in zip(scanned.starts, scanned.words, strict=True):
        assert text.startswith(word, start)
    for index, partner in enumerate(scanned.partners):
        assert partner == -1 or scanned.partners[partner] == index
    assert scanned.prologue
    for word in scanned.words:
        assert isinstance(scanned.iri(word, "http://a/"), str)
        assert tokens.is_operand(word) in {True, False}


@pytest.mark.parametrize("piece", [*UNENDING, *(f"{piece}\n" for piece in UNENDING)])
def test_the_longest_text_is_read_at_once(piece: str) -> None:
    text = piece * (262_144 // len(piece))
    begun = time.monotonic()
    assert words(text) is not None
    assert time.monotonic() - begun < 20  # what is read twice takes minutes


def test_brackets_are_matched() -> None:
    scanned = tokens.scan("{ ( [ << >> ] ) } ( ]")
    assert scanned.partners == [7, 6, 5, 4, 3, 2, 1, 0, -1, -1]


@pytest.mark.parametrize(
    ("prologue", "word", "iri"),
    [
        ("", "<b>", "http://base/b"),
        ("", "<urn:b>", "urn:b"),
        ("", "<>", "http://base/a"),
        ("", r"<\u0062>", "http://base/b"),
        ("", r"<\U00000062>", "http://base/b"),
        ("PREFIX x: <urn:x:> PREFIX : <urn:y:>", "x:b", "urn:x:b"),
        ("PREFIX x: <urn:x:> PREFIX : <urn:y:>", r":b\#c", "urn:y:b#c"),
        ("BASE <http://one/> BASE <two/> PREFIX x: <three/>", "x:b", "http://one/two/three/b"),
        ("VERSION '1.2' prefix x: <urn:x:>", "x:b", "urn:x:b"),
        ("BASE <http://[>", "<b>", "b"),
        ("PREFIX x: y", "x:b", "http://base/b"),
    ],
)
def test_names_are_resolved_by_the_prologue(prologue: str, word: str, iri: str) -> None:
    assert tokens.scan(f"{prologue} ASK {{ ?s ?p {word} }}").iri(word, "http://base/a") == iri


def test_the_place_of_a_token_is_counted_from_one() -> None:
    scanned = tokens.scan("ASK\n { }")
    assert [scanned.place(index) for index in range(3)] == [(1, 1), (2, 2), (2, 4)]
    assert scanned.end(0) == 3


@pytest.mark.parametrize(
    ("test", "right", "wrong"),
    [
        (tokens.is_iri, ("<>", "<a>"), ("<", ">", "<<", "a:b")),
        (tokens.is_variable, ("?a", "$1"), ("?", "a")),
        (tokens.is_name, (":", "a:b", "a:"), ("_:a", "<a:b>", '"a:b"', "a")),
        (tokens.is_string, ("''", '"""a"""'), ("'a", "a", "'''a'")),
        (tokens.is_operand, ("?a", "1", "'a'", "<a>", "a:b", "TRUE", ")"), ("a", "(", "<<", "+")),
    ],
)
def test_kinds_are_told_apart(test, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    assert [*map(test, right)] == [True] * len(right)
    assert [*map(test, wrong)] == [False] * len(wrong)
