import pytest

from teixit.importing.pages.lexicon import RELATION_TO_ROLE, Lexicon, Name
from teixit.importing.pages.line_of_work import projects
from teixit.importing.pages.line_of_work.projects import NamedProjects

LEXICON = Lexicon([Name(RELATION_TO_ROLE, "urn:pioneer", "projectes pioners")])


@pytest.mark.parametrize(
    ("title", "names", "is_open"),
    [
        ("Reforçar projectes pioners: Alfa, Can Beta…", ("Alfa", "Can Beta"), True),
        ("Reforçar projectes pioners: Alfa, Can Beta...", ("Alfa", "Can Beta"), True),
        ("Reforçar projectes pioners com el Mercat, la Xarxa", ("Mercat", "Xarxa"), False),
        ("Reforçar projectes pioners com ara l’Ateneu i Gamma", ("Ateneu", "Gamma"), False),
        ("Projectes pioners com a referents als barris: Alfa", ("Alfa",), False),
        ("Projectes pioners: La Ciutat, 22@", ("La Ciutat", "22@"), False),
        ("Projectes pioners: Xarxa (Sants, Prat), Beta...", ("Xarxa (Sants, Prat)", "Beta"), True),
    ],
)
def test_a_list_of_projects_is_read(title: str, names: tuple[str, ...], is_open: bool) -> None:  # noqa: FBT001
    assert projects.find(title, LEXICON.mentions(title)) == NamedProjects(
        names, "urn:pioneer", is_open
    )


@pytest.mark.parametrize(
    "title",
    [
        "Donar suport a projectes pioners",
        "Reforçar projectes pioners com a motor de canvi",
        "Fomentar projectes pioners: més recursos, menys tràmits",
        "Obrir: Alfa, Beta i altres",
        "Reforçar projectes pioners: Alfa (Beta, Gamma",
    ],
)
def test_other_titles_name_no_project(title: str) -> None:
    assert projects.find(title, LEXICON.mentions(title)) is None
