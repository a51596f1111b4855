"""Where the knowledge lives: inside the package in a wheel, at the root in a checkout.

The environment variable ``TEIXIT_ROOT`` names another folder, such as a checkout of another time.
"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
_OWN = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parents[1]

#: The folder that holds ``ontology/``, ``data/`` and ``shapes/``.
ROOT = Path(os.environ.get("TEIXIT_ROOT") or _OWN).absolute()

#: What names the project and its version; there in a checkout alone.
PROJECT = ROOT / "pyproject.toml"

ONTOLOGY = ROOT / "ontology"
QUESTIONS = ONTOLOGY / "questions"
RULES = ONTOLOGY / "rules"
SCHEMES = ONTOLOGY / "schemes"
MAPPINGS = ONTOLOGY / "mappings"
DATA = ROOT / "data"
PAGES = DATA / "pages"
TABLES = DATA / "tables"
SOURCE = DATA / "source"
SHAPES = ROOT / "shapes"

#: The package's own queries, which the answers are made with.
QUERIES = _PACKAGE / "queries"

#: The notebooks, which tell of the graph with this package.
NOTEBOOKS = _OWN / "notebooks"
