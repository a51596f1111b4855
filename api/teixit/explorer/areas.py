"""What a map is drawn of, before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: The tone of a place that nothing is known of.
NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Area:
    """A place that is drawn.

    Args:
        name: As it is printed; empty where there is no room for names.
        said: What a screen reader says and a pointer shows.
        boundary: The text of a ``geo:wktLiteral``.
        tone: A class of the style sheet: :data:`NOTHING` has a pattern as well.
        address: Where it leads; None for what leads nowhere, or has parts that do.
        figure: That is printed on it.
        parts: What it consists of.
    """

    name: str
    said: str
    boundary: str
    tone: str = ""
    address: str | None = None
    figure: str = ""
    parts: Sequence["Area"] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What is somewhere in a place: it stands in the middle of that, since nobody says more.

    Args:
        said: What a screen reader says and a pointer shows.
        boundary: Of the place that it stands for.
        address: Where it leads.
        figure: How many things there are.
    """

    said: str
    boundary: str
    address: str | None
    figure: str
