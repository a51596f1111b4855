"""What to mend first: what is worst, and among that what the most else depends on."""

from types import MappingProxyType
from typing import Final

#: What a thing is decides by which rules it is judged, so that comes first; what is missing may
#: be what others lead to; a value that is there may be of the wrong form; and whether values agree
#: with one another can only be told of those that are there and well formed.
_STEPS: Final = (
    frozenset({"Class", "NodeKind", "Node", "Xone", "Or", "And", "Not"}),
    frozenset({"MinCount", "QualifiedMinCount", "HasValue"}),
    frozenset(
        {"Datatype", "LanguageIn", "UniqueLang", "Pattern", "In", "MaxCount", "MinLength"}
        | {"MaxLength", "MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive"}
        | {"QualifiedMaxCount"}
    ),
)
_STEP_OF: Final = MappingProxyType(
    {f"{name}ConstraintComponent": step for step, names in enumerate(_STEPS) for name in names}
)


def step_of(constraint: str) -> int:
    """Give the step at which a kind of rule is mended, the first being 0.

    Args:
        constraint: SHACL's IRI for the kind of rule.
    """
    return _STEP_OF.get(constraint.rpartition("#")[2], len(_STEPS))
