"""Where the knowledge lives: inside the package in a wheel, at the root in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent

#: The folder that holds ``ontology/``, ``data/`` and ``shapes/``.
ROOT = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parents[1]

ONTOLOGY = ROOT / "ontology"
QUESTIONS = ONTOLOGY / "questions"
RULES = ONTOLOGY / "rules"
SCHEMES = ONTOLOGY / "schemes"
DATA = ROOT / "data"
PAGES = DATA / "pages"
SOURCE = DATA / "source"
SHAPES = ROOT / "shapes"

#: The package's own queries, which the answers are made with.
QUERIES = _PACKAGE / "queries"
