"""The pages of citations: how an answer is cited, and what has become of one that was."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from flask import render_template

from teixit import citing
from teixit.catalogue import publishers, wording
from teixit.citing import Cited
from teixit.citing.addresses import PATH
from teixit.citing.comparing import Difference
from teixit.citing.references import Reference, title_of
from teixit.exporting.release import LICENCE
from teixit.languages import LANGUAGES
from teixit.web import formats
from teixit.web.asking import Found
from teixit.web.results import Table
from teixit.web.site import Site, site
from teixit.web.texts import messages, reader_language
from teixit.web.verifying import Served, Verdict, Word

#: The styles in which a citation is written, by their names.
STYLES: Final = {
    "cite.name_apa": "cite.style_apa",
    "cite.name_iso690": "cite.style_iso690",
    "cite.name_chicago": "cite.style_chicago",
}
#: What is said of a verdict.
SAID: Final[Mapping[Word, str]] = {
    "same": "cite.same",
    "unchanged": "cite.unchanged",
    "changed": "cite.changed",
    "lost": "cite.lost",
    "altered": "cite.altered",
}
#: So much of a graph a page shows, in bytes, and of rows that are longer it shows none.
_MOST_OF_A_GRAPH: Final = 1 << 14
_MOST_OF_ROWS: Final = 1 << 21
#: So many lines of what has changed, of each side.
_MOST_LINES: Final = 100


def reference(cited: Cited, served: Served, site: Site, language: str) -> Reference:
    """Say of what was *cited* what a reference says, in a *language*."""
    question = site.question(cited.query)
    title = question.title[language] if question else None
    return referred(cited, served, site.address, title, language)


def referred(
    cited: Cited, served: Served, address: str, title: str | None, language: str
) -> Reference:
    """Say the same for a service at an *address*.

    Args:
        cited: The answer.
        served: What is served now.
        address: Of the service, without a slash at the end.
        title: Of the question; without one, that which the query gives itself, if it does.
        language: Of the title.
    """
    untitled = messages(language)["cite.untitled"].format(hash=cited.sha256[:12])
    ours = served.ours
    known = served.issued if served.data == cited.data else None
    return Reference(
        cited=cited,
        site=address,
        title=title or title_of(cited.query, language) or untitled,
        author=publishers.chosen().name[language],
        dataset=wording.datasets()["graph"].title[language] if ours else address,
        issued=known or cited.day,
        language=language,
        licence=LICENCE if ours else None,
    )


def invitation() -> str:
    """Ask for the query whose answer is to be cited."""
    return render_template(
        "citing/invitation.html",
        addresses={tag: f"/{tag}/cite" for tag in LANGUAGES},
        query=site().questions[0].text,
    )


def citation(said: Reference, found: Found) -> str:
    """Say how an answer is cited."""
    language, cited = reader_language(), said.cited
    again = urlencode(cited.asked)
    return render_template(
        "citing/citation.html",
        addresses={tag: f"/{tag}/cite?{again}" for tag in LANGUAGES},
        cited=cited,
        files={name: f"/{language}/cite?{again}&download={name}" for name in ("bib", "csl")},
        graphs={"default-graph-uri": cited.default_graphs, "named-graph-uri": cited.named_graphs},
        is_open=citing.is_open(cited.query),
        query=cited.query,
        said=said,
        styles={name: styled(said, style, language) for name, style in STYLES.items()},
        **_shown(found),
    )


def answer(cited: Cited, verdict: Verdict, difference: Difference | None) -> str:
    """Say what has become of an answer that was *cited*, and show it if it can be given."""
    language, base = reader_language(), cited.address
    shown = {} if verdict.found is None else _shown(verdict.found)
    return render_template(
        "citing/answer.html",
        address=base,
        addresses={tag: f"{base}&language={tag}" for tag in LANGUAGES},
        again=f"/{language}/cite?{urlencode(cited.asked)}",
        change=None if difference is None else _change(difference),
        check=base.replace(PATH, f"{PATH}/check", 1),
        cited=cited,
        day=day_in_words(cited.day, language),
        is_open=citing.is_open(cited.query),
        files={name: f"{base}&download={name}" for name in shown.get("offers", ())},
        said=SAID[verdict.word],
        verdict=verdict,
        **shown,
    )


def report(cited: Cited, verdict: Verdict, difference: Difference | None) -> dict[str, Any]:
    """Say the same to programs."""
    said: dict[str, Any] = {
        "verdict": verdict.word,
        "said": messages("en")[SAID[verdict.word]],
        "cited": dict(cited.vouched),
        "served": {
            "release": verdict.served.release,
            "data": verdict.served.data,
            "sha256": verdict.sha256,
        },
    }
    if difference is not None:
        said["added"] = {"total": difference.more, "first": difference.told(difference.added)}
        said["removed"] = {"total": difference.fewer, "first": difference.told(difference.removed)}
    return said


def refusal(cited: Cited, verdict: Verdict) -> str:
    """Say to programs why the answer cannot be given."""
    served = verdict.served
    said = messages("en")[SAID[verdict.word]]
    then = f"cited: release {cited.release}, SHA-256 {cited.sha256}"
    return f"{said} {then}; now: release {served.release}, SHA-256 {verdict.sha256}"


def day_in_words(day: str, language: str) -> str:
    """Write an ISO 8601 *day* as a *language* does."""
    found, text = date.fromisoformat(day), messages(language)
    month = text["cite.months"].split()[found.month - 1].replace("_", " ")
    return text["cite.day"].format(day=found.day, month=month, year=found.year)


def styled(said: Reference, style: str, language: str) -> str:
    """Write a reference in a *style* of :data:`STYLES`."""
    return messages(language)[style].format(
        author=said.author,
        upper=said.author.upper(),
        year=said.issued[:4],
        title=said.title,
        stop="" if said.title.endswith(("?", "!", ".")) else ".",
        dataset=said.dataset,
        version=said.cited.release,
        day=day_in_words(said.cited.day, language),
        iso=said.cited.day,
        address=said.address,
    )


def _shown(found: Found) -> Mapping[str, Any]:
    """Give the beginning of an answer, as templates show it, and what it can be had as."""
    if found.media_type == formats.FORMATS["ttl"]:
        text = found.first(_MOST_OF_A_GRAPH).decode(errors="ignore")
        offers = formats.named(formats.GRAPHS)
        return {"graph": text, "is_cut": found.length > _MOST_OF_A_GRAPH, "offers": offers}
    if found.length > _MOST_OF_ROWS:
        return {"offers": formats.of_rows(places=False)}
    results = json.loads(found.first(found.length))
    if "results" not in results:
        return {"boolean": results["boolean"], "offers": formats.named(formats.BOOLEANS)}
    table = Table.of(results, found.table_total)
    return {"table": table, "offers": formats.of_rows(places=table.has_places)}


def _change(difference: Difference) -> Mapping[str, Any]:
    """Give what has changed as templates show it: rows of cells, or lines."""
    sides = difference.added[:_MOST_LINES], difference.removed[:_MOST_LINES]
    return {
        "columns": difference.header.decode().replace("?", "").split("\t"),
        "added": _rows(difference, sides[0]),
        "removed": _rows(difference, sides[1]),
        "more": difference.more,
        "fewer": difference.fewer,
    }


def _rows(difference: Difference, lines: Sequence[bytes]) -> Sequence[Any]:
    if not difference.header:
        return [[{"shown": line.decode()[:1000]}] for line in lines]
    return Table.of(difference.results(lines)).rows
