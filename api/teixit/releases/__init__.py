"""Releases: graphs in a folder, published once, never changed, checked before they are served.

``FOLDER/current`` names the release that is served, one of ``FOLDER/releases/``, which holds

* ``manifest.json``: what it is, with the size and the SHA-256 of each of its files;
* ``data.nq.gz``: the canonical dump (:mod:`teixit.releases.dumps`);
* ``store/``: the engine's store, if the graph is too big to be loaded at each start.

A release is called by the time of its making and the hash of its manifest: the name vouches for
the manifest and the manifest for the files, so that no byte changes unseen.
"""

from teixit.releases.choosing import Release, current, pointed, verify

__all__ = ["Release", "current", "pointed", "verify"]
