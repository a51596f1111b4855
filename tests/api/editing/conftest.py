"""A copy of the data that tests may write to, and what a form sends."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from teixit import namespaces, paths
from teixit.editing import drafts, sources
from teixit.editing.drafts import Draft
from teixit.editing.fields import fields_of
from teixit.editing.knowledge import KINDS, Knowledge

PROJECT, ORGANISATION = KINDS
COOPOLIS = NamedNode(f"{namespaces.THING}project-coopolis")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of ``data/``."""
    shutil.copytree(paths.DATA, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.of(paths.DATA)


def as_sent(draft: Draft) -> dict[str, str]:
    """What a browser sends of a form that nobody has touched."""
    sent = {"version": draft.version}
    asked = [("thing", one) for one in fields_of(draft.kind.type.value)] + sources.fields()
    for part, one in asked:
        for row in draft.lines(one, part):
            told = {"value": row.value, "language": row.language, "source": row.source}
            told["was"] = row.old
            sent |= {f"{row.name}.{key}": value for key, value in told.items()}
    return sent


@pytest.fixture
def fill(knowledge: Knowledge) -> Callable[..., Draft]:
    """Fill in the form of Coòpolis, or of another thing."""

    def filled(
        typed: Mapping[str, str], kind=PROJECT, subject=COOPOLIS, known: Knowledge = knowledge
    ) -> Draft:
        sent = as_sent(drafts.begun(known, kind, subject)) | typed
        return drafts.typed(known, kind, subject, sent)

    return filled
