"""The kinds of things that have a page of their own: what it says first, and what it lacks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from teixit.explorer.things import sentences
from teixit.explorer.things.told import Told
from teixit.namespaces import expand

Sentences: TypeAlias = Callable[[Told], Iterator[str]]


@dataclass(frozen=True)
class Kind:
    """What is particular to the pages of a kind of things.

    Args:
        name: The text that names the kind.
        sentences: What the page says first.
        gaps: Texts for what is not known, by the property that would say it; one that begins
            with ``^`` would lead here.
    """

    name: str
    sentences: Sentences
    gaps: Mapping[str, str]

    def unknown(self, told: Told) -> list[str]:
        """Tell what nothing in the sources says of a thing."""
        lacking = (key for property_, key in self.gaps.items() if _lacks(told, property_))
        return [told.wording.say(key) for key in lacking]


def _lacks(told: Told, property_: str) -> bool:
    if property_.startswith("^"):
        return not told.totals.get(expand(property_[1:]))
    if property_ == "teixit:concernsDistrict" and sentences.reaches_every_district(told):
        return False
    return not told.values(property_)


_PLACE: Final = {"teixit:locatedIn": "unknown.place"}
_POINT: Final = {"geo:hasGeometry": "unknown.point"}
_PROMOTER: Final = {"teixit:promotedBy": "unknown.promoter"}
_SITE: Final = {"foaf:homepage": "unknown.site"}
_ADDRESS: Final = {"schema:address": "unknown.address"}
_DISTRICT: Final = {"teixit:concernsDistrict": "unknown.district"}
_LEADER: Final = {"teixit:ledBy": "unknown.leader"}
_PROGRESS: Final = {"^teixit:reportsOn": "unknown.progress"}
_THEME: Final = {"dct:subject": "unknown.theme"}

#: In the order in which a thing of several kinds is told of as one of them, by class.
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        expand(name): kind
        for name, kind in {
            "teixit:Plan": Kind(
                "kind.plan", sentences.plan, {**_LEADER, "dct:temporal": "unknown.period"}
            ),
            "teixit:StrategicLine": Kind(
                "kind.line", sentences.line, {"dct:audience": "unknown.audience"}
            ),
            "teixit:Objective": Kind(
                "kind.objective", sentences.objective, {**_DISTRICT, **_THEME}
            ),
            "teixit:Measure": Kind(
                "kind.measure", sentences.measure, {**_PROGRESS, **_DISTRICT, **_THEME}
            ),
            "teixit:Action": Kind(
                "kind.action", sentences.action, {**_PROGRESS, **_DISTRICT, **_THEME}
            ),
            "teixit:FlagshipProject": Kind(
                "kind.project",
                sentences.project,
                {**_ADDRESS, **_POINT, **_PLACE, **_PROMOTER, **_SITE},
            ),
            "teixit:TerritorialAxis": Kind(
                "kind.axis",
                sentences.axis,
                {**_PLACE, "geo:hasGeometry": "unknown.route", **_PROMOTER},
            ),
            "teixit:Framework": Kind("kind.framework", sentences.framework, _LEADER),
            "teixit:TargetGroup": Kind(
                "kind.audience", sentences.target_group, {"^dct:audience": "unknown.line"}
            ),
            "teixit:Theme": Kind(
                "kind.theme", sentences.theme, {"^dct:subject": "unknown.subject"}
            ),
            "org:Organization": Kind(
                "kind.organisation", sentences.organisation, {**_SITE, **_ADDRESS}
            ),
        }.items()
    }
)
