"""Pages of things, of the shipped graph or of a small one."""

from collections.abc import Callable

import pytest
from pyoxigraph import Store

from teixit import store as teixit_store
from teixit.explorer.reading import Reader
from teixit.explorer.things.making import view
from teixit.explorer.views import View
from teixit.explorer.wording import Wording
from teixit.namespaces import PREFIXES, THING
from teixit.web.texts import foreign_names, messages

Tell = Callable[..., View | None]

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@pytest.fixture(scope="session")
def wording() -> Callable[[str], Wording]:
    return lambda language: Wording(language, messages(language), foreign_names())


@pytest.fixture(scope="session")
def tell(store: Store, wording: Callable[[str], Wording]) -> Tell:
    """Make the page of the thing of this name."""

    def told(name: str, language: str = "en", graph: Store | None = None) -> View | None:
        found = store if graph is None else graph
        return view(f"{THING}{name}", Reader(found, language), wording(language))

    return told


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Store]:
    """Make a graph of TriG, with the prefixes of ours."""

    def loaded(text: str) -> Store:
        file = tmp_path_factory.mktemp("graph") / "small.trig"
        file.write_text(_PREFIXES + text, "utf-8")
        return teixit_store.load([file])

    return loaded
