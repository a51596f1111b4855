"""Gathering: the same statements from files as by asking."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from pyoxigraph import NamedNode, Store

from teixit.errors import LimitError
from teixit.queries import Found, Remote, Term
from teixit.searching import gathering, of_quads, of_store
from teixit.searching.contents import SELECTOR, TEXTS, TYPE
from teixit.searching.gathering import Statement

Elsewhere = Callable[[Store], Remote]


def of_files(store: Store) -> set[Statement]:
    wanted = {*TEXTS, TYPE, SELECTOR}
    return {one for one in of_quads(store) if one.property in wanted}


def test_files_and_servers_say_the_same(store: Store, elsewhere: Elsewhere) -> None:
    asked = [*of_store(elsewhere(store))]
    assert len(asked) == len(set(asked))
    assert set(asked) == of_files(store)


def test_many_things_are_asked_for_in_parts(
    store: Store, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "ROWS", 500)
    assert set(of_store(elsewhere(store))) == of_files(store)


class _Short:
    """A server that gives no long answer."""

    def __init__(self, inner: Remote, digits: int) -> None:
        self._inner = inner
        self._digits = digits

    def query(
        self,
        text: str,
        *,
        base: str = "",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        if len((values or {})["beginning"].value) < self._digits:
            raise LimitError("too long", "answer")
        return self._inner.query(
            text,
            base=base,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )


def test_a_server_may_want_shorter_questions(store: Store, elsewhere: Elsewhere) -> None:
    assert set(of_store(_Short(elsewhere(store), 1))) == of_files(store)


def test_a_server_that_answers_nothing_is_left(elsewhere: Elsewhere) -> None:
    with pytest.raises(LimitError, match="too long"):
        [*of_store(_Short(elsewhere(Store()), 9))]
