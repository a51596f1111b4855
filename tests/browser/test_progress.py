"""The page of an action of which a table says how far it has come: what is shipped has none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat

from teixit import store
from teixit.importing import tables
from teixit.languages import LANGUAGES

#: Made up: what Decidim exports of its accountability, with the code that the site adds.
EXPORT = (
    "id;external_id;title/ca;title/es;start_date;end_date;status/id;status/name/ca;status/name/es;"
    "progress;updated_at\n"
    "7;29.1;Resultat;Resultado;2016-09-01;2019-12-31;3;En curs;En curso;62.5;"
    "2018-06-30 10:12:33 UTC\n"
)
ACTION = "about/piess-2016-2019/action-29-1"
STATUS = {"ca": "En curs", "es": "En curso", "en": "status “En curs”"}


@pytest.fixture(scope="module")
def reported(
    serving: Any, open_tab: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A tab before a service over the graph that is shipped and such a table."""
    folder = tmp_path_factory.mktemp("progress")
    (folder / "taula.csv").write_text(EXPORT, "utf-8")
    book, known = tables.read(folder / "taula.csv"), store.load()
    [part] = tables.parts(book, "taula")
    table = tables.understood(book, part, known)
    assert table.is_sound
    (folder / "taula.trig").write_text(table.trig, "utf-8")
    graph = store.load([*store.knowledge_files(), folder / "taula.trig"])
    graph.dump(folder / "graph.nq", format=RdfFormat.N_QUADS)
    with serving("--data", str(folder / "graph.nq")) as address, open_tab(address) as tab:
        yield tab


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_is_shown_to_everybody(
    reported: Any, axe: str, language: str, width: int, tmp_path: Path
) -> None:
    reported.page.set_viewport_size({"width": width, "height": 900})
    reported.visit(f"/{language}/{ACTION}")
    shown = reported.page.inner_text("main")
    assert STATUS[language] in shown
    assert "62" in shown
    assert reported.violations(axe) == []
    assert reported.look("() => document.documentElement.scrollWidth <= innerWidth")
    assert len(reported.page.screenshot(path=tmp_path / "page.png")) > 1000
