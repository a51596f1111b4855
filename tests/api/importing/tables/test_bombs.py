"""Files made to do harm are refused soon, in little memory, with the reason in three languages.

All are made here. The promise is 5 seconds on a machine at rest; the tests are more patient.
"""

import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import packing
import pytest

from teixit.errors import FileRefusedError
from teixit.importing.tables import archives, markup, texts
from teixit.importing.tables.reading import read
from teixit.languages import LANGUAGES

MEBIBYTE = 1 << 20
PATIENCE = 15

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
SHEET = packing.rows(["Nom"], ["x"])
Make = Callable[[Path], Path]


def huge_cell(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsx", packing.rows(["A" * (50 * MEBIBYTE)]))


def huge_in_all(folder: Path) -> Path:
    parts = {f"xl/media/{n}": bytes(70 * MEBIBYTE) for n in range(3)}
    return packing.excel(folder / "a.xlsx", SHEET, parts)


def many_parts(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsx", SHEET, {f"xl/{n}": "" for n in range(archives.ENTRIES)})


def long_cell(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsx", packing.rows(["Nom"], ["x" * 32_768]))


def long_shared_text(folder: Path) -> Path:
    text = f'<sst xmlns="{packing.MAIN}"><si><t>a</t></si><si><t>{"x" * 40_000}</t></si></sst>'
    return packing.excel(folder / "a.xlsx", SHEET, {"xl/sharedStrings.xml": text})


def long_cell_of_open_document(folder: Path) -> Path:
    return packing.open_document(folder / "a.ods", packing.row(packing.cell("x" * 32_768)))


def far_cell(folder: Path) -> Path:
    sheet = f'<sheetData><row r="1048576">{packing.inline("XFD1048576", "x")}</row></sheetData>'
    return packing.excel(folder / "a.xlsx", sheet)


def far_cell_of_open_document(folder: Path) -> Path:
    rows = packing.row(more='table:number-rows-repeated="1048575"') + packing.row(packing.cell("x"))
    return packing.open_document(folder / "a.ods", rows)


def repeated_cell(folder: Path) -> Path:
    cell = packing.cell("x", 'table:number-columns-repeated="16384"')
    return packing.open_document(folder / "a.ods", packing.row(cell))


def laughs(folder: Path) -> Path:
    sheet = f"{LAUGHS}<worksheet xmlns='{packing.MAIN}'>&l9;</worksheet>"
    return packing.excel(folder / "a.xlsx", "", {"xl/worksheets/sheet1.xml": sheet})


def laughs_in_shared_texts(folder: Path) -> Path:
    texts_ = f"{LAUGHS}<sst xmlns='{packing.MAIN}'><si><t>&l9;</t></si></sst>"
    return packing.excel(folder / "a.xlsx", SHEET, {"xl/sharedStrings.xml": texts_})


def laughs_in_open_document(folder: Path) -> Path:
    return packing.open_document(folder / "a.ods", packing.row(packing.cell("&l9;")), before=LAUGHS)


def external_entity(folder: Path) -> Path:
    before = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return packing.open_document(folder / "a.ods", packing.row(packing.cell("&e;")), before=before)


def nested(folder: Path) -> Path:
    deep = 100_000
    return packing.excel(folder / "a.xlsx", "<x>" * deep + "</x>" * deep)


def macros(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsx", SHEET, {"xl/vbaProject.bin": b"\0"})


def macros_by_name(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsm", SHEET)


def macros_of_open_document(folder: Path) -> Path:
    parts = {"Basic/Standard/Module1.xml": "<x/>"}
    return packing.open_document(folder / "a.ods", packing.row(packing.cell("x")), parts)


def locked(folder: Path) -> Path:
    file = packing.excel(folder / "a.xlsx", SHEET)
    content = bytearray(file.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    file.write_bytes(content)
    return file


def written(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        file = folder / name
        file.write_bytes(content)
        return file

    return make


def cut_off(folder: Path) -> Path:
    file = packing.excel(folder / "a.xlsx", SHEET)
    file.write_bytes(file.read_bytes()[:-30])
    return file


def wrong_sum(folder: Path) -> Path:
    """The directory says that the sheet is short, and it is not."""
    file = packing.excel(folder / "a.xlsx", packing.rows(["x" * 1000]))
    content = bytearray(file.read_bytes())
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46  # its entry in the directory
    struct.pack_into("<I", content, at + 24, 40)
    file.write_bytes(content)
    return file


def no_sheet(folder: Path) -> Path:
    return packing.packed(folder / "a.xlsx", {"xl/other.xml": "<x/>"})


def empty_workbook(folder: Path) -> Path:
    return packing.excel(folder / "a.xlsx", "", {"xl/workbook.xml": "<workbook/>"})


REFUSED: dict[str, tuple[Make, str]] = {
    "huge cell": (huge_cell, "ratio"),
    "huge in all": (huge_in_all, "size"),
    "many parts": (many_parts, "entries"),
    "long cell": (long_cell, "cell"),
    "long shared text": (long_shared_text, "cell"),
    "long cell of OpenDocument": (long_cell_of_open_document, "cell"),
    "far cell": (far_cell, "far"),
    "far cell of OpenDocument": (far_cell_of_open_document, "far"),
    "repeated cell": (repeated_cell, "far"),
    "laughs": (laughs, "doctype"),
    "laughs in shared texts": (laughs_in_shared_texts, "doctype"),
    "laughs in OpenDocument": (laughs_in_open_document, "doctype"),
    "external entity": (external_entity, "doctype"),
    "nested": (nested, "nesting"),
    "macros": (macros, "macros"),
    "macros by name": (macros_by_name, "macros"),
    "macros of OpenDocument": (macros_of_open_document, "macros"),
    "locked": (locked, "locked"),
    "locked whole": (written("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "locked"),
    "old workbook": (written("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "format"),
    "old workbook as another": (written("a.ods", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "format"),
    "cut off": (cut_off, "damaged"),
    "wrong sum": (wrong_sum, "damaged"),
    "no workbook": (written("a.xlsx", b"Nom;Web\n"), "damaged"),
    "empty": (written("a.ods", b""), "damaged"),
    "no sheet": (no_sheet, "damaged"),
    "workbook as text": (written("a.csv", b"PK\x03\x04"), "format"),
    "long text": (written("a.csv", b"x" * (texts.SIZE + 1)), "size"),
    "long cell of text": (written("a.csv", b"Nom,Web\n" + b"x" * 40_000 + b",y\n"), "cell"),
    "quotation without end": (written("a.csv", b'Nom,Web\n"x,y\nz,t\n'), "quotes"),
    "broad text": (written("a.csv", b"," * 1000), "far"),
    "deep text": (written("a.csv", b"x,y\n" * (markup.ROWS + 1)), "far"),
    "no letters": (written("a.csv", b"Nom,Web\n\x81\x8d,\xff\n"), "encoding"),
    "half a letter": (written("a.csv", b"\xff\xfeN\0o"), "encoding"),
    "picture": (written("a.png", b"\x89PNG"), "format"),
    "laughs in RDF": (written("a.rdf", LAUGHS.encode()), "rdf"),
    "nested JSON": (written("a.jsonld", b'{"a":' * 10_000), "rdf"),
    "missing": (lambda folder: folder / "a.csv", "missing"),
}


#: Reads the files that it is told, so that the children whose memory it sees are theirs alone.
READER = """
import json, resource, sys
from pathlib import Path
from teixit.errors import FileRefusedError
from teixit.importing.tables.reading import read
for line in sys.stdin:
    told, found = [], {}
    try:
        found["rows"] = read(Path(line.rstrip()), told.append).sheets[0].count
    except FileRefusedError as error:
        found |= {"reason": error.reason, "texts": dict(error.texts), "line": str(error)}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps(found | {"told": told, "peak": peak}), flush=True)
"""
Read = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def apart() -> Iterator[Read]:
    """Read a file in another process: what was told, and the memory in MB at most until now."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", READER], **pipes) as reader:

        def ask(file: Path) -> dict[str, Any]:
            print(file, file=reader.stdin, flush=True)
            return json.loads(reader.stdout.readline())

        yield ask
        reader.stdin.close()


def refusal(file: Path) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as told:
        read(file)
    return told.value


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused_soon_and_in_little_memory(
    name: str, tmp_path: Path, apart: Read
) -> None:
    make, reason = REFUSED[name]
    file = make(tmp_path)
    begun = time.monotonic()
    found = apart(file)
    assert time.monotonic() - begun < PATIENCE
    assert found["reason"] == reason
    assert found["peak"] < 512
    assert set(found["texts"]) == set(LANGUAGES)
    assert len(set(found["texts"].values())) == len(LANGUAGES)
    assert all(text.startswith(file.name) for text in found["texts"].values())
    assert "\n" not in found["line"]
    assert str(tmp_path) not in found["line"]


def test_a_refusal_says_where(tmp_path: Path) -> None:
    assert "Full!XFD1048576" in str(refusal(far_cell(tmp_path)))
    assert "Full!A2" in str(refusal(long_cell(tmp_path)))
    assert "row 3" in str(refusal(written("a.csv", b'a,b\nc,d\n"x"y,z\n')(tmp_path)))


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def test_nothing_is_fetched(listener: socket.socket, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    content = f'{{"@context": "{address}", "@id": "x"}}'.encode()
    assert refusal(written("a.jsonld", content)(tmp_path)).reason == "rdf"
    before = f'<!DOCTYPE x SYSTEM "{address}">'
    file = packing.open_document(tmp_path / "a.ods", packing.row(packing.cell("x")), before=before)
    assert refusal(file).reason == "doctype"
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_long_workbook_is_read_and_tells_how_far_it_is(tmp_path: Path, apart: Read) -> None:
    count = 100_000
    said = [["Nom", "Districte"]]
    said += [[f"Projecte {number} {number * 7919 % 104729}", "3"] for number in range(count)]
    found = apart(packing.excel(tmp_path / "a.xlsx", packing.rows(*said)))
    assert found["rows"] == count + 1
    assert len(set(found["told"])) > 100
    assert found["told"] == sorted(found["told"])
    assert found["peak"] < 512
