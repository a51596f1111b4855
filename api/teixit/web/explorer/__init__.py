"""The explorer: a module has the blueprint of one view; ``showing`` is what all of them need."""

from typing import Final

from flask import Blueprint

from teixit.web.explorer import things

#: The blueprints of all views.
BLUEPRINTS: Final[tuple[Blueprint, ...]] = (things.blueprint,)
