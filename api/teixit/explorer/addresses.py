"""Where things are shown on the site."""

from typing import Final
from urllib.parse import quote

from teixit.namespaces import THING

#: What the path of an address may have as it is (RFC 3986, section 3.3).
_PLAIN: Final = "/!$&'()*+,;=:@~"
#: What stands between the name of a source and that of a passage of it.
_PASSAGE: Final = "/passage-"
#: The same for a cell of a table.
_CELL: Final = "/cell-"


def about(iri: str, language: str) -> str | None:
    """Say where people read about what has this *iri*, in their *language*.

    A passage is shown in the text of its page, a thing of ours on a page of its own; what others
    name is theirs to show, if it is on the web at all: no other scheme of IRIs becomes a link.
    """
    if iri.startswith(THING):
        name = iri.removeprefix(THING)
        source, passage, number = name.partition(_PASSAGE)
        if passage:
            return f"{text(f'{THING}{source}', language)}#passage-{quote(number, safe='-')}"
        return f"/{language}/about/{quote(name, safe=_PLAIN)}"
    return iri if iri.startswith(("http://", "https://")) else None


def is_cell(iri: str) -> bool:
    """Say whether what has this *iri* is a cell of a table, and no passage of the plan's pages."""
    return iri.startswith(THING) and _CELL in iri


def text(iri: str, language: str) -> str:
    """Say where the text of a source of ours can be read."""
    return f"/{language}/text/{quote(iri.removeprefix(THING), safe=_PLAIN)}"


def document(iri: str, language: str) -> str:
    """Say where all that the graph has of a thing of ours is shown."""
    return f"/doc/{quote(iri.removeprefix(THING), safe=_PLAIN)}.{language}.html"
