"""The IRIs that Teixit mints and the vocabularies it speaks, as plain strings.

All IRIs of ours begin with one base. It is a setting of whoever publishes: the environment variable
:data:`SETTING`. Our files are written with the canonical base, and are read by :func:`rebased`.
"""

import os
import re
from types import MappingProxyType
from typing import Final

from teixit.errors import SettingError

#: The base that our files are written with, and that is used where no other is set.
CANONICAL: Final = "https://w3id.org/teixit/"
#: The environment variable that sets another base.
SETTING: Final = "TEIXIT_BASE"

#: Absolute, of plain ASCII without what an IRI cannot have (RFC 3987, section 2.2), with neither
#: query nor fragment, and ending in a slash.
_BASE: Final = re.compile(r"https?://(?:[^\s/?#<>\"\\^`{|}]+/)+")


def chosen_base(setting: str | None) -> str:
    """Give the base that *setting* asks for; the canonical one where it is empty.

    Raises:
        SettingError: It is not an absolute IRI that ends in a slash, or lies below the canonical
            base, so that the one could not be told from the other.
    """
    base = setting or CANONICAL
    if not _BASE.fullmatch(base) or not base.isascii():
        raise SettingError(
            f"{SETTING}={base!r}: expected an absolute http or https IRI of ASCII characters that"
            " ends in a slash, such as https://graph.example.org/"
        )
    if base != CANONICAL and base.startswith(CANONICAL):
        raise SettingError(f"{SETTING}={base!r}: expected a base that is not below {CANONICAL}")
    return base


#: What all IRIs of ours begin with.
BASE: Final = chosen_base(os.environ.get(SETTING))

#: The ontology document; the terms are its fragments.
ONTOLOGY: Final = f"{BASE}def"
TERM: Final = f"{ONTOLOGY}#"
THING: Final = f"{BASE}id/"
#: The documents about things: ``doc/X`` is about ``id/X``.
DOCUMENT: Final = f"{BASE}doc/"
#: The document of the shapes, which are its fragments.
SHAPES: Final = f"{BASE}shapes"
SHAPE: Final = f"{SHAPES}#"

#: The local name of the plan that Teixit ships: what the plan numbers is named within it.
PLAN: Final = "piess-2016-2019"

#: Every prefix that our files, answers and queries use, and no other.
PREFIXES: Final = MappingProxyType(
    {
        "bibo": "http://purl.org/ontology/bibo/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "esadm": "http://vocab.linkeddata.es/datosabiertos/def/sector-publico/territorio#",
        "essglobal": "http://purl.org/essglobal/vocab/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "id": THING,
        "m8g": "http://data.europa.eu/m8g/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "pav": "http://purl.org/pav/",
        "pplan": "http://purl.org/net/p-plan#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "http://schema.org/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "sh": "http://www.w3.org/ns/shacl#",
        "shape": SHAPE,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "teixit": TERM,
        "time": "http://www.w3.org/2006/time#",
        "vann": "http://purl.org/vocab/vann/",
        "voaf": "http://purl.org/vocommons/voaf#",
        "void": "http://rdfs.org/ns/void#",
        "voidext": "http://ldf.fi/void-ext#",
        "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
        "wd": "http://www.wikidata.org/entity/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

CLASSES: Final = frozenset(
    {
        "Action",
        "Conclusion",
        "ConfidenceLevel",
        "FlagshipProject",
        "Framework",
        "Measure",
        "NumberGap",
        "Objective",
        "Passage",
        "Plan",
        "PlanElement",
        "ProgressReport",
        "ProgressStatus",
        "ProjectKind",
        "ProjectList",
        "ProjectRole",
        "Record",
        "SourceDocument",
        "SourceExtract",
        "SpatialScale",
        "StatementGraph",
        "StrategicLine",
        "TargetGroup",
        "TerritorialAxis",
        "Theme",
        "Translation",
    }
)

PROPERTIES: Final = frozenset(
    {
        "alignsWith",
        "assignsRole",
        "belongsToLine",
        "belongsToMeasure",
        "belongsToPlan",
        "concernsAxis",
        "concernsDistrict",
        "coversYear",
        "endLine",
        "followsMeasure",
        "gapIn",
        "hasConfidence",
        "hasKind",
        "hasProjectList",
        "hasStatus",
        "isOpenEnded",
        "ledBy",
        "listsProject",
        "locatedIn",
        "missingNumber",
        "namesProject",
        "number",
        "percentDone",
        "playsRole",
        "precedesMeasure",
        "promotedBy",
        "reportsOn",
        "scheduledIn",
        "scheduledYear",
        "speaksOfScale",
        "startLine",
    }
)

#: The closed list of our terms, by local name; ``ontology/`` defines exactly these.
TERMS: Final = CLASSES | PROPERTIES


def rebased(content: bytes) -> bytes:
    """Give what a file of ours says, with the base that is set in place of the canonical one.

    Args:
        content: RDF, or a query, in UTF-8. The base is replaced in texts as well: a namespace or an
            example query in a text is about the same IRIs.
    """
    return content.replace(CANONICAL.encode(), BASE.encode())


def term(local_name: str) -> str:
    """Give the IRI of a term of ours.

    Raises:
        KeyError: There is no such term.
    """
    if local_name not in TERMS:
        raise KeyError(local_name)
    return TERM + local_name


def thing(kind: str, key: str, within: str = "") -> str:
    """Give the IRI of a thing of ours, ``id/[within/]kind-key``.

    Args:
        kind: What it is, such as ``district`` or ``measure``.
        key: Which one, in lower-case ASCII letters, digits and hyphens.
        within: The local name of what numbers it, such as a plan; none by default.
    """
    scope = f"{within}/" if within else ""
    return f"{THING}{scope}{kind}-{key}"


def expand(name: str) -> str:
    """Give the IRI of a prefixed name such as ``dct:title``.

    Raises:
        KeyError: The prefix is not one of :data:`PREFIXES`, or the term is not one of ours.
    """
    prefix, _, local_name = name.partition(":")
    return term(local_name) if prefix == "teixit" else PREFIXES[prefix] + local_name


def short_name(iri: str) -> str:
    """Write *iri* with the prefix of ours that leaves least to read, where there is one."""
    names = (
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in PREFIXES.items()
        if iri.startswith(namespace)
    )
    return min(names, key=len, default=iri)
