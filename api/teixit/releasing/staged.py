"""What is done with the copy of a checkout that a release is made in: a program of its own.

The knowledge that a process works on is chosen when it starts (:data:`teixit.paths.ROOT`). Each
line that it writes to standard output tells of a step; what is wrong, it says in a line on
standard error.
"""

import sys
from collections import Counter
from pathlib import Path

from teixit import exporting, validation
from teixit.errors import ReleaseError, TeixitError
from teixit.findings import Severity
from teixit.releasing import made


def main(folder: str, parquet: str) -> None:
    """Make, check and export what is in the copy, and end with status 1 where it does not hold.

    Args:
        folder: Where the release is exported to.
        parquet: Whether it has Parquet files: ``yes`` or ``no``.
    """
    try:
        _work(Path(folder), parquet=parquet == "yes")
    except TeixitError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or folder}: {error.strerror}")


def _work(folder: Path, *, parquet: bool) -> None:
    made.make()
    _say("made", ", ".join(made.shown(file) for file in made.MAKERS))
    found = Counter(finding.severity for finding in validation.check())
    if violations := found[Severity.VIOLATION]:
        raise ReleaseError(f"{violations} violations of the shapes; see them with teixit check")
    _say("checked", f"{found.total()} findings, no violation")
    made.answer()  # the same as before, but where they give the number or the day
    _say("answered", "all questions")
    contents = exporting.export(folder, parquet=parquet)
    _say("exported", f"{contents.statements} statements, {len(contents.files)} files")


def _say(step: str, said: str) -> None:
    print(f"{step}: {said}", flush=True)  # noqa: T201 - whoever has started this reads it
