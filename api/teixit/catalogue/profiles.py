"""What the profiles of DCAT want that another wants differently.

DCAT-AP 3.0.1 and 2.1.1 are by SEMIC; DCAT-AP-ES 1.0.0 is that of datos.gob.es.
"""

from dataclasses import dataclass
from typing import Final

#: The open data directive, which binds public bodies.
LAW: Final = "http://data.europa.eu/eli/dir/2019/1024/oj"


@dataclass(frozen=True)
class Profile:
    """How a profile of DCAT wants what another wants differently.

    Args:
        standard: The profile's address.
        records: Whether each dataset has a catalogue record.
        size: The datatype of sizes in bytes.
        status: The code of a finished file; none where every code is deprecated.
        law: Whether the law is named that makes it open.
        versions: Whether releases are linked as DCAT 3 does.
    """

    standard: str
    records: bool
    size: str
    status: str | None
    law: bool
    versions: bool


AP: Final = Profile(
    standard="https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    records=True,
    size="xsd:nonNegativeInteger",
    status=None,
    law=False,
    versions=True,
)
AP_2: Final = Profile(
    standard="https://semiceu.github.io/DCAT-AP/releases/2.1.1/",
    records=True,
    size="xsd:decimal",
    status="adms-status:Completed",
    law=False,
    versions=False,
)
#: Its records are dropped and made anew by the federator, and may name no publisher but one.
ES: Final = Profile(
    standard="https://datosgobes.github.io/DCAT-AP-ES/",
    records=False,
    size="xsd:nonNegativeInteger",
    status="at:distribution-status/COMPLETED",
    law=True,
    versions=False,
)
