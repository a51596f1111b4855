"""A synthetic social economy of any size: the same bytes on every machine.

Organisations run projects, projects consist of actions; all of them stand in a neighbourhood of
one of ten districts, in a year, with labels in three languages, dates, figures and WKT points.
Nobody in it exists.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import BinaryIO, Final, NamedTuple

BASE: Final = "https://economy.example/"
SEED: Final = 20_261_122

DISTRICTS: Final = 10
NEIGHBOURHOODS: Final = 73
YEARS: Final = range(2012, 2028)
PROJECTS_EACH: Final = 2
ACTIONS_EACH: Final = 3

#: Shares of organisations with a page, projects with an end, actions with a Spanish label.
_WITH_PAGE: Final = 0.7
_ENDED: Final = 0.6
_IN_SPANISH: Final = 0.5

_RDF_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL: Final = "<http://www.w3.org/2000/01/rdf-schema#label>"
_DESCRIPTION: Final = "<http://purl.org/dc/terms/description>"
_IDENTIFIER: Final = "<http://purl.org/dc/terms/identifier>"
_PAGE: Final = "<http://xmlns.com/foaf/0.1/homepage>"
_AS_WKT: Final = "<http://www.opengis.net/ont/geosparql#asWKT>"
_WITHIN: Final = "<http://www.opengis.net/ont/geosparql#sfWithin>"
_WKT: Final = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
_DATE: Final = "<http://www.w3.org/2001/XMLSchema#date>"
_INTEGER: Final = "<http://www.w3.org/2001/XMLSchema#integer>"
_DECIMAL: Final = "<http://www.w3.org/2001/XMLSchema#decimal>"
_GYEAR: Final = "<http://www.w3.org/2001/XMLSchema#gYear>"

#: Forms, trades and things that are done, each in Catalan, Spanish and English.
_FORMS: Final = (
    ("Cooperativa", "Cooperativa", "Cooperative"),
    ("Associació", "Asociación", "Association"),
    ("Fundació", "Fundación", "Foundation"),
    ("Mutualitat", "Mutualidad", "Mutual society"),
    ("Societat laboral", "Sociedad laboral", "Worker-owned company"),
    ("Ateneu", "Ateneo", "Athenaeum"),
)
_TRADES: Final = (
    ("de consum", "de consumo", "of consumers"),
    ("d’habitatge", "de vivienda", "of housing"),
    ("d’energia", "de energía", "of energy"),
    ("de cures", "de cuidados", "of care"),
    ("d’alimentació", "de alimentación", "of food"),
    ("de cultura", "de cultura", "of culture"),
    ("de finances ètiques", "de finanzas éticas", "of ethical finance"),
    ("de reciclatge", "de reciclaje", "of recycling"),
    ("de mobilitat", "de movilidad", "of mobility"),
)
_DEEDS: Final = (
    ("Taller", "Taller", "Workshop"),
    ("Assemblea", "Asamblea", "Assembly"),
    ("Mercat", "Mercado", "Market"),
    ("Formació", "Formación", "Training"),
    ("Fira", "Feria", "Fair"),
    ("Acompanyament", "Acompañamiento", "Mentoring"),
    ("Xarxa", "Red", "Network"),
)
_WORDS: Final = (
    "barri", "veïnes", "economia", "solidària", "treball", "comunitat", "suport", "mutu",
    "horta", "energia", "cura", "escola", "plaça", "teixit", "xarxa", "moneda", "social",
    "gènere", "jove", "llavor", "intercanvi", "local", "digital", "obert", "just", "propi",
)  # fmt: skip


@dataclass(frozen=True)
class Economy:
    """What a generated file holds.

    Attributes:
        triples: How many statements there are, none of them twice.
        organisations: Organisations are numbered from 0 up to this, without a gap.
        projects: So are projects.
        actions: And actions.
        sha256: The hash of the file's bytes.
    """

    triples: int
    organisations: int
    projects: int
    actions: int
    sha256: str = ""


def iri(kind: str, number: int) -> str:
    """Name one thing, without the angle brackets."""
    return f"{BASE}{kind}/{number}"


def write(least: int, file: Path) -> Economy:
    """Write at least *least* triples into *file*; `.nq` has a graph for each district.

    The last organisation is written whole, so that there may be up to 91 triples more.
    """
    digest = hashlib.sha256()
    with file.open("wb") as out:
        economy = _write(least, out, digest, quads=file.suffix == ".nq")
    return Economy(**{**asdict(economy), "sha256": digest.hexdigest()})


def kept(least: int, folder: Path, suffix: str = ".nt") -> tuple[Path, Economy]:
    """Give the file of *least* triples in *folder*, written where it is not there yet."""
    file = folder / f"economy-{least}{suffix}"
    note = file.with_suffix(f"{suffix}.json")
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # The note comes last: a file without one was cut short.
        note.write_text(json.dumps(asdict(write(least, file))), "utf-8")
    return file, Economy(**json.loads(note.read_text("utf-8")))


def _write(least: int, out: BinaryIO, digest: "hashlib._Hash", *, quads: bool) -> Economy:
    total = organisations = 0
    for block in _blocks(least, quads=quads):
        data = block.encode()
        digest.update(data)
        out.write(data)
        total += data.count(b"\n")
        organisations += 1
    organisations -= 1  # the first block is the ground that they stand on
    projects = organisations * PROJECTS_EACH
    return Economy(total, organisations, projects, projects * ACTIONS_EACH)


def _blocks(least: int, *, quads: bool) -> Iterator[str]:
    # Of this class only random() is promised to stay the same between versions of Python.
    draw = Random(SEED)  # noqa: S311  (nothing to hide)
    ground = _ground(_end("territory") if quads else " .\n")
    yield ground
    written = ground.count("\n")
    for number in count():
        if written >= least and number:
            return
        place = int(draw.random() * NEIGHBOURHOODS)
        end = _end(f"district-{_district(place)}") if quads else " .\n"
        block = _organisation(number, place, draw, end) + "".join(
            _project(number, project, draw, end)
            for project in range(number * PROJECTS_EACH, (number + 1) * PROJECTS_EACH)
        )
        yield block
        written += block.count("\n")


def _end(graph: str) -> str:
    return f" <{BASE}graph/{graph}> .\n"


def _district(neighbourhood: int) -> int:
    return neighbourhood * DISTRICTS // NEIGHBOURHOODS


def _corner(neighbourhood: int) -> tuple[float, float]:
    """Give the south-western corner of a neighbourhood: squares of 0.02° in rows of nine."""
    return 2.05 + neighbourhood % 9 * 0.02, 41.32 + neighbourhood // 9 * 0.02


def _ground(end: str) -> str:
    """Districts, neighbourhoods, years and legal forms: the same at every size."""
    return "".join(
        [
            *(
                _named("District", number, (f"Districte {number}",) * 3, end)
                for number in range(10)
            ),
            *(_neighbourhood(number, end) for number in range(NEIGHBOURHOODS)),
            *(
                f"<{BASE}year/{year}> {_RDF_TYPE} <{BASE}def#Year>{end}"
                f'<{BASE}year/{year}> <{BASE}def#inYear> "{year}"^^{_GYEAR}{end}'
                for year in YEARS
            ),
            *(_named("Form", number, form, end) for number, form in enumerate(_FORMS)),
        ]
    )


def _named(kind: str, number: int, labels: tuple[str, str, str], end: str) -> str:
    subject = f"<{BASE}{kind.lower()}/{number}>"
    ca, es, en = labels
    return (
        f"{subject} {_RDF_TYPE} <{BASE}def#{kind}>{end}"
        f'{subject} {_LABEL} "{ca}"@ca{end}'
        f'{subject} {_LABEL} "{es}"@es{end}'
        f'{subject} {_LABEL} "{en}"@en{end}'
    )


def _neighbourhood(number: int, end: str) -> str:
    west, south = _corner(number)
    east, north = west + 0.02, south + 0.02
    subject = f"<{BASE}neighbourhood/{number}>"
    ring = ", ".join(
        f"{x:.2f} {y:.2f}"
        for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south))
    )
    return (
        _named(
            "Neighbourhood",
            number,
            (f"Barri {number}", f"Barrio {number}", f"Quarter {number}"),
            end,
        )
        + f"{subject} {_WITHIN} <{BASE}district/{_district(number)}>{end}"
        + f'{subject} {_AS_WKT} "POLYGON (({ring}))"^^{_WKT}{end}'
    )


def _organisation(number: int, place: int, draw: Random, end: str) -> str:
    form = int(draw.random() * len(_FORMS))
    trade = int(draw.random() * len(_TRADES))
    labels = (f"{f} {t} {number}" for f, t in zip(_FORMS[form], _TRADES[trade], strict=True))
    subject = f"<{BASE}organisation/{number}>"
    west, south = _corner(place)
    optional = ""
    if number:  # a tree four wide: federations of federations
        optional += f"{subject} <{BASE}def#memberOf> <{BASE}organisation/{number // 4}>{end}"
    if draw.random() < _WITH_PAGE:
        optional += f"{subject} {_PAGE} <https://organisation-{number}.example/>{end}"
    return (
        _named("Organisation", number, tuple(labels), end)  # type: ignore[arg-type]
        + f'{subject} {_IDENTIFIER} "ESS-{number:07d}"{end}'
        f"{subject} <{BASE}def#form> <{BASE}form/{form}>{end}"
        f'{subject} <{BASE}def#founded> "{_date(draw, 1950, 75)}"^^{_DATE}{end}'
        f'{subject} <{BASE}def#people> "{1 + int(_skewed(draw) * 400)}"^^{_INTEGER}{end}'
        f"{subject} <{BASE}def#place> <{BASE}neighbourhood/{place}>{end}"
        f'{subject} {_AS_WKT} "POINT ({west + draw.random() * 0.02:.5f}'
        f' {south + draw.random() * 0.02:.5f})"^^{_WKT}{end}' + optional
    )


def _project(organisation: int, number: int, draw: Random, end: str) -> str:
    trade = _TRADES[int(draw.random() * len(_TRADES))]
    deed = _DEEDS[int(draw.random() * len(_DEEDS))]
    year = YEARS[int(draw.random() * len(YEARS))]
    place = int(draw.random() * NEIGHBOURHOODS)
    text = " ".join(_WORDS[int(draw.random() * len(_WORDS))] for _ in range(9))
    labels = (f"{d} {t} P{number}" for d, t in zip(deed, trade, strict=True))
    subject = f"<{BASE}project/{number}>"
    ends = f'{subject} <{BASE}def#ends> "{_date(draw, year, 2)}"^^{_DATE}{end}'
    return (
        _named("Project", number, tuple(labels), end)  # type: ignore[arg-type]
        + f'{subject} {_DESCRIPTION} "{text}"@ca{end}'
        f"{subject} <{BASE}def#organiser> <{BASE}organisation/{organisation}>{end}"
        f"{subject} <{BASE}def#year> <{BASE}year/{year}>{end}"
        f"{subject} <{BASE}def#place> <{BASE}neighbourhood/{place}>{end}"
        f'{subject} <{BASE}def#budget> "{_euros(draw)}"'
        f"^^{_DECIMAL}{end}"
        + (ends if draw.random() < _ENDED else "")
        + "".join(
            _action(_Project(number, year, place), action, draw, end)
            for action in range(number * ACTIONS_EACH, (number + 1) * ACTIONS_EACH)
        )
    )


class _Project(NamedTuple):
    """What a project hands down to its actions."""

    number: int
    year: int
    place: int


def _action(project: _Project, number: int, draw: Random, end: str) -> str:
    deed, ser, _ = _DEEDS[int(draw.random() * len(_DEEDS))]
    subject = f"<{BASE}action/{number}>"
    spanish = f'{subject} {_LABEL} "{ser} A{number}"@es{end}' if draw.random() < _IN_SPANISH else ""
    return (
        f"{subject} {_RDF_TYPE} <{BASE}def#Action>{end}"
        f'{subject} {_LABEL} "{deed} A{number}"@ca{end}'
        f"{subject} <{BASE}def#partOf> <{BASE}project/{project.number}>{end}"
        f"{subject} <{BASE}def#year> <{BASE}year/{project.year}>{end}"
        f"{subject} <{BASE}def#place> <{BASE}neighbourhood/{project.place}>{end}"
        f'{subject} <{BASE}def#date> "{_date(draw, project.year, 1)}"^^{_DATE}{end}'
        f'{subject} <{BASE}def#participants> "{int(_skewed(draw) * 300)}"^^{_INTEGER}{end}'
        + spanish
    )


def _skewed(draw: Random) -> float:
    """Draw small values often; a product, since a power may differ between C libraries."""
    return draw.random() * draw.random()


def _euros(draw: Random) -> str:
    cents = 50_000 + int(_skewed(draw) * 9_000_000)
    return f"{cents // 100}.{cents % 100:02d}"


def _date(draw: Random, first: int, years: int) -> str:
    day = int(draw.random() * years * 336)  # months of 28 days: every date exists
    return f"{first + day // 336:04d}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}"
