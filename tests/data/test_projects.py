"""The flagship projects have a place and a source, and claim no more than is known."""

from collections.abc import Callable

from teixit import namespaces

Rows = Callable[[str], list[tuple[str, ...]]]

PLACES = {
    "can-pico": {"10": {"66"}},
    "cooperasec": {"03": {"11"}},
    "coopolis": {"03": {"16"}},
    "eix-pere-iv": {"10": {"66", "68"}},
    "impuls-cooperatiu-de-sants": {"03": {"15", "16", "18"}},
    "mercat-importa": {"08": {"45"}},
}


def test_each_project_is_placed_in_its_district_and_neighbourhoods(rows: Rows) -> None:
    found: dict[str, dict[str, set[str]]] = {}
    for project, district, neighbourhood in rows(
        "SELECT ?project ?district ?code { ?project a teixit:FlagshipProject ;"
        " teixit:locatedIn ?a, ?b . ?a a esadm:Distrito ; dct:identifier ?district ."
        " ?b a esadm:Barrio ; dct:identifier ?code ; esadm:distrito ?a }",
    ):
        name = project.removeprefix(f"{namespaces.THING}project-")
        found.setdefault(name, {}).setdefault(district, set()).add(neighbourhood)
    assert found == PLACES


def test_no_project_is_placed_outside_the_districts_that_it_is_in(rows: Rows) -> None:
    stray = rows(
        "SELECT ?project ?place { ?project teixit:locatedIn ?place ."
        " ?place esadm:distrito ?district"
        " FILTER NOT EXISTS { ?project teixit:locatedIn ?district } }",
    )
    assert stray == []


def test_every_project_has_a_source_with_an_address(rows: Rows) -> None:
    found = rows(
        "SELECT DISTINCT ?project { ?project a teixit:FlagshipProject ;"
        " dct:isReferencedBy ?source ."
        " ?source a teixit:SourceDocument ; pav:retrievedFrom ?address }",
    )
    assert len(found) == len(PLACES)


def test_every_project_is_of_one_kind_that_the_scheme_has(rows: Rows) -> None:
    found = rows(
        "SELECT ?project ?kind { ?project teixit:hasKind ?kind . ?kind a teixit:ProjectKind ;"
        " skos:inScheme id:scheme-project-kinds }",
    )
    assert len(found) == len({project for project, _ in found}) == len(PLACES)


def test_no_project_has_coordinates_or_a_wikidata_item(rows: Rows) -> None:
    found = rows(
        "SELECT ?project ?property { ?project a teixit:FlagshipProject ; ?property ?value"
        " FILTER(?property IN (geo:hasGeometry, geo:hasDefaultGeometry, geo:asWKT, owl:sameAs)) }",
    )
    assert found == []


def test_the_mountain_axis_is_surer_in_two_districts_than_in_the_third(rows: Rows) -> None:
    found = rows(
        "SELECT ?code ?confidence { GRAPH ?graph { id:axis-eix-muntanya teixit:locatedIn ?place }"
        " ?graph teixit:hasConfidence ?confidence . ?place dct:identifier ?code }",
    )
    levels = {(code, level.removeprefix(f"{namespaces.THING}confidence-")) for code, level in found}
    assert levels == {("07", "high"), ("08", "high"), ("05", "low")}


def test_every_promoter_is_an_organisation(rows: Rows) -> None:
    promoters = rows("SELECT DISTINCT ?promoter { ?project teixit:promotedBy ?promoter }")
    known = rows(
        "SELECT DISTINCT ?promoter { ?project teixit:promotedBy ?promoter ."
        " ?promoter a org:Organization }",
    )
    assert promoters
    assert sorted(promoters) == sorted(known)
