from dataclasses import replace

from rdflib import SH

from teixit import validation
from teixit.findings import Finding, Severity, ordering


def test_the_worst_comes_first_and_then_what_most_depends_on(found: list[Finding]) -> None:
    urgency = [finding.place[:3] for finding in found]
    assert urgency == sorted(urgency)
    assert len({step for _, step, _ in urgency}) >= 3
    assert found[0].severity is Severity.VIOLATION


def test_what_a_thing_is_comes_before_what_it_lacks_and_how_it_agrees() -> None:
    words = ["Class", "MinCount", "Datatype", "SPARQL"]
    kinds = [str(SH[f"{word}ConstraintComponent"]) for word in words]
    assert [ordering.step_of(kind) for kind in kinds] == [0, 1, 2, 3]


def test_every_kind_of_rule_in_use_has_its_step() -> None:
    compared = {"Equals", "Disjoint", "LessThan", "LessThanOrEquals"}
    kinds = {
        str(predicate).rpartition("#")[2] for predicate in validation.load_shapes().predicates()
    }
    named = {kind[0].upper() + kind[1:] for kind in kinds if kind}
    for name in named & {word.removesuffix("ConstraintComponent") for word in map(str, dir(SH))}:
        assert ordering.step_of(f"#{name}ConstraintComponent") < 3 or name in compared


def test_the_property_that_more_rules_read_comes_first(found: list[Finding]) -> None:
    one = next(finding for finding in found if finding.readers)
    assert replace(one, readers=one.readers + 1).place < one.place


def test_a_rule_without_a_name_goes_by_its_shape(found: list[Finding]) -> None:
    assert replace(found[0], rule={}).rule_name("ca").startswith("shape:")
    assert found[0].rule["es"] in found[0].rule_name("es")
