"""Compare a wheel with what Git tracks: nothing is missing, and nothing has slipped in.

It holds too the editor and what the notebooks showed, which are made.

Usage: wheel_holds_what_git_tracks.py WHEEL
"""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

KNOWLEDGE = ("data/", "notebooks/", "ontology/", "shapes/")
#: What the editor is made of, which stays outside.
SOURCES = "api/teixit/web/editor/"
#: What `make editor` and `make notebooks` make, which Git does not keep: the program with the
#: licences of what is in it, and for each notebook what it showed.
EDITOR = {f"api/teixit/web/static/editor.{ending}" for ending in ("js", "LICENSES.txt")}
MADE = "notebooks/rendered/"


def source_of(name: str) -> str:
    """Give the file of the checkout that stands at *name* in the wheel."""
    inside = name.removeprefix("teixit/")
    return inside if inside.startswith(KNOWLEDGE) else f"api/teixit/{inside}"


def main(wheel: str) -> int:
    """Print the differences; 0 where there are none."""
    with ZipFile(wheel) as archive:
        held = {source_of(name) for name in archive.namelist() if name.startswith("teixit/")}
    folders = ["api/teixit", *KNOWLEDGE]
    listing = subprocess.check_output(["git", "ls-files", "-z", *folders], text=True)
    listed = listing.rstrip("\0").split("\0")
    tracked = {file for file in listed if not file.startswith(SOURCES)} | EDITOR
    notebooks = (Path(file).stem for file in tracked if file.endswith(".ipynb"))
    tracked |= {f"{MADE}{name}.json" for name in notebooks}
    tracked |= {file for file in held if file.startswith(MADE) and file.endswith(".svg")}
    for what, files in (("missing", tracked - held), ("neither tracked nor made", held - tracked)):
        for file in sorted(files):
            print(f"{what}: {file}")
    print(f"{len(held)} files in the wheel, {len(tracked)} tracked or made")
    return 0 if held == tracked else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
