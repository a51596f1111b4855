"""The sentences in plain words that begin the page of a thing, made of what is stated alone."""

from collections.abc import Iterator
from typing import Final

from teixit.explorer.things.told import Told
from teixit.namespaces import expand, thing

_EVERY_DISTRICT: Final = thing("scale", "every-district")


def plan(told: Told) -> Iterator[str]:
    """Tell what a plan is: whose, when, and which of its lines are here."""
    yield _is(told, "a.plan")
    yield from _said(told, "teixit:ledBy", "sentence.led_by")
    yield from _said(told, "dct:temporal", "sentence.period")
    yield from _leading(told, "teixit:belongsToPlan", "sentence.lines")


def line(told: Told) -> Iterator[str]:
    """Tell what a strategic line is: of which plan, for whom, and of how many parts."""
    yield _is(told, "a.line")
    yield from _said(told, "teixit:belongsToPlan", "sentence.of_plan")
    parts = [told.names.kinds(part.value) for part in told.leading("teixit:belongsToLine")]
    objectives = sum(expand("teixit:Objective") in kinds for kinds in parts)
    measures = sum(expand("teixit:Measure") in kinds for kinds in parts)
    if objectives or measures:
        yield told.wording.say("sentence.parts", objectives=objectives, measures=measures)
    yield from _said(told, "dct:audience", "sentence.addressed")


def objective(told: Told) -> Iterator[str]:
    """Tell what an objective is: of which line, about what, at which scale."""
    yield _numbered(told, "kind.objective")
    yield from _said(told, "teixit:belongsToLine", "sentence.of_line")
    yield from _said(told, "dct:subject", "sentence.deals_with")
    yield from _every_district(told)


def measure(told: Told) -> Iterator[str]:
    """Tell what a measure is: of which line, with how many actions, when and where."""
    yield _numbered(told, "kind.measure")
    yield from _said(told, "teixit:belongsToLine", "sentence.of_line")
    actions = len(told.leading("teixit:belongsToMeasure"))
    years = told.wording.years(year for year, found in told.scheduled.items() if found)
    if actions and years:
        yield told.wording.say("sentence.actions", count=actions, years=years)
    yield from _districts(told)


def action(told: Told) -> Iterator[str]:
    """Tell what an action is: of which measure, scheduled when, which projects, and where."""
    yield _numbered(told, "kind.action")
    yield from _said(told, "teixit:belongsToMeasure", "sentence.of_measure")
    years = [year for year, found in told.scheduled.items() if told.iri in found]
    if years:
        yield told.wording.say("sentence.scheduled", years=told.wording.years(years))
    idle = [year for year, found in told.scheduled.items() if told.iri not in found]
    if years and idle:
        yield told.wording.say("sentence.idle", years=told.wording.years(idle))
    yield from _said(told, "teixit:namesProject", "sentence.names_projects")
    yield from _districts(told)


def project(told: Told) -> Iterator[str]:
    """Tell what a project is: that the plan names it, as what, where it is and whose."""
    if told.leading("teixit:namesProject"):
        (row,) = told.reader.rows("projects-named")
        yield told.wording.say("sentence.named", name=_name(told), count=row["projects"].value)
    else:
        yield _is(told, "a.project")
    yield from _said(told, "teixit:playsRole", "sentence.role")
    yield from _placed(told)
    yield from _said(told, "teixit:promotedBy", "sentence.promoted")


def axis(told: Told) -> Iterator[str]:
    """Tell what an axis is: which parts of the plan concern it, and where it runs."""
    yield _is(told, "a.axis")
    yield from _leading(told, "teixit:concernsAxis", "sentence.concern")
    yield from _placed(told)


def target_group(told: Told) -> Iterator[str]:
    """Tell for which lines a group is one that they are addressed to."""
    yield _is(told, "a.audience")
    yield from _leading(told, "dct:audience", "sentence.audience")


def theme(told: Told) -> Iterator[str]:
    """Tell how many parts of the plan deal with a theme."""
    yield told.wording.say("sentence.is_theme", name=_name(told))
    total = told.totals.get(expand("dct:subject"), 0)
    if total:
        yield told.wording.say("sentence.subject", count=total)


def organisation(told: Told) -> Iterator[str]:
    """Tell what an organisation promotes and leads, and where the plan mentions it."""
    yield _is(told, "a.organisation")
    yield from _leading(told, "teixit:promotedBy", "sentence.promotes")
    yield from _leading(told, "teixit:ledBy", "sentence.leads")
    yield from _leading(told, "dct:references", "sentence.mentioned")


def framework(told: Told) -> Iterator[str]:
    """Tell who leads a framework, and which parts of the plan keep step with it."""
    yield _is(told, "a.framework")
    yield from _said(told, "teixit:ledBy", "sentence.led_by")
    yield from _leading(told, "teixit:alignsWith", "sentence.aligned")


def reaches_every_district(told: Told) -> bool:
    """Say whether the plan speaks of every district where it speaks of the thing."""
    return any(scale.value == _EVERY_DISTRICT for scale in told.values("teixit:speaksOfScale"))


def _name(told: Told) -> str:
    return told.names.label(told.iri)[0]


def _is(told: Told, kind: str) -> str:
    return told.wording.say("sentence.is", name=_name(told), kind=told.wording.say(kind))


def _numbered(told: Told, kind: str) -> str:
    """Tell what the plan calls it: the title has the name already."""
    number = told.names.number(told.iri)
    what = " ".join(filter(None, (told.wording.say(kind), number)))
    return f"{what[:1].upper()}{what[1:]}."


def _said(told: Told, property_: str, key: str) -> Iterator[str]:
    values = told.values(property_)
    if values:
        yield told.wording.say(key, names=told.listed(values))


def _leading(told: Told, property_: str, key: str) -> Iterator[str]:
    things = told.leading(property_)
    if things:
        yield told.wording.say(key, names=told.listed(things))


def _placed(told: Told) -> Iterator[str]:
    """Tell where it is, by who says so: the plan, another source, or we."""
    places = told.by_voice("teixit:locatedIn")
    if "passage" in places:
        yield told.wording.say("sentence.placed_by_plan", names=told.listed(places["passage"]))
    if "extract" in places:
        yield told.wording.say("sentence.placed", names=told.listed(places["extract"]))
    if "conclusion" in places:
        yield told.wording.say("sentence.placed_by_us", names=told.listed(places["conclusion"]))


def _districts(told: Told) -> Iterator[str]:
    yield from _said(told, "teixit:concernsDistrict", "sentence.touches")
    yield from _every_district(told)


def _every_district(told: Told) -> Iterator[str]:
    if reaches_every_district(told):
        yield told.wording.say("sentence.every_district")
