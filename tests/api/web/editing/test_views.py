"""The pages, asked as a browser asks them."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from teixit import namespaces
from teixit.editing import drafts, saving
from teixit.editing.knowledge import KINDS, WRITTEN, Knowledge
from teixit.languages import LANGUAGES
from teixit.web.editing import wording

PLACE = "/en/edit/project-coopolis"
THING = namespaces.THING
SOURCE = f"{THING}extract-cooperasec-que-es"
PAGE = {"thing.homepage.1.value": "https://a.example/", "thing.homepage.1.source": SOURCE}


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in WRITTEN}


@pytest.mark.parametrize("path", ["/", "/edit", "/edit/"])
def test_the_list_is_found_in_the_readers_language(editor, path: str) -> None:
    answer = editor.get(path, **{"Accept-Language": "es, en;q=0.5"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/es/edit/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_projects_and_organisations_are_listed(editor, language: str) -> None:
    page = editor.get(f"/{language}/edit/").text
    for name in ("project-coopolis", "organisation-lacol", "new-project", "new-organisation"):
        assert f'href="/{language}/edit/{name}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["project-coopolis", "organisation-lacol", "new-project"])
def test_a_form_is_whole_in_every_language(editor, language: str, name: str) -> None:
    answer = editor.get(f"/{language}/edit/{name}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert wording.messages(language)["who"] in answer.text
    assert wording.messages(language)["same_lines"] in answer.text


@pytest.mark.parametrize("name", ["nothing", "district-03", "a%20b", "project-coopolis/x"])
def test_what_has_no_form_is_not_found(editor, name: str) -> None:
    answer = editor.get(f"/en/edit/{name}")
    assert answer.status_code == 404
    assert "There is no form here." in answer.text


def test_a_check_shows_what_would_be_written_and_writes_nothing(editor, folder: Path) -> None:
    before = texts(folder)
    answer = editor.send(PLACE, editor.form(PLACE) | PAGE | {"do": "check"})
    assert answer.status_code == 200
    assert "+        foaf:homepage &lt;https://a.example/&gt; ;" in answer.text
    assert "Ready to be written." in answer.text
    assert texts(folder) == before


def test_the_script_is_told_the_same(editor) -> None:
    sent = editor.form(PLACE) | PAGE | {"do": "check"}
    found = editor.send(PLACE, sent, Accept="application/json").json
    assert "+        foaf:homepage <https://a.example/> ;" in found["difference"]
    assert found["summary"] == "Ready to be written."
    sent |= {"thing.homepage.1.value": "nowhere"}
    found = editor.send(PLACE, sent, Accept="application/json").json
    ((severity, sentence),) = found["told"]["thing.homepage.1"]
    assert (severity, sentence.startswith("This is no whole address")) == ("Violation", True)
    assert found["difference"] == ""


def test_what_the_shapes_say_stands_at_the_field(editor) -> None:
    sent = editor.form(PLACE) | {"thing.locatedIn.0.value": f"{THING}neighbourhood-45"}
    found = editor.send(PLACE, sent, Accept="application/json").json
    assert any(severity == "Violation" for severity, _ in found["told"]["thing.locatedIn"])
    assert "cannot be written" in found["summary"]


def test_what_the_shapes_say_of_a_new_source_stands_at_its_fields(editor) -> None:
    sent = editor.form(PLACE) | PAGE | {"thing.homepage.1.source": "new"}
    sent["source.label.0.value"] = "Un document de prova"
    told = editor.send(PLACE, sent, Accept="application/json").json["told"]
    assert {"source.label", "source.retrievedFrom", "extract.hasConfidence"} <= {*told}
    page = editor.send(PLACE, sent)
    assert "<details open>" in page.text


def test_another_line_is_there_when_it_is_asked_for(editor) -> None:
    answer = editor.send(PLACE, editor.form(PLACE) | PAGE | {"do": "more:thing.homepage"})
    assert 'name="thing.homepage.2.value"' in answer.text
    blank = editor.form(PLACE) | {"do": "more:thing.altLabel"}
    assert 'name="thing.altLabel.3.value"' in editor.send(PLACE, blank).text


def test_a_change_is_written_and_what_comes_next_is_said(editor, folder: Path) -> None:
    answer = editor.send(PLACE, editor.form(PLACE) | PAGE | {"do": "write"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PLACE}?written")
    assert "foaf:homepage <https://a.example/> ;" in texts(folder)["projects.trig"]
    page = editor.get(f"{PLACE}?written").text
    assert "git diff data/" in page
    assert 'value="https://a.example/"' in page


def test_a_new_organisation_is_shown_as_it_would_be_written(editor) -> None:
    place = "/ca/edit/new-organisation"
    typed = {"thing.label.0.value": "Els Nous", "thing.label.0.source": SOURCE}
    found = editor.send(place, editor.form(place) | typed, Accept="application/json").json
    new = "+    id:organisation-els-nous\n+        a org:Organization ;\n"
    assert new in found["difference"]


def test_what_is_the_same_is_not_written(editor, folder: Path) -> None:
    before = texts(folder)
    answer = editor.send(PLACE, editor.form(PLACE) | {"do": "write"})
    assert (answer.status_code, "There is nothing to write" in answer.text) == (200, True)
    assert texts(folder) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"thing.homepage.1.value": "nowhere"}, "correct what is marked"),
        ({"thing.locatedIn.0.value": f"{THING}neighbourhood-45"}, "would break the rules"),
    ],
)
def test_what_is_wrong_is_not_written_and_not_lost(
    editor, folder: Path, typed: dict[str, str], said: str
) -> None:
    before = texts(folder)
    answer = editor.send(PLACE, editor.form(PLACE) | PAGE | typed | {"do": "write"})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert texts(folder) == before
    place = next(iter(typed)).removesuffix(".value")
    field = f'<a href="#{place}.value">' if "homepage" in place else '<a href="#thing.locatedIn">'
    assert field in answer.text
    for name, value in typed.items():
        assert f'name="{name}"' in answer.text
        assert f'value="{value}"' in answer.text


def test_a_choice_that_there_is_not_is_kept(editor) -> None:
    typed = {"thing.hasKind.0.value": "urn:odd", "thing.hasKind.0.source": "urn:odder"}
    page = editor.send(PLACE, editor.form(PLACE) | typed).text
    assert '<option value="urn:odd" selected>urn:odd</option>' in page
    typed = {"thing.hasKind.1.value": f"{THING}kind-local-network"}
    typed |= {"thing.hasKind.1.source": "urn:odder", "thing.altLabel.0.language": "fr"}
    page = editor.send(PLACE, editor.form(PLACE) | typed).text
    assert '<option value="urn:odder" selected>' in page
    assert '<option value="fr" selected>' in page


def test_what_is_typed_is_text_and_never_markup(editor) -> None:
    typed = {"thing.altLabel.0.value": '"><script>alert(1)</script>\u202e'}
    page = editor.send(PLACE, editor.form(PLACE) | typed).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_others_wrote_meanwhile_is_shown_and_nothing_is_lost(editor, folder: Path) -> None:
    mine = editor.form(PLACE) | PAGE | {"do": "write"}
    theirs = editor.form(PLACE) | {
        "thing.homepage.0.drop": "1",
        "thing.altLabel.2.value": "De fora",
        "thing.altLabel.2.source": SOURCE,
        "thing.of-namesProject.0.value": f"{THING}piess-2016-2019/action-29-1",
        "thing.of-namesProject.0.source": SOURCE,
    }
    known = Knowledge.of(folder)
    subject = NamedNode(f"{THING}project-coopolis")
    change = drafts.typed(known, KINDS[0], subject, theirs).change
    assert change is not None
    saving.write(known, saving.texts(known, change))
    written = texts(folder)
    answer = editor.send(PLACE, mine)
    assert answer.status_code == 409
    assert "Added: <bdi>other names: De fora (ca)</bdi>" in answer.text
    assert "Removed: <bdi>homepage: https://www.bcn.coop/</bdi>" in answer.text
    assert 'value="https://a.example/"' in answer.text
    assert texts(folder) == written
    answer = editor.send(PLACE, editor.form_of(answer) | {"do": "write"})
    assert answer.status_code == 303
    text = texts(folder)["projects.trig"]
    assert "https://a.example/" in text
    assert '"De fora"@ca' in text
    assert "https://www.bcn.coop/" not in text


def test_a_change_elsewhere_is_told_too(editor, folder: Path) -> None:
    sent = editor.form(PLACE) | PAGE | {"do": "write"}
    with (folder / "sources.trig").open("a", encoding="utf-8") as stream:
        stream.write("\n# Somebody was here.\n")
    found = editor.send(PLACE, sent, Accept="application/json").json
    assert found["summary"].startswith("The files have changed since")
    answer = editor.send(PLACE, sent)
    assert answer.status_code == 409
    assert "What has changed is about something else." in answer.text


def test_a_change_in_the_last_moment_is_told_too(
    editor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = saving.write

    def written(knowledge: Knowledge, would: dict[str, str]) -> None:
        with (folder / "sources.trig").open("a", encoding="utf-8") as stream:
            stream.write("\n# Somebody was here.\n")
        write(knowledge, would)

    monkeypatch.setattr(saving, "write", written)
    answer = editor.send(PLACE, editor.form(PLACE) | PAGE | {"do": "write"})
    assert answer.status_code == 409


def test_a_file_that_is_broken_is_named(editor, folder: Path) -> None:
    sent = editor.form(PLACE) | PAGE
    text = (folder / "projects.trig").read_text("utf-8")
    odd = text.replace("id:neighbourhood-16 ;", "[] ;", 1)
    (folder / "projects.trig").write_text(odd, "utf-8")
    answer = editor.send(PLACE, sent)
    assert "a name: blank nodes and bases have no place here" in answer.text
    found = editor.send(PLACE, sent, Accept="application/json").json
    assert "blank nodes" in found["summary"]
    (folder / "projects.trig").write_text("nothing of the kind", "utf-8")
    answer = editor.get(PLACE)
    assert answer.status_code == 500
    assert "A file cannot be read or changed" in answer.text
    assert "projects.trig:1:" in answer.text


def test_what_is_wrong_with_a_new_source_is_told_at_the_top(editor) -> None:
    sent = editor.form(PLACE) | PAGE | {"thing.homepage.1.source": "new", "do": "write"}
    answer = editor.send(PLACE, sent)
    assert answer.status_code == 422
    assert '<a href="#source.label.0.value">A new source, name: ' in answer.text
