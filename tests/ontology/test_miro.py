"""The report by MIRO has all of its items, and its figures are right."""

import re

from teixit import namespaces, paths

REPORT = (paths.ONTOLOGY / "MIRO.md").read_text("utf-8")
#: How many items each section of MIRO has.
ITEMS = {"A": 6, "B": 3, "C": 3, "D": 3, "E": 11, "F": 3, "G": 5}


def test_every_item_is_reported_in_its_order() -> None:
    wanted = [f"{letter}.{number + 1}" for letter, most in ITEMS.items() for number in range(most)]
    assert re.findall(r"^\*\*([A-G]\.\d+) [^*]+\.\*\* \S", REPORT, re.MULTILINE) == wanted


def test_its_figures_are_those_of_the_ontology() -> None:
    classes, properties = len(namespaces.CLASSES), len(namespaces.PROPERTIES)
    assert f"{classes} classes, {properties} properties" in REPORT
