"""``python -m teixit.notebook [FOLDER]``: run notebooks, and keep what they show for their pages.

Without a folder these are the notebooks that Teixit ships.
"""

import sys
from pathlib import Path

from teixit import paths
from teixit.errors import TeixitError
from teixit.notebook import running

try:
    for name in running.run(Path(sys.argv[1]) if sys.argv[1:] else paths.NOTEBOOKS):
        print(name)  # noqa: T201 - what a command says
except TeixitError as error:
    sys.exit(str(error))
