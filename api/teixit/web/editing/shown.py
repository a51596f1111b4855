"""What a page shows of a form: the fields by group, what can be chosen, and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad

from teixit.editing import checking, drafts, fields, saving, sources
from teixit.editing.drafts import Draft
from teixit.editing.fields import Field
from teixit.editing.knowledge import EXTRACT, TRANSLATION, Choice, Knowledge, iri_of
from teixit.editing.rows import Row
from teixit.errors import KnowledgeError
from teixit.findings import Finding
from teixit.languages import in_language
from teixit.web.editing.wording import text


@dataclass
class Sheet:
    """A form as a page shows it.

    Args:
        draft: The form.
        knowledge: The graph.
        language: Of the reader.
        findings: What the shapes say of it.
        more: The field that gets another empty line, as ``part.name``.
    """

    draft: Draft
    knowledge: Knowledge
    language: str
    findings: Sequence[Finding] = ()
    more: str = ""
    _choices: dict[tuple[NamedNode, ...], list[tuple[str, list[Choice]]]] = field(
        default_factory=dict
    )

    @property
    def is_stale(self) -> bool:
        """Whether the files have changed since the form was made."""
        return self.draft.version != self.knowledge.version

    @property
    def title(self) -> str:
        """The name of the thing; for a new one, that it is new."""
        if self.draft.subject is None:
            return text(f"new_{self.draft.kind.name}")
        return self.name(self.draft.subject)

    def name(self, node: object) -> str:
        """Give what something is called, or what it says."""
        if isinstance(node, NamedNode):
            found = in_language(self.knowledge.label(node), self.language)
            return found if self.knowledge.types(node) else node.value
        if isinstance(node, Literal):
            return f"{node.value} ({node.language})" if node.language else node.value
        return str(node)

    @cached_property
    def groups(self) -> list[tuple[str, list[Field]]]:
        """The fields about the thing, by group."""
        asked = fields.fields_of(self.draft.kind.type.value)
        by_group = groupby(asked, key=lambda one: one.group)
        return [(in_language(group.label, self.language), [*these]) for group, these in by_group]

    def source_fields(self) -> list[tuple[str, Field]]:
        """Give what is asked of a new source, each with its part of the form."""
        return sources.fields()

    @property
    def describes_source(self) -> bool:
        """Whether something is said of a new source."""
        return any(not row.is_blank or row.fault for row in self.draft.source)

    def lines(self, one: Field, part: str) -> list[Row]:
        """Give the lines of a field, with those that are empty."""
        others = self._others(one) if part == "thing" and one.once else []
        said = frozenset(_tag(quad.object) for quad in others)
        found = self.draft.lines(one, part, said)
        if self.more == f"{part}.{one.name}" and not one.once and found:
            language = next(iter(one.languages), "")
            found.append(Row(part, one, found[-1].number + 1, language=language))
        return found

    def elsewhere(self, one: Field) -> list[str]:
        """Say what files say that no form writes to."""
        ends = [quad.subject if one.inverse else quad.object for quad in self._others(one)]
        return [self.name(end) for end in ends]

    def _others(self, one: Field) -> list[Quad]:
        subject = self.draft.subject
        return drafts.elsewhere(self.knowledge, subject, one) if subject else []

    def choices(self, one: Field) -> list[tuple[str, list[Choice]]]:
        """Give what can be chosen, by class, each in the order of its names."""
        if one.classes not in self._choices:
            self._choices[one.classes] = [
                (self.name(class_), self._sorted(self.knowledge.choices([class_])))
                for class_ in one.classes
            ]
        return self._choices[one.classes]

    @cached_property
    def voices(self) -> list[tuple[str, list[Choice]]]:
        """Who can say something: the graphs, by their kind."""
        kinds = {EXTRACT: "extracts", TRANSLATION: "translations"}
        found: dict[str, list[Choice]] = {"extracts": [], "conclusions": [], "translations": []}
        for choice in self.knowledge.sources():
            types = self.knowledge.types(choice.node)
            key = next((key for kind, key in kinds.items() if kind in types), "conclusions")
            found[key].append(choice)
        return [(text(key), self._sorted(these)) for key, these in found.items()]

    def _sorted(self, choices: Iterable[Choice]) -> list[Choice]:
        return sorted(choices, key=lambda one: in_language(one.label, self.language).casefold())

    @property
    def difference(self) -> str:
        """What would be written, as ``git diff`` shows it; empty where nothing changes."""
        if not self.draft.change:
            return ""
        return saving.difference(self.knowledge, saving.texts(self.knowledge, self.draft.change))

    def told(self) -> Mapping[str, list[tuple[str, str]]]:
        """Give what is wrong, by the place where it is told, each with how bad it is.

        A place is a line (``thing.label.0``), a field (``thing.label``), or ``form``.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self.draft.faults:
            said = text(f"fault_{row.fault}")
            found.setdefault(row.name, []).append(("Violation", said))
        for finding in self.findings:
            place = self._place(finding)
            said = in_language(finding.message, self.language)
            name = finding.severity.name_in(self.language)
            found.setdefault(place, []).append((finding.severity.value, f"{name}: {said}"))
        return {place: [*dict.fromkeys(lines)] for place, lines in found.items()}

    def _place(self, finding: Finding) -> str:
        change = self.draft.change
        mine = change is not None and finding.node == change.subject.value
        asked = [("thing", one) for _, these in self.groups for one in these] if mine else []
        if not mine:
            types = self._types_of(finding.node)
            asked = [(part, one) for part, one in sources.fields() if part in types]
        for part, one in asked:
            if finding.shape in one.rules or finding.path == one.predicate.value:
                return f"{part}.{one.name}"
        return "form"

    def _types_of(self, node: str) -> str:
        """Say of which part of the form a new node is."""
        change = self.draft.change
        added = change.added if change else ()
        if any(iri_of(q.subject) == node and q.object == EXTRACT for q in added):
            return "extract"
        return "source"

    def pointers(self) -> list[tuple[str, str]]:
        """Say what keeps the form from being written, each with the line or field to go to."""
        names = {place: told for place, told in self.told().items() if place != "form"}
        found = []
        for place, told in names.items():
            part, name, *number = place.split(".")
            asked = fields.fields_of(self.draft.kind.type.value) if part == "thing" else []
            others = [one for key, one in sources.fields() if key == part]
            one = next(one for one in [*asked, *others] if one.name == name)
            label = in_language(one.label, self.language)
            label = label if part == "thing" else f"{text('new_source')}, {label}"
            wrong = [sentence for severity, sentence in told if severity == "Violation"]
            where = f"{place}.value" if number else place
            found += [(where, f"{label}: {sentence}") for sentence in wrong]
        return found

    def meanwhile(self) -> list[tuple[str, str, str]]:
        """Say what others changed of this thing: whether it came or went, what, and who says so."""
        lists = (("come", self.draft.come), ("gone", self.draft.gone))
        return [(key, *self._sentence(quad)) for key, quads in lists for quad in quads]

    def _sentence(self, quad: Quad) -> tuple[str, str]:
        field_ = next(
            (one for _, these in self.groups for one in these if one.predicate == quad.predicate),
            None,
        )
        what = in_language(field_.label, self.language) if field_ else quad.predicate.value
        end = quad.subject if field_ is not None and field_.inverse else quad.object
        return f"{what}: {self.name(end)}", self.name(quad.graph_name)


def checked(sheet: Sheet) -> Sheet:
    """Ask the shapes of what stands in the form, if that can be meant."""
    if sheet.draft.change is not None:
        sheet.findings = checking.quickly(sheet.knowledge, sheet.draft.change)
    return sheet


def as_data(sheet: Sheet) -> dict[str, object]:
    """Give what the script shows while one types."""
    try:
        difference, broken = sheet.difference, ""
    except KnowledgeError as error:
        difference, broken = "", str(error)
    return {
        "told": sheet.told(),
        "difference": difference,
        "summary": broken or summary(sheet),
    }


def summary(sheet: Sheet) -> str:
    """Say in a sentence how the form is."""
    if sheet.is_stale:
        return text("summary_stale")
    faults = len(sheet.draft.faults)
    if faults or sheet.draft.change is None:
        return text("summary_faults", count=faults)
    wrong = sum(finding.severity.rank == 0 for finding in sheet.findings)
    if wrong:
        return text("summary_wrong", count=wrong)
    return text("summary_ready" if sheet.draft.change else "summary_same")


def _tag(term: object) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
