import pytest
from flask import Flask

from teixit.web import directions

OVERRIDE, ISOLATE, END, END_OF_ISOLATE = "\u202e", "\u2067", "\u202c", "\u2069"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sant Andreu", "Sant Andreu"),
        ("Gràcia", "Gràcia"),
        (f"à{OVERRIDE}b", f"à{OVERRIDE}b{END}"),
        (f"{ISOLATE}a{OVERRIDE}b", f"{ISOLATE}a{OVERRIDE}b{END}{END_OF_ISOLATE}"),
        (f"{END}à", f"{END}à"),
        (7, 7),
        (None, None),
    ],
)
def test_what_a_text_begins_is_ended(text: object, expected: object) -> None:
    assert directions.closed(text) == expected


def test_templates_end_it_and_leave_markup_as_it_is(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ text }} {{ text|e }}")
    assert template.render(text=f"{OVERRIDE}<") == f"{OVERRIDE}&lt;{END} {OVERRIDE}&lt;"
