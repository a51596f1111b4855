"""Answers kept, within a bound, for as long as the data stay the same.

* The first level knows whole answers by the request as it was sent, so that they are given
  before anything is read. It has those of addresses alone, not of forms.
* The second knows what the workers found, by what was asked of them.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

#: As much memory as answers may take, in bytes.
BOUND: Final = 64 << 20
#: No answer takes more than this part of a level.
_SHARE: Final = 8
#: What an entry costs beside its body and its key, about.
_OVERHEAD: Final = 1500
_MOST: Final = 50_000

V = TypeVar("V")
Message: TypeAlias = dict[str, Any]


class Level(Generic[V]):
    """The values used last, as many as fit in a number of bytes.

    Args:
        bound: In bytes.
        most: How many values at most.
    """

    def __init__(self, bound: int, most: int = _MOST) -> None:
        self._bound = bound
        self._most = most
        self._values: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> V | None:
        """Give the value of *key*, if it is still here."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, value: V, size: int) -> None:
        """Keep *value*, which takes *size* bytes, and forget what was not used for longest."""
        size += _OVERHEAD
        if size > self._bound // _SHARE:
            return
        self._forget(key)
        self._values[key] = value, size
        self.size += size
        while self.size > self._bound or len(self._values) > self._most:
            self._forget(next(iter(self._values)))

    def clear(self) -> None:
        """Forget all."""
        self._values.clear()
        self.size = 0

    def _forget(self, key: Hashable) -> None:
        if key in self._values:
            self.size -= self._values.pop(key)[1]


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, ready to be sent, and what the log says of it."""

    start: Message
    body: Message
    etag: str
    length: int
    asked: str | None


class Cache(Generic[V]):
    """Both levels, each within half of the *bound*."""

    def __init__(self, bound: int = BOUND) -> None:
        self.replies: Level[Kept] = Level(bound // 2)
        self.answers: Level[V] = Level(bound // 2)

    def clear(self) -> None:
        """Forget all: the data are others now."""
        self.replies.clear()
        self.answers.clear()
