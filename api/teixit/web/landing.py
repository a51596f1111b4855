"""The page of each dataset, and that of how the site fares with harvesters."""

from typing import Final

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import NotFound

from teixit.discovery import links, quality, schema_org
from teixit.discovery.records import NAMES
from teixit.languages import LANGUAGES
from teixit.namespaces import BASE
from teixit.web.site import site
from teixit.web.texts import citation, messages, reader_language

blueprint = Blueprint("landing", __name__)

_NAME = f"<any({', '.join(NAMES)}):name>"
#: How a page names the groups, the levels and the outcomes of a checklist.
_GROUPS: Final = {
    "A": "quality.clients",
    "B": "quality.ckan",
    "C": "quality.federator",
    "D": "quality.europe",
    "E": "quality.portals",
    "F": "quality.search",
    "G": "quality.sparql",
    "H": "quality.void",
    "I": "quality.ontology",
    "J": "quality.signposts",
    "K": "quality.feeds",
    "L": "quality.lasting",
}
_LEVELS: Final = {"MUST": "quality.must", "SHOULD": "quality.should", "NICE": "quality.nice"}
_OUTCOMES: Final = {
    "passed": "quality.passed",
    "failed": "quality.failed",
    "not applicable": "quality.not_applicable",
}
_LANGUAGE = f"<any({', '.join(LANGUAGES)}):language>"


@blueprint.get(f"/datasets/{_NAME}", endpoint="dataset")
@blueprint.get(f"/{_LANGUAGE}/datasets/{_NAME}", endpoint="dataset_in")
def dataset(name: str, language: str = "") -> Response:
    """Describe a dataset to people, to search engines and to programs that read only links.

    Raises:
        HTTPException: What is served is not what Teixit ships, and has no description.
    """
    found = site()
    record = found.records().get(name)
    if record is None:
        raise NotFound(f"{name}: what is served here has no description of its datasets")
    reader = language or reader_language()
    addresses = {tag: url_for("landing.dataset_in", name=name, language=tag) for tag in LANGUAGES}
    neutral = url_for("landing.dataset", name=name)
    page = found.address + (addresses[language] if language else neutral)
    texts = messages(reader)
    day, title = record.modified, record.title[reader]
    cited = citation(reader, record.publisher_name, day, title, record.version, record.iri)
    described = schema_org.dataset(record, reader, page, cited, texts["dataset.technique"])
    shown = render_template(
        "datasets/dataset.html",
        addresses=addresses,
        neutral=neutral,
        canonical=page,
        record=record,
        cited=cited,
        structured=described,
        licence=schema_org.licence_page(record),
        descriptions=links.DESCRIPTIONS,
        endpoint=f"{found.address}/sparql",
        here=_here,
    )
    response = make_response(shown)
    response.headers["Link"] = links.header(links.of_page(record, found.address))
    return response


@blueprint.get("/quality", endpoint="quality")
@blueprint.get(f"/{_LANGUAGE}/quality", endpoint="quality_in")
def show_quality(language: str = "") -> str:
    """Show what harvesters ask of the site, and how it fared when that was last tried."""
    addresses = {tag: url_for("landing.quality_in", language=tag) for tag in LANGUAGES}
    neutral = url_for("landing.quality")
    return render_template(
        "datasets/quality.html",
        addresses=addresses,
        neutral=neutral,
        canonical=site().address + (addresses[language] if language else neutral),
        result=quality.last(),
        groups=_GROUPS,
        levels=_LEVELS,
        outcomes=_OUTCOMES,
    )


def _here(address: str) -> str:
    """Give the path of an address under the base IRI: it is served here, whatever is elsewhere."""
    return address.removeprefix(BASE[:-1])
