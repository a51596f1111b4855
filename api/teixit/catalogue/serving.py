"""The files that harvesters ask for, whole, made once for each release."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import RdfFormat, Triple
from pyoxigraph import serialize as write_rdf

from teixit import namespaces
from teixit.catalogue import dcat, portals, profiles, publishers, stating
from teixit.catalogue.model import Catalogue, Facts, Release

_JSON: Final = "application/json"
#: The forms of the catalogue, by how their addresses end; the one for those without a wish first.
FORMS: Final = MappingProxyType(
    {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
)


def files(release: Release, facts: Facts) -> Mapping[str, tuple[str, bytes]]:
    """Make all files about *release*, by their names: their media types and what is in them.

    Raises:
        SettingError: What is set does not say who publishes.
    """
    publisher = publishers.chosen()
    catalogue = Catalogue(release, publisher, publisher, facts)
    registered = replace(catalogue, publisher=publishers.registered(publisher))
    described = dcat.describe(catalogue, profiles.AP)
    return {
        **{f"catalog.{ending}": _rdf(described, form) for ending, form in FORMS.items()},
        "catalog.dcat-ap-2.1.1.ttl": _rdf(
            dcat.describe(catalogue, profiles.AP_2), RdfFormat.TURTLE
        ),
        "federador.rdf": _rdf(dcat.describe(registered, profiles.ES), RdfFormat.RDF_XML),
        "ckan/package.json": _json(portals.ckan(catalogue)),
        "lod-cloud.json": _json(portals.lod_cloud(catalogue)),
        "data.json": _json(portals.data_json(catalogue)),
    }


def _rdf(triples: Sequence[Triple], form: RdfFormat) -> tuple[str, bytes]:
    """Write *triples* in *form*, always the same bytes."""
    known = {**namespaces.PREFIXES, **stating.PREFIXES}
    used = "\n".join(map(str, triples))
    prefixes = {name: iri for name, iri in known.items() if f"<{iri}" in used}
    stream = BytesIO()
    write_rdf(triples, stream, form, prefixes=prefixes)
    return form.media_type, stream.getvalue()


def _json(said: Any) -> tuple[str, bytes]:
    return _JSON, json.dumps(said, ensure_ascii=False, indent=1).encode()
