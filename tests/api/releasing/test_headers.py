import re
import shutil
from pathlib import Path

import pytest

from teixit import paths
from teixit.errors import KnowledgeError
from teixit.releasing import headers

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in headers.FILES:
        of = paths.ROOT if name.startswith(("ontology", "shapes")) else PROJECT
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(of / name, tmp_path / name)
    return tmp_path


def test_the_number_and_the_day_are_written_wherever_they_stand(root: Path) -> None:
    headers.write(root, "12.3.45", "2031-02-03")
    texts = {name: (root / name).read_text("utf-8") for name in headers.FILES}
    assert {name: text.count("12.3.45") for name, text in texts.items()} == {
        "pyproject.toml": 1,
        "codemeta.json": 2,
        "shapes/shapes.ttl": 1,
        "ontology/teixit.ttl": 4,
    }
    assert 'dct:modified "2031-02-03"^^xsd:date' in texts["ontology/teixit.ttl"]
    left = re.findall(r"(?:version\S* |def/|shapes/)\W*\d+\.\d+\.\d+", texts["ontology/teixit.ttl"])
    assert all("12.3.45" in found for found in left)


def test_what_is_not_where_it_is_looked_for_is_named(root: Path) -> None:
    (root / "codemeta.json").write_text('{"version": "1.0.0"}', "utf-8")
    with pytest.raises(KnowledgeError, match=r"codemeta\.json: 0 places"):
        headers.write(root, "1.0.1", "2031-02-03")
