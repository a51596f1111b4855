"""What notebooks begin with."""

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import matplotlib as mpl
import pytest

from teixit import notebook
from teixit.errors import KnowledgeError, ServeError

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_a_server_of_our_own_answers_until_it_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(notebook.ENDPOINT, raising=False)
    server = notebook.Serving()
    address = f"{server.endpoint}?query=ASK%7B%7D"
    with urlopen(address) as answer:  # noqa: S310 - our own
        assert answer.status == 200
    server.end()
    server.end()
    with pytest.raises(URLError):
        urlopen(address)  # noqa: S310 - our own


def test_one_that_runs_already_is_asked_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(notebook.ENDPOINT, "https://graph.example.org/sparql")
    server = notebook.Serving()
    server.end()
    assert server.endpoint == "https://graph.example.org/sparql"


def test_a_server_that_does_not_start_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(notebook.ENDPOINT, raising=False)
    monkeypatch.setenv("TEIXIT_BASE", "nowhere")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ServeError, match=r"teixit serve has ended: .*TEIXIT_BASE"):
        notebook.Serving()


def test_a_question_is_known_by_its_name() -> None:
    assert "teixit:scheduledYear" in notebook.question("cq04-actions-per-year")
    with pytest.raises(KnowledgeError, match="no question 'cq00'"):
        notebook.question("cq00")


def test_an_answer_becomes_a_table_with_numbers_and_gaps() -> None:
    def value(text: str, datatype: str) -> dict[str, str]:
        return {"type": "literal", "value": text, "datatype": f"{XSD}{datatype}"}

    full = {
        "year": value("2016", "gYear"),
        "count": value("3", "integer"),
        "share": value("0.5", "decimal"),
        "open": value("true", "boolean"),
        "day": value("2026-11-28", "date"),
        "name": {"type": "literal", "value": "Nou Barris", "xml:lang": "ca"},
    }
    told = {"head": {"vars": list(full)}, "results": {"bindings": [full, {}]}}
    found = notebook.table(told)
    assert found.iloc[0].to_list() == [2016, 3, 0.5, True, "2026-11-28", "Nou Barris"]
    assert found.iloc[1].isna().all()
    empty = notebook.table({"head": {"vars": ["a"]}, "results": {"bindings": []}})
    assert (list(empty.columns), len(empty)) == (["a"], 0)


def test_a_figure_is_shown_with_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    mpl.use("svg")
    import matplotlib.pyplot as plt  # noqa: PLC0415 - once it is said where it draws

    for _ in range(2):
        figure, axes = plt.subplots()
        axes.plot([1, 2])
        notebook.show(figure, "A line that goes up.")
    first, second = capsys.readouterr().out.strip().split("\n")
    assert "<title>A line that goes up.</title>" in first
    assert "'text/plain': 'A line that goes up.'" in first
    assert first == second
    assert plt.get_fignums() == []
