from pathlib import Path

import pytest

from teixit import namespaces, validation
from teixit.findings import Finding

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in namespaces.PREFIXES.items())
#: Made up: a measure that is nearly nothing, and an action in a year that its plan has not.
WRONG = """
id:one {
    id:piess-2016-2019/action-29-1
        teixit:scheduledYear "2020"^^xsd:gYear ; # late
        rdfs:label "=1+1"@ca .
    <https://w3id.org/teixit/id/measure> a teixit:Measure ; teixit:number [ ] , ( 1 2 ) , _:b .
}
"""


@pytest.fixture(scope="session")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("wrong") / "wrong file.trig"
    file.write_text(PREFIXES + WRONG.replace("2019/", "2019\\/"), "utf-8")
    return file


@pytest.fixture(scope="session")
def found(wrong: Path) -> list[Finding]:
    return validation.check([wrong])
