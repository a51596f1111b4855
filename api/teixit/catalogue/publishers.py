"""Who publishes: a setting, because it is whoever runs the service, and not always us."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from teixit import namespaces
from teixit.catalogue import codes
from teixit.errors import SettingError
from teixit.languages import LANGUAGES

#: The environment variable that names a file about the publisher.
SETTING: Final = "TEIXIT_PUBLISHER"

_HERE: Final = Path(__file__).parent
#: Organisations as datos.gob.es registers them, by their DIR3 codes.
_REGISTERED: Final = re.compile(
    r"http://datos\.gob\.es/recurso/sector-publico/org/Organismo/[A-Z][A-Z0-9]{8}"
)
_NEEDED: Final = ("iri", "kind", "homepage", "name")


@dataclass(frozen=True)
class Publisher:
    """Who publishes the datasets, and how to reach them.

    Args:
        iri: Of the organisation.
        name: By language.
        kind: A publisher type of ADMS, such as ``LocalAuthority``.
        homepage: Its page.
        identifier: Its code, if it has one.
        email: An address that somebody reads, if there is one.
        telephone: A number, if there is one.
    """

    iri: str
    name: Mapping[str, str]
    kind: str
    homepage: str
    identifier: str | None = None
    email: str | None = None
    telephone: str | None = None

    @property
    def is_registered(self) -> bool:
        """Whether datos.gob.es takes what they publish."""
        return bool(_REGISTERED.fullmatch(self.iri))


def chosen() -> Publisher:
    """Give the publisher that the setting names; ourselves where nothing is set.

    Raises:
        SettingError: The file is not there, or does not say who publishes.
    """
    setting = os.environ.get(SETTING)
    return read(Path(setting) if setting else _HERE / "publisher.toml")


def registered(publisher: Publisher) -> Publisher:
    """Give whom datos.gob.es would take: *publisher*, or else the city, whose plan it is."""
    return publisher if publisher.is_registered else read(_HERE / "city.toml")


def read(file: Path) -> Publisher:
    """Read a file about a publisher, as ``publisher.toml`` beside this module is one.

    Raises:
        SettingError: It is not there, is not TOML, or lacks something.
    """
    try:
        said: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        lacking = [key for key in _NEEDED if key not in said]
        lacking += [f"name.{tag}" for tag in LANGUAGES if tag not in said.get("name", {})]
        if lacking:
            raise SettingError(f"{file}: it does not say {', '.join(lacking)}")
        if said["kind"] not in (kinds := codes.publisher_kinds()):
            raise SettingError(f"{file}: kind {said['kind']!r}: expected one of {', '.join(kinds)}")
        for key in ("iri", "homepage"):
            said[key] = said[key].replace("{base}", namespaces.BASE)
        return Publisher(**said)
    except (OSError, ValueError, TypeError) as error:
        raise SettingError(f"{file}: not a file about a publisher: {error}") from error
