import json
import re
from dataclasses import replace

import pytest

from teixit.citing import Cited, references
from teixit.citing.references import Reference

CITED = Cited("SELECT * {}", "0.1.0", "0123456789abcdef", "2026-11-28", "ab" * 32)
SAID = Reference(
    CITED, "https://a.example", "Què?", "Teixit", "A & B", "2026-11-22", "ca", "urn:licence"
)
#: What people who mean no good put into a title.
HOSTILE = '} \\input{x}\r\n, author = "$%#_^~@misc{y,\u202e\x00\u2028'


def test_bibtex_says_what_is_needed() -> None:
    lines = SAID.bibtex().splitlines()
    assert lines[0] == "@misc{teixit-abababababab,"
    assert "  author = {{Teixit}}," in lines
    assert "  title = {{Què?}}," in lines
    assert r"  howpublished = {A \& B}," in lines
    assert "  year = {2026}," in lines
    assert "  month = {11}," in lines
    assert f"  url = {{https://a.example{CITED.address}}}," in lines
    assert lines[-1] == "}"


def test_what_is_hostile_is_printed_and_does_nothing() -> None:
    text = replace(SAID, title=HOSTILE).bibtex()
    assert len(text.splitlines()) == len(SAID.bibtex().splitlines())
    title = next(line for line in text.splitlines() if line.startswith("  title"))
    plain = re.sub(r"\\[{}]", "", title)
    assert plain.count("{") == plain.count("}")
    assert r"\textbackslash{}input\{x\}" in title
    assert r"\$\%\#\_\textasciicircum{}\textasciitilde{}{@}misc" in title
    assert "\u202e" not in title
    assert "\x00" not in title


@pytest.mark.parametrize("title", ["Què?", HOSTILE])
def test_csl_is_json(title: str) -> None:
    (item,) = json.loads(replace(SAID, title=title).csl())
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 28]]}
    assert item["URL"] == SAID.address
    assert item["note"] == f"SHA-256 {'ab' * 32}, data 0123456789abcdef"
    assert item["license"] == "urn:licence"
    assert item["title"].isprintable()


def test_what_is_not_known_is_not_said() -> None:
    said = replace(SAID, licence=None, cited=replace(CITED, data=""))
    (item,) = json.loads(said.csl())
    assert "license" not in item
    assert item["note"] == f"SHA-256 {'ab' * 32}"


def test_a_query_may_have_a_title_of_its_own() -> None:
    query = "#+ title@ca: Què?\n#+ title@en: What?\nSELECT * {}"
    assert references.title_of(query, "ca") == "Què?"
    assert references.title_of(query, "es") is None
    assert len(references.title_of(f"#+ title@en: {'x' * 999}", "en") or "") == 300
