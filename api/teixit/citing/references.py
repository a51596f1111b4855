"""How an answer is cited by programs: BibTeX, and JSON as CSL has it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from teixit.citing.addresses import Cited

BIBTEX: Final = "application/x-bibtex"
CSL: Final = "application/vnd.citationstyles.csl+json"

#: A title that a query gives itself is taken as far as this, in characters.
_LONGEST_TITLE: Final = 300
_TITLE: Final = r"^#\+ title@{}: (.+)$"
#: What means something else to TeX.
_TEX: Final = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "@": r"{@}",
        '"': '{"}',
    }
)


@dataclass(frozen=True)
class Reference:
    """What is said of an answer where it is cited.

    Args:
        cited: The answer.
        site: Where the world finds the service, without a slash at the end.
        title: Of the answer.
        author: Who publishes the data.
        dataset: What the data are called.
        issued: The day of the release, as an ISO 8601 date; that of the citation, if unknown.
        language: Of the title.
        licence: The IRI of the terms, where they are known.
    """

    cited: Cited
    site: str
    title: str
    author: str
    dataset: str
    issued: str
    language: str
    licence: str | None = None

    @property
    def address(self) -> str:
        """The whole address of the answer."""
        return f"{self.site}{self.cited.address}"

    @property
    def key(self) -> str:
        """What a document calls it by."""
        return f"teixit-{self.cited.sha256[:12]}"

    @property
    def note(self) -> str:
        """What tells whether an answer is this one."""
        data = f", data {self.cited.data}" if self.cited.data else ""
        return f"SHA-256 {self.cited.sha256}{data}"

    def bibtex(self) -> str:
        """Write it as an entry that BibTeX and biblatex read."""
        year, month, _ = self.issued.split("-")
        said = {
            "author": f"{{{escaped(self.author)}}}",
            "title": f"{{{escaped(self.title)}}}",
            "howpublished": escaped(self.dataset),
            "version": self.cited.release,
            "year": year,
            "month": str(int(month)),
            "url": self.address,
            "urldate": self.cited.day,
            "note": self.note,
        }
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in said.items())
        return f"@misc{{{self.key},\n{fields}\n}}\n"

    def csl(self) -> str:
        """Write it as CSL-JSON 1.0.2 has it: a list of one item."""
        item = {
            "id": self.key,
            "type": "dataset",
            "title": one_line(self.title),
            "author": [{"literal": one_line(self.author)}],
            "container-title": one_line(self.dataset),
            "version": self.cited.release,
            "issued": _date(self.issued),
            "accessed": _date(self.cited.day),
            "URL": self.address,
            "language": self.language,
            "note": self.note,
        }
        if self.licence:
            item["license"] = self.licence
        fields = ",\n  ".join(
            f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in item.items()
        )
        return f"[{{\n  {fields}\n}}]\n"


def title_of(query: str, language: str) -> str | None:
    """Give the title that the *query* gives itself in a *language*, as questions of ours do."""
    found = re.search(_TITLE.format(re.escape(language)), query, re.MULTILINE)
    return one_line(found[1])[:_LONGEST_TITLE] if found else None


def escaped(text: str) -> str:
    """Write *text* so that TeX prints it, in one line, and does nothing else."""
    return "".join(_TEX.get(character, character) for character in one_line(text))


def one_line(text: str) -> str:
    """Put a space in the place of what ends lines, steers printers or turns the direction."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _date(day: str) -> Mapping[str, object]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
