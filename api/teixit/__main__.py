"""``python -m teixit`` is the command ``teixit``."""

from teixit.cli import main

main()
