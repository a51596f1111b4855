"""What importers say in the three languages."""

from types import MappingProxyType

Wording = MappingProxyType[str, str]


def wording(ca: str, es: str, en: str) -> Wording:
    """Give what is said in three languages."""
    return MappingProxyType({"ca": ca, "es": es, "en": en})
