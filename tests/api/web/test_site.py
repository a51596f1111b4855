from collections.abc import Iterator

from flask import Flask

from teixit import protocol
from teixit.errors import LimitError
from teixit.queries import Query
from teixit.web.site import Site
from teixit.workers import Limits


def test_things_are_counted_once_for_each_version_of_the_data() -> None:
    versions = iter("1112222")
    asked: list[str] = []

    def ask(query: Query) -> tuple[Iterator[dict[str, str]], str]:
        asked.append(query.name)
        return iter([{"actions": str(len(asked))}]), "1" if len(asked) == 1 else "2"

    site = Site.around(ask, lambda: next(versions), protocol.ENDPOINT, Limits())
    assert [site.counts()["actions"] for _ in range(6)] == [1, 1, 1, 2, 2, 2]
    assert asked == ["overview"] * 2


def test_a_question_is_known_whatever_its_line_ends(app: Flask) -> None:
    site: Site = app.extensions["teixit"]
    first = site.questions[0]
    assert site.question(first.text.replace("\n", "\r\n")) is first
    assert site.question("ASK {}") is None


def test_rows_are_asked_once_for_each_version_of_the_data(app: Flask) -> None:
    site: Site = app.extensions["teixit"]
    assert site.rows("overview") is site.rows("overview")
    assert [row["measures"] for row in site.rows("overview")] == ["1"]


def test_the_edition_is_asked_for_only_where_one_may_wait() -> None:
    known = {"version": "0.1.0"}
    versions = iter("1112")

    def ask(_: Query) -> tuple[list[dict[str, str]], str]:
        return [known], "1"

    site = Site.around(ask, lambda: next(versions), protocol.ENDPOINT, Limits())
    assert site.edition(ask=False) is None
    assert site.edition() == known
    assert site.edition(ask=False) == known
    assert site.edition(ask=False) is None  # of the next version nothing is known yet


def test_without_an_edition_a_page_goes_without() -> None:
    def ask(_: Query) -> tuple[list[dict[str, str]], str]:
        raise LimitError("no room", "busy")

    site = Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits())
    assert site.edition() is None
